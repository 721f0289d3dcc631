"""What needs somebody's eye."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from windows.ops.domain import Risk, is_silent, window_risk

START = datetime(2025, 11, 19, 10, 0, tzinfo=UTC)


def minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


@pytest.mark.parametrize(
    ("at", "confirmed", "came", "is_paused", "risk"),
    [
        (-31, 2, 0, False, Risk.NONE),
        (-30, 2, 0, False, Risk.FEW),
        (-30, 3, 0, False, Risk.NONE),
        (-30, 3, 0, True, Risk.PAUSED),
        (-30, 2, 0, True, Risk.FEW),
        (9, 3, 0, False, Risk.NONE),
        (10, 3, 0, False, Risk.NOBODY_CAME),
        (10, 3, 1, False, Risk.NONE),
        (10, 0, 0, False, Risk.FEW),
    ],
)
def test_window_risk(at: int, confirmed: int, came: int, is_paused: bool, risk: Risk) -> None:
    judged = window_risk(
        starts_at=START,
        ends_at=START + minutes(20),
        confirmed=confirmed,
        came=came,
        min_people=3,
        is_paused=is_paused,
        now=START + minutes(at),
    )
    assert judged is risk


@pytest.mark.parametrize(("at", "silent"), [(0, False), (4, False), (5, True), (9, True)])
def test_silence_begins_at_half_of_the_time(at: int, silent: bool) -> None:
    asked = {"asked_at": START, "answer_by": START + minutes(10)}
    assert is_silent(**asked, now=START + minutes(at)) is silent

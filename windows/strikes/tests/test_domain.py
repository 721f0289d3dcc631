from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from windows.strikes.domain import (
    LASTS,
    Because,
    Standing,
    StrikeCard,
    accepts_excuse,
    standing,
)
from windows.tests.stories import NOON

DAY = timedelta(days=1)


def strike(missed_at: datetime, forgiven: Because | None = None) -> StrikeCard:
    return StrikeCard(
        id=uuid4(),
        seat_id=UUID(int=1),
        missed_at=missed_at,
        ends_at=missed_at + LASTS,
        forgiven=forgiven,
    )


def test_standing_counts_what_is_live() -> None:
    strikes = [
        strike(NOON - 61 * DAY),
        strike(NOON - 59 * DAY),
        strike(NOON - 2 * DAY, Because.VISIT),
        strike(NOON - DAY),
    ]

    assert standing(strikes, NOON) == Standing(2, NOON + DAY)
    assert standing(strikes, NOON + DAY) == Standing(1, NOON + 59 * DAY)
    assert standing([], NOON) == Standing(0, None)


@pytest.mark.parametrize(("live", "limited"), [(2, False), (3, True), (4, True)])
def test_limit_is_three(live: int, limited: bool) -> None:
    strikes = [strike(NOON - DAY) for _ in range(live)]

    assert standing(strikes, NOON).is_limited is limited


def test_one_excuse_in_the_time_of_a_strike_is_accepted() -> None:
    missed = strike(NOON - DAY)
    excused = strike(NOON - 30 * DAY, Because.EXCUSE)
    long_ago = strike(NOON - 61 * DAY, Because.EXCUSE)
    by_visit = strike(NOON - 30 * DAY, Because.VISIT)

    assert accepts_excuse(missed, [missed], NOON)
    assert accepts_excuse(missed, [missed, long_ago, by_visit], NOON)
    assert not accepts_excuse(missed, [missed, excused], NOON)


def test_excuse_is_heard_within_three_days() -> None:
    missed = strike(NOON - 3 * DAY)

    assert accepts_excuse(missed, [missed], NOON - timedelta(seconds=1))
    assert not accepts_excuse(missed, [missed], NOON)

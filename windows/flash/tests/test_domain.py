from __future__ import annotations

from datetime import timedelta

import pytest

from iceshop.kernel.time import TimeRange
from windows.flash.domain import (
    WINDOW,
    Refusal,
    ScannedSeat,
    SeatState,
    WindowMove,
    WindowState,
    discount_bp,
    effective_state,
    invite_answer_by,
    judge_scan,
    planned_span,
)
from windows.tests.stories import NOON, minutes

SECOND = timedelta(seconds=1)
SPAN = TimeRange(NOON, NOON + minutes(20))


@pytest.mark.parametrize("stored", [WindowState.SCHEDULED, WindowState.OPEN])
@pytest.mark.parametrize(
    ("seconds", "state"),
    [(-1, "scheduled"), (0, "open"), (1199, "open"), (1200, "closed"), (99_999, "closed")],
)
def test_live_window_goes_by_the_clock(stored: WindowState, seconds: int, state: str) -> None:
    assert effective_state(stored, SPAN, NOON + seconds * SECOND) is WindowState(state)


@pytest.mark.parametrize("stored", [WindowState.CLOSED, WindowState.CANCELLED])
def test_ended_window_stays_ended(stored: WindowState) -> None:
    assert effective_state(stored, SPAN, NOON - minutes(60)) is stored


@pytest.mark.parametrize(
    ("asked_in", "now_seconds", "starts_in"),
    [
        (30, 0, 30),
        (2, 0, 2),
        (2, 1, 3),
        (2, 60, 3),
        (2, 600, 12),
        (0, 0, 2),
    ],
)
def test_window_moves_on_with_a_late_yes_and_keeps_its_length(
    asked_in: int, now_seconds: int, starts_in: int
) -> None:
    asked = TimeRange(NOON + minutes(asked_in), NOON + minutes(asked_in + 20))

    planned = planned_span(
        asked=asked, lead=minutes(2), slot_minutes=1, now=NOON + now_seconds * SECOND
    )

    assert planned == TimeRange(NOON + minutes(starts_in), NOON + minutes(starts_in + 20))


@pytest.mark.parametrize(
    ("starts_in", "answer_in"), [(120, 110), (31, 21), (30, 45), (5, 20), (-10, 5), (-16, 1)]
)
def test_invite_can_be_answered_while_it_makes_sense(starts_in: int, answer_in: int) -> None:
    span = TimeRange(NOON + minutes(starts_in), NOON + minutes(starts_in + 20))

    assert invite_answer_by(span, NOON) == NOON + minutes(answer_in)


@pytest.mark.parametrize(
    ("before", "price", "shown"),
    [(None, 100, None), (100, 100, None), (100, 120, None), (10_000, 9_901, None), (100, 99, 100)],
)
def test_discount_is_shown_only_where_there_is_one(
    before: int | None, price: int, shown: int | None
) -> None:
    assert discount_bp(before, price) == shown


def scanned(
    *,
    seat: SeatState = SeatState.HELD,
    window: WindowState = WindowState.OPEN,
    is_this_store: bool = True,
    still_expected: int = 0,
    is_stale: bool = False,
) -> ScannedSeat:
    return ScannedSeat(seat, window, SPAN, is_this_store, still_expected, is_stale)


@pytest.mark.parametrize("state", [SeatState.HELD, SeatState.ON_WAY])
@pytest.mark.parametrize("seconds", [0, 1199])
def test_live_seat_is_admitted_inside_the_interval(state: SeatState, seconds: int) -> None:
    assert judge_scan(scanned(seat=state), NOON + seconds * SECOND) is None


def test_rest_of_a_party_is_admitted() -> None:
    assert judge_scan(scanned(seat=SeatState.CHECKED_IN, still_expected=1), NOON) is None


@pytest.mark.parametrize(
    ("what", "seconds", "refusal"),
    [
        (None, 0, "pass.unknown"),
        (scanned(is_this_store=False), 0, "pass.wrong_store"),
        (scanned(is_this_store=False, seat=SeatState.CHECKED_IN), 0, "pass.wrong_store"),
        (scanned(), -1, "pass.too_early"),
        (scanned(), 1200, "pass.too_late"),
        (scanned(seat=SeatState.MISSED, window=WindowState.CLOSED), 1200, "pass.too_late"),
        (scanned(seat=SeatState.CHECKED_IN), 0, "pass.used"),
        (scanned(seat=SeatState.CHECKED_IN, window=WindowState.CANCELLED), 0, "pass.used"),
        (scanned(seat=SeatState.CHECKED_IN, is_stale=True), 0, "pass.used"),
        (scanned(is_stale=True), -1, "pass.too_early"),
        (scanned(is_stale=True), 0, "pass.stale"),
        (scanned(seat=SeatState.CHECKED_IN, still_expected=1), 1200, "pass.too_late"),
        (scanned(seat=SeatState.RELEASED), 0, "pass.released"),
        (scanned(seat=SeatState.RELEASED), -1, "pass.released"),
        (scanned(seat=SeatState.RELEASED, window=WindowState.CANCELLED), 0, "pass.cancelled"),
    ],
)
def test_scan_is_refused_with_the_reason_that_matters_most(
    what: ScannedSeat | None, seconds: int, refusal: str
) -> None:
    assert judge_scan(what, NOON + seconds * SECOND) is Refusal(refusal)


def test_window_moves_only_from_its_live_states() -> None:
    live = frozenset({WindowState.SCHEDULED, WindowState.OPEN})
    assert WINDOW.transitions == {
        WindowMove.OPEN: (frozenset({WindowState.SCHEDULED}), WindowState.OPEN),
        WindowMove.CLOSE: (live, WindowState.CLOSED),
        WindowMove.CANCEL: (live, WindowState.CANCELLED),
    }

"""Starts, grid, stretches that touch, arrival and joining."""

from __future__ import annotations

from dataclasses import replace

import pytest

from windows.engine.intervals import Intervals, common, merged, without
from windows.engine.room import Room
from windows.engine.schedule import can_join, intent_starts, offer_starts, to_grid
from windows.engine.tests.builders import CAFE, DEAL, NOON, at_noon, buyer
from windows.engine.types import Parameters, Reason

PRODUCT = Parameters()


def starts_for(available: Intervals, **changes: Intervals) -> Intervals | Reason:
    return intent_starts(
        buyer("b", available=available),
        ((0, 500),),
        duration=10,
        arrival=0,
        taken=changes.get("taken", ()),
        busy=changes.get("busy", ()),
        snapshot=at_noon(()),
        parameters=PRODUCT,
    )


def test_window_may_fill_a_stretch_exactly() -> None:
    assert starts_for(((20, 30),)) == ((20, 21),)
    assert starts_for(((20, 29),)) == Reason.of("time.no_overlap")


def test_window_may_not_span_two_free_stretches_that_touch() -> None:
    assert starts_for(((20, 30), (30, 45))) == ((20, 21), (30, 36))


def test_open_stretches_that_touch_are_one() -> None:
    shop = replace(CAFE, open=((0, 30), (30, 60)))
    assert offer_starts(DEAL, shop, at_noon(()), PRODUCT) == ((3, 51),)


def test_blocked_minutes_are_not_open() -> None:
    shop = replace(CAFE, open=((0, 60),), blocked=((25, 26),))
    assert offer_starts(DEAL, shop, at_noon(()), PRODUCT) == ((3, 16), (26, 51))


@pytest.mark.parametrize(
    ("changes", "first"),
    [
        ({"mandate": True, "min_lead_min": 0}, 0),
        ({"mandate": True, "min_lead_min": 8}, 8),
        ({"mandate": False, "min_lead_min": 0}, 3),
        ({"mandate": False, "min_lead_min": 8}, 8),
    ],
)
def test_first_start_leaves_lead_and_time_to_answer(changes: dict[str, object], first: int) -> None:
    found = offer_starts(replace(DEAL, **changes), CAFE, at_noon(()), PRODUCT)  # type: ignore[arg-type]  # names of the table above
    assert isinstance(found, tuple)
    assert found[0][0] == first


def test_promises_of_the_offer_and_of_the_person_are_kept_apart() -> None:
    assert starts_for(((0, 60),), taken=((20, 30),)) == ((0, 11), (30, 51))
    assert starts_for(((0, 60),), taken=((0, 60),)) == Reason.of("offer.taken")
    assert starts_for(((0, 60),), busy=((0, 60),)) == Reason.of("person.busy")


def test_grid_is_counted_from_the_epoch() -> None:
    seven = at_noon((), slot_min=7)
    minute = to_grid(1, seven)
    assert (int(NOON.timestamp()) // 60 + minute) % 7 == 0
    assert 1 <= minute < 8


@pytest.mark.parametrize(
    ("start", "end", "notice", "joins"),
    [
        (10, 20, 0, True),
        (-5, 5, 0, True),
        (-6, 4, 0, False),
        (10, 20, 15, True),
        (10, 20, 16, False),
        (55, 65, 0, False),
        (0, 3, 0, True),  # shorter than the least time left: the whole window will do
    ],
)
def test_joining_leaves_enough_of_the_window(
    start: int, end: int, notice: int, joins: bool
) -> None:
    one = buyer("b", min_notice_min=notice)
    assert can_join(one, start, end, arrival=0, parameters=PRODUCT) is joins


def test_room_is_the_least_over_the_minutes() -> None:
    room = Room(replace(CAFE, capacity_overrides=((40, 50, 3),)))
    room.hold(10, 20, 6)
    room.hold(20, 30, 8)
    assert room.free(0, 10) == 20
    assert room.free(15, 25) == 12
    assert room.free(35, 45) == 3
    assert room.releases() == (20, 30, 40, 50)


def test_no_more_windows_at_once_than_the_store_takes() -> None:
    room = Room(replace(CAFE, max_parallel=2))
    room.hold(10, 20, 1)
    room.hold(15, 25, 1)
    assert (room.free(5, 16), room.free(20, 30), room.free(0, 15)) == (0, 19, 19)


def test_intervals_touching_and_empty() -> None:
    assert merged([(3, 3), (1, 2), (2, 3)]) == ((1, 3),)
    assert common(((0, 2), (2, 4)), ((1, 3),)) == ((1, 2), (2, 3))
    assert without(((0, 5),), [(5, 9), (2, 2)]) == ((0, 5),)

"""Ranges, room for those who have not answered, and drift, by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from windows.engine.expect import distribution
from windows.learning.domain.judgement import (
    Drift,
    Place,
    Reason,
    Score,
    drift,
    histogram,
    judged,
)
from windows.learning.domain.ranges import permille_of, room_kept, still_to_come

START = datetime(2026, 1, 5, 12, tzinfo=UTC)
END = START + timedelta(minutes=20)


def test_nobody_is_sure_before_the_till_says_so() -> None:
    assert [permille_of(chance) for chance in (0.0, 0.5, 1.0)] == [5, 500, 995]


@given(st.integers(1, 995), st.integers(0, 19))
def test_who_is_not_there_is_less_likely_to_come_each_minute(permille: int, minute: int) -> None:
    def at(minutes: int) -> int:
        now = START + timedelta(minutes=minutes)
        return still_to_come(permille, starts_at=START, ends_at=END, now=now)

    assert at(-30) == permille
    assert at(minute + 1) <= at(minute)
    assert at(20) == 0


@given(
    st.lists(st.integers(1, 4), max_size=12), st.integers(10, 990), st.sampled_from([0, 400, 900])
)
def test_room_that_is_kept_is_too_little_in_at_most_one_case_of_ten(
    parties: list[int], accept: int, shock: int
) -> None:
    kept = room_kept(parties, accept_permille=accept, shock_milli=shock)
    chances = distribution([(people, accept) for people in parties], shock)

    assert 0 <= kept <= sum(parties)
    assert sum(chances[kept + 1 :]) <= 0.1 + 1e-9
    if kept:
        assert sum(chances[kept:]) > 0.1 - 1e-9


def test_surer_yes_keeps_more_room() -> None:
    kept = [room_kept([1] * 10, accept_permille=p, shock_milli=400) for p in (100, 350, 700, 990)]
    assert kept == sorted(kept)
    assert (kept[0], kept[-1]) == (2, 10)


@pytest.mark.parametrize(
    ("champion", "challenger", "reason"),
    [
        ((0.50, 0.02), (0.49, 0.03), Reason.BETTER),
        ((0.50, 0.02), (0.50, 0.00), Reason.NOT_BETTER),
        ((0.50, 0.02), (0.49, 0.05), Reason.WORSE_CALIBRATED),
    ],
)
def test_challenger_is_judged_by_loss_then_by_calibration(
    champion: tuple[float, float], challenger: tuple[float, float], reason: Reason
) -> None:
    assert judged(Score(*champion, 100), Score(*challenger, 100)) is reason


def even(count: int) -> list[Place]:
    return [Place(number / count, (number + 1) / count) for number in range(count)]


def test_even_places_are_no_drift() -> None:
    assert drift(even(40)) is Drift.NONE
    assert histogram(even(40)) == pytest.approx([4.0] * 10)


@pytest.mark.parametrize(
    ("places", "found"),
    [
        ([Place(0.0, 0.2)] * 30, Drift.TOO_FEW),
        ([Place(0.9, 1.0)] * 30, Drift.TOO_MANY),
        ([Place(0.0, 0.02), Place(0.98, 1.0)] * 15, Drift.TOO_NARROW),
        ([Place(0.0, 0.02)] * 19, Drift.UNKNOWN),
    ],
)
def test_drift_has_a_direction(places: list[Place], found: Drift) -> None:
    assert drift(places) is found


def test_stretch_without_length_lies_where_it_is() -> None:
    assert Place(0.5, 0.5).share_between(0.05, 0.95) == 1.0
    assert Place(1.0, 1.0).share_between(0.05, 0.95) == 0.0
    assert Place(0.0, 0.1).share_between(0.05, 0.95) == pytest.approx(0.5)

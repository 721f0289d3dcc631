"""The count of a group: one distribution for product and benchmark, and a shock found again."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commerce.forecast.numerics.attendance import (
    SHOCKS,
    START_SHOCK,
    CountRange,
    count_range,
    distribution,
    fit_shock,
    log_likelihoods,
    needed_level,
    place_of,
    tuned_level,
)
from commerce.forecast.numerics.chance import chance_of, log_odds_of

CHANCES = st.lists(st.floats(0.01, 0.99), max_size=8).map(np.array)


def groups(shock: float, count: int, people: int, seed: int) -> tuple[list[np.ndarray], list[int]]:
    """Groups that fail together by ``shock``, and how many of each came."""
    drawn = np.random.default_rng(seed)
    chances = [drawn.uniform(0.5, 0.95, people) for _ in range(count)]
    came = []
    for one in chances:
        odds = log_odds_of(one) * np.sqrt(1 + np.pi * shock**2 / 8) + shock * drawn.normal()
        came.append(int((drawn.random(people) < chance_of(odds)).sum()))
    return chances, came


@given(CHANCES, st.floats(0, 1.5))
def test_distribution_sums_to_one_and_keeps_the_mean(chances: np.ndarray, shock: float) -> None:
    found = distribution(chances, shock)
    assert found.sum() == pytest.approx(1)
    mean = found @ np.arange(len(found))
    assert mean == pytest.approx(float(np.sum(chances)), abs=0.02 * len(chances) + 1e-9)


def test_parties_come_whole_or_not() -> None:
    found = distribution(np.array([0.5, 0.1]), 0.0, sizes=[1, 2])
    assert found == pytest.approx([0.45, 0.45, 0.05, 0.05])


@pytest.mark.parametrize("shock", [0.0, 0.4, 0.9])
def test_shock_is_found_again_from_past_groups(shock: float) -> None:
    chances, came = groups(shock, 400, 30, seed=5)
    seen = np.array(
        [log_likelihoods(one, number) for one, number in zip(chances, came, strict=True)]
    )

    assert fit_shock(seen, np.ones(len(seen))) == pytest.approx(shock, abs=0.12)


def test_shock_without_groups_is_the_start() -> None:
    assert fit_shock(np.zeros((0, len(SHOCKS))), np.zeros(0)) == START_SHOCK


def test_old_groups_count_less() -> None:
    wild, wild_came = groups(1.0, 60, 30, seed=1)
    calm, calm_came = groups(0.1, 60, 30, seed=2)
    seen = np.array(
        [
            log_likelihoods(one, came)
            for one, came in zip(wild + calm, wild_came + calm_came, strict=True)
        ]
    )

    fresh = fit_shock(seen, np.array([0.02] * 60 + [1.0] * 60))
    equal = fit_shock(seen, np.ones(120))

    assert fresh < 0.4 < equal


def test_ranges_of_people_who_fail_together_hold_as_often_as_they_say() -> None:
    chances, came = groups(0.5, 600, 40, seed=9)
    drawn = np.random.default_rng(3)
    inside = {"together": 0.0, "alone": 0.0}
    for one, number in zip(chances, came, strict=True):
        for name, shock in (("together", 0.5), ("alone", 0.0)):
            at = place_of(distribution(one, shock), number).at(drawn.random())
            inside[name] += 0.05 <= at <= 0.95
    assert inside["together"] / 600 == pytest.approx(0.9, abs=0.03)
    assert inside["alone"] / 600 < 0.8


@given(CHANCES, st.sampled_from([0.5, 0.8, 0.9]))
def test_range_leaves_no_more_than_the_tails(chances: np.ndarray, level: float) -> None:
    found = distribution(chances, 0.4)
    held = count_range(found, level)
    assert found[: held.low].sum() <= (1 - level) / 2 + 1e-9
    assert found[held.high + 1 :].sum() <= (1 - level) / 2 + 1e-9


def test_range_of_certain_people_is_their_number() -> None:
    assert count_range(np.array([0.0, 0.0, 1.0]), 0.9) == CountRange(2, 2)


def test_place_spans_the_chance_of_the_count() -> None:
    place = place_of(np.array([0.2, 0.5, 0.3]), 1)
    assert (place.below, place.up_to) == pytest.approx((0.2, 0.7))
    assert place.at(0.5) == pytest.approx(0.45)
    assert place_of(np.array([0.2, 0.5, 0.3]), 0).below == 0.0


@given(CHANCES, st.data())
def test_needed_level_is_the_smallest_whose_range_holds_the_count(
    chances: np.ndarray, data: st.DataObject
) -> None:
    found = distribution(chances, 0.4)
    came = data.draw(st.integers(0, len(found) - 1))
    level = needed_level(place_of(found, came))
    wide, narrow = count_range(found, min(0.999999, level + 1e-6)), count_range(found, level - 1e-6)
    if 1e-6 < level < 0.99999:
        assert wide.low <= came <= wide.high
        assert not narrow.low <= came <= narrow.high


def test_tuned_level_holds_for_the_share_of_the_past() -> None:
    needed = np.linspace(0.0, 0.99, 100)
    equal = np.ones(100)
    assert tuned_level(needed, equal, 0.9) == pytest.approx(0.89)
    assert tuned_level(needed, equal, 1.0) == 0.98
    assert tuned_level(needed, equal, 0.1) == 0.6
    # What is old counts less: the recent half needed the higher levels.
    recent = np.where(needed > 0.5, 1.0, 0.01)
    assert tuned_level(needed, recent, 0.9) > 0.9

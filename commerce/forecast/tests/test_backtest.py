import numpy as np
import pytest

from commerce.forecast.numerics import backtest, stacked
from commerce.forecast.numerics.rate import WEEK


def history(weeks: int, *, per_hour: float = 0.4, surge: bool = False) -> stacked.History:
    """Twenty series; with ``surge`` the places differ from week to week by what the last told."""
    source = np.random.default_rng(7)
    day = 1 + np.sin(np.arange(WEEK * weeks) / 24 * 2 * np.pi)
    mean = np.tile(day * per_hour, (20, 1))
    if surge:
        mean *= np.repeat(
            np.where(source.random((20, (weeks + 1) // 2)) < 0.5, 0.3, 3.0), 2, axis=1
        )[:, :weeks].repeat(WEEK, axis=1)
    place = np.arange(20) // 4
    return stacked.History(source.poisson(mean).astype(float), 0, np.zeros(20, int), place)


def test_past_origins_leave_a_week_before_and_a_week_after() -> None:
    assert backtest.past_origins(history(4).until(3 * WEEK + 5), 4) == [2 * WEEK + 5, WEEK + 5]
    assert backtest.past_origins(history(1)) == []


def test_only_the_past_is_looked_at() -> None:
    whole = history(6)
    changed = stacked.History(whole.counts.copy(), 0, whole.group, whole.place)
    changed.counts[:, 5 * WEEK :] = 99
    seen = [stacked.columns(one, one.rates()) for one in (whole.until(840), changed.until(840))]
    assert (seen[0] == seen[1]).all()


def test_rate_serves_until_there_are_weeks_enough_to_compare() -> None:
    assert backtest.compared(history(4)) == backtest.Verdict(trees_serve=False, reason="too_short")


def test_rate_serves_where_a_difference_would_be_luck() -> None:
    found = backtest.compared(history(6, per_hour=0.01))
    assert found == backtest.Verdict(trees_serve=False, reason="too_few")


def test_trees_take_over_where_they_were_better_twice() -> None:
    found = backtest.compared(history(10, surge=True))
    assert all(trees < rate for rate, trees in found.weeks)
    assert (found.trees_serve, found.reason, len(found.weeks)) == (True, "better_twice", 2)


def test_rate_stays_where_trees_were_better_only_once() -> None:
    found = backtest.compared(history(10))
    assert [trees < rate for rate, trees in found.weeks] == [True, False]
    assert (found.trees_serve, found.reason) == (False, "not_better")


def test_fit_without_trees_still_knows_how_wide_ranges_are() -> None:
    found = backtest.fitted(history(4, per_hour=2))
    assert found.forest is None
    assert found.spread.dispersion < 0.05
    assert 800 < sum(found.pit) <= 3 * 5 * 56


def test_sums_are_by_place_and_three_hours() -> None:
    values = np.arange(12.0).reshape(2, 6)
    assert backtest.summed(values, np.array([0, 0])).tolist() == [24, 42]
    assert backtest.summed(values, np.array([0, 1])).tolist() == [3, 12, 21, 30]


def test_too_short_a_history_is_refused() -> None:
    with pytest.raises(ValueError, match="too short"):
        stacked.learnt(history(2))

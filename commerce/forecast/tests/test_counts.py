import math

import numpy as np
import pytest

from commerce.forecast.numerics import counts


def chance(count: int, mean: float, dispersion: float) -> float:
    """The negative binomial by its textbook formula."""
    size = 1 / dispersion
    ways = math.lgamma(count + size) - math.lgamma(size) - math.lgamma(count + 1)
    part = mean / (mean + size)
    return math.exp(ways + size * math.log1p(-part) + count * math.log(part))


@pytest.mark.parametrize("mean", [0.01, 0.9, 7.0, 250.0, 3_000.0])
def test_cumulative_chances_are_those_of_the_formula(mean: float) -> None:
    count = int(mean) + 1
    expected = math.fsum(chance(one, mean, 0.2) for one in range(count + 1))
    assert counts.cumulative([count], [mean], 0.2) == pytest.approx([expected], rel=1e-9)


def test_without_dispersion_counts_are_poisson() -> None:
    expected = math.exp(-2) * (1 + 2 + 2)
    assert counts.cumulative([2], [2.0], 0.0) == pytest.approx([expected])
    assert counts.cumulative([-1], [2.0], 0.0) == pytest.approx([0])


def test_range_leaves_at_most_a_twentieth_on_each_side() -> None:
    means = np.array([0.3, 1.0, 5.0, 60.0, 2_000.0])
    low, high = counts.central(means, 0.1, 0.9)
    assert (counts.cumulative(low - 1, means, 0.1) < 0.05).all()
    assert (counts.cumulative(low, means, 0.1) >= 0.05).all()
    assert (counts.cumulative(high, means, 0.1) >= 0.95).all()
    assert (counts.cumulative(high - 1, means, 0.1) < 0.95).all()


def test_spread_of_the_past_keeps_its_word() -> None:
    source = np.random.default_rng(1)
    means = source.gamma(2, 4, 6_000) + 1
    drawn = source.poisson(means * source.gamma(10, 0.1, 6_000))
    spread = counts.tuned(drawn[:4_000], means[:4_000])
    low, high = counts.ranges(means[4_000:], spread)
    held = np.mean((drawn[4_000:] >= low) & (drawn[4_000:] <= high))
    assert spread.dispersion == pytest.approx(0.1, abs=0.02)
    assert 0.88 <= held <= 0.925


def test_right_distribution_has_an_even_histogram_and_a_wrong_one_not() -> None:
    source = np.random.default_rng(2)
    means = source.gamma(2, 4, 20_000)
    drawn = source.poisson(means * source.gamma(5, 0.2, 20_000))
    even = counts.pit_histogram(drawn, means, 0.2)
    wrong = counts.pit_histogram(drawn, means, 0.0)
    assert len(even) == 20
    assert max(even) < 1.2 * min(even)
    assert wrong[0] > 2 * wrong[10]
    assert sum(even) == sum(wrong) == 20_000


def test_no_past_gives_the_spread_of_day_one() -> None:
    assert counts.tuned([0, 1], [0.2, 0.4]) == counts.DAY_ONE


def test_deviance_is_nought_only_where_the_mean_is_right() -> None:
    assert counts.deviance([2, 5], [2, 5]) == pytest.approx(0)
    assert counts.deviance([0], [0.5]) == pytest.approx(1.0)
    assert counts.deviance([3], [1.5]) == pytest.approx(2 * (3 * math.log(2) - 1.5))

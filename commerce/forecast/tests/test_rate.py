import numpy as np
import pytest

from commerce.forecast.numerics import rate

HOURS = np.arange(rate.WEEK)
EVENING = np.where(np.isin(HOURS % 24, (18, 19, 20)), 6.0, 0.4)
MORNING = np.where(np.isin(HOURS % 24, (8, 9)), 8.0, 0.4)


def weeks(profile: np.ndarray, level: float, count: int, seed: int = 1) -> np.ndarray:
    mean = np.tile(profile * (level / profile.mean()), count)
    return np.random.default_rng(seed).poisson(mean).astype(float)


def fitted(counts: np.ndarray, group: list[int], place: list[int]) -> rate.Rates:
    return rate.fitted(rate.gathered(counts, first_hour=0, group=group, place=place))


def test_series_with_many_events_is_believed() -> None:
    counts = np.stack([weeks(EVENING, 20, 10), weeks(MORNING, 20, 10)])
    found = fitted(counts, [0, 0], [0, 1])
    assert np.corrcoef(found.profile[0], EVENING)[0, 1] > 0.97
    assert found.profile[0, 19] == pytest.approx((EVENING / EVENING.mean())[19], rel=0.1)
    assert found.at(HOURS)[1, 8] > 5 * found.at(HOURS)[1, 19]
    assert found.level == pytest.approx([20, 20], rel=0.05)


def test_series_without_events_follows_its_group() -> None:
    counts = np.stack([weeks(EVENING, 5, 10), weeks(MORNING, 5, 10), np.zeros(1680)])
    found = fitted(counts, [0, 1, 0], [0, 1, 2])
    assert np.corrcoef(found.profile[2], EVENING)[0, 1] > 0.95
    assert 0 < found.level[2] < 0.01


def test_place_without_an_own_word_on_the_kind_speaks_by_its_other_kinds() -> None:
    counts = np.stack([weeks(MORNING, 8, 10), weeks(EVENING, 8, 10), np.zeros(1680)])
    found = fitted(counts, [0, 0, 0], [0, 1, 1])
    assert found.profile[2, 19] > found.profile[2, 8]


def test_profile_has_mean_one_over_the_hours_observed() -> None:
    counts = weeks(EVENING, 3, 8)[None, :]
    held = rate.gathered(counts, first_hour=0, group=[0], place=[0])
    mean = rate.fitted(held).profile @ held.exposure / held.exposure.sum()
    assert mean == pytest.approx([1], abs=0.01)


def test_first_hour_says_where_in_the_week_the_counts_begin() -> None:
    counts = weeks(EVENING, 9, 6)[None, :]
    whole = rate.gathered(counts, first_hour=0, group=[0], place=[0])
    later = rate.gathered(counts[:, 30:], first_hour=30, group=[0], place=[0])
    assert later.exposure[30:] == pytest.approx(whole.exposure[30:])
    assert later.counts[:, 30:] == pytest.approx(whole.counts[:, 30:])


def test_an_hour_counts_half_after_the_half_life() -> None:
    held = rate.gathered(np.eye(1, 1680), first_hour=0, group=[0], place=[0], half_life_days=7)
    assert held.counts.sum() == pytest.approx(2 ** (-1679 / 168))


def test_order_of_the_series_changes_nothing() -> None:
    source = np.random.default_rng(3)
    counts = source.poisson(0.2, (12, 1000)).astype(float)
    group, place = source.integers(0, 3, 12), source.integers(0, 5, 12)
    order = source.permutation(12)
    given = rate.gathered(counts, first_hour=5, group=group, place=place)
    other = rate.gathered(counts[order], first_hour=5, group=group[order], place=place[order])
    assert rate.fitted(other).at(HOURS) == pytest.approx(rate.fitted(given).at(HOURS)[order])


def test_hours_never_observed_are_filled_by_the_parent() -> None:
    found = fitted(weeks(EVENING, 9, 1)[None, :24], [0], [0])
    assert np.isfinite(found.at(HOURS)).all()
    assert found.at(HOURS)[0, 24 + 19] > 3 * found.at(HOURS)[0, 24 + 4]


def test_nothing_observed_is_refused() -> None:
    none = rate.Statistics(np.zeros((1, 168)), np.zeros(168), np.zeros(1, int), np.zeros(1, int))
    with pytest.raises(ValueError, match="no hour was observed"):
        rate.fitted(none)

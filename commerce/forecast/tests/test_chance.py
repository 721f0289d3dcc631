"""Chances against closed forms and brute force; offsets as they learn and forget."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commerce.forecast.numerics.chance import (
    Offset,
    Prior,
    calibration_gap,
    chance_of,
    fit,
    log_loss,
    log_odds_of,
    new_offset,
)


def drawn(rows: int, coefficients: list[float], seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    chance = np.random.default_rng(seed)
    features = chance.normal(size=(rows, len(coefficients)))
    features[:, 0] = 1.0
    happened = chance.random(rows) < chance_of(features @ np.array(coefficients))
    return features, happened.astype(float)


def prior(*mean: float, precision: float = 1.0) -> Prior:
    return Prior(np.array(mean), np.full(len(mean), precision))


def test_without_outcomes_the_prior_is_the_answer() -> None:
    believed = prior(1.7, -0.4, precision=4.0)

    found = fit(np.zeros((0, 2)), np.zeros(0), believed)

    assert found.coefficients.tolist() == [1.7, -0.4]
    assert found.precision.tolist() == [[4.0, 0.0], [0.0, 4.0]]


def test_many_outcomes_overrule_the_prior() -> None:
    features, happened = drawn(40_000, [0.8, -1.2, 0.3])

    found = fit(features, happened, prior(-1.0, 1.0, 0.0))

    assert found.coefficients == pytest.approx([0.8, -1.2, 0.3], abs=0.05)


def test_few_outcomes_stay_near_the_prior() -> None:
    features, happened = drawn(5, [0.8, -1.2])
    believed = prior(0.8, -1.2, precision=25.0)

    found = fit(features, happened, believed)

    assert found.coefficients == pytest.approx([0.8, -1.2], abs=0.1)


def test_fit_is_at_the_top_of_the_posterior() -> None:
    features, happened = drawn(60, [0.2, 0.9])
    believed = prior(0.5, 0.0, precision=2.0)
    top = fit(features, happened, believed).coefficients

    slope = features.T @ (happened - chance_of(features @ top))
    assert slope - believed.precision * (top - believed.mean) == pytest.approx([0, 0], abs=1e-6)


def test_separable_outcomes_have_a_finite_answer() -> None:
    features = np.array([[1.0, -3.0], [1.0, -2.0], [1.0, 2.0], [1.0, 3.0]])

    found = fit(features, np.array([0.0, 0.0, 1.0, 1.0]), prior(0.0, 0.0, precision=0.01))

    assert 1 < found.coefficients[1] < 20


def test_weights_count_rows_as_often_as_they_say() -> None:
    features, happened = drawn(30, [0.4, -0.7])
    twice = fit(np.repeat(features, 2, axis=0), np.repeat(happened, 2), prior(0.0, 0.0))

    weighted = fit(features, happened, prior(0.0, 0.0), weights=np.full(30, 2.0))

    assert weighted.coefficients == pytest.approx(twice.coefficients)


def test_offset_of_the_rows_is_not_learned_again() -> None:
    features, happened = drawn(20_000, [1.5])

    found = fit(features, happened, prior(0.0, precision=0.1), offset=1.5)

    assert found.coefficients == pytest.approx([0.0], abs=0.05)


@given(st.lists(st.booleans(), min_size=1, max_size=8), st.floats(-2, 2))
def test_offset_taken_one_by_one_nearly_equals_all_at_once(
    answers: list[bool], base: float
) -> None:
    happened = [float(one) for one in answers]
    apart = new_offset()
    for one in happened:
        apart = apart.updated([base], [one])
    together = new_offset().updated([base] * len(happened), happened)
    # A Laplace step is a normal approximation; the order of answers is worth a little.
    assert apart.mean == pytest.approx(together.mean, abs=0.35)
    assert apart.precision > new_offset().precision


def test_offset_moves_with_each_answer_and_less_each_time() -> None:
    offset, moves = new_offset(), []
    for _ in range(4):
        moved = offset.updated([0.0], [0.0])
        moves.append(offset.mean - moved.mean)
        offset = moved
    assert all(move > 0 for move in moves)
    assert moves == sorted(moves, reverse=True)


def test_offset_without_outcomes_stays() -> None:
    offset = Offset(0.3, 5.0, 1.25)
    assert offset.updated([], []) is offset


def test_offset_forgets_half_of_what_it_learned_in_a_half_life() -> None:
    offset = Offset(0.6, 9.0, 1.0)

    later = offset.decayed(14)

    assert later.precision == pytest.approx(1.0 + 8.0 / 2)
    assert later.mean * later.precision == pytest.approx(0.6 * 9.0 / 2)
    assert offset.decayed(10_000).mean == pytest.approx(0.0, abs=1e-6)
    assert offset.decayed(0) == offset


@given(st.floats(0.001, 0.999))
def test_log_odds_and_chance_undo_each_other(chance: float) -> None:
    assert chance_of(log_odds_of(np.array([chance]))) == pytest.approx([chance])


def test_measures_by_hand() -> None:
    happened, chance = np.array([1.0, 0.0, 1.0, 1.0]), np.array([0.9, 0.2, 0.6, 0.9])
    by_hand = -(2 * np.log(0.9) + np.log(0.8) + np.log(0.6)) / 4
    assert log_loss(happened, chance) == pytest.approx(by_hand)
    # Two bins: {0.2, 0.6} promise 0.8 and one came; {0.9, 0.9} promise 1.8 and two came.
    assert calibration_gap(happened, chance, bins=2) == pytest.approx((0.2 + 0.2) / 4)

"""Beliefs about a yes at a price: priors, learning, pooling, and a slope that never turns."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commerce.forecast.numerics.price_acceptance import (
    LOG_RATIO,
    MOST_SLOPE,
    Acceptance,
    Answer,
    Belief,
    features_of,
    learn,
    updated,
)

LIST_MINOR = 10_000


def answers(
    count: int, slope: float, seed: int = 3, product: str = "tea", half_at: float = 0.85
) -> list[Answer]:
    """Answers to offers between half off and the full price; half say yes at ``half_at``."""
    chance = np.random.default_rng(seed)
    prices = chance.integers(5_000, LIST_MINOR, count)
    odds = slope * (np.log(prices / LIST_MINOR) - np.log(half_at))
    is_yes = chance.random(count) < 1 / (1 + np.exp(-odds))
    return [
        Answer("drinks", product, int(price), LIST_MINOR, 0, bool(yes))
        for price, yes in zip(prices, is_yes, strict=True)
    ]


def chance_at(belief: Belief, price_minor: int, distance_m: int = 0) -> float:
    return float(belief.chance(features_of(price_minor, LIST_MINOR, distance_m))[0])


def test_first_day_has_the_stated_prior() -> None:
    unknown = Acceptance().of("drinks", "tea")
    assert chance_at(unknown, 8_500) == pytest.approx(0.5, abs=0.005)
    assert chance_at(unknown, 7_000) > 0.55
    assert chance_at(unknown, LIST_MINOR) < 0.45
    assert chance_at(unknown, 8_500, 1_000) < 0.46
    assert Acceptance().answers("drinks", "tea") == 0


def test_slope_is_learned_from_a_thousand_answers() -> None:
    belief = learn(answers(1_000, slope=-6)).of("drinks", "tea")
    assert belief.mean[LOG_RATIO] == pytest.approx(-6, abs=1.0)
    low, high = belief.chance_range(features_of(7_000, LIST_MINOR, 0))
    assert low[0] < 1 / (1 + np.exp(6 * np.log(0.7 / 0.85))) < high[0]


def test_few_answers_beat_none_and_the_flat_prior() -> None:
    scored = {0: 0.0, 5: 0.0}
    flat = 0.0
    rest = answers(2_000, slope=-4, seed=99, half_at=0.6)
    x = np.vstack([features_of(one.price_minor, LIST_MINOR, 0) for one in rest])
    y = np.array([one.is_yes for one in rest])

    def loss(belief: Belief) -> float:
        p = np.clip(belief.chance(x), 1e-6, 1 - 1e-6)
        return float(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))

    for seed in range(20):
        few = answers(5, slope=-4, seed=seed, half_at=0.6)
        rows = np.vstack([features_of(one.price_minor, LIST_MINOR, 0) for one in few])
        yes = np.array([float(one.is_yes) for one in few])
        open_minded = Belief(np.zeros(3), np.diag([100.0, 10_000.0, 0.01]))
        scored[0] += loss(Belief.prior())
        scored[5] += loss(updated(Belief.prior(), rows, yes))
        flat += loss(updated(open_minded, rows, yes))
    assert scored[5] < scored[0] * 0.95
    assert scored[5] < flat


def test_product_without_answers_leans_on_its_kind() -> None:
    learned = learn(answers(600, slope=-8))
    other = learned.of("drinks", "coffee")
    foreign = learned.of("bread", "simit")
    assert other.mean[LOG_RATIO] < -5
    assert learned.answers("drinks", "coffee") == 600
    assert learned.answers("bread", "simit") == 0
    assert foreign.covariance[LOG_RATIO, LOG_RATIO] > other.covariance[LOG_RATIO, LOG_RATIO] > 0.49


def test_dearer_offer_never_finds_more_takers() -> None:
    learned = learn(answers(400, slope=5))
    belief = learned.of("drinks", "tea")
    assert belief.mean[LOG_RATIO] == pytest.approx(MOST_SLOPE)
    assert chance_at(belief, 7_000) > chance_at(belief, 9_000)


@given(st.lists(st.tuples(st.integers(1, 30_000), st.booleans()), max_size=25))
def test_slope_stays_below_zero_whatever_was_answered(rows: list[tuple[int, bool]]) -> None:
    learned = learn(Answer("k", "p", price, LIST_MINOR, 500, yes) for price, yes in rows)
    for belief in (learned.everything, learned.of_kind("k"), learned.of("k", "p")):
        assert belief.mean[LOG_RATIO] <= MOST_SLOPE + 1e-9
        assert np.linalg.eigvalsh(belief.covariance).min() > 0


def test_order_does_not_matter_and_json_keeps_everything() -> None:
    rows = [*answers(40, slope=-3), *answers(30, slope=-2, product="coffee")]
    learned, turned = learn(rows), learn(reversed(rows))
    assert learned.as_json() == turned.as_json()
    again = Acceptance.from_json(json.loads(json.dumps(learned.as_json())))
    assert again.as_json() == learned.as_json()
    assert learned.everything.answers == 70

"""Beliefs about a seller's limit: what a yes, a no and a counter say, and how sellers pool."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commerce.forecast.numerics.price_limit import Bound, Limit, Limits, learn, updated


def bound(discount: float, is_at_least: bool, seller: str = "s", kind: str = "k") -> Bound:
    return Bound(kind, seller, discount, is_at_least)


def test_first_day_has_the_stated_prior() -> None:
    prior = Limit()
    low, high = prior.range
    assert prior.middle == pytest.approx(0.11)
    assert (round(low, 3), round(high, 3)) == (0.042, 0.256)
    assert prior.chance_of_yes(0.11) == pytest.approx(0.5)
    assert prior.chance_of_yes(0.30) < 0.1
    assert prior.chance_of_yes(0.02) > 0.9


def test_yes_raises_the_limit_and_no_lowers_it() -> None:
    prior = Limit()
    assert updated(prior, [bound(0.15, True)]).middle > prior.middle
    assert updated(prior, [bound(0.08, False)]).middle < prior.middle
    assert updated(prior, []) == prior


def test_answers_on_both_sides_close_in_on_the_limit() -> None:
    rows = [bound(share, share < 0.2) for share in np.linspace(0.05, 0.4, 30)]
    found = updated(Limit(), rows)
    low, high = found.range
    assert low < 0.2 < high
    assert high - low < 0.12
    assert found.answers == 30


def test_learned_limits_say_yes_about_as_often_as_it_happens() -> None:
    chance = np.random.default_rng(5)
    true = {f"s{i}": chance.normal(np.log(0.18 / 0.82), 0.5) for i in range(40)}

    def asked(seller: str) -> Bound:
        share = float(chance.uniform(0.04, 0.4))
        limit = true[seller] + chance.normal(0, 0.3)
        return bound(share, bool(limit >= np.log(share / (1 - share))), seller)

    learned = learn(asked(seller) for seller in true for _ in range(8))
    later = [asked(seller) for seller in true for _ in range(50)]
    said = np.array([learned.of("k", one.seller).chance_of_yes(one.discount) for one in later])
    was = np.array([one.is_at_least for one in later])
    bins = np.clip((said * 5).astype(int), 0, 4)
    for index in range(5):
        assert said[bins == index].mean() == pytest.approx(was[bins == index].mean(), abs=0.08)
    unpooled = np.array([Limit().chance_of_yes(one.discount) for one in later])
    assert np.mean((said - was) ** 2) < 0.85 * np.mean((unpooled - was) ** 2)


def test_unknown_seller_leans_on_the_kind() -> None:
    learned = learn(bound(0.3, True, f"s{i}", "bread") for i in range(20))
    assert learned.of("bread", "new").middle > 0.25
    assert learned.of("bread", "new").spread > learned.of_kind("bread").spread
    assert learned.of_kind("phones").middle > Limit().middle


@given(st.lists(st.tuples(st.floats(0.001, 0.9), st.booleans()), max_size=20), st.floats(0.01, 0.8))
def test_larger_discount_is_never_likelier(rows: list[tuple[float, bool]], share: float) -> None:
    found = updated(Limit(), [bound(*row) for row in rows])
    assert found.chance_of_yes(share) >= found.chance_of_yes(min(0.9, share + 0.05))
    assert 0 < found.spread < 1.5


def test_json_keeps_everything() -> None:
    learned = learn([bound(0.1, True), bound(0.2, False), bound(0.1, False, "other")])
    again = Limits.from_json(json.loads(json.dumps(learned.as_json())))
    assert again.as_json() == learned.as_json()

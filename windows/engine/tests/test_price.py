"""The ladder and what a deal means to the seller."""

from __future__ import annotations

from dataclasses import replace

import pytest

from windows.engine.price import Terms, reached_tier, terms, usable_tiers
from windows.engine.tests.builders import DEAL
from windows.engine.types import Tier


@pytest.mark.parametrize(
    ("permille", "tier"), [(2_999, None), (3_000, 0), (5_999, 0), (6_000, 1), (99_000, 1)]
)
def test_tier_is_the_last_one_reached(permille: int, tier: int | None) -> None:
    assert reached_tier(DEAL, permille) == tier


def test_tier_below_the_floor_is_not_on_the_ladder() -> None:
    floored = replace(DEAL, floor_price_minor=11_001)
    assert usable_tiers(floored) == ((0, Tier(3, 12_000)),)
    assert usable_tiers(replace(DEAL, floor_price_minor=11_000)) == tuple(enumerate(DEAL.tiers))


def test_terms_say_what_is_left_and_what_can_be_lost() -> None:
    assert terms(DEAL, 1, 6) == Terms(
        people=6,
        price_minor=11_000,
        discount_basis_points=2_142,  # 30 of 140 liras
        left_minor_per_unit=6_000,
        given_up_minor=18_000,
        profit_all_minor=35_000,
        loss_none_minor=2_200,
        worst_case_minor=-2_200,
        break_even_units=1,
    )


def test_worst_case_is_all_coming_when_each_unit_loses() -> None:
    losing = replace(DEAL, unit_cost_minor=12_500)
    found = terms(losing, 0, 10)
    assert (found.left_minor_per_unit, found.profit_all_minor) == (-500, -6_000)
    assert (found.worst_case_minor, found.break_even_units) == (-6_000, None)


def test_unknown_cost_leaves_the_result_unknown() -> None:
    found = terms(replace(DEAL, unit_cost_minor=None), 0, 4)
    assert (found.left_minor_per_unit, found.profit_all_minor) == (None, None)
    assert (found.worst_case_minor, found.break_even_units) == (None, None)
    assert (found.given_up_minor, found.loss_none_minor) == (8_000, 1_800)


def test_benefit_in_words_costs_what_it_costs() -> None:
    tea = replace(DEAL, tiers=(Tier(3, 14_000, benefit_key="tea", cost_minor=1_500),))
    found = terms(tea, 0, 4)
    assert (found.discount_basis_points, found.left_minor_per_unit) == (0, 7_500)
    assert found.given_up_minor == 6_000

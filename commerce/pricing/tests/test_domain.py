from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commerce.pricing.domain import (
    BenefitKind,
    TermsPlan,
    Tier,
    check_deal,
    check_ladder,
    check_terms,
    check_tier,
    exact_price,
    tier_price,
)
from iceshop.kernel.errors import Invalid

TIERS = st.one_of(
    st.builds(Tier.percent, st.just(5), st.integers(1, 9_999)),
    st.builds(Tier.amount, st.just(5), st.integers(1, 10**7)),
    st.builds(Tier.fixed, st.just(5), st.integers(1, 10**7)),
    st.just(Tier.words(5, "çay bizden", "tea on us", 800)),
)


@pytest.mark.parametrize(
    ("tier", "expected"),
    [
        (Tier.percent(5, 1_500), 12_325),
        (Tier.percent(5, 1), 14_499),
        (Tier.amount(5, 2_700), 11_800),
        (Tier.fixed(5, 11_800), 11_800),
        (Tier.words(5, "çay bizden", "tea on us", 800), 14_500),
    ],
)
def test_price_of_each_kind(tier: Tier, expected: int) -> None:
    assert tier_price(14_500, tier, None) == exact_price(14_500, tier) == expected


def test_price_is_rounded_half_to_even() -> None:
    assert [tier_price(base, Tier.percent(5, 5_000), None) for base in (3, 5, 7)] == [2, 2, 4]


@given(base=st.integers(1, 10**7), tier=TIERS, floor=st.none() | st.integers(1, 10**7))
def test_price_never_leaves_the_room_between_floor_and_base(
    base: int, tier: Tier, floor: int | None
) -> None:
    price = tier_price(base, tier, floor)
    assert min(base, floor or 1) <= price <= base


@pytest.mark.parametrize(
    "tier",
    [
        Tier(5, BenefitKind.PERCENT),
        Tier(5, BenefitKind.PERCENT, percent_bp=0),
        Tier(5, BenefitKind.PERCENT, percent_bp=10_000),
        Tier(5, BenefitKind.PERCENT, percent_bp=500, amount_minor=5),
        Tier(5, BenefitKind.AMOUNT, amount_minor=0),
        Tier(5, BenefitKind.AMOUNT, amount_minor=5, words_tr="çay"),
        Tier(5, BenefitKind.FIXED, price_minor=-5),
        Tier(5, BenefitKind.FIXED, price_minor=5, cost_minor=1),
        Tier(5, BenefitKind.WORDS, words_tr="çay", cost_minor=5),
        Tier(5, BenefitKind.WORDS, words_tr="çay", words_en="tea"),
        Tier(5, BenefitKind.WORDS, words_tr="çay", words_en="tea", cost_minor=-1),
        Tier(0, BenefitKind.AMOUNT, amount_minor=5),
        Tier(501, BenefitKind.AMOUNT, amount_minor=5),
    ],
)
def test_tier_with_wrong_fields_is_refused(tier: Tier) -> None:
    with pytest.raises(Invalid, match=r"ladder\.tier"):
        check_tier(tier)


@pytest.mark.parametrize(
    ("tiers", "code", "size"),
    [
        ([Tier.percent(5, 500), Tier.amount(5, 100)], "ladder.twice", 5),
        ([Tier.percent(5, 500), Tier.percent(10, 4_500)], "ladder.below_floor", 10),
        ([Tier.amount(5, 20_000)], "ladder.below_floor", 5),
        ([Tier.fixed(5, 15_000)], "ladder.above_price", 5),
        ([Tier.percent(10, 500), Tier.percent(5, 1_000)], "ladder.rising", 10),
    ],
)
def test_ladder_that_surprises_is_refused(tiers: list[Tier], code: str, size: int) -> None:
    with pytest.raises(Invalid) as caught:
        check_ladder(14_500, 8_000, tiers)
    assert (caught.value.code, caught.value.params) == (code, {"min_people": size})


def test_ladder_of_all_kinds_passes() -> None:
    check_ladder(
        14_500,
        8_000,
        [
            Tier.fixed(20, 8_000),
            Tier.amount(10, 2_000),
            Tier.percent(5, 500),
            Tier.words(2, "çay bizden", "tea on us", 800),
        ],
    )


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        ({"min_people": 0}, "terms.people"),
        ({"min_people": 5, "max_people": 4}, "terms.people"),
        ({"max_people": 501}, "terms.people"),
        ({"unit_cost_minor": -1}, "terms.cost"),
        ({"floor_price_minor": 0}, "terms.floor"),
        ({"lead_minutes": 1_441}, "terms.minutes"),
        ({"window_minutes": 4}, "terms.minutes"),
    ],
)
def test_terms_that_make_no_sense_are_refused(terms: dict[str, Any], code: str) -> None:
    with pytest.raises(Invalid) as caught:
        check_terms(TermsPlan(**terms))
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("price", "terms", "tiers", "code"),
    [
        (None, TermsPlan(), [Tier.percent(5, 500)], "price.missing"),
        (0, TermsPlan(), [], "price.not_positive"),
        (10**9 + 1, TermsPlan(), [], "price.not_positive"),
        (100, TermsPlan(floor_price_minor=101), [], "terms.floor_above_price"),
        (100, TermsPlan(max_people=4), [Tier.percent(5, 500)], "ladder.beyond_group"),
    ],
)
def test_deal_whose_parts_disagree_is_refused(
    price: int | None, terms: TermsPlan, tiers: list[Tier], code: str
) -> None:
    with pytest.raises(Invalid) as caught:
        check_deal(price, terms, tiers)
    assert caught.value.code == code

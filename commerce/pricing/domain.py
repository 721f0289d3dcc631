"""Arithmetic of ladders: unit prices by group size, never below the floor, never rising."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from iceshop.kernel.errors import Invalid
from iceshop.kernel.money import Money

FULL_BP = 10_000
# A group larger than this does not fit a shop of the kind that takes part.
MOST_PEOPLE = 500
# A price beyond this is a slip of the hand (ten million units of a currency with two decimals).
MOST_MINOR = 1_000_000_000


class BenefitKind(StrEnum):
    """How a step of the ladder is expressed."""

    PERCENT = "percent"
    AMOUNT = "amount"
    FIXED = "fixed"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Tier:
    """One step: from ``min_people`` on, one benefit per unit.

    Exactly the fields of its ``kind`` are set: ``percent_bp`` (basis points off), ``amount_minor``
    (off), ``price_minor`` (the final price), or ``words_tr`` and ``words_en`` with ``cost_minor``,
    what the benefit costs the seller.
    """

    min_people: int
    kind: BenefitKind
    percent_bp: int | None = None
    amount_minor: int | None = None
    price_minor: int | None = None
    words_tr: str = ""
    words_en: str = ""
    cost_minor: int | None = None

    @staticmethod
    def percent(min_people: int, percent_bp: int) -> Tier:
        """A step of ``percent_bp`` basis points off."""
        return Tier(min_people, BenefitKind.PERCENT, percent_bp=percent_bp)

    @staticmethod
    def amount(min_people: int, amount_minor: int) -> Tier:
        """A step of ``amount_minor`` off."""
        return Tier(min_people, BenefitKind.AMOUNT, amount_minor=amount_minor)

    @staticmethod
    def fixed(min_people: int, price_minor: int) -> Tier:
        """A step with the final unit price."""
        return Tier(min_people, BenefitKind.FIXED, price_minor=price_minor)

    @staticmethod
    def words(min_people: int, words_tr: str, words_en: str, cost_minor: int) -> Tier:
        """A step with a benefit in words."""
        return Tier(
            min_people,
            BenefitKind.WORDS,
            words_tr=words_tr,
            words_en=words_en,
            cost_minor=cost_minor,
        )


def exact_price(base_minor: int, tier: Tier) -> int:
    """Unit price at ``tier`` before the floor, in minor units, percentages rounded half to even.

    >>> exact_price(14500, Tier.percent(10, 1500))
    12325
    """
    if tier.kind is BenefitKind.PERCENT:
        return Money(base_minor, "").scaled_ppm((FULL_BP - (tier.percent_bp or 0)) * 100).minor
    if tier.kind is BenefitKind.AMOUNT:
        return base_minor - (tier.amount_minor or 0)
    if tier.kind is BenefitKind.FIXED:
        return tier.price_minor or 0
    return base_minor


def tier_price(base_minor: int, tier: Tier, floor_minor: int | None) -> int:
    """Unit price at ``tier``: never below the floor, never above the base, at least 1.

    >>> tier_price(14500, Tier.percent(10, 5000), 8000)
    8000
    """
    least = min(base_minor, max(1, floor_minor or 1))
    return min(base_minor, max(least, exact_price(base_minor, tier)))


def check_tier(tier: Tier) -> None:
    """Raise Invalid("ladder.tier") unless exactly the fields of its kind are set and sane."""
    given = {
        BenefitKind.PERCENT: tier.percent_bp is not None,
        BenefitKind.AMOUNT: tier.amount_minor is not None,
        BenefitKind.FIXED: tier.price_minor is not None,
        BenefitKind.WORDS: bool(tier.words_tr and tier.words_en) and tier.cost_minor is not None,
    }
    strangers = {
        BenefitKind.WORDS: bool(tier.words_tr or tier.words_en) or tier.cost_minor is not None
    }
    sane = (
        1 <= tier.min_people <= MOST_PEOPLE
        and 0 < (tier.percent_bp or 1) < FULL_BP
        and (tier.amount_minor is None or tier.amount_minor > 0)
        and (tier.price_minor is None or tier.price_minor > 0)
        and (tier.cost_minor or 0) >= 0
        and tier.percent_bp != 0
    )
    own = given[tier.kind]
    others = any(strangers.get(kind, is_set) for kind, is_set in given.items() if kind != tier.kind)
    if not (sane and own and not others):
        raise Invalid("ladder.tier", min_people=tier.min_people)


def check_ladder(base_minor: int, floor_minor: int | None, tiers: Sequence[Tier]) -> None:
    """Refuse a ladder that a buyer or the seller would be surprised by.

    Raises: Invalid("ladder.tier"), Invalid("ladder.twice") for two steps of one size,
    Invalid("ladder.below_floor"), Invalid("ladder.above_price"), Invalid("ladder.rising") when a
    larger group would pay more.
    """
    before = base_minor
    sizes: set[int] = set()
    for tier in sorted(tiers, key=lambda tier: tier.min_people):
        check_tier(tier)
        if tier.min_people in sizes:
            raise Invalid("ladder.twice", min_people=tier.min_people)
        sizes.add(tier.min_people)
        price = exact_price(base_minor, tier)
        if price <= 0 or price < (floor_minor or 0):
            raise Invalid("ladder.below_floor", min_people=tier.min_people)
        if price > base_minor:
            raise Invalid("ladder.above_price", min_people=tier.min_people)
        if price > before:
            raise Invalid("ladder.rising", min_people=tier.min_people)
        before = price


@dataclass(frozen=True, slots=True)
class TermsPlan:
    """What a seller allows for an offering; the fields of ``OfferingTerms``."""

    min_people: int = 2
    max_people: int = 20
    unit_cost_minor: int | None = None
    floor_price_minor: int | None = None
    lead_minutes: int | None = None
    window_minutes: int | None = None
    answers_by_rule: bool = False


def check_terms(terms: TermsPlan) -> None:
    """Raise Invalid with ``terms.people``, ``.cost``, ``.floor`` or ``.minutes``."""
    if not 1 <= terms.min_people <= terms.max_people <= MOST_PEOPLE:
        raise Invalid("terms.people")
    if terms.unit_cost_minor is not None and not 0 <= terms.unit_cost_minor <= MOST_MINOR:
        raise Invalid("terms.cost")
    if terms.floor_price_minor is not None and not 0 < terms.floor_price_minor <= MOST_MINOR:
        raise Invalid("terms.floor")
    if terms.lead_minutes is not None and not 0 <= terms.lead_minutes <= 1440:
        raise Invalid("terms.minutes")
    if terms.window_minutes is not None and not 5 <= terms.window_minutes <= 240:
        raise Invalid("terms.minutes")


def check_deal(price_minor: int | None, terms: TermsPlan, tiers: Sequence[Tier]) -> None:
    """Check price, terms and ladder against each other.

    Raises: Invalid with the codes of ``check_terms`` and ``check_ladder``, ``price.not_positive``,
    ``price.missing`` for a ladder without a price, ``terms.floor_above_price`` and
    ``ladder.beyond_group`` for a step that no group of these terms can reach.
    """
    check_terms(terms)
    if price_minor is None:
        if tiers:
            raise Invalid("price.missing")
        return
    if not 0 < price_minor <= MOST_MINOR:
        raise Invalid("price.not_positive")
    if terms.floor_price_minor is not None and terms.floor_price_minor > price_minor:
        raise Invalid("terms.floor_above_price")
    check_ladder(price_minor, terms.floor_price_minor, tiers)
    for tier in tiers:
        if tier.min_people > terms.max_people:
            raise Invalid("ladder.beyond_group", min_people=tier.min_people)

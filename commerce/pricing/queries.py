"""Reading prices, their history, terms and ladders."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from commerce.pricing.domain import BenefitKind, TermsPlan, Tier, tier_price
from commerce.pricing.models import BenefitTier, OfferingTerms, PriceRecord
from iceshop.infra.prepared import Prepared, given_list
from iceshop.kernel.money import Money

# Turkish sources disagree on 10 or 30 days; the longer is the stricter for the seller.
LOOKBACK_DAYS = 30


@dataclass(frozen=True, slots=True)
class BeforePrice:
    """The price that may be shown as "before": the lowest of the look-back, with its evidence.

    ``since`` is the start of the look-back; ``record_ids`` are the price records that cover it.
    """

    price_minor: int
    currency: str
    since: datetime
    record_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class PriceCard:
    """One entry of the price history."""

    id: UUID
    price_minor: int
    currency: str
    valid_from: datetime


@dataclass(frozen=True, slots=True)
class TierCard:
    """A step of the ladder with the unit price that it leads to at the list price of now."""

    min_people: int
    unit_price_minor: int
    tier: Tier

    @property
    def kind(self) -> BenefitKind:
        """How the step is expressed."""
        return self.tier.kind

    def words(self, language: str) -> str:
        """The benefit in words, empty for the other kinds."""
        return self.tier.words_tr if language == "tr" else self.tier.words_en


@dataclass(frozen=True, slots=True)
class TermsCard:
    """Price, terms and ladder of an offering.

    For the seller and the engine only: ``plan`` holds the floor and the cost. ``price_minor`` is
    None until a price was set; then there are no tiers.
    """

    offering_id: UUID
    price_minor: int | None
    currency: str
    plan: TermsPlan
    tiers: tuple[TierCard, ...]

    @property
    def price(self) -> Money | None:
        """The list price of now."""
        return None if self.price_minor is None else Money(self.price_minor, self.currency)

    @property
    def agrees_by_rule(self) -> bool:
        """Whether deals on the ladder need no ask; one below cost always does."""
        cost = self.plan.unit_cost_minor
        pays = cost is None or all(
            tier.unit_price_minor - (tier.tier.cost_minor or 0) >= cost for tier in self.tiers
        )
        return self.plan.answers_by_rule and pays

    def tier_for(self, people: int) -> TierCard | None:
        """The step that a group of ``people`` reaches, or None."""
        reached = [tier for tier in self.tiers if tier.min_people <= people]
        return reached[-1] if reached else None

    def unit_price_minor(self, people: int) -> int | None:
        """What each of ``people`` pays; None without a price."""
        tier = self.tier_for(people)
        return tier.unit_price_minor if tier else self.price_minor


def price_of(offering_id: UUID, at: datetime) -> Money | None:
    """The list price in force at ``at``. One query."""
    return prices_of([offering_id], at).get(offering_id)


def prices_of(offering_ids: Iterable[UUID], at: datetime) -> dict[UUID, Money]:
    """The list prices in force at ``at``; offerings without one are missing. One query."""
    rows = (
        PriceRecord.objects.filter(offering_id__in=list(offering_ids), valid_from__lte=at)
        .order_by("offering_id", "-valid_from")
        .distinct("offering_id")
    )
    return {row.offering_id: Money(row.price_minor, row.currency) for row in rows}


def before_price(
    offering_id: UUID, at: datetime, lookback_days: int = LOOKBACK_DAYS
) -> BeforePrice | None:
    """The lowest list price of the ``lookback_days`` before ``at``. One query."""
    return before_prices([offering_id], at, lookback_days).get(offering_id)


def before_prices(
    offering_ids: Iterable[UUID], at: datetime, lookback_days: int = LOOKBACK_DAYS
) -> dict[UUID, BeforePrice]:
    """``before_price`` of several offerings; those without evidence are missing. One query.

    Evidence must cover the whole look-back: a price in force at its start, and no change of
    currency since.
    """
    since = at - timedelta(days=lookback_days)
    rows = PriceRecord.objects.filter(
        offering_id__in=list(offering_ids), valid_from__lte=at
    ).order_by("offering_id", "valid_from")
    histories: dict[UUID, list[PriceRecord]] = {}
    for row in rows:
        histories.setdefault(row.offering_id, []).append(row)
    found = {key: _evidence(history, since) for key, history in histories.items()}
    return {key: evidence for key, evidence in found.items() if evidence is not None}


def price_history(offering_id: UUID, *, limit: int = 50) -> tuple[PriceCard, ...]:
    """The last prices, newest first. One query."""
    rows = PriceRecord.objects.filter(offering_id=offering_id).order_by("-valid_from")[:limit]
    return tuple(PriceCard(row.pk, row.price_minor, row.currency, row.valid_from) for row in rows)


def terms_card(offering_id: UUID) -> TermsCard:
    """Price, terms and ladder of the offering; defaults where nothing was set. Three queries."""
    return terms_of([offering_id])[offering_id]


_TERMS = Prepared(lambda: OfferingTerms.objects.filter(pk__in=given_list("wanted", "uuid")))
_TIERS = Prepared(
    lambda: BenefitTier.objects.filter(offering_id__in=given_list("wanted", "uuid")).order_by(
        "min_people"
    )
)
_PRICES = Prepared(
    lambda: (
        PriceRecord.objects.filter(offering_id__in=given_list("wanted", "uuid"))
        .order_by("offering_id", "-valid_from")
        .distinct("offering_id")
    )
)


def terms_of(offering_ids: Iterable[UUID]) -> dict[UUID, TermsCard]:
    """``terms_card`` for each of ``offering_ids``. Three queries, however many they are."""
    wanted = list(offering_ids)
    plans = {row.offering_id: _plan(row) for row in _TERMS(wanted=wanted)}
    tiers: dict[UUID, list[Tier]] = {}
    for row in _TIERS(wanted=wanted):
        tiers.setdefault(row.offering_id, []).append(_tier(row))
    prices = _latest_prices(wanted)
    return {
        key: _card(key, prices.get(key), plans.get(key, TermsPlan()), tiers.get(key, []))
        for key in wanted
    }


def _latest_prices(offering_ids: list[UUID]) -> dict[UUID, Money]:
    rows = _PRICES(wanted=offering_ids)
    return {row.offering_id: Money(row.price_minor, row.currency) for row in rows}


def _evidence(history: list[PriceRecord], since: datetime) -> BeforePrice | None:
    """The lowest of ``history`` (oldest first) from ``since`` on, if it reaches back that far."""
    before = [row for row in history if row.valid_from <= since]
    if not before:
        return None
    rows = [before[-1], *(row for row in history if row.valid_from > since)]
    if len({row.currency for row in rows}) > 1:
        return None
    return BeforePrice(
        price_minor=min(row.price_minor for row in rows),
        currency=rows[0].currency,
        since=since,
        record_ids=tuple(row.pk for row in rows),
    )


def _card(key: UUID, price: Money | None, plan: TermsPlan, tiers: list[Tier]) -> TermsCard:
    floor = plan.floor_price_minor
    return TermsCard(
        offering_id=key,
        price_minor=price.minor if price else None,
        currency=price.currency if price else "",
        plan=plan,
        tiers=tuple(
            TierCard(tier.min_people, tier_price(price.minor, tier, floor), tier)
            for tier in tiers
            if price
        ),
    )


def _plan(row: OfferingTerms) -> TermsPlan:
    return TermsPlan(
        min_people=row.min_people,
        max_people=row.max_people,
        unit_cost_minor=row.unit_cost_minor,
        floor_price_minor=row.floor_price_minor,
        lead_minutes=row.lead_minutes,
        window_minutes=row.window_minutes,
        answers_by_rule=row.answers_by_rule,
    )


def _tier(row: BenefitTier) -> Tier:
    return Tier(
        min_people=row.min_people,
        kind=BenefitKind(row.kind),
        percent_bp=row.percent_bp,
        amount_minor=row.amount_minor,
        price_minor=row.price_minor,
        words_tr=row.words_tr,
        words_en=row.words_en,
        cost_minor=row.cost_minor,
    )

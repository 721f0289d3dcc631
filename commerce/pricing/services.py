"""Changing prices, terms and ladders.

Price, terms and ladder of an offering depend on each other, so each change is checked against the
whole under the lock of the offering's terms row.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from commerce.places.domain import check_currency
from commerce.pricing.domain import TermsPlan, Tier, check_deal
from commerce.pricing.models import BenefitTier, OfferingTerms, PriceRecord
from commerce.pricing.queries import TermsCard, terms_card
from iceshop.infra.audit import services as audit
from iceshop.infra.db import step
from iceshop.kernel.actors import Actor
from iceshop.kernel.errors import Conflict
from iceshop.kernel.money import Money


@step
def set_price(
    *, offering_id: UUID, price_minor: int, currency: str, by: Actor, now: datetime
) -> TermsCard:
    """Set the list price from ``now`` on; the same price again adds no record.

    Raises: Invalid (see ``check_deal``: not positive, below the floor, under a step of the ladder),
    Conflict("price.just_changed") when ``now`` is not after the last change.
    """
    return set_deal(offering_id=offering_id, price=Money(price_minor, currency), by=by, now=now)


@step
def put_terms(*, offering_id: UUID, terms: TermsPlan, by: Actor, now: datetime) -> TermsCard:
    """Replace what the seller allows. Raises: Invalid (see ``check_deal``)."""
    return set_deal(offering_id=offering_id, terms=terms, by=by, now=now)


@step
def set_ladder(*, offering_id: UUID, tiers: Iterable[Tier], by: Actor, now: datetime) -> TermsCard:
    """Replace the ladder of benefits. Raises: Invalid (see ``check_deal``)."""
    return set_deal(offering_id=offering_id, tiers=tiers, by=by, now=now)


@step
def set_deal(
    *,
    offering_id: UUID,
    price: Money | None = None,
    terms: TermsPlan | None = None,
    tiers: Iterable[Tier] | None = None,
    by: Actor,
    now: datetime,
) -> TermsCard:
    """Change any of price, terms and ladder at once; what is None stays.

    Writes: PriceRecord, OfferingTerms, BenefitTier, one audit fact.
    Raises: Invalid (see ``check_deal``), Invalid("store.currency"), Conflict("price.just_changed").
    """
    old = _locked(offering_id)
    plan = terms or old.plan
    ladder = tuple(tiers) if tiers is not None else tuple(card.tier for card in old.tiers)
    check_deal(price.minor if price else old.price_minor, plan, ladder)
    if price is not None and price != old.price:
        _append_price(offering_id, price, by, now)
    if plan != old.plan:
        OfferingTerms.objects.filter(pk=offering_id).update(**asdict(plan))
    if set(ladder) != {card.tier for card in old.tiers}:
        _replace_ladder(offering_id, ladder)
    new = terms_card(offering_id)
    if new != old:
        _record(old, new, by, now)
    return new


def _locked(offering_id: UUID) -> TermsCard:
    OfferingTerms.objects.get_or_create(pk=offering_id)
    list(OfferingTerms.objects.select_for_update(no_key=True).filter(pk=offering_id))
    return terms_card(offering_id)


def _append_price(offering_id: UUID, price: Money, by: Actor, now: datetime) -> None:
    check_currency(price.currency)
    if PriceRecord.objects.filter(offering_id=offering_id, valid_from__gte=now).exists():
        raise Conflict("price.just_changed")
    PriceRecord.objects.create(
        offering_id=offering_id,
        price_minor=price.minor,
        currency=price.currency,
        valid_from=now,
        source=by.kind.value,
        by=f"{by.kind.value}:{by.key}",
    )


def _replace_ladder(offering_id: UUID, ladder: tuple[Tier, ...]) -> None:
    BenefitTier.objects.filter(offering_id=offering_id).delete()
    BenefitTier.objects.bulk_create(
        BenefitTier(offering_id=offering_id, **asdict(tier)) for tier in ladder
    )


def _record(old: TermsCard, new: TermsCard, by: Actor, now: datetime) -> None:
    audit.record(
        by=by,
        action="offering.deal_changed",
        object_kind="offering",
        object_key=new.offering_id,
        facts={"before": _facts(old), "after": _facts(new)},
        now=now,
    )


def _facts(card: TermsCard) -> dict[str, object]:
    return {
        "price_minor": card.price_minor,
        "terms": asdict(card.plan),
        "tiers": [asdict(tier.tier) for tier in card.tiers],
    }

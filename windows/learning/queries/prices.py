"""Answers to prices, and what is in force of what was learned from them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from commerce.catalog import queries as catalog
from commerce.forecast.numerics.price_acceptance import Acceptance, Answer
from commerce.forecast.numerics.price_limit import Bound, Limits
from commerce.places import queries as places
from iceshop.kernel.geo import walk_m
from windows.flash.answers import invite_answers
from windows.intents import queries as intents
from windows.learning.domain.parameters import Model, SetState
from windows.learning.models import ParameterSet
from windows.negotiation.answers import ask_answers


@dataclass(frozen=True, slots=True)
class DatedAnswer:
    """An answer of a buyer, and when the invite was made."""

    at: datetime
    answer: Answer


@dataclass(frozen=True, slots=True)
class DatedBound:
    """What an answer of a seller says of the limit, and when the ask was made."""

    at: datetime
    bound: Bound


def buyers_answers(*, since: datetime, now: datetime) -> tuple[DatedAnswer, ...]:
    """Answers of buyers to invites made since then, the oldest first. Seven queries.

    They carry prices, the product and the way to the shop, and nothing about the person.
    """
    rows = invite_answers(since=since, now=now)
    goods = _goods(row.offering_id for row in rows)
    stores = places.store_cards({store_id for _, _, store_id in goods.values()})
    wishes = intents.intents({row.intent_id for row in rows if row.intent_id is not None})
    found = []
    for row in rows:
        kind, product, store_id = goods[row.offering_id]
        wish = wishes.get(row.intent_id) if row.intent_id else None
        way = walk_m(wish.point, stores[store_id].point) if wish and wish.point else 0
        answer = Answer(kind, product, row.price_minor, row.base_price_minor, way, row.is_yes)
        found.append(DatedAnswer(row.asked_at, answer))
    return tuple(found)


def sellers_bounds(*, since: datetime) -> tuple[DatedBound, ...]:
    """Answers of sellers to asks made since then, the oldest first. Three queries."""
    rows = ask_answers(since=since)
    goods = _goods(row.offering_id for row in rows)
    return tuple(
        DatedBound(
            row.asked_at,
            Bound(goods[row.offering_id][0], str(row.store_id), row.discount, row.is_at_least),
        )
        for row in rows
    )


def price_response() -> Acceptance:
    """How buyers answer to prices: what is in force, else the belief of the first day. One query.

    What cannot be read counts as not learned.
    """
    payload = _payload(Model.PRICE)
    try:
        return Acceptance() if payload is None else Acceptance.from_json(payload)
    except (KeyError, TypeError, ValueError):
        return Acceptance()


def seller_limits() -> Limits:
    """Which discounts sellers still allow: like ``price_response``. One query."""
    payload = _payload(Model.LIMIT)
    try:
        return Limits() if payload is None else Limits.from_json(payload)
    except (KeyError, TypeError, ValueError):
        return Limits()


def _payload(model: Model) -> dict[str, object] | None:
    rows = ParameterSet.objects.filter(model=model, state=SetState.CHAMPION)
    return rows.values_list("payload", flat=True).first()


def _goods(offering_ids: Iterable[UUID]) -> dict[UUID, tuple[str, str, UUID]]:
    """Kind, product and store of each offering."""
    concepts = catalog.concepts()
    found = {}
    for key, card in catalog.offering_cards(set(offering_ids)).items():
        concept = concepts.get(card.concept_key)
        kind = (concept.category if concept else "") or card.concept_key
        found[key] = (kind, card.concept_key, card.store_id)
    return found

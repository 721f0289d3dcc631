"""What sellers answered to which discount: what their limits are learned from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from windows.negotiation.domain import AskState
from windows.negotiation.models import Ask, AskMember


@dataclass(frozen=True, slots=True)
class AskAnswer:
    """One answer: the seller gives at least ``discount``, a share of the price, or less than it."""

    asked_at: datetime
    store_id: UUID
    offering_id: UUID
    discount: float
    is_at_least: bool


def ask_answers(*, since: datetime) -> tuple[AskAnswer, ...]:
    """Answers to asks made since then, the oldest first. One query.

    Silence is no answer, and a standing rule was not asked. A counter says at least what it gives.
    """
    rows = (
        Ask.objects.filter(
            state__in=(AskState.ACCEPTED, AskState.REFUSED), by_rule=False, created_at__gte=since
        )
        .order_by("created_at", "pk")
        .only(
            "created_at",
            "store_id",
            "offering_id",
            "state",
            "price_minor",
            "agreed_price_minor",
            "base_price_minor",
            "benefit_cost_minor",
        )
    )
    answers = (_answer(row) for row in rows.iterator())
    return tuple(answer for answer in answers if answer.discount > 0)


def asks_of_intents(intent_ids: Iterable[UUID], *, now: datetime) -> dict[UUID, UUID]:
    """The live ask that each of the intents waits in; free ones are missing. One query."""
    rows = AskMember.objects.filter(
        intent_id__in=list(intent_ids),
        is_live=True,
        ask__state=AskState.ASKED,
        ask__answer_by__gt=now,
    )
    return dict(rows.values_list("intent_id", "ask_id"))


def _answer(row: Ask) -> AskAnswer:
    price = row.price_minor if row.agreed_price_minor is None else row.agreed_price_minor
    given = row.base_price_minor - price
    if price == row.price_minor:
        # A price of the seller's own takes the place of a benefit in words.
        given += row.benefit_cost_minor
    share = given / row.base_price_minor
    return AskAnswer(
        asked_at=row.created_at,
        store_id=row.store_id,
        offering_id=row.offering_id,
        discount=share,
        is_at_least=row.state == AskState.ACCEPTED,
    )

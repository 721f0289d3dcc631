"""Reading asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from windows.negotiation.domain import (
    REST_AFTER_REFUSAL,
    REST_AFTER_SILENCE,
    AskState,
    Economics,
    economics,
    effective_state,
)
from windows.negotiation.models import Ask, AskMember


@dataclass(frozen=True, slots=True, kw_only=True)
class AskCard:
    """An ask as other slices see it; ``state`` is the one in force at the time of reading."""

    id: UUID
    store_id: UUID
    offering_id: UUID
    state: AskState
    starts_at: datetime
    ends_at: datetime
    people: int
    min_people: int
    max_people: int
    price_minor: int
    base_price_minor: int
    agreed_price_minor: int | None
    currency: str
    benefit_tr: str
    benefit_en: str
    benefit_cost_minor: int
    answer_by: datetime
    by_rule: bool
    created_at: datetime
    answered_at: datetime | None

    def economics(self, *, cost_minor: int | None, price_minor: int | None = None) -> Economics:
        """What the deal means for the seller at the asked price, or at ``price_minor``."""
        return economics(
            base_minor=self.base_price_minor,
            price_minor=self.price_minor if price_minor is None else price_minor,
            cost_minor=cost_minor,
            people=self.max_people,
            # A price of the seller's own takes the place of a benefit in words.
            benefit_cost_minor=0 if price_minor else self.benefit_cost_minor,
        )

    def benefit(self, language: str) -> str:
        """The benefit in words, if it is one in words."""
        return self.benefit_tr if language == "tr" else self.benefit_en


@dataclass(frozen=True, slots=True)
class LiveAskMember:
    """An intent that waits in a live ask."""

    ask_id: UUID
    intent_id: UUID
    person_id: UUID
    people: int


def ask_card(ask_id: UUID, *, now: datetime) -> AskCard | None:
    """One ask, or ``None``. One query."""
    return next(iter(_cards(Ask.objects.filter(pk=ask_id), now)), None)


def live_asks(*, now: datetime, store_ids: Iterable[UUID] | None = None) -> tuple[AskCard, ...]:
    """Asks that wait for an answer, the most urgent first. One query."""
    rows = Ask.objects.filter(state=AskState.ASKED, answer_by__gt=now)
    if store_ids is not None:
        rows = rows.filter(store_id__in=list(store_ids))
    return _cards(rows.order_by("answer_by", "pk"), now)


def recent_asks(*, store_id: UUID, now: datetime, limit: int = 20) -> tuple[AskCard, ...]:
    """The latest asks to a store, answered or not. One query."""
    return _cards(Ask.objects.filter(store_id=store_id).order_by("-created_at", "-pk")[:limit], now)


def live_members(*, now: datetime) -> tuple[LiveAskMember, ...]:
    """Everybody who waits in a live ask. One query."""
    rows = AskMember.objects.filter(
        is_live=True, ask__state=AskState.ASKED, ask__answer_by__gt=now
    ).values_list("ask_id", "intent_id", "person_id", "people")
    return tuple(LiveAskMember(*row) for row in rows)


def resting_offerings(*, now: datetime) -> dict[UUID, datetime]:
    """Offerings that are left in peace, and until when. One query."""
    rows = Ask.objects.filter(
        state__in=(AskState.REFUSED, AskState.EXPIRED),
        answered_at__gt=now - max(REST_AFTER_REFUSAL, REST_AFTER_SILENCE),
    ).values_list("offering_id", "state", "answered_at")
    rests: dict[UUID, datetime] = {}
    for offering_id, state, answered_at in rows:
        if answered_at is None:
            continue
        rest = REST_AFTER_REFUSAL if state == AskState.REFUSED else REST_AFTER_SILENCE
        until = answered_at + rest
        if until > now:
            rests[offering_id] = max(until, rests.get(offering_id, until))
    return rests


def card_of(row: Ask, now: datetime) -> AskCard:
    """The card of a row."""
    return AskCard(
        id=row.id,
        store_id=row.store_id,
        offering_id=row.offering_id,
        state=effective_state(AskState(row.state), row.answer_by, now),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        people=row.people,
        min_people=row.min_people,
        max_people=row.max_people,
        price_minor=row.price_minor,
        base_price_minor=row.base_price_minor,
        agreed_price_minor=row.agreed_price_minor,
        currency=row.currency,
        benefit_tr=row.benefit_tr,
        benefit_en=row.benefit_en,
        benefit_cost_minor=row.benefit_cost_minor,
        answer_by=row.answer_by,
        by_rule=row.by_rule,
        created_at=row.created_at,
        answered_at=row.answered_at,
    )


def _cards(rows: QuerySet[Ask], now: datetime) -> tuple[AskCard, ...]:
    return tuple(card_of(row, now) for row in rows)

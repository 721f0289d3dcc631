"""What invited people answered at which price: what the price response is learned from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from windows.flash.domain import LIVE_WINDOWS, InviteState, WindowState
from windows.flash.models import Invite, Seat, Window


@dataclass(frozen=True, slots=True)
class InviteAnswer:
    """One invite with an end: a seat was taken, or it was declined or left to pass."""

    asked_at: datetime
    offering_id: UUID
    intent_id: UUID | None
    price_minor: int
    base_price_minor: int
    is_yes: bool


def invite_answers(*, since: datetime, now: datetime) -> tuple[InviteAnswer, ...]:
    """Answers to invites made since then, the oldest first. One query.

    Invites taken back after STOP, those to cancelled windows, and those to a benefit in words (it
    leaves the price as it is) say nothing about a price.
    """
    is_over = Q(state__in=(InviteState.ACCEPTED, InviteState.DECLINED, InviteState.EXPIRED)) | Q(
        state=InviteState.INVITED, answer_by__lte=now
    )
    rows = (
        Invite.objects.filter(is_over, created_at__gte=since, window__benefit_en="")
        .exclude(window__state=WindowState.CANCELLED)
        .order_by("created_at", "pk")
        .values_list(
            "created_at",
            "window__offering_id",
            "intent_id",
            "window__price_minor",
            "window__base_price_minor",
            "state",
        )
    )
    return tuple(
        InviteAnswer(at, offering_id, intent_id, price, base, state == InviteState.ACCEPTED)
        for at, offering_id, intent_id, price, base, state in rows.iterator()
    )


def arrival_shares(
    store_id: UUID, *, parts: int, least: int, since: datetime
) -> tuple[float, ...] | None:
    """Shares of the people who checked in over ``parts`` equal parts of the store's windows.

    ``None`` where fewer than ``least`` parties checked in since then. One query.
    """
    rows = Seat.objects.filter(
        window__store_id=store_id, checked_in_at__isnull=False, held_at__gte=since
    ).values_list("window__starts_at", "window__ends_at", "checked_in_at", "party_size")
    counts = [0] * parts
    parties = 0
    for starts_at, ends_at, came_at, people in rows:
        if came_at is None:
            continue
        part = int(parts * ((came_at - starts_at) / (ends_at - starts_at)))
        counts[min(parts - 1, max(0, part))] += people
        parties += 1
    if parties < least:
        return None
    return tuple(count / sum(counts) for count in counts)


def opened_at(window_ids: Iterable[UUID]) -> dict[UUID, datetime]:
    """When each window was agreed on. One query."""
    rows = Window.objects.filter(pk__in=list(window_ids))
    return dict(rows.values_list("pk", "created_at"))


def waiting_intents(intent_ids: Iterable[UUID], *, now: datetime) -> frozenset[UUID]:
    """Those intents that have an invite to answer. One query."""
    rows = Invite.objects.filter(
        intent_id__in=list(intent_ids),
        state=InviteState.INVITED,
        answer_by__gt=now,
        window__state__in=LIVE_WINDOWS,
    )
    return frozenset(rows.values_list("intent_id", flat=True))

"""Inviting people to a window, and their no."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from accounts.identity import queries as identity
from iceshop.infra.db import step
from iceshop.kernel.errors import Expired, NotFound
from windows.flash.domain import (
    INVITE,
    LIVE_WINDOWS,
    InviteMove,
    InviteState,
    invite_answer_by,
)
from windows.flash.models import Invite, Window
from windows.flash.queries import window_of_row
from windows.flash.services.events import touch
from windows.notices import services as notices
from windows.notices.domain import NoticeKind


@dataclass(frozen=True, slots=True)
class InvitedPerson:
    """Who is invited, for how many, because of which intent."""

    person_id: UUID
    intent_id: UUID | None
    party_size: int


@step
def invite_reachable(*, window_id: UUID, people: tuple[InvitedPerson, ...], now: datetime) -> int:
    """Offer a seat to each of ``people``; those invited before are passed over; returns how many.

    They are written to, but for people without a messaging identifier. Nobody is invited to a
    window that is over, cancelled or takes nobody in.
    """
    cards = identity.people([person.person_id for person in people])
    row = Window.objects.select_for_update(no_key=True).get(pk=window_id)
    if row.state not in LIVE_WINDOWS or row.ends_at <= now or row.joins_paused:
        return 0
    answer_by = invite_answer_by(window_of_row(row, now).span, now)
    new = 0
    for person in people:
        stored, created = Invite.objects.get_or_create(
            window_id=window_id,
            person_id=person.person_id,
            defaults={
                "intent_id": person.intent_id,
                "party_size": person.party_size,
                "answer_by": answer_by,
                "created_at": now,
            },
        )
        new += created
        if created and cards[person.person_id].is_reachable:
            notices.plan(
                kind=NoticeKind.INVITE,
                person_id=person.person_id,
                subject_kind="invite",
                subject_id=stored.id,
                useful_until=answer_by,
                now=now,
            )
    if new:
        touch(row.id, store_id=row.store_id)
    return new


@step
def decline_invite(*, invite_id: UUID, person_id: UUID, now: datetime) -> UUID | None:
    """The person says no; returns the intent that stays open. A second no changes nothing.

    Raises: NotFound("invite.unknown"), Expired("invite.expired").
    """
    row = Invite.objects.select_for_update(no_key=True).filter(pk=invite_id).first()
    if row is None or row.person_id != person_id:
        raise NotFound("invite.unknown")
    if row.state == InviteState.INVITED and now >= row.answer_by:
        raise Expired("invite.expired")
    if row.state == InviteState.INVITED:
        Invite.objects.filter(pk=row.pk).update(
            state=INVITE.target(InviteMove.DECLINE), answered_at=now
        )
        notices.withdraw(subject_kind="invite", subject_id=row.id, now=now)
        window = Window.objects.get(pk=row.window_id)
        touch(window.id, store_id=window.store_id)
    return row.intent_id


@step
def withdraw_invites(*, person_id: UUID, now: datetime, invite_id: UUID | None = None) -> int:
    """End the unanswered invites of a person who stopped all messages; returns how many.

    With ``invite_id`` only that one: no channel reached the person.
    """
    waiting = Invite.objects.filter(
        person_id=person_id, state__in=INVITE.sources(InviteMove.WITHDRAW)
    )
    if invite_id is not None:
        waiting = waiting.filter(pk=invite_id)
    found = list(waiting.values_list("pk", "window_id", "window__store_id"))
    waiting.update(state=INVITE.target(InviteMove.WITHDRAW), answered_at=now)
    for key, window_id, store_id in found:
        notices.withdraw(subject_kind="invite", subject_id=key, now=now)
        touch(window_id, store_id=store_id)
    return len(found)

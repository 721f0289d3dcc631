"""What buyers and sellers do with seats, in short."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from iceshop.infra.db import run_operation
from iceshop.kernel.actors import SYSTEM, Actor
from windows.flash import services
from windows.flash.models import Invite, Window
from windows.flash.queries import SeatCard, WindowCard
from windows.flash.services import InvitedPerson, JoinResult
from windows.intents.models import Intent
from windows.tests.stories import NOON

SECOND = timedelta(seconds=1)


def join(
    window: WindowCard,
    person_id: UUID,
    party: int = 1,
    *,
    intent_id: UUID | None = None,
    now: datetime = NOON,
) -> JoinResult:
    return run_operation(
        services.join,
        window_id=window.id,
        person_id=person_id,
        party_size=party,
        intent_id=intent_id,
        by=Actor.person(person_id),
        now=now,
    )


def answer_yes(
    invite_id: UUID, person_id: UUID, *, party: int | None = None, now: datetime = NOON
) -> JoinResult:
    return run_operation(
        services.accept_invite,
        invite_id=invite_id,
        person_id=person_id,
        party_size=party,
        by=Actor.person(person_id),
        now=now,
    )


def change(seat: SeatCard, party: int, *, now: datetime = NOON) -> None:
    run_operation(
        services.change_party,
        seat_id=seat.id,
        person_id=seat.person_id,
        party_size=party,
        by=Actor.person(seat.person_id),
        now=now,
    )


def release(seat: SeatCard, *, keeps: bool = True, now: datetime = NOON) -> None:
    run_operation(
        services.release_seat,
        seat_id=seat.id,
        person_id=seat.person_id,
        keeps_intent=keeps,
        by=Actor.person(seat.person_id),
        now=now,
    )


def set_off(seat: SeatCard, *, now: datetime = NOON) -> None:
    run_operation(
        services.say_on_way,
        seat_id=seat.id,
        person_id=seat.person_id,
        by=Actor.person(seat.person_id),
        now=now,
    )


def pause(window: WindowCard) -> None:
    run_operation(
        services.set_joins_paused, window_id=window.id, is_paused=True, by=SYSTEM, now=NOON
    )


def cancel(window: WindowCard) -> None:
    run_operation(services.cancel_window, window_id=window.id, reason="x", by=SYSTEM, now=NOON)


def taken(window: WindowCard) -> int:
    return Window.objects.get(pk=window.id).seats_taken


def invite_id_of(person: InvitedPerson) -> UUID:
    return Invite.objects.get(person_id=person.person_id).id


def intent_state(person: InvitedPerson) -> str:
    assert person.intent_id is not None
    return Intent.objects.get(pk=person.intent_id).state

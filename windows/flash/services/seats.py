"""Keeping, changing and giving back seats."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import F

from iceshop.infra.db import step
from iceshop.kernel.actors import SYSTEM, Actor
from iceshop.kernel.errors import Conflict, Expired, Invalid, NotFound
from windows.flash.domain import LIVE_SEATS, SEAT, InviteMove, SeatMove, SeatState, WindowMove
from windows.flash.models import Seat, Window
from windows.flash.services import room, waitlist
from windows.flash.services.events import record, touch
from windows.flash.services.promises import answer_invite
from windows.intents import services as intents
from windows.intents.domain import MAX_PARTY, IntentMove
from windows.notices import services as notices
from windows.notices.domain import NoticeKind


@step
def change_party(
    *, seat_id: UUID, person_id: UUID, party_size: int, by: Actor, now: datetime
) -> None:
    """Come with more or fewer people; more only while seats are free.

    The same number again changes nothing. Raises: NotFound("seat.unknown"), Conflict("seat.used"),
    Conflict("window.full"), and what ``join`` raises about the window.
    """
    if not 1 <= party_size <= MAX_PARTY:
        raise Invalid("party.too_large", most=MAX_PARTY)
    seat = _own_live_seat(seat_id, person_id, now)
    more = party_size - seat.party_size
    if not more:
        return
    if more > 0:
        room.take_seats(window_id=seat.window_id, people=more, now=now)
    else:
        room.free_seats(window_id=seat.window_id, people=-more)
    Seat.objects.filter(pk=seat.pk).update(party_size=party_size)
    if more < 0:
        waitlist.promote(seat.window_id, now=now)
    window = Window.objects.get(pk=seat.window_id)
    record(window, move=WindowMove.SEAT, by=by, now=now, people=window.seats_taken)


@step
def release_seat(
    *, seat_id: UUID, person_id: UUID, keeps_intent: bool, by: Actor, now: datetime
) -> None:
    """Give the seat back; the wish ends with it unless ``keeps_intent``. Twice changes nothing.

    Giving up a place on the waiting list leaves the wish open.

    Raises: NotFound("seat.unknown"), Conflict("seat.used"), Conflict("window.closed").
    """
    seat = Seat.objects.filter(pk=seat_id, person_id=person_id).first()
    if seat is not None and seat.state == SeatState.RELEASED:
        return
    is_waiting = seat is not None and seat.state == SeatState.WAITING
    if seat is not None and is_waiting and waitlist.take_off_list(seat, now=now):
        return
    seat = _own_live_seat(seat_id, person_id, now)
    give_back(seat, by=by, now=now)
    if seat.intent_id is not None:
        move = IntentMove.UNSEAT if keeps_intent else IntentMove.CANCEL
        intents.move(intent_id=seat.intent_id, move=move, by=by, now=now, reason="seat.released")


@step
def confirm_seat(*, seat_id: UUID, person_id: UUID, now: datetime) -> None:
    """Say yes to a seat that came free; twice changes nothing.

    Raises: Expired("seat.lapsed") when the time to answer has passed, and what ``release_seat``
    does.
    """
    seat = locked_seat(seat_id, person_id=person_id)
    if seat is not None and seat.due_at is not None and seat.due_at <= now:
        raise Expired("seat.lapsed", at=seat.due_at)
    seat = _own_live_seat(seat_id, person_id, now)
    Seat.objects.filter(pk=seat.pk).update(due_at=None)


@step
def lapse_due(*, now: datetime, limit: int) -> int:
    """Give on the promoted seats that nobody said yes to; returns how many."""
    due = Seat.objects.filter(state=SeatState.HELD, due_at__lte=now).order_by("due_at", "pk")
    ids = list(due.values_list("pk", flat=True)[:limit])
    lapsed = 0
    for seat_id in ids:
        seat = locked_seat(seat_id)
        if seat is None or seat.state != SeatState.HELD or seat.due_at is None:
            continue
        lapsed += 1
        give_back(seat, by=SYSTEM, now=now)
        if seat.intent_id is not None:
            intents.move(
                intent_id=seat.intent_id,
                move=IntentMove.UNSEAT,
                by=SYSTEM,
                now=now,
                reason="seat.lapsed",
            )
        notices.plan(
            kind=NoticeKind.SEAT_LAPSED,
            person_id=seat.person_id,
            subject_kind="seat",
            subject_id=seat.id,
            useful_until=seat.ends_at,
            now=now,
        )
    return lapsed


@step
def say_on_way(*, seat_id: UUID, person_id: UUID, by: Actor, now: datetime) -> None:
    """The buyer has left for the shop; twice changes nothing. Raises what ``release_seat`` does."""
    seat = _own_live_seat(seat_id, person_id, now)
    if not SEAT.can(SeatState(seat.state), SeatMove.SET_OFF):
        return
    Seat.objects.filter(pk=seat.pk).update(
        state=SEAT.target(SeatMove.SET_OFF), on_way_at=now, due_at=None
    )
    Window.objects.filter(pk=seat.window_id).update(version=F("version") + 1)
    notices.withdraw(subject_kind="seat", subject_id=seat.id, person_id=person_id, now=now)
    touch(seat.window_id, store_id=seat.window.store_id)


@step
def give_back(seat: Seat, *, by: Actor, now: datetime) -> None:
    """Release a live seat: its place is free and its notices are taken back."""
    moved = Seat.objects.filter(pk=seat.pk, state__in=SEAT.sources(SeatMove.RELEASE)).update(
        state=SEAT.target(SeatMove.RELEASE), released_at=now
    )
    if not moved:
        return
    room.free_seats(window_id=seat.window_id, people=seat.party_size)
    notices.withdraw(subject_kind="seat", subject_id=seat.id, now=now)
    answer_invite(seat.window_id, person_id=seat.person_id, move=InviteMove.DECLINE, now=now)
    record(seat.window, move=WindowMove.RELEASE, by=by, now=now, people=seat.party_size)
    waitlist.promote(seat.window_id, now=now)


@step
def locked_seat(seat_id: UUID, **its: UUID) -> Seat | None:
    """The seat with its window, both locked: the window first, as everything here does."""
    found = Seat.objects.filter(pk=seat_id, **its).values_list("window_id", flat=True).first()
    if found is None:
        return None
    window = Window.objects.select_for_update(no_key=True).get(pk=found)
    seat = Seat.objects.select_for_update(no_key=True).get(pk=seat_id)
    seat.window = window
    return seat


def _own_live_seat(seat_id: UUID, person_id: UUID, now: datetime) -> Seat:
    seat = locked_seat(seat_id, person_id=person_id)
    if seat is None:
        raise NotFound("seat.unknown")
    if seat.state not in LIVE_SEATS:
        raise Conflict("seat.used", state=seat.state)
    # The tick that ends the window may be late.
    if now >= seat.ends_at:
        raise Conflict("window.closed")
    return seat

"""Taking seats: by a yes to an invite, or a place on the waiting list when all are taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from iceshop.infra.db import step, violated_constraint
from iceshop.kernel.actors import Actor
from iceshop.kernel.errors import Conflict, Expired, Invalid, NotFound
from iceshop.kernel.time import TimeRange
from windows.flash.domain import (
    LIVE_SEATS,
    SEAT,
    InviteMove,
    InviteState,
    SeatMove,
    SeatState,
    WindowMove,
    WindowState,
)
from windows.flash.models import Invite, Seat, Window
from windows.flash.queries import has_live_seat, is_elsewhere
from windows.flash.services import room, waitlist
from windows.flash.services.events import record
from windows.flash.services.promises import answer_invite, plan_seat_notices
from windows.flash.services.waitlist import ListPlace
from windows.intents import services as intents
from windows.intents.domain import MAX_PARTY, IntentMove
from windows.passes import services as passes
from windows.strikes import queries as strikes
from windows.strikes.domain import SOON


@dataclass(frozen=True, slots=True)
class JoinResult:
    """``is_new`` is false when the person had the seat already."""

    seat_id: UUID
    window_id: UUID
    code: str
    is_new: bool


@step
def accept_invite(
    *, invite_id: UUID, person_id: UUID, party_size: int | None, by: Actor, now: datetime
) -> JoinResult:
    """Answer an invite with yes; twice gives one seat.

    Raises: NotFound("invite.unknown"), Expired("invite.expired"), and what ``join`` raises.
    """
    invite = Invite.objects.select_related("window").filter(pk=invite_id).first()
    if invite is None or invite.person_id != person_id:
        raise NotFound("invite.unknown")
    if invite.window.state == WindowState.CANCELLED:
        raise room.cancelled(invite.window)
    has_seat = Seat.objects.filter(
        window_id=invite.window_id, person_id=person_id, state__in=LIVE_SEATS
    ).exists()
    if not has_seat and (now >= invite.answer_by or invite.state == InviteState.WITHDRAWN):
        raise Expired("invite.expired", at=invite.answer_by)
    return join(
        window_id=invite.window_id,
        person_id=person_id,
        party_size=party_size or invite.party_size,
        intent_id=invite.intent_id,
        by=by,
        now=now,
    )


@step
def accept_or_wait(
    *,
    invite_id: UUID,
    person_id: UUID,
    party_size: int | None,
    by: Actor,
    now: datetime,
    said_at: datetime | None = None,
) -> JoinResult | ListPlace:
    """Answer an invite with yes; when no seat is free at all, wait for one on the list.

    ``said_at`` is when the yes was written, which orders the list. Where fewer seats are free than
    wanted, nobody waits unasked: the person may come with fewer.
    Raises what ``accept_invite`` raises.
    """
    try:
        with transaction.atomic():
            return accept_invite(
                invite_id=invite_id, person_id=person_id, party_size=party_size, by=by, now=now
            )
    except Conflict as error:
        if error.code != "window.full" or error.params["free"] != 0:
            raise
    invite = Invite.objects.get(pk=invite_id)
    window = Window.objects.select_for_update(no_key=True).get(pk=invite.window_id)
    people = party_size or invite.party_size
    place = waitlist.wait(
        window=window,
        person_id=person_id,
        party_size=people,
        intent_id=invite.intent_id,
        since=min(said_at or now, now),
        now=now,
    )
    # A seat may have become free between the refusal and the lock, or fits the smaller party.
    waitlist.promote(window.id, now=now)
    seat = Seat.objects.get(pk=place.seat_id)
    return place if seat.state == SeatState.WAITING else _stored(seat, now)


@step
def join(
    *,
    window_id: UUID,
    person_id: UUID,
    party_size: int,
    intent_id: UUID | None,
    by: Actor,
    now: datetime,
) -> JoinResult:
    """Take ``party_size`` seats by one conditional update.

    Raises: Invalid("party.too_large"), Conflict("window.full"), Conflict("window.closed"),
    Conflict("window.cancelled"), Conflict("window.too_small"), Conflict("window.joins_paused"),
    Conflict("seat.overlap"),
    Conflict("seat.after_strikes").
    """
    if not 1 <= party_size <= MAX_PARTY:
        raise Invalid("party.too_large", most=MAX_PARTY)
    seat = Seat.objects.filter(window_id=window_id, person_id=person_id).first()
    if seat is not None and seat.state == SeatState.WAITING:
        # Whoever waits gets the next seat in turn, not by asking again.
        raise Conflict("window.full", free=0)
    if seat is not None and seat.state != SeatState.RELEASED:
        return _stored(seat, now)
    if strikes.standing_of(person_id, now=now).is_limited:
        _must_be_soon_and_only(window_id, person_id, now)
    try:
        with transaction.atomic():
            window = room.take_seats(window_id=window_id, people=party_size, now=now)
            if is_elsewhere(person_id, TimeRange(window.starts_at, window.ends_at)):
                raise Conflict("seat.overlap")
            seat = _put_seat(seat, window, person_id, party_size, intent_id, now)
    except IntegrityError as error:
        return _taken_meanwhile(error, window_id, person_id, now)
    _after_join(window, seat, by=by, now=now)
    return JoinResult(
        seat.id,
        window.id,
        passes.issue(window_id=window.id, seat_id=seat.id, now=now),
        is_new=True,
    )


def _must_be_soon_and_only(window_id: UUID, person_id: UUID, now: datetime) -> None:
    """What is left to somebody who has missed too many seats."""
    is_soon = Window.objects.filter(pk=window_id, starts_at__lte=now + SOON).exists()
    if not is_soon or has_live_seat(person_id, now=now):
        raise Conflict("seat.after_strikes")


def _put_seat(
    seat: Seat | None,
    window: Window,
    person_id: UUID,
    party_size: int,
    intent_id: UUID | None,
    now: datetime,
) -> Seat:
    columns = {
        "state": SeatState.HELD,
        "party_size": party_size,
        "price_minor": window.price_minor,
        "starts_at": window.starts_at,
        "ends_at": window.ends_at,
        "held_at": now,
        "waiting_since": None,
        "due_at": None,
    }
    if seat is None:
        return Seat.objects.create(
            window=window, person_id=person_id, intent_id=intent_id, **columns
        )
    # Somebody who had given the seat back takes it again.
    again = Seat.objects.filter(pk=seat.pk, state__in=SEAT.sources(SeatMove.TAKE_AGAIN))
    if not again.update(**columns, released_at=None, on_way_at=None, intent_id=intent_id):
        raise IntegrityError("the seat was taken meanwhile")
    seat.refresh_from_db()
    return seat


def _taken_meanwhile(
    error: IntegrityError, window_id: UUID, person_id: UUID, now: datetime
) -> JoinResult:
    """Two answers of one person at once: the second finds the first one's seat."""
    if violated_constraint(error) == "seat_person_no_overlap":
        raise Conflict("seat.overlap") from error
    seat = Seat.objects.filter(window_id=window_id, person_id=person_id).first()
    if seat is None:
        raise error
    return _stored(seat, now)


def _stored(seat: Seat, now: datetime) -> JoinResult:
    code = passes.issue(window_id=seat.window_id, seat_id=seat.id, now=now)
    return JoinResult(seat.id, seat.window_id, code, is_new=False)


def _after_join(window: Window, seat: Seat, *, by: Actor, now: datetime) -> None:
    answer_invite(window.id, person_id=seat.person_id, move=InviteMove.ACCEPT, now=now)
    if seat.intent_id is not None:
        intents.move(intent_id=seat.intent_id, move=IntentMove.SEAT, by=by, now=now)
    plan_seat_notices(seat, now=now)
    record(window, move=WindowMove.SEAT, by=by, now=now, people=window.seats_taken)

"""Taking, changing and giving back seats."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Greatest, Least

from iceshop.infra.db import step, violated_constraint
from iceshop.kernel.actors import Actor
from iceshop.kernel.errors import Conflict, Expired, Invalid, NotFound
from windows.flash import domain
from windows.flash.domain import (
    INVITE,
    LIVE_SEATS,
    LIVE_WINDOWS,
    SEAT,
    InviteMove,
    InviteState,
    SeatMove,
    SeatState,
    WindowMove,
    WindowState,
)
from windows.flash.models import Invite, Seat, Window
from windows.flash.queries import stated_total, window_of_row
from windows.flash.services.events import record, touch
from windows.intents import services as intents
from windows.intents.domain import MAX_PARTY, IntentMove
from windows.notices import services as notices
from windows.notices.domain import NoticeKind
from windows.passes import services as passes


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
        raise Conflict("window.cancelled")
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
    Conflict("window.cancelled"), Conflict("window.joins_paused"), Conflict("seat.overlap").
    """
    if not 1 <= party_size <= MAX_PARTY:
        raise Invalid("party.too_large", most=MAX_PARTY)
    seat = Seat.objects.filter(window_id=window_id, person_id=person_id).first()
    if seat is not None and seat.state != SeatState.RELEASED:
        return _stored(seat, now)
    try:
        with transaction.atomic():
            window = take_seats(window_id=window_id, people=party_size, now=now)
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
        take_seats(window_id=seat.window_id, people=more, now=now)
    else:
        free_seats(window_id=seat.window_id, people=-more)
    Seat.objects.filter(pk=seat.pk).update(party_size=party_size)
    window = Window.objects.get(pk=seat.window_id)
    record(window, move=WindowMove.SEAT, by=by, now=now, people=window.seats_taken)


@step
def release_seat(
    *, seat_id: UUID, person_id: UUID, keeps_intent: bool, by: Actor, now: datetime
) -> None:
    """Give the seat back; the wish ends with it unless ``keeps_intent``. Twice changes nothing.

    Raises: NotFound("seat.unknown"), Conflict("seat.used"), Conflict("window.closed").
    """
    seat = Seat.objects.filter(pk=seat_id, person_id=person_id).first()
    if seat is not None and seat.state == SeatState.RELEASED:
        return
    seat = _own_live_seat(seat_id, person_id, now)
    give_back(seat, by=by, now=now)
    if seat.intent_id is not None:
        move = IntentMove.UNSEAT if keeps_intent else IntentMove.CANCEL
        intents.move(intent_id=seat.intent_id, move=move, by=by, now=now, reason="seat.released")


@step
def say_on_way(*, seat_id: UUID, person_id: UUID, by: Actor, now: datetime) -> None:
    """The buyer has left for the shop; twice changes nothing. Raises what ``release_seat`` does."""
    seat = _own_live_seat(seat_id, person_id, now)
    if not SEAT.can(SeatState(seat.state), SeatMove.SET_OFF):
        return
    Seat.objects.filter(pk=seat.pk).update(state=SEAT.target(SeatMove.SET_OFF), on_way_at=now)
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
    free_seats(window_id=seat.window_id, people=seat.party_size)
    notices.withdraw(subject_kind="seat", subject_id=seat.id, now=now)
    _answer(seat.window_id, seat.person_id, InviteMove.DECLINE, now)
    record(seat.window, move=WindowMove.RELEASE, by=by, now=now, people=seat.party_size)


@step
def take_seats(*, window_id: UUID, people: int, now: datetime) -> Window:
    """Count ``people`` in by one conditional update; raises why not."""
    taken = Window.objects.filter(
        pk=window_id,
        state__in=LIVE_WINDOWS,
        ends_at__gt=now,
        joins_paused=False,
        seats_taken__lte=F("seats_max") - people,
    ).update(seats_taken=F("seats_taken") + people, version=F("version") + 1)
    window = Window.objects.filter(pk=window_id).first()
    if window is None:
        raise NotFound("window.unknown")
    if taken:
        return window
    state = window_of_row(window, now).state
    if state is WindowState.CANCELLED:
        raise Conflict("window.cancelled")
    if state is WindowState.CLOSED:
        raise Conflict("window.closed")
    if window.joins_paused:
        raise Conflict("window.joins_paused")
    raise Conflict("window.full", free=window.seats_max - window.seats_taken)


@step
def free_seats(*, window_id: UUID, people: int) -> None:
    """Count ``people`` out; places for which the seller has nothing left are not given again."""
    window = Window.objects.filter(pk=window_id)
    window.update(seats_taken=F("seats_taken") - people, version=F("version") + 1)
    enough_for = stated_total(window_id)
    if enough_for is not None:
        window.update(seats_max=Least(F("seats_max"), Greatest(F("seats_taken"), enough_for)))


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
    _answer(window.id, seat.person_id, InviteMove.ACCEPT, now)
    if seat.intent_id is not None:
        intents.move(intent_id=seat.intent_id, move=IntentMove.SEAT, by=by, now=now)
    _plan_notices(seat, now)
    record(window, move=WindowMove.SEAT, by=by, now=now, people=window.seats_taken)


def _answer(window_id: UUID, person_id: UUID, move: InviteMove, now: datetime) -> None:
    Invite.objects.filter(
        window_id=window_id, person_id=person_id, state__in=INVITE.sources(move)
    ).update(state=INVITE.target(move), answered_at=now)


def _plan_notices(seat: Seat, now: datetime) -> None:
    """The reminder, unless the start is near anyway, and the last call."""
    if seat.starts_at - domain.REMIND_AHEAD > now + timedelta(minutes=5):
        notices.plan(
            kind=NoticeKind.REMINDER,
            person_id=seat.person_id,
            subject_kind="seat",
            subject_id=seat.id,
            not_before=seat.starts_at - domain.REMIND_AHEAD,
            useful_until=seat.starts_at,
            now=now,
        )
    last_call = seat.ends_at - domain.LAST_CALL_AHEAD
    notices.plan(
        kind=NoticeKind.LAST_FIVE_MINUTES,
        person_id=seat.person_id,
        subject_kind="seat",
        subject_id=seat.id,
        not_before=last_call,
        useful_until=last_call + domain.LAST_CALL_USEFUL,
        now=now,
    )


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

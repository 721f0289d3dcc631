"""The waiting list of a full window.

Written order: who asked first is first. A party for which too little is free is passed over and
keeps its place; nobody is promoted after the moment until which they agreed to wait, nor into a
window that is over or takes nobody in. Whoever is promoted holds the seat at once and says yes
within some minutes, or the next one gets it; none of this counts against anybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet

from iceshop.infra.db import step, violated_constraint
from iceshop.kernel.actors import SYSTEM
from iceshop.kernel.errors import Conflict
from iceshop.kernel.time import TimeRange
from windows.flash import domain
from windows.flash.domain import (
    LIVE_SEATS,
    LIVE_WINDOWS,
    SEAT,
    InviteMove,
    SeatMove,
    SeatState,
    WindowMove,
)
from windows.flash.models import Seat, Window
from windows.flash.queries import is_elsewhere, list_position
from windows.flash.services.events import record, touch
from windows.flash.services.promises import answer_invite, plan_seat_notices
from windows.intents import queries as intent_queries
from windows.intents import services as intents
from windows.intents.domain import IntentMove, IntentState
from windows.notices import services as notices
from windows.notices.domain import NoticeKind
from windows.passes import services as passes


@dataclass(frozen=True, slots=True)
class ListPlace:
    """A place on the list: ``position`` counts from 1; ``until`` is when the waiting ends."""

    seat_id: UUID
    window_id: UUID
    position: int
    until: datetime


@step
def wait(
    *,
    window: Window,
    person_id: UUID,
    party_size: int,
    intent_id: UUID | None,
    since: datetime,
    now: datetime,
) -> ListPlace:
    """Put a person on the list of a window whose row is locked; twice keeps the first place.

    ``since`` orders the list: when the person asked.

    Raises: Conflict("window.full") when nobody would be promoted any more: it is too late, or
    nobody holds a seat that could be given back.
    """
    until = domain.list_ends_at(TimeRange(window.starts_at, window.ends_at), now)
    may_free = Seat.objects.filter(window_id=window.id, state__in=LIVE_SEATS)
    if until <= now or not may_free.exists():
        raise Conflict("window.full", free=window.seats_max - window.seats_taken)
    listed = {
        "state": SeatState.WAITING,
        "party_size": party_size,
        "intent_id": intent_id,
        "price_minor": window.price_minor,
        "starts_at": window.starts_at,
        "ends_at": window.ends_at,
        "held_at": now,
        "waiting_since": since,
        "due_at": until,
    }
    seat, _ = Seat.objects.get_or_create(
        window_id=window.id,
        person_id=person_id,
        defaults=listed,
    )
    if seat.state == SeatState.RELEASED:
        again = Seat.objects.filter(pk=seat.pk, state__in=SEAT.sources(SeatMove.WAIT_AGAIN))
        again.update(**listed, released_at=None, on_way_at=None)
    elif seat.party_size != party_size:
        Seat.objects.filter(pk=seat.pk, state=SeatState.WAITING).update(party_size=party_size)
    seat.refresh_from_db()
    # Not invited a second time by the engine, and free for other windows meanwhile.
    answer_invite(window.id, person_id=person_id, move=InviteMove.DECLINE, now=now)
    touch(window.id, store_id=window.store_id)
    return place_of(seat)


def place_of(seat: Seat) -> ListPlace:
    """The place of a waiting seat. One query."""
    if seat.due_at is None:
        raise LookupError("a waiting seat has a moment until which it waits")
    return ListPlace(seat.id, seat.window_id, list_position(seat.id), seat.due_at)


@step
def promote(window_id: UUID, *, now: datetime) -> int:
    """Give what is free to those who wait, in their order; returns how many parties got a seat."""
    window = Window.objects.select_for_update(no_key=True).get(pk=window_id)
    free = window.seats_max - window.seats_taken
    if free <= 0 or window.joins_paused:
        return 0
    if window.state not in LIVE_WINDOWS or window.ends_at <= now:
        return 0
    promoted = 0
    for seat in _queue(window_id).filter(due_at__gt=now):
        if seat.party_size > free:
            continue
        seat.window = window
        if _seated(seat, now):
            free -= seat.party_size
            promoted += 1
    return promoted


@step
def end_due_waits(*, now: datetime, limit: int) -> int:
    """Take off their lists those whose waiting has ended, with a word; returns how many."""
    due = Seat.objects.select_for_update(skip_locked=True, no_key=True, of=("self",))
    waits = due.filter(state=SeatState.WAITING, due_at__lte=now).select_related("window")
    ended = list(waits[:limit])
    for seat in ended:
        if take_off_list(seat, now=now):
            _tell(seat, NoticeKind.LIST_ENDED, until=seat.ends_at, now=now)
    return len(ended)


@step
def leave_lists(*, person_id: UUID, now: datetime) -> int:
    """Take a person who stopped all messages off every list; returns how many."""
    waiting = Seat.objects.filter(person_id=person_id, state=SeatState.WAITING)
    seats = list(waiting.select_related("window"))
    return sum(take_off_list(seat, now=now) for seat in seats)


@step
def end_list(window: Window, *, now: datetime) -> list[UUID]:
    """Empty the list of a window that is over; returns the people who waited."""
    waiting = list(_queue(window.id))
    for seat in waiting:
        take_off_list(seat, now=now)
    return [seat.person_id for seat in waiting]


def _queue(window_id: UUID) -> QuerySet[Seat]:
    rows = Seat.objects.filter(window_id=window_id, state=SeatState.WAITING)
    return rows.order_by("waiting_since", "pk")


def _seated(seat: Seat, now: datetime) -> bool:
    """Promote one; a wish that has ended or a clash of times takes the person off the list."""
    if seat.due_at is None or not _still_wants(seat) or is_elsewhere(seat.person_id, _span(seat)):
        take_off_list(seat, now=now)
        return False
    due = domain.confirm_by(seat.due_at, now)
    try:
        with transaction.atomic():
            moved = Seat.objects.filter(pk=seat.pk, state__in=SEAT.sources(SeatMove.PROMOTE))
            moved.update(state=SEAT.target(SeatMove.PROMOTE), held_at=now, due_at=due)
    except IntegrityError as error:
        if violated_constraint(error) != "seat_person_no_overlap":
            raise
        take_off_list(seat, now=now)
        return False
    window = Window.objects.filter(pk=seat.window_id)
    window.update(seats_taken=F("seats_taken") + seat.party_size, version=F("version") + 1)
    answer_invite(seat.window_id, person_id=seat.person_id, move=InviteMove.ACCEPT, now=now)
    if seat.intent_id is not None:
        intents.move(intent_id=seat.intent_id, move=IntentMove.SEAT, by=SYSTEM, now=now)
    passes.issue(window_id=seat.window_id, seat_id=seat.id, now=now)
    plan_seat_notices(seat, now=now)
    _tell(seat, NoticeKind.SEAT_FREED, until=due, now=now)
    record(seat.window, move=WindowMove.PROMOTE, by=SYSTEM, now=now, people=seat.party_size)
    return True


def _still_wants(seat: Seat) -> bool:
    if seat.intent_id is None:
        return True
    card = intent_queries.intent_card(seat.intent_id)
    return card is not None and card.state in (IntentState.OPEN, IntentState.PAUSED)


def _span(seat: Seat) -> TimeRange:
    return TimeRange(seat.starts_at, seat.ends_at)


@step
def take_off_list(seat: Seat, *, now: datetime) -> bool:
    """End the waiting of one seat; ``False`` when it waits no more."""
    moved = Seat.objects.filter(pk=seat.pk, state__in=SEAT.sources(SeatMove.LEAVE_LIST)).update(
        state=SEAT.target(SeatMove.LEAVE_LIST), released_at=now
    )
    touch(seat.window_id, store_id=seat.window.store_id)
    return bool(moved)


def _tell(seat: Seat, kind: NoticeKind, *, until: datetime, now: datetime) -> None:
    notices.plan(
        kind=kind,
        person_id=seat.person_id,
        subject_kind="seat",
        subject_id=seat.id,
        useful_until=until,
        now=now,
    )

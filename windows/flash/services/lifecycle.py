"""The window's own life: opening, closing, cancelling, and the seller's brakes."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import F, Sum

from commerce.stock import queries as stock_levels
from commerce.stock import services as stock
from iceshop.infra.db import operation, step
from iceshop.kernel.actors import SYSTEM, Actor
from iceshop.kernel.errors import Conflict, Invalid, NotFound
from windows.flash.domain import (
    GROUP_NOT_REACHED,
    INVITE,
    LIVE_SEATS,
    LIVE_WINDOWS,
    SEAT,
    WINDOW,
    InviteMove,
    SeatMove,
    SeatState,
    WindowMove,
    WindowState,
)
from windows.flash.models import Invite, Seat, Window
from windows.flash.services import waitlist
from windows.flash.services.deals import stock_key
from windows.flash.services.events import record
from windows.flash.services.seats import give_back, lapse_due
from windows.intents import services as intents
from windows.intents.domain import IntentMove
from windows.negotiation import services as negotiation
from windows.notices import services as notices
from windows.notices.domain import NoticeKind

_BATCH = 50


@operation
def move_due(*, now: datetime) -> int:
    """Do what the times say, with the planned moment on record; returns how many.

    Windows open and close, those whose group stayed too small are given up, waiting on a list
    ends, seats that came free lapse without a yes.
    """
    due = Window.objects.select_for_update(skip_locked=True, no_key=True)
    closing = list(due.filter(state__in=("scheduled", "open"), ends_at__lte=now)[:_BATCH])
    opening = list(due.filter(state="scheduled", starts_at__lte=now, ends_at__gt=now)[:_BATCH])
    for row in opening:
        _move(row, WindowMove.OPEN, by=SYSTEM, now=now, planned_at=row.starts_at)
    for row in closing:
        _close(row, now=now)
    deciding = list(
        due.filter(state__in=LIVE_WINDOWS, decide_at__lte=now, ends_at__gt=now)[:_BATCH]
    )
    for row in deciding:
        _decide(row, now=now)
    waited = waitlist.end_due_waits(now=now, limit=_BATCH)
    return len(opening) + len(closing) + len(deciding) + waited + lapse_due(now=now, limit=_BATCH)


@step
def cancel_window(*, window_id: UUID, reason: str, by: Actor, now: datetime) -> int:
    """End a live window before its time; everybody is told and may be placed elsewhere.

    Told are those with a seat and those whose invite has gone out and still waits for an answer;
    returns how many. A second cancelling changes nothing.
    Raises: NotFound("window.unknown"), Conflict("window.closed").
    """
    row = _locked(window_id)
    if row.state == WindowState.CANCELLED:
        return 0
    if row.state == WindowState.CLOSED or row.ends_at <= now:
        raise Conflict("window.closed")
    return len(_give_up(row, reason, NoticeKind.WINDOW_CANCELLED, by=by, now=now))


@step
def keep_window(*, window_id: UUID, by: Actor, now: datetime) -> None:
    """Hold the window however small its group stays; twice changes nothing.

    Raises: NotFound("window.unknown"), Conflict("window.closed").
    """
    row = _locked(window_id)
    if row.state not in LIVE_WINDOWS or row.ends_at <= now:
        raise Conflict("window.closed")
    if row.decide_at is None:
        return
    Window.objects.filter(pk=row.pk).update(decide_at=None, version=F("version") + 1)
    record(row, move=WindowMove.KEEP, by=by, now=now, people=row.seats_taken)


@step
def limit_stock(*, window_id: UUID, left: int, by: Actor, now: datetime) -> int:
    """The seller says how many pieces are left: no more seats than that are given from now on.

    A later word may be higher, up to what the window reserved. Returns how many people hold a seat
    for whom nothing is left.
    Raises: Invalid("stock.negative"), NotFound("window.unknown"), Conflict("window.closed").
    """
    if left < 0:
        raise Invalid("stock.negative")
    row = _locked(window_id)
    if row.state not in ("scheduled", "open") or row.ends_at <= now:
        raise Conflict("window.closed")
    served = _people_in(row.id)
    reserved = stock_levels.reservation_of(stock_key(row.id))
    most = reserved.quantity if reserved else row.seats_max
    Window.objects.filter(pk=row.pk).update(
        seats_max=min(most, max(row.seats_taken, served + left)), version=F("version") + 1
    )
    record(row, move=WindowMove.LIMIT, by=by, now=now, left=left, total=served + left)
    waitlist.promote(row.id, now=now)
    return max(0, row.seats_taken - served - left)


@step
def set_joins_paused(*, window_id: UUID, is_paused: bool, by: Actor, now: datetime) -> None:
    """Stop or resume new joins. Raises NotFound("window.unknown"), Conflict("window.closed")."""
    row = _locked(window_id)
    if row.state not in ("scheduled", "open") or row.ends_at <= now:
        raise Conflict("window.closed")
    if row.joins_paused == is_paused:
        return
    Window.objects.filter(pk=row.pk).update(joins_paused=is_paused, version=F("version") + 1)
    move = WindowMove.PAUSE_JOINS if is_paused else WindowMove.RESUME_JOINS
    record(row, move=move, by=by, now=now)
    if not is_paused:
        waitlist.promote(row.id, now=now)


@step
def mark_settled(*, window_id: UUID) -> bool:
    """Note that the result of a window that is over is recorded; ``True`` once."""
    over = Window.objects.filter(pk=window_id, is_settled=False).exclude(state__in=LIVE_WINDOWS)
    return bool(over.update(is_settled=True))


def _decide(row: Window, *, now: datetime) -> None:
    """Give the window up if its group stayed too small and nobody has set off for it."""
    planned_at = row.decide_at
    row.decide_at = None
    Window.objects.filter(pk=row.pk).update(decide_at=None)
    set_off = (SeatState.ON_WAY, SeatState.CHECKED_IN)
    if row.seats_taken >= row.min_people:
        return
    if Seat.objects.filter(window_id=row.id, state__in=set_off).exists():
        return
    _give_up(
        row,
        GROUP_NOT_REACHED,
        NoticeKind.GROUP_NOT_REACHED,
        by=SYSTEM,
        now=now,
        planned_at=planned_at,
        have=row.seats_taken,
        need=row.min_people,
    )
    for person_id in negotiation.sellers_of(row.store_id):
        _plan(row, NoticeKind.SELLER_GROUP_NOT_REACHED, person_id, now)


def _give_up(
    row: Window,
    reason: str,
    kind: NoticeKind,
    *,
    by: Actor,
    now: datetime,
    planned_at: datetime | None = None,
    **facts: object,
) -> list[UUID]:
    """Cancel, release everybody and tell those who were promised something; returns them."""
    row.cancel_reason = reason
    _move(row, WindowMove.CANCEL, by=by, now=now, planned_at=planned_at, reason=reason, **facts)
    told = _release_everybody(row, by=by, now=now)
    notices.withdraw(subject_kind="window", subject_id=row.id, now=now)
    for person_id in told:
        _plan(row, kind, person_id, now)
    return told


def _plan(row: Window, kind: NoticeKind, person_id: UUID, now: datetime) -> None:
    notices.plan(
        kind=kind,
        person_id=person_id,
        subject_kind="window",
        subject_id=row.id,
        useful_until=row.ends_at,
        now=now,
    )


def _close(row: Window, *, now: datetime) -> None:
    _move(row, WindowMove.CLOSE, by=SYSTEM, now=now, planned_at=row.ends_at)
    missed = Seat.objects.filter(window_id=row.id, state__in=SEAT.sources(SeatMove.MISS))
    missing = list(missed)
    waitlist.end_list(row, now=now)
    missed.update(state=SEAT.target(SeatMove.MISS))
    Invite.objects.filter(window_id=row.id, state__in=INVITE.sources(InviteMove.EXPIRE)).update(
        state=INVITE.target(InviteMove.EXPIRE), answered_at=row.ends_at
    )
    for seat in missing:
        if seat.intent_id is not None:
            intents.move(
                intent_id=seat.intent_id,
                move=IntentMove.EXPIRE,
                by=SYSTEM,
                now=now,
                reason="seat.missed",
            )


def _release_everybody(row: Window, *, by: Actor, now: datetime) -> list[UUID]:
    """Free seats, invites and stock; returns the people who were promised something."""
    told = []
    for seat in Seat.objects.select_related("window").filter(
        window_id=row.id, state__in=LIVE_SEATS
    ):
        give_back(seat, by=by, now=now)
        told.append(seat.person_id)
        if seat.intent_id is not None:
            intents.move(
                intent_id=seat.intent_id,
                move=IntentMove.UNSEAT,
                by=by,
                now=now,
                reason="window.cancelled",
            )
    told += waitlist.end_list(row, now=now)
    waiting = Invite.objects.filter(window_id=row.id, state__in=INVITE.sources(InviteMove.WITHDRAW))
    for invite in list(waiting):
        is_unsent = notices.withdraw(subject_kind="invite", subject_id=invite.id, now=now)
        if not is_unsent and now < invite.answer_by:
            told.append(invite.person_id)
    waiting.update(state=INVITE.target(InviteMove.WITHDRAW), answered_at=now)
    stock.settle(source_key=stock_key(row.id), sold=_people_in(row.id), now=now)
    return told


def _people_in(window_id: UUID) -> int:
    seats = Seat.objects.filter(window_id=window_id, state=SeatState.CHECKED_IN)
    return int(seats.aggregate(people=Sum("people_in", default=0))["people"])


def _move(
    row: Window,
    move: WindowMove,
    *,
    by: Actor,
    now: datetime,
    planned_at: datetime | None = None,
    **facts: object,
) -> None:
    row.state = WINDOW.target(move)
    row.closed_at = None if row.state == WindowState.OPEN else planned_at or now
    row.version += 1
    row.save(update_fields=("state", "closed_at", "version", "cancel_reason"))
    record(row, move=move, by=by, now=now, planned_at=planned_at, **facts)


def _locked(window_id: UUID) -> Window:
    row = Window.objects.select_for_update(no_key=True).filter(pk=window_id).first()
    if row is None:
        raise NotFound("window.unknown")
    return row

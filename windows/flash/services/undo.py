"""Taking back an admission: by the same till, with a reason, for two minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F

from iceshop.infra.db import step
from iceshop.kernel.actors import Actor
from iceshop.kernel.errors import Conflict, Expired, NotFound
from iceshop.kernel.time import TimeRange
from windows.flash.domain import (
    SEAT,
    UNDO_WITHIN,
    UNDONE,
    SeatMove,
    UndoReason,
    WindowState,
    effective_state,
)
from windows.flash.models import Seat, Window
from windows.flash.services.events import touch
from windows.flash.services.seats import locked_seat
from windows.intents import services as intents
from windows.intents.domain import IntentMove
from windows.passes import queries as passes
from windows.passes import services as pass_services
from windows.passes.queries import ScanLine, ScanRecord
from windows.passes.services import Entry, Scan


@dataclass(frozen=True, slots=True)
class Undone:
    """Which window changed, and the nonce under which the undoing stands; twice is the same."""

    window_id: UUID
    nonce: str


@step
def undo_check_in(
    *, store_id: UUID, device: str, nonce: str, reason: UndoReason, by: Actor, now: datetime
) -> Undone:
    """Make a pass valid again; the scan and its undoing both stay on record.

    Raises: NotFound("scan.unknown") for another till's scan or one that admitted nobody,
    Expired("scan.undo_late"), Conflict("window.cancelled"), Conflict("seat.overlap").
    """
    line = passes.scan_at(store_id=store_id, device=device, nonce=nonce)
    seat = locked_seat(line.seat_id) if line and line.is_admitted and line.seat_id else None
    if line is None or seat is None:
        raise NotFound("scan.unknown")
    undone = Undone(seat.window_id, f"undo.{line.id}")
    if passes.scan_at(store_id=store_id, device=device, nonce=undone.nonce):
        return undone
    if now - line.at > UNDO_WITHIN:
        raise Expired("scan.undo_late", at=line.at + UNDO_WITHIN)
    if seat.window.state == WindowState.CANCELLED:
        raise Conflict("window.cancelled")
    _let_out(seat, line, by=by, now=now)
    _record(undone, line, Scan(store_id, "", device, undone.nonce), reason, by=by, now=now)
    return undone


def _let_out(seat: Seat, line: ScanLine, *, by: Actor, now: datetime) -> None:
    """Take the people of one scan out again; of a window that is over, the seat is missed."""
    left = seat.people_in - line.people
    if left > 0:
        Seat.objects.filter(pk=seat.pk).update(people_in=left)
    else:
        is_over = _is_over(seat, now)
        Seat.objects.filter(pk=seat.pk, state__in=SEAT.sources(SeatMove.UNDO)).update(
            state=SEAT.target(SeatMove.MISS if is_over else SeatMove.UNDO),
            people_in=0,
            checked_in_at=None,
        )
        _unfulfil(seat.intent_id, is_over=is_over, by=by, now=now)
    Window.objects.filter(pk=seat.window_id).update(version=F("version") + 1)
    touch(seat.window_id, store_id=seat.window.store_id)


def _unfulfil(intent_id: UUID | None, *, is_over: bool, by: Actor, now: datetime) -> None:
    """The wish has its seat again, or has ended with it."""
    if intent_id is None:
        return
    intents.move(
        intent_id=intent_id, move=IntentMove.UNFULFIL, by=by, now=now, reason="scan.undone"
    )
    if is_over:
        intents.move(
            intent_id=intent_id, move=IntentMove.EXPIRE, by=by, now=now, reason="seat.missed"
        )


def _is_over(seat: Seat, now: datetime) -> bool:
    window = seat.window
    span = TimeRange(window.starts_at, window.ends_at)
    return effective_state(WindowState(window.state), span, now) is WindowState.CLOSED


def _record(
    undone: Undone, line: ScanLine, scan: Scan, reason: UndoReason, *, by: Actor, now: datetime
) -> None:
    pass_services.record_scan(
        scan=scan,
        answer=ScanRecord(
            is_admitted=False,
            code=UNDONE,
            facts={
                "reason": reason,
                "people": line.people,
                "window_id": str(undone.window_id),
                "at": now.isoformat(),
            },
        ),
        entry=Entry(
            seat_id=line.seat_id,
            means=line.means,
            people=0,
            paid_minor=None,
            at=now,
            undoes_id=line.id,
        ),
        by=by,
    )

"""Check-in at the till: idempotent by nonce, refused with one code."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.db.models import F

from iceshop.infra.db import outside, run_operation, violated_constraint
from iceshop.kernel.actors import Actor
from iceshop.kernel.time import TimeRange
from windows.flash.domain import (
    ADMITTED,
    SEAT,
    Refusal,
    ScannedSeat,
    SeatMove,
    SeatState,
    WindowState,
    effective_state,
    judge_scan,
)
from windows.flash.models import Seat, Window
from windows.flash.services.events import touch
from windows.flash.services.seats import locked_seat
from windows.intents import services as intents
from windows.intents.domain import IntentMove
from windows.notices import services as notices
from windows.passes import queries as passes
from windows.passes import services as pass_services
from windows.passes.queries import ScanRecord
from windows.passes.services import Scan

# The answer to a scan; ``facts`` holds what the till shows (people, price, times).
CheckInResult = ScanRecord


@outside
def check_in(
    *, store_id: UUID, code: str, nonce: str, device: str, by: Actor, now: datetime
) -> CheckInResult:
    """Judge one scan and admit or refuse; the same nonce of a store's device is answered the same.

    Opens its own transaction. Writes: PassScan, and on admission the seat and its intent.
    """
    scan = Scan(store_id, code, device, nonce)
    known = passes.remembered_scan(store_id=store_id, device=device, nonce=nonce)
    if known is not None:
        return known
    try:
        return run_operation(_judge, scan, by=by, now=now)
    except IntegrityError as error:
        if violated_constraint(error) != "pass_scan_once":
            raise
        # The same scan was sent twice at once; the other one has just been answered.
        known = passes.remembered_scan(store_id=store_id, device=device, nonce=nonce)
        if known is None:
            raise
        return known


def _judge(scan: Scan, *, by: Actor, now: datetime) -> CheckInResult:
    card = passes.pass_by_code(scan.code)
    seat = locked_seat(card.seat_id) if card else None
    refusal = judge_scan(_scanned(seat, scan.store_id, now) if seat else None, now)
    if refusal is None and seat is not None:
        facts = _admit(seat, by=by, now=now)
    else:
        facts = _refusal_facts(seat, refusal)
    answer = CheckInResult(is_admitted=refusal is None, code=refusal or ADMITTED, facts=facts)
    pass_services.record_scan(
        scan=scan, answer=answer, seat_id=seat.id if seat else None, by=by, now=now
    )
    return answer


def _scanned(seat: Seat, store_id: UUID, now: datetime) -> ScannedSeat:
    window = seat.window
    span = TimeRange(window.starts_at, window.ends_at)
    return ScannedSeat(
        seat_state=SeatState(seat.state),
        window_state=effective_state(WindowState(window.state), span, now),
        span=span,
        is_this_store=window.store_id == store_id,
    )


def _admit(seat: Seat, *, by: Actor, now: datetime) -> dict[str, Any]:
    Seat.objects.filter(pk=seat.pk, state__in=SEAT.sources(SeatMove.CHECK_IN)).update(
        state=SEAT.target(SeatMove.CHECK_IN), checked_in_at=now
    )
    Window.objects.filter(pk=seat.window_id).update(version=F("version") + 1)
    if seat.intent_id is not None:
        intents.move(intent_id=seat.intent_id, move=IntentMove.FULFIL, by=by, now=now)
    notices.withdraw(subject_kind="seat", subject_id=seat.id, now=now)
    touch(seat.window_id, store_id=seat.window.store_id)
    return {
        "people": seat.party_size,
        "unit_price_minor": seat.price_minor,
        "to_pay_minor": seat.price_minor * seat.party_size,
        "currency": seat.window.currency,
        "person_id": str(seat.person_id),
        "window_id": str(seat.window_id),
        "at": now.isoformat(),
    }


def _refusal_facts(seat: Seat | None, refusal: Refusal | None) -> dict[str, Any]:
    if seat is None or refusal is Refusal.WRONG_STORE:
        return {}
    facts: dict[str, Any] = {
        "starts_at": seat.window.starts_at.isoformat(),
        "ends_at": seat.window.ends_at.isoformat(),
        "window_id": str(seat.window_id),
    }
    if refusal is Refusal.USED:
        first = passes.first_admission(seat.id)
        facts["used_at"] = first.facts.get("at", "") if first else ""
    return facts

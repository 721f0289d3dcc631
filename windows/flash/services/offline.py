"""What a till answered while it had no connection: facts, whatever has happened meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from iceshop.infra.db import step
from iceshop.kernel.actors import Actor
from windows.flash.domain import ADMITTED, LIVE_SEATS, Refusal, SeatState, WindowState
from windows.flash.models import Seat
from windows.flash.services.admission import admit
from windows.flash.services.check_in import is_above_promise, means_of
from windows.flash.services.seats import locked_seat
from windows.intents.domain import MAX_PARTY
from windows.passes import queries as passes
from windows.passes import services as pass_services
from windows.passes.domain import Question
from windows.passes.queries import ScanRecord, ShownPass
from windows.passes.services import Entry, Scan

# Answers that a till can give by its roster; any other is kept as "not known".
_TILL_ANSWERS = frozenset(Refusal) | {"pass.not_listed"}
_ADMITTABLE = LIVE_SEATS | {SeatState.CHECKED_IN, SeatState.MISSED}


@dataclass(frozen=True, slots=True, kw_only=True)
class OfflineScan:
    """One scan as the till tells it; ``people`` is how many it let in, ``None`` the whole party."""

    scan: Scan
    is_admitted: bool
    code: str
    people: int | None
    paid_minor: int | None
    by_name: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Received:
    """What became of it: the window that changed, if one did, and the question it opened."""

    window_id: UUID | None
    question: Question | None


@step
def receive_scan(*, told: OfflineScan, by: Actor, now: datetime) -> Received:
    """Keep a scan that was made without connection; the same nonce again changes nothing.

    Whoever was admitted is in the shop: the scan is written down as it was made. Where the seat
    cannot follow (used meanwhile, given back, cancelled), a question for the owner is opened.
    """
    scan = told.scan
    known = passes.remembered_scan(store_id=scan.store_id, device=scan.device, nonce=scan.nonce)
    if known is not None and (known.is_admitted or not told.is_admitted):
        return Received(None, None)
    if known is not None:
        # The answer to this scan was lost on its way, and the till then let the people in.
        return _keep(_again(told), by=by, now=now)
    return _keep(told, by=by, now=now)


def _again(told: OfflineScan) -> OfflineScan:
    scan = told.scan
    return OfflineScan(
        scan=Scan(scan.store_id, scan.code, scan.device, f"late.{scan.nonce}"[:60]),
        is_admitted=True,
        code=told.code,
        people=told.people,
        paid_minor=told.paid_minor,
        by_name=told.by_name,
        at=told.at,
    )


def _keep(told: OfflineScan, *, by: Actor, now: datetime) -> Received:
    scan = told.scan
    if passes.remembered_scan(store_id=scan.store_id, device=scan.device, nonce=scan.nonce):
        return Received(None, None)
    shown = passes.shown_pass(scan.code, now=told.at)
    seat = locked_seat(shown.card.seat_id) if shown else None
    if seat is not None and seat.window.store_id != scan.store_id:
        seat = None
    if not told.is_admitted:
        code = told.code if told.code in _TILL_ANSWERS else Refusal.UNKNOWN
        _write(told, seat, shown, ScanRecord(is_admitted=False, code=code, facts={}), by, now)
        return Received(None, None)
    return _keep_admission(told, seat, shown, by=by, now=now)


def _keep_admission(
    told: OfflineScan, seat: Seat | None, shown: ShownPass | None, *, by: Actor, now: datetime
) -> Received:
    at = min(told.at, now)
    expected = seat.party_size - seat.people_in if seat else 0
    people = min(told.people or expected or (seat.party_size if seat else 1), MAX_PARTY)
    before = passes.admissions(seat.id) if seat else ()
    question = _question(seat, people, expected)
    if seat is None or question is not None:
        facts = _facts_of_guests(seat, people, at)
    else:
        facts = admit(seat, people=people, by=by, now=at)
    scan_id = _write(
        told, seat, shown, ScanRecord(is_admitted=True, code=ADMITTED, facts=facts), by, now
    )
    if question is None and is_above_promise(facts, paid_minor=told.paid_minor):
        question = Question.PRICE
    if question is not None:
        pass_services.ask(
            kind=question,
            store_id=told.scan.store_id,
            scan_id=scan_id,
            other_id=before[0].id if before and question is Question.CONFLICT else None,
            now=now,
        )
    return Received(seat.window_id if seat else None, question)


def _question(seat: Seat | None, people: int, expected: int) -> Question | None:
    """Why the seat cannot follow what the till did."""
    is_gone = seat is None or seat.window.state == WindowState.CANCELLED
    if seat is None or is_gone or seat.state not in _ADMITTABLE:
        return Question.GONE
    return Question.CONFLICT if people > expected else None


def _facts_of_guests(seat: Seat | None, people: int, at: datetime) -> dict[str, Any]:
    """What the till let in beside the seat's own people."""
    facts: dict[str, Any] = {"people": people, "at": at.isoformat()}
    if seat is None:
        return facts
    return facts | {
        "unit_price_minor": seat.price_minor,
        "to_pay_minor": seat.price_minor * people,
        "currency": seat.window.currency,
        "person_id": str(seat.person_id),
        "window_id": str(seat.window_id),
    }


def _write(
    told: OfflineScan,
    seat: Seat | None,
    shown: ShownPass | None,
    answer: ScanRecord,
    by: Actor,
    now: datetime,
) -> UUID:
    return pass_services.record_scan(
        scan=told.scan,
        answer=answer,
        entry=Entry(
            seat_id=seat.id if seat else None,
            means=means_of(shown, by_name=told.by_name),
            people=answer.facts.get("people", 0),
            paid_minor=told.paid_minor if answer.is_admitted else None,
            at=min(told.at, now),
            received_at=now,
        ),
        by=by,
    )

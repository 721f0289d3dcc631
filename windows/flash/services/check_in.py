"""Check-in at the till: idempotent by nonce, refused with one code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError

from commerce.places import queries as places
from iceshop.infra.db import outside, run_operation, violated_constraint
from iceshop.kernel.actors import Actor
from iceshop.kernel.errors import Conflict
from iceshop.kernel.geo import walk_m
from iceshop.kernel.time import TimeRange
from windows.flash.domain import (
    ADMITTED,
    Refusal,
    ScannedSeat,
    SeatState,
    WindowState,
    effective_state,
    judge_scan,
)
from windows.flash.models import Seat
from windows.flash.services.admission import admit, fit_party
from windows.flash.services.seats import locked_seat
from windows.passes import queries as passes
from windows.passes import services as pass_services
from windows.passes.domain import Means, Question
from windows.passes.queries import ScanRecord, ShownPass
from windows.passes.services import Entry, Scan

# The answer to a scan; ``facts`` holds what the till shows (people, price, times).
CheckInResult = ScanRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a till says beside the code.

    ``people`` is how many came, ``None`` everybody who is still expected; of fewer, the others come
    later if ``rest_comes``, else their places are free. ``paid_minor`` is what all of them paid,
    where the till notes it. ``by_name``: the person was picked from the list.
    """

    people: int | None = None
    rest_comes: bool = False
    paid_minor: int | None = None
    by_name: bool = False


NOTHING_TOLD = Told()


@outside
def check_in(
    *,
    store_id: UUID,
    code: str,
    nonce: str,
    device: str,
    by: Actor,
    now: datetime,
    told: Told = NOTHING_TOLD,
) -> CheckInResult:
    """Judge one scan and admit or refuse; the same nonce of a store's device is answered the same.

    Opens its own transaction. Writes: PassScan, on admission the seat and its intent, and a
    question where more was paid than promised.
    """
    scan = Scan(store_id, code, device, nonce)
    known = passes.remembered_scan(store_id=store_id, device=device, nonce=nonce)
    if known is not None:
        return known
    try:
        return run_operation(_judge, scan, told, by=by, now=now)
    except IntegrityError as error:
        if violated_constraint(error) != "pass_scan_once":
            raise
        # The same scan was sent twice at once; the other one has just been answered.
        known = passes.remembered_scan(store_id=store_id, device=device, nonce=nonce)
        if known is None:
            raise
        return known


def _judge(scan: Scan, told: Told, *, by: Actor, now: datetime) -> CheckInResult:
    shown = passes.shown_pass(scan.code, now=now)
    seat = locked_seat(shown.card.seat_id) if shown else None
    scanned = _scanned(seat, shown, scan.store_id, now) if seat and shown else None
    refusal = judge_scan(scanned, now)
    if seat is None or refusal is not None:
        answer = _refused(seat, shown, refusal or Refusal.UNKNOWN, scan)
    else:
        answer = _admitted(seat, told, by=by, now=now)
    entry = Entry(
        seat_id=seat.id if seat else None,
        means=means_of(shown, by_name=told.by_name),
        people=answer.facts.get("people", 0),
        paid_minor=told.paid_minor if answer.is_admitted else None,
        at=now,
    )
    scan_id = pass_services.record_scan(scan=scan, answer=answer, entry=entry, by=by)
    if is_above_promise(answer.facts, paid_minor=entry.paid_minor):
        pass_services.ask(
            kind=Question.PRICE, store_id=scan.store_id, scan_id=scan_id, other_id=None, now=now
        )
    return answer


def means_of(shown: ShownPass | None, *, by_name: bool) -> Means:
    """How a pass was shown; what was not understood counts as a typed code."""
    if by_name:
        return Means.NAME
    return shown.means if shown else Means.CODE


def is_above_promise(facts: dict[str, Any], *, paid_minor: int | None) -> bool:
    """Whether more was paid than the price that was promised to those who were admitted."""
    return paid_minor is not None and paid_minor > facts.get("to_pay_minor", paid_minor)


def _scanned(seat: Seat, shown: ShownPass, store_id: UUID, now: datetime) -> ScannedSeat:
    window = seat.window
    span = TimeRange(window.starts_at, window.ends_at)
    return ScannedSeat(
        seat_state=SeatState(seat.state),
        window_state=effective_state(WindowState(window.state), span, now),
        span=span,
        is_this_store=window.store_id == store_id,
        still_expected=seat.party_size - seat.people_in,
        is_stale=shown.stale_at is not None,
    )


def _admitted(seat: Seat, told: Told, *, by: Actor, now: datetime) -> CheckInResult:
    try:
        people = fit_party(seat, told=told.people, rest_comes=told.rest_comes, now=now)
    except Conflict:
        free = max(0, seat.window.seats_max - seat.window.seats_taken)
        facts = {"booked": seat.party_size - seat.people_in, "free": free}
        return CheckInResult(is_admitted=False, code=Refusal.NO_ROOM, facts=facts)
    facts = admit(seat, people=people, by=by, now=now)
    return CheckInResult(is_admitted=True, code=ADMITTED, facts=facts)


def _refused(
    seat: Seat | None, shown: ShownPass | None, refusal: Refusal, scan: Scan
) -> CheckInResult:
    return CheckInResult(
        is_admitted=False, code=refusal, facts=_refusal_facts(seat, shown, refusal, scan)
    )


def _refusal_facts(
    seat: Seat | None, shown: ShownPass | None, refusal: Refusal, scan: Scan
) -> dict[str, Any]:
    """What helps on the spot; of another store's pass only where and when it counts."""
    if seat is None or shown is None:
        return {}
    times = {
        "starts_at": seat.window.starts_at.isoformat(),
        "ends_at": seat.window.ends_at.isoformat(),
    }
    if refusal is Refusal.WRONG_STORE:
        return times | _way_between(scan.store_id, seat.window.store_id)
    facts: dict[str, Any] = times | {"window_id": str(seat.window_id)}
    if refusal is Refusal.USED:
        first = next(iter(passes.admissions(seat.id)), None)
        facts["used_at"] = first.at.isoformat() if first else ""
        facts["used_device"] = first.device if first else ""
        facts["used_means"] = first.means if first else ""
    if refusal is Refusal.STALE and shown.stale_at is not None:
        facts["shown_at"] = shown.stale_at.isoformat()
    return facts


def _way_between(here: UUID, there: UUID) -> dict[str, Any]:
    stores = places.store_cards([here, there])
    right = stores[there]
    return {
        "right_store": right.name,
        "right_zone": right.timezone,
        "metres": walk_m(stores[here].point, right.point),
    }

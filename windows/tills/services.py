"""Letting phones in as tills, their PINs, and what they tell after a time without connection."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe
from uuid import UUID

import structlog
from django.contrib.auth.hashers import check_password, make_password
from django.db import DatabaseError
from django.db.models import F, Max

from iceshop.infra.audit import services as audit
from iceshop.infra.db import operation, outside, run_operation, step, take_turns
from iceshop.kernel.actors import Actor
from iceshop.kernel.errors import DomainError, Invalid, LimitReached, NotAllowed, NotFound
from iceshop.kernel.text import clean
from windows.flash import services as flash
from windows.flash.domain import UndoReason
from windows.flash.services import OfflineScan, Undone
from windows.outcomes import services as outcomes
from windows.passes import queries as passes
from windows.passes import services as pass_services
from windows.passes.domain import Question
from windows.tills.domain import NAME_LENGTH, PIN_SPAN, PIN_TRIES, is_weak_pin
from windows.tills.models import TillDevice
from windows.tills.queries import TillCard, till_card

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Synced:
    """One late scan that is kept, and the question that it opened."""

    nonce: str
    question: Question | None


@operation
def know_till(*, store_id: UUID, key: str, now: datetime) -> None:
    """Give the browser of somebody who is logged in a number at the store, once."""
    if not TillDevice.objects.filter(store_id=store_id, key=key).exists():
        _add(store_id, key, now=now)


@operation
def add_till(*, store_id: UUID, name: str, pin: str, by: Actor, now: datetime) -> TillCard:
    """Let a phone in under a link, with a PIN that the owner tells its people.

    Raises: Invalid("till.pin_weak").
    """
    if is_weak_pin(pin):
        raise Invalid("till.pin_weak")
    row = _add(
        store_id,
        token_urlsafe(16),
        now=now,
        name=" ".join(clean(name, NAME_LENGTH).split()),
        is_linked=True,
        pin_hash=make_password(pin),
        pin_version=1,
    )
    _note("till.added", row.id, by=by, now=now)
    return _stored(row.id)


@operation
def set_pin(*, till_id: UUID, store_id: UUID, pin: str, by: Actor, now: datetime) -> None:
    """Give a till another PIN; it asks for it at once, and may try again.

    Raises: Invalid("till.pin_weak"), NotFound("till.unknown").
    """
    if is_weak_pin(pin):
        raise Invalid("till.pin_weak")
    rows = TillDevice.objects.filter(pk=till_id, store_id=store_id, is_linked=True)
    changed = rows.filter(revoked_at__isnull=True).update(
        pin_hash=make_password(pin),
        pin_version=F("pin_version") + 1,
        wrong_pins=0,
        wrong_since=None,
    )
    if not changed:
        raise NotFound("till.unknown")
    _note("till.pin_set", till_id, by=by, now=now)


@operation
def revoke_till(*, till_id: UUID, store_id: UUID, by: Actor, now: datetime) -> None:
    """End a till at once: its link, its shift, its scans. Twice changes nothing.

    Raises: NotFound("till.unknown").
    """
    rows = TillDevice.objects.filter(pk=till_id, store_id=store_id, is_linked=True)
    if rows.filter(revoked_at__isnull=True).update(revoked_at=now):
        _note("till.revoked", till_id, by=by, now=now)
    elif not rows.exists():
        raise NotFound("till.unknown")


@outside
def enter_pin(*, till_id: UUID, pin: str, now: datetime) -> TillCard:
    """Begin a shift with the right PIN.

    Tries are counted before they are looked at, so parallel guesses get no more of them.
    Raises: NotFound("till.unknown"), LimitReached("till.too_many"), NotAllowed("till.pin_wrong").
    """
    pin_hash = run_operation(_count_try, till_id, now=now)
    if not check_password(pin, pin_hash):
        raise NotAllowed("till.pin_wrong")
    return run_operation(_begin_shift, till_id, now=now)


@outside
def sync(*, scans: Iterable[OfflineScan], by: Actor, now: datetime) -> tuple[Synced | None, ...]:
    """Keep what a till did without connection, each scan by itself; a known one changes nothing.

    Results of windows that were settled meanwhile are brought in line. ``None`` stands for a scan
    that could not be kept now: the till keeps it and tells it again.
    """
    return tuple(_kept(told, by=by, now=now) for told in scans)


@operation
def undo(
    *, store_id: UUID, device: str, nonce: str, reason: UndoReason, by: Actor, now: datetime
) -> Undone:
    """Take back an admission of this till. Raises what ``flash.undo_check_in`` does."""
    undone = flash.undo_check_in(
        store_id=store_id, device=device, nonce=nonce, reason=reason, by=by, now=now
    )
    outcomes.amend(window_id=undone.window_id, now=now)
    return undone


@operation
def dispute(*, store_id: UUID, device: str, nonce: str, now: datetime) -> None:
    """Leave it to the owner who used a pass that somebody else shows again; twice is one question.

    Raises: NotFound("scan.unknown") where this till refused no used pass under ``nonce``.
    """
    line = passes.scan_at(store_id=store_id, device=device, nonce=nonce)
    if line is None or line.seat_id is None or line.code != "pass.used":
        raise NotFound("scan.unknown")
    first = next(iter(passes.admissions(line.seat_id)), None)
    pass_services.ask(
        kind=Question.DISPUTE,
        store_id=store_id,
        scan_id=line.id,
        other_id=first.id if first else None,
        now=now,
    )


def _kept(told: OfflineScan, *, by: Actor, now: datetime) -> Synced | None:
    """Keep one; what goes wrong with it holds up no other."""
    try:
        return run_operation(_keep, told, by=by, now=now)
    except (DomainError, DatabaseError):
        log.exception("scan.not_kept", store_id=str(told.scan.store_id))
        return None


def _keep(told: OfflineScan, *, by: Actor, now: datetime) -> Synced:
    received = flash.receive_scan(told=told, by=by, now=now)
    if received.window_id is not None:
        outcomes.amend(window_id=received.window_id, now=now)
    return Synced(told.scan.nonce, received.question)


@step
def _count_try(till_id: UUID, *, now: datetime) -> str:
    rows = TillDevice.objects.filter(pk=till_id, is_linked=True, revoked_at__isnull=True)
    row = rows.select_for_update().first()
    if row is None:
        raise NotFound("till.unknown")
    if row.wrong_since is None or row.wrong_since + PIN_SPAN <= now:
        row.wrong_pins, row.wrong_since = 0, now
    if row.wrong_pins >= PIN_TRIES:
        wait = max(1, int((row.wrong_since + PIN_SPAN - now).total_seconds()))
        raise LimitReached("till.too_many", retry_after_seconds=wait, minutes=-(-wait // 60))
    row.wrong_pins += 1
    row.save(update_fields=("wrong_pins", "wrong_since"))
    return row.pin_hash


@step
def _begin_shift(till_id: UUID, *, now: datetime) -> TillCard:
    TillDevice.objects.filter(pk=till_id).update(wrong_pins=0, wrong_since=None, seen_at=now)
    return _stored(till_id)


def _add(store_id: UUID, key: str, *, now: datetime, **columns: object) -> TillDevice:
    take_turns(f"tills:{store_id}")
    rows = TillDevice.objects.filter(store_id=store_id)
    last = rows.aggregate(last=Max("number"))["last"] or 0
    row, _ = TillDevice.objects.get_or_create(
        store_id=store_id, key=key, defaults={"number": last + 1, "created_at": now, **columns}
    )
    return row


def _stored(till_id: UUID) -> TillCard:
    card = till_card(till_id)
    if card is None:
        raise NotFound("till.unknown")
    return card


def _note(action: str, till_id: UUID, *, by: Actor, now: datetime) -> None:
    audit.record(by=by, action=action, object_kind="till", object_key=till_id, now=now)

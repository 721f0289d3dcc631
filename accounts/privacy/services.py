"""Erasing people and forgetting what is old."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import structlog

from accounts.consent import services as consent
from accounts.identity import services as identity
from accounts.identity.queries import is_erased
from accounts.orgs import queries as orgs
from accounts.orgs import services as members
from accounts.privacy.domain import ERASE_WITHIN
from accounts.privacy.models import ErasureRequest
from accounts.privacy.queries import open_requests
from accounts.privacy.registry import keepers
from iceshop.infra.audit import services as audit
from iceshop.infra.db import operation, outside, step
from iceshop.kernel.actors import SYSTEM, Actor
from iceshop.kernel.errors import Conflict, DomainError

log = structlog.get_logger(__name__)

_FORGET_AT_ONCE = 2_000


@step
def request_erasure(*, person_id: UUID, now: datetime) -> datetime:
    """Note that the person wants to be erased; by when it is done. Asking again changes nothing."""
    row, _ = ErasureRequest.objects.get_or_create(
        person_id=person_id,
        done_at=None,
        defaults={"asked_at": now, "due_at": now + ERASE_WITHIN},
    )
    return row.due_at


@operation
def erase_person(*, person_id: UUID, by: Actor, now: datetime) -> int:
    """Remove everything personal of a person; returns how many rows were changed.

    Wishes and invites end, held seats are given back. Totals, outcomes, the journal and the ledger
    of consents stay, about somebody without a name. Twice changes nothing.
    Raises: Conflict("erasure.sells") for the last one who decides for a seller.
    """
    if is_erased(person_id):
        return 0
    if orgs.is_last_to_decide(person_id):
        raise Conflict("erasure.sells")
    rows = sum(keeper.erase(person_id, now) for keeper in keepers())
    consent.end_all(person_id=person_id, source_key=f"erasure:{person_id}", now=now)
    members.leave_all(person_id=person_id)
    rows += identity.erase_identifiers(person_id=person_id, now=now)
    request_erasure(person_id=person_id, now=now)
    ErasureRequest.objects.filter(person_id=person_id, done_at__isnull=True).update(
        done_at=now, rows=rows
    )
    audit.record(
        by=by,
        action="person.erased",
        object_kind="person",
        object_key=person_id,
        now=now,
        facts={"rows": rows},
    )
    return rows


@outside
def erase_due(*, now: datetime) -> int:
    """Erase who asked for it and has nothing running, or whose last day has come; how many."""
    done = 0
    for person_id in open_requests():
        request = ErasureRequest.objects.get(person_id=person_id, done_at__isnull=True)
        is_last_day = now >= request.due_at - timedelta(days=1)
        if not is_last_day and any(keeper.is_busy(person_id, now) for keeper in keepers()):
            continue
        try:
            erase_person(person_id=person_id, by=SYSTEM, now=now)
        except DomainError as error:
            log.warning("erasure.refused", code=error.code, person_id=str(person_id))
            continue
        done += 1
    return done


@outside
def forget_old(*, keep_days: int, now: datetime) -> int:
    """Remove words and bodies older than ``keep_days``; returns how many rows lost theirs."""
    before = now - timedelta(days=keep_days)
    return sum(keeper.forget(before, _FORGET_AT_ONCE) for keeper in keepers())

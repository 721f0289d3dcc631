"""Taking a key, keeping the answer, forgetting old ones."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from iceshop.infra import clock
from iceshop.infra.db import operation
from iceshop.infra.idempotency.models import IdempotencyRecord
from iceshop.kernel.errors import Conflict, Invalid

KEPT_FOR = timedelta(hours=48)
# Longer than any request takes; after it the process that held the key is dead.
LEASE = timedelta(seconds=60)
_KEY = re.compile(r"[\x21-\x7e]{1,200}")
_TRY_AGAIN = 429
_FIRST_SERVER_ERROR = 500


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What the first request under a key was answered; ``body`` is JSON text."""

    status: int
    content_type: str
    body: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """One request under a key: who, which route, which key, and the digest of its body."""

    principal: str
    route: str
    key: str
    body_sha256: str

    @property
    def place(self) -> dict[str, str]:
        """The columns that identify it."""
        return {"principal": self.principal, "route": self.route, "key": self.key}


@operation
def begin(*, attempt: Attempt, now: datetime) -> KeptAnswer | int:
    """Take the key and return the id of its record, or return the answer that it got before.

    A request that takes over from one whose process died has the id of the first.

    Raises: Invalid("idempotency.key"), Invalid("idempotency.other_body"),
    Conflict("idempotency.in_progress").
    """
    if not _KEY.fullmatch(attempt.key):
        raise Invalid("idempotency.key")
    try:
        with transaction.atomic():
            return _create(attempt, now)
    except IntegrityError:
        return _known(attempt, now)


@operation
def keep(*, attempt: Attempt, answer: KeptAnswer) -> None:
    """Keep the answer, or free the key when the answer says that trying again may help."""
    rows = IdempotencyRecord.objects.filter(**attempt.place, status__isnull=True)
    if answer.status == _TRY_AGAIN or answer.status >= _FIRST_SERVER_ERROR:
        rows.delete()
        return
    rows.update(
        status=answer.status,
        content_type=answer.content_type,
        body=answer.body,
        lease_until=None,
    )


@operation
def free(*, attempt: Attempt) -> None:
    """Give the key back: the request ended without an answer."""
    IdempotencyRecord.objects.filter(**attempt.place, status__isnull=True).delete()


@operation
def forget_old(*, now: datetime) -> int:
    """Delete what is older than 48 hours; returns how many."""
    deleted, _ = IdempotencyRecord.objects.filter(created_at__lte=now - KEPT_FOR).delete()
    return deleted


def _create(attempt: Attempt, now: datetime) -> int:
    return IdempotencyRecord.objects.create(
        **attempt.place,
        body_sha256=attempt.body_sha256,
        created_at=now,
        lease_until=clock.system_now() + LEASE,
    ).pk


def _known(attempt: Attempt, now: datetime) -> KeptAnswer | int:
    row = IdempotencyRecord.objects.select_for_update().filter(**attempt.place).first()
    if row is None:
        # Freed between the two statements; the caller may send the request again at once.
        raise Conflict("idempotency.in_progress", retry_after_seconds=1)
    if row.created_at <= now - KEPT_FOR:
        row.delete()
        return _create(attempt, now)
    if row.body_sha256 != attempt.body_sha256:
        raise Invalid("idempotency.other_body")
    if row.status is not None:
        return KeptAnswer(row.status, row.content_type, row.body)
    if row.lease_until is not None and row.lease_until > clock.system_now():
        raise Conflict("idempotency.in_progress", retry_after_seconds=1)
    # Its process died before it could answer.
    row.lease_until = clock.system_now() + LEASE
    row.save(update_fields=("lease_until",))
    return row.pk

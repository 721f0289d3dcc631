"""Issuing passes and recording scans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from iceshop.infra.db import step
from iceshop.kernel.actors import Actor
from iceshop.kernel.ids import short_code
from windows.passes.models import Pass, PassScan
from windows.passes.queries import ScanRecord

# 30 signs to the power of 6 are 729 million codes: a clash is rare, twelve in a row impossible.
_TRIES = 12


@dataclass(frozen=True, slots=True)
class Scan:
    """One attempt: what was read where, by which device, under which nonce."""

    store_id: UUID
    code: str
    device: str
    nonce: str


@step
def issue(*, window_id: UUID, seat_id: UUID, now: datetime) -> str:
    """Give a seat its pass; the same seat again returns the code it has."""
    stored = Pass.objects.filter(seat_id=seat_id).first()
    if stored is not None:
        return stored.code
    for _ in range(_TRIES):
        code = short_code()
        try:
            with transaction.atomic():
                Pass.objects.create(window_id=window_id, seat_id=seat_id, code=code, created_at=now)
        except IntegrityError:
            continue
        return code
    raise RuntimeError("no free pass code found")


@step
def record_scan(
    *, scan: Scan, answer: ScanRecord, seat_id: UUID | None, by: Actor, now: datetime
) -> None:
    """Append a scan and its answer; a known (store, device, nonce) violates ``pass_scan_once``."""
    PassScan.objects.create(
        store_id=scan.store_id,
        seat_id=seat_id,
        device=scan.device,
        nonce=scan.nonce,
        is_admitted=answer.is_admitted,
        code=answer.code,
        facts=answer.facts,
        at=now,
        actor_kind=by.kind,
        actor_key=by.key,
    )

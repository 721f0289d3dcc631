"""Issuing passes, recording scans, and asking and answering what they leave open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from iceshop.infra.db import step
from iceshop.kernel.actors import Actor
from iceshop.kernel.errors import NotFound
from iceshop.kernel.ids import short_code
from windows.passes.domain import Answer, Means, Question
from windows.passes.models import Pass, PassScan, ScanQuestion
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is written down beside the answer of a scan.

    ``at`` is when it was made; ``received_at`` is set for one that was made without connection.
    """

    seat_id: UUID | None
    means: Means
    people: int
    paid_minor: int | None
    at: datetime
    received_at: datetime | None = None
    undoes_id: UUID | None = None


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
def record_scan(*, scan: Scan, answer: ScanRecord, entry: Entry, by: Actor) -> UUID:
    """Append a scan and its answer; a known (store, device, nonce) violates ``pass_scan_once``."""
    row = PassScan.objects.create(
        store_id=scan.store_id,
        seat_id=entry.seat_id,
        device=scan.device,
        nonce=scan.nonce,
        is_admitted=answer.is_admitted,
        code=answer.code,
        means=entry.means,
        people=entry.people if answer.is_admitted else 0,
        paid_minor=entry.paid_minor,
        facts=answer.facts,
        at=entry.at,
        received_at=entry.received_at,
        undoes_id=entry.undoes_id,
        actor_kind=by.kind,
        actor_key=by.key,
    )
    return row.id


@step
def ask(
    *, kind: Question, store_id: UUID, scan_id: UUID, other_id: UUID | None, now: datetime
) -> UUID:
    """Leave something about a scan to a person of the shop; twice is one question."""
    question, _ = ScanQuestion.objects.get_or_create(
        scan_id=scan_id,
        kind=kind,
        defaults={"store_id": store_id, "other_id": other_id, "opened_at": now},
    )
    return question.id


@step
def answer_question(
    *, question_id: UUID, store_id: UUID, answer: Answer, by: Actor, now: datetime
) -> bool:
    """Decide a question; the first answer stands, ``False`` for a later one.

    Raises: NotFound("question.unknown").
    """
    rows = ScanQuestion.objects.filter(pk=question_id, store_id=store_id)
    decided = rows.filter(answer="").update(
        answer=answer, answered_at=now, actor_kind=by.kind, actor_key=by.key
    )
    if not decided and not rows.exists():
        raise NotFound("question.unknown")
    return bool(decided)

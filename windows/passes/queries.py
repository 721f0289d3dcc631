"""Finding passes, remembered scans and what they leave open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from windows.passes import domain
from windows.passes.domain import Answer, Means, Question
from windows.passes.models import Pass, PassScan, ScanQuestion
from windows.passes.rotation import keys
from windows.passes.words import code_of_words


@dataclass(frozen=True, slots=True)
class PassCard:
    """A pass: for which seat of which window."""

    code: str
    seat_id: UUID
    window_id: UUID


@dataclass(frozen=True, slots=True)
class ShownPass:
    """A pass as it was shown; ``stale_at`` is set for the QR code of an earlier moment."""

    card: PassCard
    means: Means
    stale_at: datetime | None


@dataclass(frozen=True, slots=True)
class ScanRecord:
    """What was answered to a scan."""

    is_admitted: bool
    code: str
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanLine:
    """One scan at a store as its list shows it; ``seat_id`` may be another store's seat."""

    id: UUID
    nonce: str
    device: str
    seat_id: UUID | None
    is_admitted: bool
    code: str
    means: Means
    people: int
    paid_minor: int | None
    facts: dict[str, Any]
    at: datetime
    is_offline: bool
    is_undone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionCard:
    """An open or decided question with the scans that it is about."""

    id: UUID
    store_id: UUID
    kind: Question
    scan: ScanLine
    other: ScanLine | None
    opened_at: datetime
    answer: Answer | None
    answered_at: datetime | None


def shown_pass(text: str, *, now: datetime) -> ShownPass | None:
    """The pass of what was scanned, typed or said, or ``None``. One query.

    A QR code is believed only with its proof; a code or four words stand for themselves.
    """
    rotating = domain.rotating_code(text)
    if rotating is not None:
        card = pass_by_code(rotating.code)
        if card is None or not rotating.is_genuine(card.window_id, keys()):
            return None
        is_fresh = domain.is_fresh(rotating.step, now)
        return ShownPass(card, Means.QR, None if is_fresh else domain.shown_at(rotating.step))
    spoken = code_of_words(text)
    card = pass_by_code(spoken or domain.short_code_of(text))
    return ShownPass(card, Means.WORDS if spoken else Means.CODE, None) if card else None


def pass_by_code(code: str) -> PassCard | None:
    """The pass of a code as it is stored, or ``None``. One query."""
    row = Pass.objects.filter(code=code).first()
    return PassCard(row.code, row.seat_id, row.window_id) if row else None


def qr_text(*, code: str, window_id: UUID, now: datetime) -> str:
    """What the QR code of a pass holds in this half minute."""
    return domain.qr_text(code, window_id, keys(), now)


def codes_of_seats(seat_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Code of each seat that has a pass. One query."""
    return dict(Pass.objects.filter(seat_id__in=list(seat_ids)).values_list("seat_id", "code"))


def remembered_scan(*, store_id: UUID, device: str, nonce: str) -> ScanRecord | None:
    """The answer that this nonce got at the store before. One query."""
    row = PassScan.objects.filter(store_id=store_id, device=device, nonce=nonce).first()
    return ScanRecord(row.is_admitted, row.code, row.facts) if row else None


def scan_at(*, store_id: UUID, device: str, nonce: str) -> ScanLine | None:
    """The scan that ``device`` made at the store under ``nonce``. One query."""
    row = _scans().filter(store_id=store_id, device=device, nonce=nonce).first()
    return _line(row) if row else None


def recent_scans(*, store_id: UUID, since: datetime, limit: int) -> tuple[ScanLine, ...]:
    """Scans at the store since ``since``, the newest first. One query."""
    rows = _scans().filter(store_id=store_id, at__gte=since).order_by("-at", "-pk")
    return tuple(_line(row) for row in rows[:limit])


def admissions(seat_id: UUID) -> tuple[ScanLine, ...]:
    """Scans that admitted people of a seat and were not undone, the first one first. One query."""
    rows = _standing().filter(seat_id=seat_id)
    return tuple(_line(row) for row in rows.order_by("at", "pk"))


def paid_for_seats(seat_ids: Iterable[UUID]) -> dict[UUID, int]:
    """What was told to be paid for each seat, where each of its admissions has it. One query."""
    paid: dict[UUID, int] = {}
    unknown = set()
    rows = _standing().filter(seat_id__in=list(seat_ids))
    for seat_id, minor in rows.values_list("seat_id", "paid_minor"):
        if minor is None:
            unknown.add(seat_id)
        else:
            paid[seat_id] = paid.get(seat_id, 0) + minor
    return {seat_id: minor for seat_id, minor in paid.items() if seat_id not in unknown}


def open_questions(store_id: UUID) -> tuple[QuestionCard, ...]:
    """Questions that wait for an answer of the store, the oldest first. Two queries."""
    return _questions(ScanQuestion.objects.filter(store_id=store_id, answer=""))


def questions_of_scans(scan_ids: Iterable[UUID]) -> tuple[QuestionCard, ...]:
    """Questions about these scans, the oldest first. Two queries."""
    return _questions(ScanQuestion.objects.filter(scan_id__in=list(scan_ids)))


def show_code(code: str) -> str:
    """The code in two groups of three, as it is read aloud."""
    return f"{code[:3]} {code[3:]}"


def line_of_scan(scan_id: UUID) -> ScanLine | None:
    """One scan, or ``None``. One query."""
    row = _scans().filter(pk=scan_id).first()
    return _line(row) if row else None


def _scans() -> QuerySet[PassScan, Any]:
    return PassScan.objects.annotate(is_undone=Exists(_undoing()))


def _standing() -> QuerySet[PassScan, Any]:
    """Admissions that were not undone."""
    return _scans().filter(~Exists(_undoing()), is_admitted=True)


def _undoing() -> QuerySet[PassScan]:
    return PassScan.objects.filter(undoes_id=OuterRef("pk"))


def _questions(rows: QuerySet[ScanQuestion]) -> tuple[QuestionCard, ...]:
    found = list(rows.order_by("opened_at", "pk"))
    ids = {row.scan_id for row in found} | {row.other_id for row in found if row.other_id}
    lines = {line.pk: _line(line) for line in _scans().filter(pk__in=ids)}
    return tuple(
        QuestionCard(
            id=row.id,
            store_id=row.store_id,
            kind=Question(row.kind),
            scan=lines[row.scan_id],
            other=lines[row.other_id] if row.other_id else None,
            opened_at=row.opened_at,
            answer=Answer(row.answer) if row.answer else None,
            answered_at=row.answered_at,
        )
        for row in found
    )


def _line(row: Any) -> ScanLine:
    return ScanLine(
        id=row.id,
        nonce=row.nonce,
        device=row.device,
        seat_id=row.seat_id,
        is_admitted=row.is_admitted,
        code=row.code,
        means=Means(row.means),
        people=row.people,
        paid_minor=row.paid_minor,
        facts=row.facts,
        at=row.at,
        is_offline=row.received_at is not None,
        is_undone=row.is_undone,
    )

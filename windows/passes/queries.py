"""Finding passes and remembered scans."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import segno

from iceshop.kernel.ids import normal_code
from windows.passes.models import Pass, PassScan

# What the QR code holds; the scanner takes it with or without this beginning.
QR_PREFIX = "ICESHOP:"


@dataclass(frozen=True, slots=True)
class PassCard:
    """A pass: for which seat of which window."""

    code: str
    seat_id: UUID
    window_id: UUID


@dataclass(frozen=True, slots=True)
class ScanRecord:
    """What was answered to a scan."""

    is_admitted: bool
    code: str
    facts: dict[str, Any]


def pass_by_code(typed: str) -> PassCard | None:
    """The pass of a typed, spoken or scanned code, or ``None``. One query."""
    code = normal_code(typed.strip().upper().removeprefix(QR_PREFIX))
    row = Pass.objects.filter(code=code).first()
    return PassCard(row.code, row.seat_id, row.window_id) if row else None


def codes_of_seats(seat_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Code of each seat that has a pass. One query."""
    return dict(Pass.objects.filter(seat_id__in=list(seat_ids)).values_list("seat_id", "code"))


def remembered_scan(*, store_id: UUID, device: str, nonce: str) -> ScanRecord | None:
    """The answer that this nonce got at the store before. One query."""
    row = PassScan.objects.filter(store_id=store_id, device=device, nonce=nonce).first()
    return ScanRecord(row.is_admitted, row.code, row.facts) if row else None


@dataclass(frozen=True, slots=True)
class ScanLine:
    """One scan at a store as its list shows it; ``seat_id`` may be another store's seat."""

    nonce: str
    seat_id: UUID | None
    is_admitted: bool
    code: str
    facts: dict[str, Any]
    at: datetime


def scan_at(*, store_id: UUID, device: str, nonce: str) -> ScanLine | None:
    """The scan that ``device`` made at the store under ``nonce``. One query."""
    row = PassScan.objects.filter(store_id=store_id, device=device, nonce=nonce).first()
    return _line(row) if row else None


def recent_scans(*, store_id: UUID, since: datetime, limit: int) -> tuple[ScanLine, ...]:
    """Scans at the store since ``since``, the newest first. One query."""
    rows = PassScan.objects.filter(store_id=store_id, at__gte=since).order_by("-at", "-pk")
    return tuple(_line(row) for row in rows[:limit])


def _line(row: PassScan) -> ScanLine:
    return ScanLine(row.nonce, row.seat_id, row.is_admitted, row.code, row.facts, row.at)


def first_admission(seat_id: UUID) -> ScanRecord | None:
    """The scan that admitted a seat. One query."""
    row = PassScan.objects.filter(seat_id=seat_id, is_admitted=True).order_by("at").first()
    return ScanRecord(is_admitted=True, code=row.code, facts=row.facts) if row else None


def qr_svg(code: str) -> str:
    """The code as inline SVG without sizes or inline styles; error level M, quiet zone of four."""
    return segno.make(QR_PREFIX + code, error="m", micro=False).svg_inline(
        omitsize=True, border=4, svgclass="qr", lineclass="qr-line"
    )


def show_code(code: str) -> str:
    """The code in two groups of three, as it is read aloud."""
    return f"{code[:3]} {code[3:]}"

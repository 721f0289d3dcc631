"""Reading what a till's script tells of its time without connection."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from iceshop.kernel.text import clean
from windows.board.domain import scan_key
from windows.flash.domain import ADMITTED
from windows.flash.services import OfflineScan
from windows.passes.services import Scan

MOST_SCANS = 200
_MOST_MINOR = 2_000_000_000


def told_scans(
    body: bytes, *, store_id: UUID, device: str, now: datetime
) -> list[tuple[str, OfflineScan]] | None:
    """Each scan of the body under its nonce, the oldest first; ``None`` for no such list.

    A field that cannot be read counts as not told: whom the till let in is never dropped.
    """
    try:
        given = json.loads(body)["scans"]
    except (ValueError, KeyError, TypeError):
        return None
    if not isinstance(given, list) or len(given) > MOST_SCANS:
        return None
    scans = [_told(one, store_id, device, now) for one in given if isinstance(one, dict)]
    return sorted(scans, key=lambda scan: scan[1].at)


def _told(
    given: dict[str, Any], store_id: UUID, device: str, now: datetime
) -> tuple[str, OfflineScan]:
    nonce, read = _text(given.get("nonce"), 40), _text(given.get("read"), 80)
    is_admitted = given.get("code") == ADMITTED
    return nonce, OfflineScan(
        scan=Scan(store_id, read, device, scan_key(nonce, read)),
        is_admitted=is_admitted,
        code=_text(given.get("code"), 40),
        people=_number(given.get("people"), 1, 20),
        paid_minor=_number(given.get("paid_minor"), 0, _MOST_MINOR),
        by_name=given.get("by_name") is True,
        at=_instant(given.get("at"), now),
    )


def _text(given: object, cap: int) -> str:
    return clean(given, cap) if isinstance(given, str) else ""


def _number(given: object, least: int, most: int) -> int | None:
    is_number = isinstance(given, int) and not isinstance(given, bool)
    return given if is_number and least <= given <= most else None  # type: ignore[operator, return-value]  # a number by now


def _instant(given: object, now: datetime) -> datetime:
    try:
        instant = datetime.fromisoformat(str(given))
    except ValueError:
        return now
    return instant.astimezone(UTC) if instant.tzinfo else now

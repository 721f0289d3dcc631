"""How rounds are decided, what lots are drawn from, and how long anybody waits. Pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256

# Who has waited so long comes before everybody who has not, whatever else they are worth.
PATIENCE = timedelta(hours=2)


class Mode(StrEnum):
    """How groups are chosen: by search, or by the plain rule (the most valuable group first)."""

    SEARCH = "search"
    RULE = "rule"


def seed_of(secret: str, at: datetime, part_key: str) -> int:
    """Return the seed of a round: the same for everybody who knows the day's secret.

    The first eight bytes of SHA-256 over ``secret:minute:part``, less the lowest bit; ``minute``
    counts from 1970.

    >>> from datetime import UTC
    >>> seed_of("5e", datetime(2026, 5, 14, 9, 0, 59, tzinfo=UTC), "kind:coffee")
    4405990453201183461
    """
    minute = int(at.timestamp()) // 60
    told = sha256(f"{secret}:{minute}:{part_key}".encode()).digest()
    return int.from_bytes(told[:8]) >> 1


def promise_of(secret: str, day: date) -> str:
    """Return what may be told of a day's secret before its lots are drawn: a hash of it."""
    return sha256(f"{day.isoformat()}:{secret}".encode()).hexdigest()

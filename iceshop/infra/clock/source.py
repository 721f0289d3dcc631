"""Where ``now`` comes from."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, connection

# How long a process trusts the shift that it has read, in real seconds.
_TRUST_SECONDS = 0.5


def system_now() -> datetime:
    """The system's clock, aware UTC. For leases and heartbeats, never for the business."""
    return datetime.now(UTC)  # noqa: TID251  here it comes from


@dataclass(frozen=True)
class Shift:
    """At ``real_at`` the clock showed ``shown_at``; since then it runs at ``rate``."""

    real_at: datetime
    shown_at: datetime
    rate: int

    def show(self, real: datetime) -> datetime:
        """What the clock shows at ``real``."""
        return self.shown_at + (real - self.real_at) * self.rate


@dataclass
class _Cache:
    shift: Shift | None = None
    read_at: float = float("-inf")
    replaced_by: Callable[[], datetime] | None = None
    is_whole: bool = False


_cache = _Cache()


def now() -> datetime:
    """The product's clock, aware UTC; it never goes back."""
    if _cache.replaced_by is not None:
        return _cache.replaced_by()
    real = system_now()
    shift = current_shift()
    return shift.show(real) if shift else real


def rate() -> int:
    """How many seconds of the product's clock pass in one real second."""
    shift = None if _cache.replaced_by is not None else current_shift()
    return shift.rate if shift else 1


@contextmanager
def use(source: Callable[[], datetime], *, is_whole: bool = False) -> Iterator[None]:
    """Let ``source`` be the clock of this process: for tests, and for a city in one process.

    ``is_whole`` lets leases and waits go by it as well: nothing else works on the same rows.
    """
    _cache.replaced_by, _cache.is_whole = source, is_whole
    try:
        yield
    finally:
        _cache.replaced_by, _cache.is_whole = None, False


def forget() -> None:
    """Read the shift anew at the next call."""
    _cache.read_at = float("-inf")


def current_shift() -> Shift | None:
    """The shift in force, or ``None`` for the system's clock."""
    if not settings.SIMULATOR_ENABLED:
        return None
    if time.monotonic() - _cache.read_at > _TRUST_SECONDS and not connection.needs_rollback:
        _cache.shift = _read()
        _cache.read_at = time.monotonic()
    return _cache.shift


def _read() -> Shift | None:
    from iceshop.infra.clock.models import ClockShift

    try:
        row = ClockShift.objects.filter(pk=1).first()
    except DatabaseError:
        # Before the first migration there is no table; inside a broken transaction no answer.
        return _cache.shift
    return Shift(row.real_at, row.shown_at, row.rate) if row else None


def advanced(shift: Shift, *, real: datetime, seconds: int, new_rate: int) -> Shift:
    """The shift that is ``seconds`` ahead of ``shift`` at ``real``, then at ``new_rate``."""
    return Shift(real, shift.show(real) + timedelta(seconds=seconds), new_rate)

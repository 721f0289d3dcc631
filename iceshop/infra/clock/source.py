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
    return datetime.now(UTC)


@dataclass(frozen=True)
class _Shift:
    real_at: datetime
    shown_at: datetime
    rate: int

    def show(self, real: datetime) -> datetime:
        return self.shown_at + (real - self.real_at) * self.rate


@dataclass
class _Cache:
    shift: _Shift | None = None
    read_at: float = float("-inf")
    replaced_by: Callable[[], datetime] | None = None


_cache = _Cache()


def now() -> datetime:
    """The product's clock, aware UTC; it never goes back."""
    if _cache.replaced_by is not None:
        return _cache.replaced_by()
    real = system_now()
    shift = _shift()
    return shift.show(real) if shift else real


def rate() -> int:
    """How many seconds of the product's clock pass in one real second."""
    shift = None if _cache.replaced_by is not None else _shift()
    return shift.rate if shift else 1


@contextmanager
def use(source: Callable[[], datetime]) -> Iterator[None]:
    """Let ``source`` be the clock of this process: for a virtual city in one process."""
    _cache.replaced_by = source
    try:
        yield
    finally:
        _cache.replaced_by = None


def forget() -> None:
    """Read the shift anew at the next call."""
    _cache.read_at = float("-inf")


def _shift() -> _Shift | None:
    if not settings.SIMULATOR_ENABLED:
        return None
    if time.monotonic() - _cache.read_at > _TRUST_SECONDS and not connection.needs_rollback:
        _cache.shift = _read()
        _cache.read_at = time.monotonic()
    return _cache.shift


def _read() -> _Shift | None:
    from iceshop.infra.clock.models import ClockShift

    try:
        row = ClockShift.objects.filter(pk=1).first()
    except DatabaseError:
        # Before the first migration there is no table; inside a broken transaction no answer.
        return _cache.shift
    return _Shift(row.real_at, row.shown_at, row.rate) if row else None


def advanced(shift: _Shift | None, *, real: datetime, seconds: int, new_rate: int) -> _Shift:
    """The shift that shows what ``shift`` shows at ``real`` plus ``seconds``, from then at ``new_rate``."""
    shown = shift.show(real) if shift else real
    return _Shift(real, shown + timedelta(seconds=seconds), new_rate)

"""The timer: an edge of one segment a minute, what it shows, and when it changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

# Above this the edge would be a dotted line: a segment then stands for five minutes.
MOST_SEGMENTS = 60
MINUTE = 60
# Longer waits are told by the clock, not counted in minutes.
LONGEST_WAIT_MINUTES = 99

# A square of 100 with a corner of 27 % and a stroke of 5.8, from twelve o'clock onwards.
EDGE_PATH = (
    "M50 2.9H73A24.1 24.1 0 0 1 97.1 27V73A24.1 24.1 0 0 1 73 97.1"
    "H27A24.1 24.1 0 0 1 2.9 73V27A24.1 24.1 0 0 1 27 2.9Z"
)


class Phase(StrEnum):
    """Where a window stands on the clock."""

    BEFORE = "before"
    OPEN = "open"
    GRACE = "grace"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Face:
    """What a timer shows at one moment; ``minutes`` is set only before the start."""

    phase: Phase
    figure: str
    minutes: int | None
    segments: int
    elapsed: str
    running: str
    left: str


def face(
    *, starts_at: datetime, ends_at: datetime, now: datetime, grace_until: datetime | None = None
) -> Face:
    """Compute the face at ``now``; the three strings are ``stroke-dasharray`` values."""
    total_seconds = max(1, int((ends_at - starts_at).total_seconds()))
    unit = MINUTE if total_seconds <= MOST_SEGMENTS * MINUTE else 5 * MINUTE
    segments = -(-total_seconds // unit)
    phase = _phase(starts_at, ends_at, now, grace_until)
    gone_seconds = min(max(0, int((now - starts_at).total_seconds())), total_seconds)
    gone = min(gone_seconds // unit, segments)
    minutes = None
    figure = "0:00"
    if phase is Phase.BEFORE:
        minutes = -(-int((starts_at - now).total_seconds()) // MINUTE)
        figure = str(minutes)
    elif phase is Phase.OPEN:
        figure = countdown(int((ends_at - now).total_seconds()))
    return Face(
        phase=phase,
        figure=figure,
        minutes=minutes,
        segments=segments,
        elapsed=dashes(0, gone, segments),
        running=dashes(gone, min(1, segments - gone), segments),
        left=dashes(gone + 1, max(0, segments - gone - 1), segments),
    )


def countdown(seconds: int) -> str:
    """Write what is left as minutes and seconds, ``12:40``, in every language the same.

    >>> countdown(760), countdown(65), countdown(-3)
    ('12:40', '1:05', '0:00')
    """
    minutes, rest = divmod(max(0, seconds), MINUTE)
    return f"{minutes}:{rest:02d}"


def dashes(first: int, count: int, total: int) -> str:
    """Dash pattern that shows segments ``first`` to ``first + count`` of an edge of ``total``.

    >>> dashes(1, 2, 4)
    '0 1 .76 .24 .76 1.24'
    >>> dashes(0, 0, 4), dashes(0, 4, 4)
    ('0 4', '.76 .24')
    """
    if count <= 0:
        return f"0 {total}"
    if count == total:
        return ".76 .24"
    lead = f"0 {first} " if first else ""
    shown = ".76 .24 " * (count - 1)
    rest = total - first - count
    return f"{lead}{shown}.76 {f'{rest}.24' if rest else '.24'}"


def _phase(
    starts_at: datetime, ends_at: datetime, now: datetime, grace_until: datetime | None
) -> Phase:
    if now < starts_at:
        return Phase.BEFORE
    if now < ends_at:
        return Phase.OPEN
    return Phase.GRACE if grace_until is not None and now < grace_until else Phase.OVER

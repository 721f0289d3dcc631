"""The first moment at which a window can run, and its benefit in a few words. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from iceshop.kernel.money import Money, show
from iceshop.kernel.time import TimeRange, ceil_to

_GRID_MINUTES = 1
_WHOLE_BP = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """When a store could run one more window of an offering.

    ``opens`` in order; ``own`` are the offering's live windows, ``others`` the store's further
    ones, of which ``most_parallel`` less one may run beside it.
    """

    opens: tuple[TimeRange, ...]
    own: tuple[TimeRange, ...]
    others: tuple[TimeRange, ...]
    most_parallel: int

    def fits(self, span: TimeRange) -> bool:
        """Whether a window may run at ``span``."""
        return (
            any(part.covers(span) for part in self.opens)
            and not any(span.overlaps(one) for one in self.own)
            and sum(span.overlaps(one) for one in self.others) < self.most_parallel
        )


def earliest(room: Room, *, not_before: datetime, length: timedelta) -> TimeRange | None:
    """The first span of ``length`` on the minute grid that fits, or None.

    Only the given moment, openings and ends of windows can begin the first one.
    """
    moments = [
        not_before,
        *(part.start for part in room.opens),
        *(one.end for one in (*room.own, *room.others)),
    ]
    starts = sorted({ceil_to(one, _GRID_MINUTES) for one in moments if one >= not_before})
    spans = (TimeRange(start, start + length) for start in starts)
    return next((span for span in spans if room.fits(span)), None)


def benefit(*, base: Money, price: Money, words: str, language: str) -> str:
    """What the window is worth to a buyer, in ``language``.

    >>> benefit(base=Money(9500, "TRY"), price=Money(8550, "TRY"), words="", language="en")
    '10% discount'
    """
    if words:
        return words
    if price.minor >= base.minor:
        return "Normal fiyat" if language == "tr" else "Regular price"
    share_bp = (base.minor - price.minor) * _WHOLE_BP / base.minor
    percent = f"{share_bp / 100:.1f}".removesuffix(".0")
    if percent == "0":
        # Too little for a percentage: it would read as none.
        off = show(base - price, language)
        return f"{off} indirim" if language == "tr" else f"{off} off"
    return f"%{percent.replace('.', ',')} indirim" if language == "tr" else f"{percent}% discount"


def busy(windows: Iterable[tuple[TimeRange, bool]]) -> tuple[tuple[TimeRange, ...], ...]:
    """Split ``(span, is of the offering)`` into the offering's spans and the others."""
    found = list(windows)
    return (
        tuple(span for span, is_own in found if is_own),
        tuple(span for span, is_own in found if not is_own),
    )

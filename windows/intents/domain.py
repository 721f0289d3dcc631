"""States of an intent, and what follows from a wish. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from iceshop.kernel.errors import Invalid
from iceshop.kernel.geo import Point
from iceshop.kernel.states import Machine
from iceshop.kernel.time import TimeRange, join


class IntentState(StrEnum):
    """``open`` is looked for; ``seated`` holds a seat; the last four are ends."""

    OPEN = "open"
    PAUSED = "paused"
    SEATED = "seated"
    DONE = "done"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    DROPPED = "dropped"


class IntentMove(StrEnum):
    """What can happen to an intent."""

    DECLARE = "declare"
    PAUSE = "pause"
    RESUME = "resume"
    SEAT = "seat"
    UNSEAT = "unseat"
    FULFIL = "fulfil"
    UNFULFIL = "unfulfil"
    CANCEL = "cancel"
    EXPIRE = "expire"
    DROP = "drop"


_OPEN, _PAUSED, _SEATED = IntentState.OPEN, IntentState.PAUSED, IntentState.SEATED
INTENT: Machine[IntentState, IntentMove] = Machine(
    {
        IntentMove.PAUSE: (frozenset({_OPEN}), _PAUSED),
        IntentMove.RESUME: (frozenset({_PAUSED}), _OPEN),
        IntentMove.SEAT: (frozenset({_OPEN, _PAUSED}), _SEATED),
        IntentMove.UNSEAT: (frozenset({_SEATED}), _OPEN),
        IntentMove.FULFIL: (frozenset({_SEATED}), IntentState.DONE),
        IntentMove.UNFULFIL: (frozenset({IntentState.DONE}), _SEATED),
        IntentMove.CANCEL: (frozenset({_OPEN, _PAUSED, _SEATED}), IntentState.CANCELLED),
        IntentMove.EXPIRE: (frozenset({_OPEN, _PAUSED, _SEATED}), IntentState.EXPIRED),
        IntentMove.DROP: (frozenset({_OPEN}), IntentState.DROPPED),
    }
)
LIVE_STATES = frozenset({_OPEN, _PAUSED, _SEATED})
# Reason of an end: the same wish was declared anew, put right.
CORRECTED = "corrected"

DEFAULT_RADIUS_M = 1_500
# A whole district as a place: its middle is seldom where the buyer stands.
DISTRICT_RADIUS_M = 4_000
MAX_PARTY = 20
# The promise to write "either way": soon enough to plan something else.
_PROMISE = timedelta(minutes=60)
_BEFORE_END = timedelta(minutes=10)
_SOONEST_PROMISE = timedelta(minutes=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a person declares. ``budget_minor`` is for one piece; ``None`` means any price.

    ``point`` ``None`` means that any place will do. ``spans`` are not empty.
    """

    product_text: str
    concept_key: str
    spans: tuple[TimeRange, ...]
    point: Point | None
    place_name: str
    timezone: str
    radius_m: int = DEFAULT_RADIUS_M
    budget_minor: int | None = None
    currency: str = "TRY"
    party_size: int = 1
    variant: tuple[str, ...] = ()

    def checked(self, now: datetime) -> Wish:
        """The wish with past time cut off.

        Raises ``Invalid`` with ``intent.no_time_left``, ``intent.party`` or ``intent.budget``.
        """
        spans = join(TimeRange(max(s.start, now), s.end) for s in self.spans if s.end > now)
        if not spans:
            raise Invalid("intent.no_time_left")
        if not 1 <= self.party_size <= MAX_PARTY:
            raise Invalid("intent.party", most=MAX_PARTY)
        if self.budget_minor is not None and self.budget_minor <= 0:
            raise Invalid("intent.budget")
        return replace(self, spans=spans, radius_m=max(100, min(self.radius_m, 50_000)))


def answer_by(spans: tuple[TimeRange, ...], now: datetime) -> datetime:
    """When the buyer is written to at the latest, whatever has been found by then."""
    return max(min(spans[-1].end - _BEFORE_END, now + _PROMISE), now + _SOONEST_PROMISE)

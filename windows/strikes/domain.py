"""The strike rule. Pure.

A seat that was neither used nor given back is one strike. It ends by itself; one excuse in its time
is accepted without a question; a visit takes the oldest one away; a fault of the store never
counts. Only at the limit does it mean anything, and then little: one seat at a time, soon.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

# How long a strike counts, and how long after it an excuse is heard.
LASTS = timedelta(days=60)
EXCUSE_WITHIN = timedelta(days=3)
EXCUSES_IN_ITS_TIME = 1
# From so many live strikes on, a buyer takes one seat at a time, in windows that start this soon.
LIMIT = 3
SOON = timedelta(minutes=60)


class Because(StrEnum):
    """Why a strike was forgiven."""

    EXCUSE = "excuse"
    STORE = "store"
    VISIT = "visit"
    STAFF = "staff"


@dataclass(frozen=True, slots=True, kw_only=True)
class StrikeCard:
    """One strike; ``forgiven`` says why, and is ``None`` while it may count."""

    id: UUID
    seat_id: UUID
    missed_at: datetime
    ends_at: datetime
    forgiven: Because | None

    def is_live(self, now: datetime) -> bool:
        """Whether it counts at ``now``."""
        return self.forgiven is None and self.missed_at <= now < self.ends_at


@dataclass(frozen=True, slots=True)
class Standing:
    """How a person stands: live strikes, and when the first of them ends."""

    live: int
    next_end: datetime | None

    @property
    def is_limited(self) -> bool:
        """Whether the limit is reached."""
        return self.live >= LIMIT


def standing(strikes: Iterable[StrikeCard], now: datetime) -> Standing:
    """Judge a person by the strikes that count at ``now``."""
    ends = [strike.ends_at for strike in strikes if strike.is_live(now)]
    return Standing(len(ends), min(ends, default=None))


def accepts_excuse(strike: StrikeCard, others: Iterable[StrikeCard], now: datetime) -> bool:
    """Whether an excuse for ``strike`` is accepted without a question.

    It must come within ``EXCUSE_WITHIN``, and no other within the time of a strike was.
    """
    used = sum(
        other.forgiven is Because.EXCUSE and other.missed_at > now - LASTS
        for other in others
        if other.id != strike.id
    )
    return used < EXCUSES_IN_ITS_TIME and now < strike.missed_at + EXCUSE_WITHIN

"""Which services there are, how a call ends, and when a service rests. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

# So many failures in a row within the span, and the service rests from the last one on.
FAILURES = 4
FAILURE_SPAN = timedelta(minutes=5)
REST = timedelta(minutes=1)


class Service(StrEnum):
    """What is asked: to hear, to speak, to read."""

    SPEECH = "speech"
    SPOKEN = "spoken"
    MODEL = "model"


class Result(StrEnum):
    """How a call ended. The first three are answers; the service did its part."""

    OK = "ok"
    USELESS = "useless"  # well formed, and nothing that can be used
    REFUSED = "refused"  # this request only: 400, 404, 413, 415, 422
    NOT_ALLOWED = "not_allowed"  # 401, 403: the key or the account
    RATE_LIMITED = "rate_limited"
    FAILED = "failed"  # 5xx
    REDIRECTED = "redirected"
    UNREACHABLE = "unreachable"
    TOO_SLOW = "too_slow"
    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"

    @property
    def is_failure(self) -> bool:
        """Whether the service, and not the request, is at fault."""
        return self not in (Result.OK, Result.USELESS, Result.REFUSED)

    @property
    def is_worth_another_try(self) -> bool:
        """Whether the same request may go better a little later."""
        return self in _PASSING


_PASSING = frozenset(
    {
        Result.RATE_LIMITED,
        Result.FAILED,
        Result.UNREACHABLE,
        Result.TOO_SLOW,
        Result.UNREADABLE,
    }
)


@dataclass(frozen=True, slots=True)
class Ended:
    """When a call ended and how."""

    at: datetime
    result: Result


def rests(newest_first: Sequence[Ended], now: datetime) -> bool:
    """Whether a service with these last calls is left alone at ``now``.

    >>> from datetime import UTC
    >>> now = datetime(2026, 11, 21, 12, tzinfo=UTC)
    >>> down = [Ended(now - timedelta(seconds=n), Result.FAILED) for n in range(FAILURES)]
    >>> rests(down, now), rests(down, now + REST), rests(down[1:], now)
    (True, False, False)
    """
    last = newest_first[:FAILURES]
    if len(last) < FAILURES or not all(call.result.is_failure for call in last):
        return False
    return last[0].at - last[-1].at <= FAILURE_SPAN and now < last[0].at + REST

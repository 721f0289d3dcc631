"""Faults that a test orders, and which of them concerns what happens now."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from iceshop.kernel.errors import Invalid

MOST_TIMES = 10_000
MOST_SECONDS = 60


class FaultKind(StrEnum):
    """``ERROR``, ``SLOW``, ``LOSE_ANSWER`` meet what the business sends, ``SMS_*`` an SMS.

    The others meet the webhook.
    """

    ERROR = "error"
    SLOW = "slow"
    LOSE_ANSWER = "lose_answer"
    DUPLICATE = "duplicate"
    REORDER = "reorder"
    SMS_REFUSED = "sms_refused"
    SMS_FAILED = "sms_failed"


@dataclass(frozen=True, slots=True)
class FaultOrder:
    """The next ``count`` events go wrong; for one person when ``address`` is given."""

    kind: FaultKind
    count: int
    code: int
    seconds: float
    address: str


def parse_fault(given: Mapping[str, object]) -> FaultOrder:
    """Check the order of a fault. Raises ``Invalid("sim.fault")`` with the field's name."""
    kind = given.get("kind")
    if not isinstance(kind, str) or kind not in set(FaultKind):
        raise Invalid("sim.fault", field="kind")
    return FaultOrder(
        kind=FaultKind(kind),
        count=int(_number(given, "count", default=1, low=1, high=MOST_TIMES)),
        code=int(_number(given, "code", default=131000, low=0, high=9_999_999)),
        seconds=_number(given, "seconds", default=2, low=0, high=MOST_SECONDS),
        address=_address(given.get("phone")),
    )


def _number(
    given: Mapping[str, object], name: str, *, default: float, low: float, high: float
) -> float:
    value = given.get(name)
    if value is None:
        return default
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise Invalid("sim.fault", field=name)
    if not low <= value <= high:
        raise Invalid("sim.fault", field=name)
    return value


def _address(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Invalid("sim.fault", field="phone")
    return value.lstrip("+")

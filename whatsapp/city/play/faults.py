"""What goes wrong between product and platform, ordered from the simulator. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random

from whatsapp.simulator.domain.faults import FaultKind, FaultOrder


class FaultLevel(StrEnum):
    """How much goes wrong."""

    NONE = "none"
    LOW = "low"
    HIGH = "high"


# Mean minutes between two orders in a city of so many people, and most events of one order. Few
# people write little, so that orders would pile up and meet every single message.
_USUAL_PEOPLE = 110
_RATE = {FaultLevel.LOW: (35.0, 2), FaultLevel.HIGH: (6.0, 4)}
# Codes that concern one message; those that stop the whole number are the operator's business.
_CODES = (131000, 131016, 130429, 131026, 131049, 2, 131053, 130472)
# Seconds that the platform takes; the last one outlasts the client's patience.
_SECONDS = (1.0, 3.0, 8.0, 12.0)


def orders(
    level: FaultLevel, *, start: datetime, end: datetime, seed: int, addresses: Sequence[str]
) -> list[tuple[datetime, FaultOrder]]:
    """Moments and orders of faults between ``start`` and ``end``, in order."""
    if level is FaultLevel.NONE:
        return []
    usual, most = _RATE[level]
    minutes = usual * _USUAL_PEOPLE / max(1, len(addresses))
    chance = Random(f"{seed}:faults")  # noqa: S311 - a played city has no secrets
    found: list[tuple[datetime, FaultOrder]] = []
    at = start
    while (at := at + timedelta(minutes=chance.expovariate(1 / minutes))) < end:
        kind = chance.choice(tuple(FaultKind))
        order = FaultOrder(
            kind=kind,
            count=chance.randint(1, most),
            code=chance.choice(_CODES),
            seconds=chance.choice(_SECONDS),
            address=chance.choice(addresses) if chance.random() < 0.2 else "",
        )
        found.append((at, order))
    return found

"""Whether a challenger takes over, and whether what was said of windows held. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from math import sqrt

# Fewer outcomes than these leave the built-in belief in force; trees need many more.
LEAST_OUTCOMES = 100
LEAST_FOR_TREES = 1000
# A back-test on fewer than these says nothing.
LEAST_TESTED = 30
LEAST_TESTED_WINDOWS = 10
# The share of the outcomes that are kept for the back-test where the champion saw none of them.
TESTED_SHARE = 0.25
# A challenger may be worse calibrated than the champion by so much, if it says more.
_GAP_ALLOWED = 0.02
# Windows below which a drift is chance, and how far beyond chance the alarm goes.
LEAST_WINDOWS = 20
_ALARM_Z = 3.0


class Reason(StrEnum):
    """Why a parameter set was taken or not."""

    BETTER = "better"
    NOT_BETTER = "not_better"
    WORSE_CALIBRATED = "worse_calibrated"
    TOO_FEW = "too_few"
    TOO_FEW_NEW = "too_few_new"
    CANNOT_LEARN = "cannot_learn"


@dataclass(frozen=True, slots=True)
class Score:
    """How one set did on the tested outcomes; ``loss`` in nats for each, ``gap`` as a share."""

    loss: float
    gap: float
    tested: int


def judged(champion: Score, challenger: Score) -> Reason:
    """What becomes of a challenger on the same outcomes."""
    if challenger.loss >= champion.loss:
        return Reason.NOT_BETTER
    if challenger.gap > champion.gap + _GAP_ALLOWED:
        return Reason.WORSE_CALIBRATED
    return Reason.BETTER


class Drift(StrEnum):
    """What is wrong with what was said lately; ``unknown`` where too little happened."""

    NONE = "none"
    TOO_MANY = "too_many"
    TOO_FEW = "too_few"
    TOO_NARROW = "too_narrow"
    UNKNOWN = "unknown"


ALARMS = frozenset({Drift.TOO_MANY, Drift.TOO_FEW, Drift.TOO_NARROW})


@dataclass(frozen=True, slots=True)
class Place:
    """Where the count of a window lies in what was said: the chance of less, and of no more.

    The place of a small count is a stretch, not a point; its shares are counted where they lie
    (Czado, Gneiting, Held 2009).
    """

    below: float
    up_to: float

    def share_between(self, low: float, high: float) -> float:
        """The share of the stretch between two levels."""
        length = self.up_to - self.below
        if length <= 0:
            return float(low <= self.below <= high)
        return max(0.0, min(high, self.up_to) - max(low, self.below)) / length


def drift(places: Sequence[Place]) -> Drift:
    """Judge the windows of the last weeks: more came, fewer came, or ranges do not hold.

    Under a right forecast places have mean 1/2 and a variance of at most 1/12, and nine tenths of
    them lie between 0.05 and 0.95; an alarm is three standard deviations off.
    """
    count = len(places)
    if count < LEAST_WINDOWS:
        return Drift.UNKNOWN
    middle = sum(one.below + one.up_to for one in places) / (2 * count)
    shift = (middle - 0.5) * sqrt(12 * count)
    if abs(shift) >= _ALARM_Z:
        return Drift.TOO_FEW if shift < 0 else Drift.TOO_MANY
    held = sum(one.share_between(0.05, 0.95) for one in places)
    if (0.9 * count - held) / sqrt(0.09 * count) >= _ALARM_Z:
        return Drift.TOO_NARROW
    return Drift.NONE


def histogram(places: Sequence[Place], bars: int = 10) -> tuple[float, ...]:
    """How many places lie in each tenth; equal bars are right forecasts."""
    edges = [bar / bars for bar in range(bars + 1)]
    return tuple(
        sum(one.share_between(low, high) for one in places) for low, high in pairwise(edges)
    )

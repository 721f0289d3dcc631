"""What is known of somebody before they come, as figures. Pure.

Each figure is 0 where nothing is known, so that an unknown person is the intercept. The belief
before any outcome is in `PRIOR`: one line a figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from math import log, log1p

import h3
import numpy as np

from commerce.forecast.numerics.chance import Floats, Prior
from iceshop.kernel.geo import Point

_USUAL_LEAD_HOURS = 0.5
_USUAL_KM, _MOST_KM = 0.6, 5.0
_MOST_SEEN = 20
_EVENING = (18, 23)
_SATURDAY = 6
# Cells of about 12,000 square kilometres: a large city and what is around it.
_REGION_RESOLUTION = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """``came`` and ``missed`` count earlier windows; ``None`` is what is not known yet."""

    party_size: int = 1
    came: int = 0
    missed: int = 0
    lead_minutes: float | None = None
    distance_m: int | None = None
    starts_local: datetime | None = None
    is_late: bool = False
    is_on_way: bool = False


@dataclass(frozen=True, slots=True)
class Belief:
    """What a figure is believed to be worth on the log-odds, and how unsure that is (sd)."""

    figure: str
    mean: float
    spread: float


# Of those who hold a seat about 85 of 100 come. A longer lead and a longer way cost people, who
# missed once misses again, who set out comes; hour and day are open.
PRIOR = (
    Belief("intercept", log(850 / 150), 0.5),
    Belief("lead, log hours", -0.15, 0.15),
    Belief("distance, km", -0.15, 0.15),
    Belief("evening", 0.0, 0.3),
    Belief("weekend", 0.0, 0.3),
    Belief("came before, log", 0.15, 0.15),
    Belief("missed before, log", -0.5, 0.3),
    Belief("seat taken after the start", 0.3, 0.4),
    Belief("on the way", 1.0, 0.5),
    Belief("party, log", 0.1, 0.2),
)


def prior() -> Prior:
    """The belief as arrays."""
    spreads = np.array([one.spread for one in PRIOR])
    return Prior(np.array([one.mean for one in PRIOR]), 1 / spreads**2)


def figures(known: Circumstances) -> tuple[float, ...]:
    """The figures of ``PRIOR``, in its order."""
    at = known.starts_local
    return (
        1.0,
        _lead(known.lead_minutes),
        0.0 if known.distance_m is None else min(known.distance_m / 1000, _MOST_KM) - _USUAL_KM,
        float(at is not None and _EVENING[0] <= at.hour < _EVENING[1]),
        float(at is not None and at.isoweekday() >= _SATURDAY),
        log1p(min(known.came, _MOST_SEEN)),
        log1p(min(known.missed, _MOST_SEEN)),
        float(known.is_late),
        float(known.is_on_way),
        log(known.party_size),
    )


def table(rows: list[tuple[float, ...]]) -> Floats:
    """Figures of several, one below the other."""
    return np.array(rows, np.float64).reshape(-1, len(PRIOR))


def region_of(point: Point) -> str:
    """The key of the region in which people share weather, traffic and habits."""
    return str(h3.latlng_to_cell(point.latitude, point.longitude, _REGION_RESOLUTION))


def _lead(minutes: float | None) -> float:
    hours = _USUAL_LEAD_HOURS if minutes is None else max(0.0, minutes) / 60
    return log1p(hours) - log1p(_USUAL_LEAD_HOURS)

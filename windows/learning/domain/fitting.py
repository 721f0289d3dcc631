"""Candidates for each model, learned from lessons in the order in which they happened. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from commerce.forecast.numerics import attendance, trees
from commerce.forecast.numerics.chance import Floats, calibration_gap, chance_of, fit, log_loss
from windows.learning.domain.circumstances import prior, table
from windows.learning.domain.judgement import LEAST_FOR_TREES, Place, Score
from windows.learning.domain.parameters import Kind, ShowModel

# A region speaks for itself from so many windows on.
_LEAST_IN_REGION = 40
# Windows after which one counts half towards how much people fail together.
_HALF_LIFE_WINDOWS = 200


@dataclass(frozen=True, slots=True)
class SeatLesson:
    """Figures of a seat, and whether its people came."""

    figures: tuple[float, ...]
    came: bool


@dataclass(frozen=True, slots=True)
class WindowLesson:
    """Chances that were given to the seats of a window, and how many people came."""

    region: str
    chances: tuple[float, ...]
    people: tuple[int, ...]
    came: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """What was learned: how, as it is stored, and as it computes."""

    kind: Kind
    payload: Mapping[str, Any]
    trees: bytes = b""


def logistic(lessons: Sequence[SeatLesson]) -> Candidate:
    """Coefficients between the prior and what happened."""
    found = fit(_figures(lessons), _came(lessons), prior())
    return Candidate(Kind.LOGISTIC, {"coefficients": found.coefficients.tolist()})


def boosted(lessons: Sequence[SeatLesson]) -> Candidate:
    """Boosted trees, learned in a process of their own. Raises: trees.CannotLearn."""
    # For some thousand outcomes: small trees, slow to believe.
    forest = trees.train(
        "log_loss",
        _figures(lessons),
        _came(lessons),
        rounds=120,
        leaves=8,
        min_leaf=40,
        shrink=5.0,
    )
    return Candidate(Kind.TREES, {}, forest.to_bytes())


def candidates(count: int) -> tuple[Callable[[Sequence[SeatLesson]], Candidate], ...]:
    """The ways to learn from so many lessons."""
    return (logistic, boosted) if count >= LEAST_FOR_TREES else (logistic,)


def show_score(model: ShowModel, lessons: Sequence[SeatLesson]) -> Score:
    """How well a model alone, without offsets, says who comes."""
    chance = chance_of(model.log_odds(_figures(lessons)))
    came = _came(lessons)
    bins = max(1, min(15, len(lessons) // 20))
    return Score(log_loss(came, chance), calibration_gap(came, chance, bins), len(lessons))


def shocks(windows: Sequence[WindowLesson]) -> Mapping[str, Any]:
    """How much people fail together, in general and in regions with enough windows, in milli."""
    regions: dict[str, list[WindowLesson]] = {}
    for one in windows:
        regions.setdefault(one.region, []).append(one)
    general = _shock(windows, attendance.START_SHOCK)
    return {
        "general": round(general * 1000),
        "regions": {
            region: round(_shock(own, general) * 1000)
            for region, own in sorted(regions.items())
            if len(own) >= _LEAST_IN_REGION
        },
    }


def shock_score(spread_of: Callable[[str], float], windows: Sequence[WindowLesson]) -> Score:
    """How well a spread explains the counts: mean negative log-likelihood of a window.

    The gap is how far the share of counts inside their 90 % range is from it.
    """
    losses, inside = [], 0.0
    for one in windows:
        counts = attendance.distribution(np.array(one.chances), spread_of(one.region), one.people)
        losses.append(-float(np.log(max(counts[one.came], 1e-12))))
        lies = attendance.place_of(counts, one.came)
        inside += Place(lies.below, lies.up_to).share_between(0.05, 0.95)
    return Score(sum(losses) / len(losses), abs(inside / len(losses) - 0.9), len(losses))


def share_score(permille: int, accepted: int, answered: int) -> Score:
    """How well one share says who answers with yes."""
    share = permille / 1000
    yes = accepted / answered
    loss = -(yes * np.log(share) + (1 - yes) * np.log1p(-share))
    return Score(float(loss), abs(yes - share), answered)


def _shock(windows: Sequence[WindowLesson], start: float) -> float:
    seen = [
        attendance.log_likelihoods(np.array(one.chances), one.came, one.people) for one in windows
    ]
    ages = np.arange(len(seen))[::-1]
    return attendance.fit_shock(np.array(seen), 0.5 ** (ages / _HALF_LIFE_WINDOWS), start=start)


def _figures(lessons: Sequence[SeatLesson]) -> Floats:
    return table([one.figures for one in lessons])


def _came(lessons: Sequence[SeatLesson]) -> Floats:
    return np.array([one.came for one in lessons], np.float64)

"""Chances of yes and no: a logistic regression with a prior, and offsets that follow outcomes.

Everything is on the log-odds. An `Offset` is two floats: what a person or a group differs by from
what the model says, with its precision; it moves with each outcome and forgets with time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Log-odds beyond which a chance is as good as sure.
_MOST = 30.0
_STEPS, _HALVINGS = 50, 20
_EXACT = 1e-9
# How much people differ beyond what is known of them: variance of the log-odds.
PERSON_VARIANCE = 0.8
# Days after which an outcome counts half towards the offset of a group.
HALF_LIFE_DAYS = 14.0


def chance_of(log_odds: Floats) -> Floats:
    """The chance in 0...1 of each of ``log_odds``."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(log_odds, -_MOST, _MOST))), np.float64)


def log_odds_of(chance: Floats, eps: float = 1e-6) -> Floats:
    """The log-odds of each chance, which is kept ``eps`` away from 0 and 1."""
    inside = np.clip(np.asarray(chance, np.float64), eps, 1 - eps)
    return np.asarray(np.log(inside / (1 - inside)), np.float64)


@dataclass(frozen=True, slots=True)
class Prior:
    """What coefficients are believed to be before any outcome: normal, independent."""

    mean: Floats
    precision: Floats


@dataclass(frozen=True, slots=True)
class Logistic:
    """The likeliest coefficients, and the precision matrix of the belief around them."""

    coefficients: Floats
    precision: Floats

    def log_odds(self, features: Floats) -> Floats:
        """Log-odds of each row of ``features``."""
        return np.asarray(features @ self.coefficients, np.float64)


@dataclass(frozen=True, slots=True)
class _Posterior:
    """The logarithm of the posterior as a hill over the coefficients; it has one top."""

    features: Floats
    outcomes: Floats
    prior: Prior
    offset: Floats
    counts: Floats

    def height(self, at: Floats) -> float:
        odds = self.features @ at + self.offset
        likelihood = self.counts @ (self.outcomes * odds - np.logaddexp(0, odds))
        return float(likelihood - 0.5 * self.prior.precision @ (at - self.prior.mean) ** 2)

    def curve(self, at: Floats) -> Floats:
        """Its curvature downwards: the precision of the normal distribution that fits there."""
        chance = chance_of(self.features @ at + self.offset)
        spread = self.counts * chance * (1 - chance)
        bent = (self.features.T * spread) @ self.features
        return np.asarray(bent + np.diag(self.prior.precision), np.float64)

    def step(self, at: Floats) -> Floats:
        """The Newton step, halved until it does not lead downwards; zeros at the top."""
        gaps = self.outcomes - chance_of(self.features @ at + self.offset)
        slope = self.features.T @ (self.counts * gaps)
        slope -= self.prior.precision * (at - self.prior.mean)
        step = np.linalg.solve(self.curve(at), slope)
        height = self.height(at)
        for _ in range(_HALVINGS):
            if self.height(at + step) >= height:
                return np.asarray(step, np.float64)
            step /= 2
        return np.zeros_like(at)


def fit(
    features: Floats,
    outcomes: Floats,
    prior: Prior,
    *,
    offset: Floats | float = 0.0,
    weights: Floats | None = None,
) -> Logistic:
    """Return the likeliest coefficients under ``prior`` (Newton), with the curvature there.

    ``outcomes`` are 0 or 1; ``offset`` is added to the log-odds of each row; ``weights`` count
    rows more or less. Without rows the prior itself comes back.
    """
    rows = len(outcomes)
    hill = _Posterior(
        features=features,
        outcomes=np.asarray(outcomes, np.float64),
        prior=prior,
        offset=np.broadcast_to(np.asarray(offset, np.float64), (rows,)),
        counts=np.ones(rows) if weights is None else weights,
    )
    at = prior.mean.astype(np.float64)
    for _ in range(_STEPS):
        step = hill.step(at)
        at = at + step
        if np.max(np.abs(step), initial=0.0) < _EXACT:
            break
    return Logistic(at, hill.curve(at))


@dataclass(frozen=True, slots=True)
class Offset:
    """A normal belief about a shift of the log-odds; ``precision`` includes the prior's.

    Without outcomes it is 0 with ``prior_precision``.
    """

    mean: float
    precision: float
    prior_precision: float

    def updated(
        self, log_odds: Sequence[float] | Floats, outcomes: Sequence[float] | Floats
    ) -> Offset:
        """The belief after ``outcomes``, whose ``log_odds`` were these without the offset.

        One outcome is one Laplace step; several are taken together.
        """
        if not len(outcomes):
            return self
        found = fit(
            np.ones((len(outcomes), 1)),
            np.asarray(outcomes, np.float64),
            Prior(np.array([self.mean]), np.array([self.precision])),
            offset=np.asarray(log_odds, np.float64),
        )
        mean, precision = found.coefficients.item(), found.precision.item()
        return Offset(mean, precision, self.prior_precision)

    def decayed(self, days: float, half_life_days: float = HALF_LIFE_DAYS) -> Offset:
        """The belief ``days`` later: what was learned counts half after each half-life."""
        left = 0.5 ** (max(0.0, days) / half_life_days)
        precision = (self.precision - self.prior_precision) * left + self.prior_precision
        mean = self.mean * self.precision * left / precision if left < 1 else self.mean
        return Offset(mean, precision, self.prior_precision)


def new_offset(variance: float = PERSON_VARIANCE) -> Offset:
    """The belief before the first outcome."""
    return Offset(0.0, 1 / variance, 1 / variance)


def log_loss(outcomes: Floats, chance: Floats, eps: float = 1e-6) -> float:
    """Mean negative log-likelihood in nats; chances are kept ``eps`` away from 0 and 1."""
    inside = np.clip(np.asarray(chance, np.float64), eps, 1 - eps)
    happened = np.asarray(outcomes, np.float64)
    return float(-np.mean(happened * np.log(inside) + (1 - happened) * np.log1p(-inside)))


def calibration_gap(outcomes: Floats, chance: Floats, bins: int = 15) -> float:
    """Expected calibration error: rows in the order of their chance, in ``bins`` of equal size."""
    order = np.argsort(chance, kind="mergesort")
    gaps = (np.asarray(outcomes, np.float64) - np.asarray(chance, np.float64))[order]
    places = np.arange(len(gaps)) * bins // max(1, len(gaps))
    return float(np.abs(np.bincount(places, gaps, bins)).sum() / max(1, len(gaps)))

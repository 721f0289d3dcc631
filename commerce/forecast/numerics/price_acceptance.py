"""How likely an invited buyer says yes at a price. NumPy only.

``logit P(yes) = a + b log(price / reference) + c km``, learned for everything together, then for
each kind, then for each product, each from the one above, widened. The slope ``b`` is below zero at
every level. It is a belief about a product, never about a person: two people at the same distance
have the same chance, and the price does not depend on it.

Priors from day one: at 15 % off and no way to go half say yes; ``b`` is -3 with a spread of 1, so
five answers move it a little and a thousand make it. With a flat prior five answers are worse than
none (households choosing among brands of ketchup: log loss 1.87, even odds have 1.39).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

# Order of the features of an answer.
ALWAYS, LOG_RATIO, KM = range(3)
PRIOR_MEAN = (-0.5, -3.0, -0.3)
PRIOR_SPREAD = (1.0, 1.0, 0.3)
# How far a kind may lie from everything, and a product from its kind.
KIND_SPREAD = (0.5, 0.7, 0.15)
PRODUCT_SPREAD = (0.4, 0.5, 0.1)
# A dearer offer never finds more takers: the least negative slope.
MOST_SLOPE = -0.1
# Normal quantile of a central range that holds with 80 %.
_Z_80 = 1.2816
_STEPS = 25
_STILL = 1e-9


@dataclass(frozen=True, slots=True)
class Belief:
    """Mean and covariance of (a, b, c), and how many answers they rest on."""

    mean: FloatArray
    covariance: FloatArray
    answers: int = 0

    @classmethod
    def prior(cls) -> Self:
        """What is believed before any answer."""
        return cls(np.array(PRIOR_MEAN), np.diag(np.square(PRIOR_SPREAD)))

    def widened(self, spread: tuple[float, ...]) -> Belief:
        """The prior of a level below: the same mean, less sure, no answers of its own."""
        return Belief(self.mean, self.covariance + np.diag(np.square(spread)))

    def chance(self, features: FloatArray) -> FloatArray:
        """Chance of a yes for each row of ``features``, averaged over what is not known."""
        middle, variance = self._odds(features)
        return _sigmoid(middle / np.sqrt(1 + np.pi * variance / 8))

    def chance_range(self, features: FloatArray) -> tuple[FloatArray, FloatArray]:
        """The range that holds the chance of each row with 80 %."""
        middle, variance = self._odds(features)
        reach = _Z_80 * np.sqrt(variance)
        return _sigmoid(middle - reach), _sigmoid(middle + reach)

    def _odds(self, features: FloatArray) -> tuple[FloatArray, FloatArray]:
        variance = np.einsum("ij,jk,ik->i", features, self.covariance, features)
        return features @ self.mean, variance

    def as_json(self) -> dict[str, Any]:
        """The belief as plain values."""
        return {
            "mean": [round(float(one), 6) for one in self.mean],
            "covariance": [[round(float(one), 8) for one in row] for row in self.covariance],
            "answers": self.answers,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """What ``as_json`` wrote."""
        return cls(np.array(stored["mean"]), np.array(stored["covariance"]), stored["answers"])


@dataclass(frozen=True, slots=True)
class Answer:
    """One invite with an answer: prices of a piece, the way to the shop, whether it was a yes."""

    kind: str
    product: str
    price_minor: int
    reference_minor: int
    distance_m: int
    is_yes: bool


def features_of(price_minor: float, reference_minor: float, distance_m: float) -> FloatArray:
    """Features of one offer, as a row."""
    ratio = max(price_minor, 1) / max(reference_minor, 1)
    return np.array([[1.0, np.log(ratio), distance_m / 1000]])


def updated(prior: Belief, features: FloatArray, is_yes: FloatArray) -> Belief:
    """Learn from answers by Laplace's method: Newton's steps to the mode, its curvature around."""
    precision = _inverse(prior.covariance)
    mean = _mode(prior.mean, precision, features, is_yes, fixed=False)
    if mean[LOG_RATIO] > MOST_SLOPE:
        start = mean.copy()
        start[LOG_RATIO] = MOST_SLOPE
        mean = _mode(prior.mean, precision, features, is_yes, fixed=True, start=start)
    chance = _sigmoid(features @ mean)
    curvature = precision + (features * (chance * (1 - chance))[:, None]).T @ features
    return Belief(mean, _inverse(curvature), prior.answers + len(is_yes))


def _mode(
    prior_mean: FloatArray,
    precision: FloatArray,
    features: FloatArray,
    is_yes: FloatArray,
    *,
    fixed: bool,
    start: FloatArray | None = None,
) -> FloatArray:
    """The most likely coefficients; with ``fixed`` the slope of the price stays where it starts."""
    mean = prior_mean.copy() if start is None else start
    free = np.array([index for index in range(len(mean)) if not (fixed and index == LOG_RATIO)])
    for _ in range(_STEPS):
        chance = _sigmoid(features @ mean)
        slope = features.T @ (is_yes - chance) - precision @ (mean - prior_mean)
        curvature = precision + (features * (chance * (1 - chance))[:, None]).T @ features
        step = np.linalg.solve(curvature[np.ix_(free, free)], slope[free])
        # Far from the mode a whole step can overshoot.
        step *= min(1.0, 2.0 / max(float(np.abs(step).max()), _STILL))
        mean[free] += step
        if float(np.abs(step).max()) < _STILL:
            break
    return mean


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Beliefs about everything, each kind and each product with answers."""

    everything: Belief = field(default_factory=Belief.prior)
    kinds: Mapping[str, Belief] = field(default_factory=dict)
    products: Mapping[str, Belief] = field(default_factory=dict)

    def of(self, kind: str, product: str) -> Belief:
        """The closest belief there is; one from above is widened on its way down."""
        if product in self.products:
            return self.products[product]
        return self.of_kind(kind).widened(PRODUCT_SPREAD)

    def of_kind(self, kind: str) -> Belief:
        """The belief about a kind."""
        return self.kinds.get(kind) or self.everything.widened(KIND_SPREAD)

    def answers(self, kind: str, product: str) -> int:
        """Answers that say something about the product: its own, else those of its kind."""
        if product in self.products:
            return self.products[product].answers
        return self.kinds[kind].answers if kind in self.kinds else 0

    def as_json(self) -> dict[str, Any]:
        """The beliefs as plain values."""
        return {
            "everything": self.everything.as_json(),
            "kinds": {key: one.as_json() for key, one in sorted(self.kinds.items())},
            "products": {key: one.as_json() for key, one in sorted(self.products.items())},
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """What ``as_json`` wrote."""
        return cls(
            Belief.from_json(stored["everything"]),
            {key: Belief.from_json(one) for key, one in stored["kinds"].items()},
            {key: Belief.from_json(one) for key, one in stored["products"].items()},
        )


def learn(answers: Iterable[Answer]) -> Acceptance:
    """Learn from the top down; the order of the answers does not matter."""
    rows = sorted(answers, key=lambda one: (one.kind, one.product, one.price_minor, one.distance_m))
    if not rows:
        return Acceptance()
    features = np.vstack(
        [features_of(one.price_minor, one.reference_minor, one.distance_m) for one in rows]
    )
    is_yes = np.array([float(one.is_yes) for one in rows])
    everything = updated(Belief.prior(), features, is_yes)
    kinds = {
        kind: updated(everything.widened(KIND_SPREAD), features[at], is_yes[at])
        for kind, at in _places(one.kind for one in rows).items()
    }
    kind_of = {one.product: one.kind for one in rows}
    products = {
        product: updated(kinds[kind_of[product]].widened(PRODUCT_SPREAD), features[at], is_yes[at])
        for product, at in _places(one.product for one in rows).items()
    }
    return Acceptance(everything, kinds, products)


def _places(keys: Iterable[str]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for index, key in enumerate(keys):
        places.setdefault(key, []).append(index)
    return places


def _inverse(matrix: FloatArray) -> FloatArray:
    return np.asarray(np.linalg.inv(matrix), np.float64)


def _sigmoid(odds: FloatArray) -> FloatArray:
    chance: FloatArray = 1 / (1 + np.exp(-np.clip(odds, -40, 40)))
    return chance

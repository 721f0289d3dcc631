"""The discount that a seller's hidden limit still allows. NumPy only.

The limit is a share of the price, normal on the log-odds. Nobody states it; answers bound it: a yes
to ``d`` says that it is at least ``d``, a no that it is below, a counter ``c`` that it is at least
``c``. Silence and standing rules say nothing: the one is no answer, the other no question.
It is learned for all sellers, then for each kind of product, then for each seller of the kind.

Priors from day one: a limit of 11 %, four in five sellers between 4 % and 25 %. Best-ever prices of
retail products lie 30 % below their mean (quartiles 21 % and 43 %), over years and not for minutes:
that is an upper bound, not a guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import exp, hypot, log
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

PRIOR_MEAN = log(0.11 / 0.89)
PRIOR_SPREAD = 0.8
# How far a kind may lie from all sellers, and a seller from the kind.
KIND_SPREAD = 0.4
SELLER_SPREAD = 0.6
# The same seller's limit is not the same at every ask: stock, weather, mood.
MOOD_SPREAD = 0.4
_Z_80 = 1.2816
# A logistic curve of this scale is within a hundredth of the normal one.
_LOGISTIC = 1.702
_GRID = np.linspace(log(0.002 / 0.998), log(0.85 / 0.15), 321)
_SMALLEST, _LARGEST = 0.001, 0.95


@dataclass(frozen=True, slots=True)
class Limit:
    """Belief about a limit on the log-odds, and how many answers it rests on."""

    mean: float = PRIOR_MEAN
    spread: float = PRIOR_SPREAD
    answers: int = 0

    def widened(self, spread: float) -> Limit:
        """The prior of a level below: less sure, no answers of its own."""
        return Limit(self.mean, hypot(self.spread, spread))

    def chance_of_yes(self, discount: float) -> float:
        """Chance that the seller agrees to a discount, a share of the price."""
        gap = self.mean - _odds(discount)
        return 1 / (1 + exp(-_LOGISTIC * gap / hypot(self.spread, MOOD_SPREAD)))

    @property
    def middle(self) -> float:
        """The limit that is as likely too high as too low, a share of the price."""
        return _share(self.mean)

    @property
    def range(self) -> tuple[float, float]:
        """Shares of the price between which the limit lies with 80 %."""
        reach = _Z_80 * self.spread
        return _share(self.mean - reach), _share(self.mean + reach)

    def as_json(self) -> dict[str, Any]:
        """The belief as plain values."""
        return {
            "mean": round(self.mean, 6),
            "spread": round(self.spread, 6),
            "answers": self.answers,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """What ``as_json`` wrote."""
        return cls(stored["mean"], stored["spread"], stored["answers"])


@dataclass(frozen=True, slots=True)
class Bound:
    """One answer: the limit was at least ``discount``, a share of the price, or below it."""

    kind: str
    seller: str
    discount: float
    is_at_least: bool


def updated(prior: Limit, bounds: Iterable[Bound], mood: float = MOOD_SPREAD) -> Limit:
    """Learn from answers, exactly on a grid of limits; ``mood`` is what blurs each answer."""
    rows = list(bounds)
    if not rows:
        return prior
    asked = np.array([_odds(one.discount) for one in rows])
    sign = np.array([1.0 if one.is_at_least else -1.0 for one in rows])
    gaps = sign * (_GRID[:, None] - asked) * _LOGISTIC / mood
    likelihood = -np.logaddexp(0.0, -gaps).sum(1)
    logs = likelihood - 0.5 * ((_GRID - prior.mean) / prior.spread) ** 2
    weights: FloatArray = np.exp(logs - logs.max())
    weights /= weights.sum()
    mean = float(weights @ _GRID)
    spread = float(np.sqrt(weights @ (_GRID - mean) ** 2))
    return Limit(mean, spread, prior.answers + len(rows))


@dataclass(frozen=True, slots=True)
class Limits:
    """Beliefs about all sellers, each kind, and each (kind, seller) with answers."""

    everything: Limit = field(default_factory=Limit)
    kinds: Mapping[str, Limit] = field(default_factory=dict)
    sellers: Mapping[tuple[str, str], Limit] = field(default_factory=dict)

    def of(self, kind: str, seller: str) -> Limit:
        """The closest belief there is; one from above is widened on its way down."""
        if (kind, seller) in self.sellers:
            return self.sellers[kind, seller]
        return self.of_kind(kind).widened(SELLER_SPREAD)

    def of_kind(self, kind: str) -> Limit:
        """The belief about a kind."""
        return self.kinds.get(kind) or self.everything.widened(KIND_SPREAD)

    def as_json(self) -> dict[str, Any]:
        """The beliefs as plain values."""
        return {
            "everything": self.everything.as_json(),
            "kinds": {key: one.as_json() for key, one in sorted(self.kinds.items())},
            "sellers": [[*key, one.as_json()] for key, one in sorted(self.sellers.items())],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """What ``as_json`` wrote."""
        return cls(
            Limit.from_json(stored["everything"]),
            {key: Limit.from_json(one) for key, one in stored["kinds"].items()},
            {(kind, seller): Limit.from_json(one) for kind, seller, one in stored["sellers"]},
        )


def learn(bounds: Iterable[Bound]) -> Limits:
    """Learn from the top down; above a seller, sellers differ beside their moods."""
    rows = list(bounds)
    kinds: dict[str, list[Bound]] = {}
    sellers: dict[tuple[str, str], list[Bound]] = {}
    for one in rows:
        kinds.setdefault(one.kind, []).append(one)
        sellers.setdefault((one.kind, one.seller), []).append(one)
    of_kind = hypot(MOOD_SPREAD, SELLER_SPREAD)
    everything = updated(Limit(), rows, hypot(of_kind, KIND_SPREAD))
    by_kind = {
        kind: updated(everything.widened(KIND_SPREAD), found, of_kind)
        for kind, found in kinds.items()
    }
    return Limits(
        everything,
        by_kind,
        {
            key: updated(by_kind[key[0]].widened(SELLER_SPREAD), found)
            for key, found in sellers.items()
        },
    )


def _odds(share: float) -> float:
    held = min(_LARGEST, max(_SMALLEST, share))
    return log(held / (1 - held))


def _share(odds: float) -> float:
    return 1 / (1 + exp(-odds))

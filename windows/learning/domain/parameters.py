"""Parameter sets as values: what each model can be, and how it is stored. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from commerce.forecast.numerics.attendance import START_SHOCK
from commerce.forecast.numerics.chance import Floats, log_odds_of
from commerce.forecast.numerics.trees import Forest
from iceshop.kernel.errors import Invalid
from windows.learning.domain.circumstances import PRIOR, prior
from windows.outcomes.domain import UNANSWERED_PERMILLE, show_permille

_CAME, _MISSED = 5, 6


class Model(StrEnum):
    """What is learned: who comes, how much people fail together, who says yes, who at which price.

    ``price`` is the response of invited buyers, ``limit`` the discount that sellers still allow.
    """

    SHOW = "show"
    SHOCK = "shock"
    ACCEPT = "accept"
    PRICE = "price"
    LIMIT = "limit"


class Kind(StrEnum):
    """How a parameter set computes; ``rule`` learns nothing and always works."""

    RULE = "rule"
    PRIOR = "prior"
    LOGISTIC = "logistic"
    TREES = "trees"
    SPREAD = "spread"
    SHARE = "share"
    POOLED = "pooled"


class SetState(StrEnum):
    """A challenger that lost is retired at once, with the reason."""

    CHAMPION = "champion"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class ShowModel:
    """Log-odds that somebody comes, from figures."""

    version: int
    kind: Kind
    coefficients: Floats
    forest: Forest | None = None

    @property
    def learns(self) -> bool:
        """Whether offsets of people and regions are added; the rule has history of its own."""
        return self.kind is not Kind.RULE

    def log_odds(self, figures: Floats) -> Floats:
        """Log-odds of each row of figures. Never fails for finite figures."""
        if self.kind is Kind.RULE:
            return _rule(figures)
        if self.forest is not None:
            return self.forest.raw(figures)
        return np.asarray(figures @ self.coefficients, np.float64)


BUILT_IN = ShowModel(0, Kind.PRIOR, prior().mean)


def rule_model(version: int = 0) -> ShowModel:
    """The model of the rule mode: a beta prior and what the person did."""
    return ShowModel(version, Kind.RULE, prior().mean)


def read_show(version: int, kind: Kind, payload: Mapping[str, Any], trees: bytes) -> ShowModel:
    """The model that was stored. Raises: Invalid("learning.unreadable")."""
    try:
        if kind is Kind.TREES:
            return ShowModel(version, kind, prior().mean, Forest.from_bytes(trees))
        found = np.array(payload["coefficients"], np.float64)
    except Exception as error:  # whatever is wrong with it, the rule takes over
        raise Invalid("learning.unreadable", version=version) from error
    if found.shape != (len(PRIOR),) or not np.isfinite(found).all():
        raise Invalid("learning.unreadable", version=version)
    return ShowModel(version, kind, found)


@dataclass(frozen=True, slots=True)
class Shocks:
    """How much people fail together, in thousandths of the log-odds: by region and in general."""

    version: int
    general_milli: int
    by_region: Mapping[str, int]

    def of(self, region: str) -> int:
        """The spread for a region; the general one where it has too few windows of its own."""
        return self.by_region.get(region, self.general_milli)


NO_SHOCKS = Shocks(0, round(START_SHOCK * 1000), {})


@dataclass(frozen=True, slots=True)
class Accepts:
    """The share of unanswered invites that still become a yes, in permille."""

    version: int
    permille: int


NO_ACCEPTS = Accepts(0, UNANSWERED_PERMILLE)


@dataclass(frozen=True, slots=True)
class Parameters:
    """What is in force: one set of each model. ``is_rule_mode``: the chosen one does not work."""

    show: ShowModel
    shocks: Shocks
    accepts: Accepts
    is_rule_mode: bool = False


UNLEARNED = Parameters(BUILT_IN, NO_SHOCKS, NO_ACCEPTS)


def _rule(figures: Floats) -> Floats:
    seen = np.rint(np.expm1(figures[:, [_CAME, _MISSED]])).astype(int)
    shares = [show_permille(came=int(came), missed=int(missed)) / 1000 for came, missed in seen]
    return log_odds_of(np.array(shares))

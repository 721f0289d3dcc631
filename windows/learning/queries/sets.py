"""Which parameter set of each model is in force."""

from __future__ import annotations

from functools import lru_cache

from iceshop.kernel.errors import Invalid
from windows.learning.domain.parameters import (
    BUILT_IN,
    NO_ACCEPTS,
    NO_SHOCKS,
    Accepts,
    Kind,
    Model,
    Parameters,
    SetState,
    Shocks,
    ShowModel,
    read_show,
    rule_model,
)
from windows.learning.models import ParameterSet


def in_force() -> Parameters:
    """The champion of each model; the rule where the chosen one cannot be read. One query.

    Trees are read once in a process, with a query more.
    """
    rows = {row.model: row for row in _champions()}
    show, is_rule = _show(rows.get(Model.SHOW))
    shock, accept = rows.get(Model.SHOCK), rows.get(Model.ACCEPT)
    try:
        shocks = NO_SHOCKS if shock is None else _shocks(shock)
        accepts = NO_ACCEPTS if accept is None else _accepts(accept)
    except (KeyError, TypeError, ValueError):
        shocks, accepts, is_rule = NO_SHOCKS, NO_ACCEPTS, True
    return Parameters(show, shocks, accepts, is_rule)


def _champions() -> list[ParameterSet]:
    return list(ParameterSet.objects.filter(state=SetState.CHAMPION).defer("trees"))


def _show(row: ParameterSet | None) -> tuple[ShowModel, bool]:
    """The model of a row, and whether the rule stands in for it."""
    if row is None:
        return BUILT_IN, False
    try:
        if row.kind == Kind.TREES:
            return _forest(row.pk), False
        return read_show(row.version, Kind(row.kind), row.payload, b""), False
    except Invalid:
        return rule_model(row.version), True


@lru_cache(maxsize=4)
def _forest(pk: int) -> ShowModel:
    row = ParameterSet.objects.get(pk=pk)
    return read_show(row.version, Kind(row.kind), row.payload, bytes(row.trees))


def _shocks(row: ParameterSet) -> Shocks:
    regions = {str(key): int(value) for key, value in row.payload["regions"].items()}
    return Shocks(row.version, int(row.payload["general"]), regions)


def _accepts(row: ParameterSet) -> Accepts:
    return Accepts(row.version, int(row.payload["permille"]))

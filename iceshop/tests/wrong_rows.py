"""Rows that a constraint is there to refuse, as data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from iceshop.infra.db import violated_constraint


@dataclass(frozen=True)
class Wrong:
    """Columns that make a row of ``model`` wrong; with ``is_copy`` a copy is stored with them.

    ``of`` chooses the row. A column may be a function, called when the row is stored.
    """

    model: type[models.Model]
    constraint: str
    columns: dict[str, Any]
    of: dict[str, Any]
    is_copy: bool = False

    def store(self) -> None:
        """Try to store the row."""
        rows = self.model._default_manager.filter(**self.of)
        if not self.is_copy:
            assert rows.update(**self.columns), f"no row to make wrong for {self.constraint}"
            return
        row = rows.order_by("pk")[0]
        row.pk, row._state.adding = self.model._meta.pk.get_default(), True
        for name, value in self.columns.items():
            setattr(row, name, value() if callable(value) else value)
        row.save(force_insert=True)


def changed(
    model: type[models.Model], constraint: str, of: dict[str, Any] | None = None, **columns: Any
) -> Wrong:
    """A row that becomes wrong."""
    return Wrong(model, constraint, columns, of or {})


def copied(
    model: type[models.Model], constraint: str, of: dict[str, Any] | None = None, **columns: Any
) -> Wrong:
    """A second row that may not stand beside the first."""
    return Wrong(model, constraint, columns, of or {}, is_copy=True)


def refusals(rows: Sequence[Wrong]) -> list[str]:
    """Name of the constraint that refuses each row."""
    return [_refusal(wrong) for wrong in rows]


def _refusal(wrong: Wrong) -> str:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        wrong.store()
    return violated_constraint(caught.value)


def constraints_of(app: str) -> set[str]:
    """Names of the constraints of an app's tables."""
    return {
        constraint.name
        for model in apps.get_app_config(app).get_models()
        for constraint in model._meta.constraints
    }

"""Every constraint has a name of its own, and a test that violates it."""

from __future__ import annotations

import ast
from collections import Counter
from itertools import chain

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import BaseConstraint

from iceshop.infra.db import CONSTRAINT_CODES
from iceshop.tests.architecture.sources import OURS, python_files, tree

# What tells a test the name of the constraint that refused a row.
_LOOKING = {"violated_constraint", "refusals"}


def constraints() -> list[tuple[str, BaseConstraint]]:
    """Name and constraint of every table of ours."""
    tables = chain.from_iterable(apps.get_app_config(app).get_models() for app in OURS)
    return [(one.name, one) for table in tables for one in table._meta.constraints]


def words_of_tests() -> set[str]:
    """Every text in a test that looks at the names of violated constraints."""
    found: set[str] = set()
    for path in python_files():
        nodes = list(ast.walk(tree(path))) if "tests" in path.parts else []
        if any(isinstance(node, ast.Name) and node.id in _LOOKING for node in nodes):
            found |= {
                node.value
                for node in nodes
                if isinstance(node, ast.Constant) and isinstance(node.value, str)
            }
    return found


def test_names_are_unique_over_all_tables() -> None:
    times = Counter(name for name, _ in constraints())
    assert [name for name, count in times.items() if count > 1] == []


def test_every_constraint_is_violated_by_a_test() -> None:
    assert sorted({name for name, _ in constraints()} - words_of_tests()) == []


@pytest.mark.django_db
def test_every_code_belongs_to_something_that_refuses_rows() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select conname from pg_constraint union select tgname from pg_trigger"
            " union select indexname from pg_indexes"
        )
        names = {name for (name,) in cursor.fetchall()}
    assert sorted(set(CONSTRAINT_CODES) - names) == []

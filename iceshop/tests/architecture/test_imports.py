"""Tables are private to their slice."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import grimp
import pytest

from iceshop.embedded.environment import ROOT

_APPS = ("iceshop", "accounts", "commerce", "windows", "whatsapp")


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph(*_APPS, exclude_type_checking_imports=True, cache_dir=None)


def _is_test(module: str) -> bool:
    return ".tests." in f"{module}."


def test_models_are_imported_only_by_their_own_slice(graph: grimp.ImportGraph) -> None:
    trespass = [
        (importer, module)
        for module in graph.modules
        if (parts := module.split("."))[-1:] == ["models"] and len(parts) > 2
        for importer in graph.find_modules_that_directly_import(module)
        if not (_is_test(importer) or ".migrations." in importer)
        and not importer.startswith(".".join(parts[:-1]) + ".")
        and importer != ".".join([*parts[:-2], "models"])
    ]

    assert sorted(trespass) == []


def _sources() -> Iterator[Path]:
    for app in _APPS:
        yield from (path for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts)


def test_no_module_reaches_for_a_model_by_its_name() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in _sources()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr == "get_model"
        and isinstance(node.value, ast.Name)
        and node.value.id == "apps"
    ]

    assert found == []


def test_relations_between_apps_name_no_way_back() -> None:
    """A ``related_name`` of another app's table would be a door into this one's."""
    import django.apps
    from django.db.models import ForeignKey, OneToOneField

    doors = [
        f"{model.__name__}.{field.name}"
        for model in django.apps.apps.get_models()
        if model.__module__.split(".")[0] in _APPS
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey | OneToOneField)
        and field.related_model._meta.app_label != model._meta.app_label
        and field.remote_field.related_name != "+"
    ]

    assert doors == []

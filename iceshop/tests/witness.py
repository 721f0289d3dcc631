"""What stands in the tables, so that a test can show that a refused command wrote nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps

_OURS = ("infra", "accounts", "commerce", "windows", "whatsapp")

Everything = dict[str, set[str]]


def everything() -> Everything:
    """Every row of every table of ours."""
    return {
        model._meta.label: {repr(row) for row in model._default_manager.values_list()}
        for label in _OURS
        for model in apps.get_app_config(label).get_models()
    }


@contextmanager
def nothing_written() -> Iterator[None]:
    """Compare all tables before and after; a raised error passes on."""
    before = everything()
    try:
        yield
    finally:
        assert everything() == before

"""The admin shows; only actions change, through services."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

M = TypeVar("M", bound=Model)


class ReadOnlyAdmin(admin.ModelAdmin, Generic[M]):  # type: ignore[type-arg]  # generic only in stubs
    """No adding, no deleting, no editing of fields; ``change`` permission allows the actions."""

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """All fields of the table."""
        return [field.name for field in self.model._meta.fields]  # noqa: SLF001  Django's own door

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

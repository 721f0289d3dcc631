"""Persons in the admin, to search and read."""

from __future__ import annotations

from django.contrib import admin

from accounts.identity.domain import IdentifierKind
from accounts.identity.models import Person, PersonIdentifier
from iceshop.infra.http.admin import ReadOnlyAdmin, masked


@admin.register(Person)
class PersonAdmin(ReadOnlyAdmin[Person]):
    """Persons, the newest first."""

    list_display = ("display_name", "language", "last_inbound_at", "created_at", "erased_at")
    list_filter = ("language", "created_at")
    search_fields = ("id", "display_name", "identifiers__value")
    ordering = ("-created_at",)


@admin.register(PersonIdentifier)
class PersonIdentifierAdmin(ReadOnlyAdmin[PersonIdentifier]):
    """Identifiers with their history; the list shows only the end of a phone number."""

    list_display = ("kind", "shown_value", "person", "created_at", "replaced_at")
    list_filter = ("kind", ("replaced_at", admin.EmptyFieldListFilter))
    search_fields = ("value", "person__display_name")
    list_select_related = ("person",)
    ordering = ("-created_at",)

    @admin.display(description="value")
    def shown_value(self, row: PersonIdentifier) -> str:
        """The value, of a phone number its end."""
        return masked(row.value) if row.kind == IdentifierKind.PHONE else row.value

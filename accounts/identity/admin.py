"""Persons in the admin, to search and read."""

from __future__ import annotations

from django.contrib import admin

from accounts.identity.models import Person, PersonIdentifier
from iceshop.infra.http.admin import ReadOnlyAdmin


@admin.register(Person)
class PersonAdmin(ReadOnlyAdmin[Person]):
    """Persons, the newest first."""

    list_display = ("display_name", "language", "last_inbound_at", "created_at", "erased_at")
    list_filter = ("language", "created_at")
    search_fields = ("id", "display_name", "identifiers__value")
    ordering = ("-created_at",)


@admin.register(PersonIdentifier)
class PersonIdentifierAdmin(ReadOnlyAdmin[PersonIdentifier]):
    """Identifiers with their history."""

    list_display = ("kind", "value", "person", "created_at", "replaced_at")
    list_filter = ("kind", ("replaced_at", admin.EmptyFieldListFilter))
    search_fields = ("value", "person__display_name")
    list_select_related = ("person",)
    ordering = ("-created_at",)

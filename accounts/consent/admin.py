"""The consent ledger in the admin, to search and read."""

from __future__ import annotations

from django.contrib import admin

from accounts.consent.models import ConsentEvent, ConsentState
from iceshop.infra.http.admin import ReadOnlyAdmin


@admin.register(ConsentEvent)
class ConsentEventAdmin(ReadOnlyAdmin[ConsentEvent]):
    """Events, the newest first."""

    list_display = ("at", "person", "purpose", "change", "wording", "language", "channel")
    list_filter = ("change", "purpose", "language", "channel", "at")
    search_fields = ("person__id", "person__display_name", "source_key")
    list_select_related = ("person",)
    ordering = ("-at",)


@admin.register(ConsentState)
class ConsentStateAdmin(ReadOnlyAdmin[ConsentState]):
    """Where persons stand."""

    list_display = ("person", "marketing", "opted_out_at", "asked_at")
    list_filter = ("marketing", ("opted_out_at", admin.EmptyFieldListFilter))
    search_fields = ("person__id", "person__display_name")
    list_select_related = ("person",)
    ordering = ("person",)

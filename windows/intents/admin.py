"""Intents in the admin: what is wanted, and what happened to it."""

from __future__ import annotations

from django.contrib import admin

from iceshop.infra.http.admin import ReadOnlyAdmin
from windows.intents.models import Intent, IntentEvent, IntentSpan


@admin.register(Intent)
class IntentAdmin(ReadOnlyAdmin[Intent]):
    """Intents, newest first."""

    list_display = (
        "created_at",
        "product_text",
        "person",
        "place_name",
        "party_size",
        "budget_minor",
        "state",
        "ends_at",
        "wait_reason",
    )
    # Wishes without a concept are the candidates for spellings that the catalogue lacks.
    list_filter = (
        "state",
        ("concept_key", admin.EmptyFieldListFilter),
        "concept_key",
        "wait_reason",
        "created_at",
    )
    search_fields = (
        "id",
        "source_key",
        "product_text",
        "place_name",
        "person__id",
        "person__display_name",
        "person__identifiers__value",
    )
    list_select_related = ("person",)
    date_hierarchy = "created_at"
    ordering = ("-created_at", "-id")


@admin.register(IntentSpan)
class IntentSpanAdmin(ReadOnlyAdmin[IntentSpan]):
    """When buyers can come."""

    list_display = ("intent", "starts_at", "ends_at")
    list_filter = ("starts_at",)
    search_fields = ("intent__id", "intent__product_text")
    list_select_related = ("intent",)
    date_hierarchy = "starts_at"
    ordering = ("-starts_at",)


@admin.register(IntentEvent)
class IntentEventAdmin(ReadOnlyAdmin[IntentEvent]):
    """What happened to intents, newest first."""

    list_display = ("at", "intent", "move", "to_state", "actor_kind", "reason")
    list_filter = ("move", "to_state", "actor_kind", "reason")
    search_fields = ("intent__id", "actor_key", "reason")
    list_select_related = ("intent",)
    date_hierarchy = "at"
    ordering = ("-at", "-id")

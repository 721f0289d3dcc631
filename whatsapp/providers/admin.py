"""Calls to outside services in the admin: how they went, and what they used."""

from __future__ import annotations

from django.contrib import admin

from iceshop.infra.http.admin import ReadOnlyAdmin
from whatsapp.providers.models import ProviderCall, ProviderDay


@admin.register(ProviderCall)
class ProviderCallAdmin(ReadOnlyAdmin[ProviderCall]):
    """Calls, newest first."""

    list_display = (
        "at",
        "service",
        "provider",
        "model",
        "result",
        "took_ms",
        "tokens_in",
        "tokens_out",
    )
    list_filter = ("service", "result", "model", "at")
    search_fields = ("provider", "model")
    date_hierarchy = "at"
    ordering = ("-at", "-id")


@admin.register(ProviderDay)
class ProviderDayAdmin(ReadOnlyAdmin[ProviderDay]):
    """What each day used of its budget, newest first."""

    list_display = ("asked_on", "service", "calls", "most_calls", "tokens", "most_tokens")
    list_filter = ("service", "asked_on")
    search_fields = ("service",)
    date_hierarchy = "asked_on"
    ordering = ("-asked_on", "service")

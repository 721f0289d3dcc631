"""Telephone calls in the admin; what was answered is for administrators only."""

from __future__ import annotations

from django.contrib import admin

from iceshop.infra.http.admin import ReadOnlyAdmin
from whatsapp.calls.models import VoiceCall, VoiceTurn


@admin.register(VoiceCall)
class VoiceCallAdmin(ReadOnlyAdmin[VoiceCall]):
    """Calls, newest first."""

    list_display = ("created_at", "person", "is_inbound", "state", "ended_reason", "cost_micros")
    list_filter = ("is_inbound", "state", "ended_reason", "created_at")
    search_fields = ("id", "vapi_id", "person__id", "person__identifiers__value")
    list_select_related = ("person",)
    date_hierarchy = "created_at"
    ordering = ("-created_at", "-id")


@admin.register(VoiceTurn)
class VoiceTurnAdmin(ReadOnlyAdmin[VoiceTurn]):
    """What was done and answered in calls, newest first."""

    list_display = ("at", "call", "tool")
    list_filter = ("tool", "at")
    search_fields = ("call__id", "key")
    list_select_related = ("call",)
    date_hierarchy = "at"
    ordering = ("-at", "-id")
    administrators_only = ("answer",)

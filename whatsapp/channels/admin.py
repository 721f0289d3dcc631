"""SMS in the admin; what they say is for administrators only."""

from __future__ import annotations

from django.contrib import admin

from iceshop.infra.http.admin import ReadOnlyAdmin
from whatsapp.channels.models import SmsMessage


@admin.register(SmsMessage)
class SmsMessageAdmin(ReadOnlyAdmin[SmsMessage]):
    """SMS, newest first, with what they cost."""

    list_display = ("created_at", "person", "encoding", "parts", "cost_micros", "state", "code")
    list_filter = ("state", "encoding", "parts", "created_at")
    search_fields = ("id", "gateway_id", "person__id", "person__identifiers__value")
    list_select_related = ("person",)
    date_hierarchy = "created_at"
    ordering = ("-created_at", "-id")
    administrators_only = ("text",)

"""Voice notes that are waited for, in the admin; their words are for administrators only."""

from __future__ import annotations

from django.contrib import admin

from iceshop.infra.http.admin import ReadOnlyAdmin
from whatsapp.voice.models import VoiceNote


@admin.register(VoiceNote)
class VoiceNoteAdmin(ReadOnlyAdmin[VoiceNote]):
    """Notes, longest waiting first."""

    list_display = ("item", "state", "reason", "attempts", "asked_at", "due_at")
    list_filter = ("state", "reason", "asked_at")
    search_fields = ("item__key",)
    list_select_related = ("item",)
    date_hierarchy = "asked_at"
    ordering = ("asked_at",)
    administrators_only = ("text",)

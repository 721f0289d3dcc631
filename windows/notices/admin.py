"""Planned notices in the admin, to search and read."""

from __future__ import annotations

from django.contrib import admin

from iceshop.infra.http.admin import ReadOnlyAdmin
from windows.notices.models import Notice


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin[Notice]):
    """Notices, newest first; what became of one stands in the outbox under its key."""

    list_display = (
        "created_at",
        "kind",
        "person",
        "not_before",
        "useful_until",
        "outcome",
        "reason",
        "channel",
        "form",
        "unreached_at",
    )
    list_filter = (
        ("unreached_at", admin.EmptyFieldListFilter),
        "outcome",
        "reason",
        "channel",
        "form",
        "kind",
        "notice_class",
        "created_at",
    )
    search_fields = ("dedupe_key", "subject_id", "person__id", "person__identifiers__value")
    administrators_only = ("panel_text",)
    list_select_related = ("person",)
    date_hierarchy = "created_at"
    ordering = ("-created_at", "-id")

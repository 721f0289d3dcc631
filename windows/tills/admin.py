"""Tills in the admin, to search and read."""

from __future__ import annotations

from django.contrib import admin

from iceshop.infra.http.admin import ReadOnlyAdmin
from windows.tills.models import TillDevice


@admin.register(TillDevice)
class TillDeviceAdmin(ReadOnlyAdmin[TillDevice]):
    """Tills, newest first; a PIN's digest is nobody's business."""

    list_display = ("created_at", "store", "number", "name", "is_linked", "seen_at", "revoked_at")
    list_filter = ("is_linked", "created_at", "store")
    search_fields = ("id", "name", "store__name")
    list_select_related = ("store",)
    date_hierarchy = "created_at"
    ordering = ("-created_at", "-id")
    exclude = ("pin_hash", "key")

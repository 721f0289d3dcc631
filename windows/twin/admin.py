"""The twin's errors in the admin, to search and read."""

from __future__ import annotations

from django.contrib import admin

from iceshop.infra.http.admin import ReadOnlyAdmin
from windows.twin.models import TwinCheck


@admin.register(TwinCheck)
class TwinCheckAdmin(ReadOnlyAdmin[TwinCheck]):
    """What was said of finished windows on their own terms, newest first."""

    list_display = ("made_at", "window", "said_milli", "low", "high", "revenue_minor", "answers")
    list_filter = ("made_at", "window__store")
    search_fields = ("window__id", "window__store__name")
    list_select_related = ("window",)
    date_hierarchy = "made_at"
    ordering = ("-made_at",)

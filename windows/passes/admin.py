"""Passes and scans in the admin, to search and read."""

from __future__ import annotations

from django.contrib import admin

from iceshop.infra.http.admin import ReadOnlyAdmin
from windows.passes.models import Pass, PassScan, ScanQuestion


@admin.register(Pass)
class PassAdmin(ReadOnlyAdmin[Pass]):
    """Passes, newest first; the code admits whoever shows it, so operators do not see it."""

    list_display = ("created_at", "window", "seat")
    list_filter = ("created_at",)
    search_fields = ("=code", "window__id", "seat__id", "seat__person__identifiers__value")
    list_select_related = ("window", "seat")
    date_hierarchy = "created_at"
    ordering = ("-created_at", "-id")
    administrators_only = ("code",)


@admin.register(PassScan)
class PassScanAdmin(ReadOnlyAdmin[PassScan]):
    """Attempts to check in, newest first."""

    list_display = ("at", "store", "seat", "people", "code", "means", "device", "received_at")
    list_filter = ("is_admitted", "code", "means", "at", "store")
    search_fields = ("nonce", "device", "store__name", "seat__id", "seat__window__id")
    list_select_related = ("store", "seat")
    date_hierarchy = "at"
    ordering = ("-at", "-id")


@admin.register(ScanQuestion)
class ScanQuestionAdmin(ReadOnlyAdmin[ScanQuestion]):
    """What scans left to a person to decide, newest first."""

    list_display = ("opened_at", "store", "kind", "scan", "answer", "answered_at", "actor_kind")
    list_filter = ("kind", "answer", "opened_at", "store")
    search_fields = ("id", "store__name", "scan__nonce", "scan__device")
    list_select_related = ("store", "scan")
    date_hierarchy = "opened_at"
    ordering = ("-opened_at", "-id")

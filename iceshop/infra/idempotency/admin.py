"""Kept answers in the admin: who used which key; the bodies are not shown."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from iceshop.infra.http.admin import ReadOnlyAdmin
from iceshop.infra.idempotency.models import IdempotencyRecord


@admin.register(IdempotencyRecord)
class IdempotencyRecordAdmin(ReadOnlyAdmin[IdempotencyRecord]):
    """Keys, the newest first."""

    list_display = ("created_at", "route", "principal", "key", "status", "lease_until")
    list_filter = ("status", "created_at")
    search_fields = ("key", "principal", "route")
    date_hierarchy = "created_at"
    ordering = ("-created_at",)
    exclude = ("body",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """All but the body."""
        return [name for name in super().get_readonly_fields(request, obj) if name != "body"]

"""Signs of life in the admin."""

from __future__ import annotations

from django.contrib import admin

from iceshop.infra.http.admin import ReadOnlyAdmin
from iceshop.infra.schedule.models import Heartbeat


@admin.register(Heartbeat)
class HeartbeatAdmin(ReadOnlyAdmin[Heartbeat]):
    """Processes and when they last said that they live."""

    list_display = ("process", "at")
    search_fields = ("process",)
    ordering = ("process",)

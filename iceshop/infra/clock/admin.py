"""The clock's shift in the admin."""

from __future__ import annotations

from django.contrib import admin

from iceshop.infra.clock.models import ClockShift
from iceshop.infra.http.admin import ReadOnlyAdmin


@admin.register(ClockShift)
class ClockShiftAdmin(ReadOnlyAdmin[ClockShift]):
    """How far the simulator has set the clock forward."""

    list_display = ("shown_at", "real_at", "rate")
    search_fields = ("rate",)
    ordering = ("pk",)

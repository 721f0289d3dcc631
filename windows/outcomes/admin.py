"""Outcomes and results in the admin, to search and read."""

from __future__ import annotations

from django.contrib import admin

from iceshop.infra.http.admin import ReadOnlyAdmin
from windows.outcomes.models import SeatEstimate, SeatOutcome, WindowResult


@admin.register(SeatOutcome)
class SeatOutcomeAdmin(ReadOnlyAdmin[SeatOutcome]):
    """How seats ended, newest first."""

    list_display = ("at", "window", "person", "kind", "people", "paid_minor")
    list_filter = ("kind", "at")
    search_fields = ("seat__id", "window__id", "person__id", "person__identifiers__value")
    list_select_related = ("window", "person")
    date_hierarchy = "at"
    ordering = ("-at",)


@admin.register(SeatEstimate)
class SeatEstimateAdmin(ReadOnlyAdmin[SeatEstimate]):
    """What was said of seats before their people came, newest first."""

    list_display = ("made_at", "window", "seat", "permille", "kind", "version", "region")
    list_filter = ("kind", "version", "made_at")
    search_fields = ("seat__id", "window__id", "region")
    list_select_related = ("window", "seat")
    date_hierarchy = "made_at"
    ordering = ("-made_at",)


@admin.register(WindowResult)
class WindowResultAdmin(ReadOnlyAdmin[WindowResult]):
    """Results, newest first: what was predicted, who came, what it brought."""

    list_display = (
        "recorded_at",
        "window__store__name",
        "predicted_low",
        "predicted_high",
        "confirmed",
        "came",
        "missed",
        "new_people",
        "revenue_minor",
        "discount_minor",
    )
    list_filter = ("recorded_at", "window__store")
    search_fields = ("window__id", "window__store__name")
    list_select_related = ("window__store",)
    date_hierarchy = "recorded_at"
    ordering = ("-recorded_at",)

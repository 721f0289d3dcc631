"""Forecasts in the admin, to search and read."""

from __future__ import annotations

from django.contrib import admin

from commerce.forecast.models import (
    CountedHour,
    DemandCount,
    DemandFit,
    ForeseenWeek,
    UnservedDemand,
)
from iceshop.infra.http.admin import ReadOnlyAdmin


@admin.register(CountedHour)
class CountedHourAdmin(ReadOnlyAdmin[CountedHour]):
    """Hours that were counted, newest first."""

    list_display = ("at", "wishes", "counted_at")
    list_filter = ("at",)
    search_fields = ("at",)
    ordering = ("-at",)


@admin.register(DemandCount)
class DemandCountAdmin(ReadOnlyAdmin[DemandCount]):
    """Wishes by hour, kind and cell."""

    list_display = ("hour", "kind", "cell", "wishes", "timezone")
    list_filter = ("timezone",)
    search_fields = ("kind", "cell")
    list_select_related = ("hour",)
    ordering = ("-hour_id", "kind", "cell")


@admin.register(UnservedDemand)
class UnservedDemandAdmin(ReadOnlyAdmin[UnservedDemand]):
    """Wishes that nobody served."""

    list_display = ("kind", "cell", "level", "wishes", "people", "counted_at")
    list_filter = ("level",)
    search_fields = ("kind", "cell")
    ordering = ("-people", "kind", "cell")


@admin.register(DemandFit)
class DemandFitAdmin(ReadOnlyAdmin[DemandFit]):
    """Versions of the forecast: who serves and why, newest first."""

    list_display = (
        "made_at",
        "timezone",
        "version",
        "trees_serve",
        "reason",
        "weeks",
        "hours",
        "wishes",
        "series",
        "dispersion",
        "inner_level",
    )
    list_filter = ("timezone", "trees_serve", "reason")
    search_fields = ("timezone", "reason")
    ordering = ("-made_at",)


@admin.register(ForeseenWeek)
class ForeseenWeekAdmin(ReadOnlyAdmin[ForeseenWeek]):
    """Which kinds and cells the fit speaks of."""

    list_display = ("fit", "kind", "cell")
    list_filter = ("fit__timezone",)
    search_fields = ("kind", "cell")
    list_select_related = ("fit",)
    exclude = ("rates",)
    ordering = ("kind", "cell")

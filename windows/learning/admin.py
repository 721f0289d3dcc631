"""What was learned, in the admin, to search and read."""

from __future__ import annotations

from django.contrib import admin

from iceshop.infra.http.admin import ReadOnlyAdmin
from windows.learning.models import DriftCheck, Offset, ParameterSet, RangeCheck


@admin.register(ParameterSet)
class ParameterSetAdmin(ReadOnlyAdmin[ParameterSet]):
    """Versions, newest first."""

    list_display = (
        "made_at",
        "model",
        "version",
        "kind",
        "state",
        "reason",
        "outcomes",
        "self_caused_ppm",
        "trained_through",
    )
    list_filter = ("model", "state", "reason", "kind")
    search_fields = ("model",)
    exclude = ("trees",)
    ordering = ("-made_at",)


@admin.register(Offset)
class OffsetAdmin(ReadOnlyAdmin[Offset]):
    """Offsets of people and regions."""

    list_display = ("moved_at", "person", "region", "mean", "precision", "came", "missed")
    list_filter = ("moved_at",)
    search_fields = ("region", "person__id", "person__identifiers__value")
    list_select_related = ("person",)
    ordering = ("-moved_at",)


@admin.register(RangeCheck)
class RangeCheckAdmin(ReadOnlyAdmin[RangeCheck]):
    """What was said of windows and what happened."""

    list_display = ("at", "window", "mean_milli", "low_80", "high_80", "came", "people", "version")
    list_filter = ("at", "version")
    search_fields = ("window__id",)
    list_select_related = ("window",)
    date_hierarchy = "at"
    ordering = ("-at",)


@admin.register(DriftCheck)
class DriftCheckAdmin(ReadOnlyAdmin[DriftCheck]):
    """Judgements by day."""

    list_display = ("on", "drift", "windows", "held_90", "made_at")
    list_filter = ("drift",)
    search_fields = ("drift",)
    ordering = ("-on",)

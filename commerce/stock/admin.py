"""Stock in the admin, to search and read."""

from __future__ import annotations

from django.contrib import admin

from commerce.stock.models import StockLevel, StockMovement, StockReservation
from iceshop.infra.http.admin import ReadOnlyAdmin

_SEARCH = ("offering__id", "offering__product__name_tr", "offering__store__name")


@admin.register(StockLevel)
class StockLevelAdmin(ReadOnlyAdmin[StockLevel]):
    """Units on hand and promised."""

    list_display = ("offering__product__name_tr", "offering__store__name", "on_hand", "reserved")
    list_filter = ("offering__store",)
    search_fields = _SEARCH
    list_select_related = ("offering__product", "offering__store")
    ordering = ("offering",)


@admin.register(StockMovement)
class StockMovementAdmin(ReadOnlyAdmin[StockMovement]):
    """Changes of the units on hand, newest first."""

    list_display = (
        "at",
        "offering__product__name_tr",
        "offering__store__name",
        "kind",
        "quantity",
        "by",
        "source_key",
    )
    list_filter = ("kind", "at")
    search_fields = (*_SEARCH, "source_key")
    list_select_related = ("offering__product", "offering__store")
    ordering = ("-at",)


@admin.register(StockReservation)
class StockReservationAdmin(ReadOnlyAdmin[StockReservation]):
    """Units promised, newest first."""

    list_display = (
        "created_at",
        "offering__product__name_tr",
        "offering__store__name",
        "quantity",
        "sold",
        "state",
        "source_key",
    )
    list_filter = ("state", "created_at")
    search_fields = (*_SEARCH, "source_key")
    list_select_related = ("offering__product", "offering__store")
    ordering = ("-created_at",)

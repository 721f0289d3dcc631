"""What sellers said, in the admin, to search and read."""

from __future__ import annotations

from django.contrib import admin

from commerce.offers.models import StatedOffer
from iceshop.infra.http.admin import ReadOnlyAdmin


@admin.register(StatedOffer)
class StatedOfferAdmin(ReadOnlyAdmin[StatedOffer]):
    """Statements, newest first."""

    list_display = ("at", "offering__product__name_tr", "offering__store__name", "by", "source_key")
    list_filter = ("at",)
    search_fields = ("source_key", "by", "offering__id", "offering__product__name_tr")
    list_select_related = ("offering__product", "offering__store")
    ordering = ("-at",)

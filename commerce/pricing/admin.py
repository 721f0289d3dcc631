"""Prices, terms and ladders in the admin, to search and read."""

from __future__ import annotations

from django.contrib import admin

from commerce.pricing.models import BenefitTier, OfferingTerms, PriceRecord
from iceshop.infra.http.admin import ReadOnlyAdmin

_SEARCH = ("offering__product__name_tr", "offering__product__name_en", "offering__store__name")


@admin.register(PriceRecord)
class PriceRecordAdmin(ReadOnlyAdmin[PriceRecord]):
    """The price history, newest first."""

    list_display = (
        "valid_from",
        "offering__product__name_tr",
        "offering__store__name",
        "price_minor",
        "currency",
        "source",
        "by",
    )
    list_filter = ("source", "currency", "valid_from")
    search_fields = (*_SEARCH, "offering__id")
    list_select_related = ("offering__product", "offering__store")
    ordering = ("-valid_from",)


@admin.register(OfferingTerms)
class OfferingTermsAdmin(ReadOnlyAdmin[OfferingTerms]):
    """What sellers allow."""

    list_display = (
        "offering__product__name_tr",
        "offering__store__name",
        "min_people",
        "max_people",
        "floor_price_minor",
        "unit_cost_minor",
        "answers_by_rule",
    )
    list_filter = ("answers_by_rule", "min_people")
    search_fields = (*_SEARCH, "offering__id")
    list_select_related = ("offering__product", "offering__store")
    ordering = ("offering",)


@admin.register(BenefitTier)
class BenefitTierAdmin(ReadOnlyAdmin[BenefitTier]):
    """Steps of the ladders."""

    list_display = (
        "offering__product__name_tr",
        "offering__store__name",
        "min_people",
        "kind",
        "percent_bp",
        "amount_minor",
        "price_minor",
    )
    list_filter = ("kind", "min_people")
    search_fields = (*_SEARCH, "offering__id", "words_tr", "words_en")
    list_select_related = ("offering__product", "offering__store")
    ordering = ("offering", "min_people")

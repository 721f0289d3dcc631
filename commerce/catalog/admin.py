"""Concepts, products, aliases and offerings in the admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from commerce.catalog.models import Concept, ConceptAlias, Offering, Product, ProductAlias
from commerce.catalog.services import set_concept_restricted, set_restricted, switch_offering
from commerce.places.domain import name_key
from iceshop.infra import clock
from iceshop.infra.http.admin import ReadOnlyAdmin
from iceshop.kernel.actors import Actor


@admin.register(Concept)
class ConceptAdmin(ReadOnlyAdmin[Concept]):
    """Concepts; the goods policy changes by action."""

    list_display = ("key", "name_tr", "name_en", "parent", "category", "is_restricted")
    list_filter = ("is_restricted", "category")
    search_fields = ("key", "name_tr", "name_en", "aliases__folded")
    ordering = ("key",)
    actions = ("ban", "allow")

    @admin.action(description="Ban under the goods policy", permissions=["change"])
    def ban(self, request: HttpRequest, queryset: QuerySet[Concept]) -> None:
        """No goods of the chosen concepts are sold from now on."""
        self._set(request, queryset, is_restricted=True)

    @admin.action(description="Allow again", permissions=["change"])
    def allow(self, request: HttpRequest, queryset: QuerySet[Concept]) -> None:
        """Lift the ban of the chosen concepts."""
        self._set(request, queryset, is_restricted=False)

    def _set(
        self, request: HttpRequest, queryset: QuerySet[Concept], *, is_restricted: bool
    ) -> None:
        for key in queryset.values_list("pk", flat=True):
            set_concept_restricted(
                key=key,
                is_restricted=is_restricted,
                by=Actor.staff(request.user.pk),
                now=clock.now(),
            )


class AliasForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in stubs
    """Takes a name as people write it and stores its matching key beside it."""

    folded = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        fields = "__all__"  # noqa: DJ007  a table of four columns, all of them harmless

    field_order = ("text", "folded")

    def clean_folded(self) -> str:
        """The matching key of the name; as a field of the form it is checked for being taken."""
        key = name_key(self.cleaned_data.get("text", ""))
        if not key:
            raise forms.ValidationError("Letters or digits are needed.")
        return key


@admin.register(ConceptAlias)
class ConceptAliasAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic only in stubs
    """Spellings of concepts, which may be added here."""

    form: Any = AliasForm
    list_display = ("text", "folded", "concept")
    list_filter = ("concept__category",)
    search_fields = ("text", "folded", "concept__key")
    list_select_related = ("concept",)
    autocomplete_fields = ("concept",)
    ordering = ("folded",)


@admin.register(Product)
class ProductAdmin(ReadOnlyAdmin[Product]):
    """Products; the goods policy changes by action."""

    list_display = ("name_tr", "name_en", "organisation", "concept", "is_restricted", "is_active")
    list_filter = ("is_restricted", "is_active", "concept__category")
    search_fields = ("id", "name_tr", "name_en", "folded", "external_id", "organisation__name")
    list_select_related = ("organisation", "concept")
    ordering = ("organisation__name", "folded")
    actions = ("ban", "allow")

    @admin.action(description="Ban under the goods policy", permissions=["change"])
    def ban(self, request: HttpRequest, queryset: QuerySet[Product]) -> None:
        """The chosen products are not sold from now on."""
        self._set(request, queryset, is_restricted=True)

    @admin.action(description="Allow again", permissions=["change"])
    def allow(self, request: HttpRequest, queryset: QuerySet[Product]) -> None:
        """Lift the ban of the chosen products."""
        self._set(request, queryset, is_restricted=False)

    def _set(
        self, request: HttpRequest, queryset: QuerySet[Product], *, is_restricted: bool
    ) -> None:
        for product_id in queryset.values_list("pk", flat=True):
            set_restricted(
                product_id=product_id,
                is_restricted=is_restricted,
                by=Actor.staff(request.user.pk),
                now=clock.now(),
            )


@admin.register(ProductAlias)
class ProductAliasAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic only in stubs
    """Other names of products, which may be added here."""

    form: Any = AliasForm
    list_display = ("text", "folded", "language", "product")
    list_filter = ("language",)
    search_fields = ("text", "folded", "product__name_tr")
    list_select_related = ("product",)
    autocomplete_fields = ("product",)
    ordering = ("folded",)


@admin.register(Offering)
class OfferingAdmin(ReadOnlyAdmin[Offering]):
    """Offerings; they are paused and resumed by action."""

    list_display = ("product", "store", "is_active", "created_at")
    list_filter = ("is_active", "store")
    search_fields = ("id", "product__name_tr", "product__name_en", "store__name")
    list_select_related = ("product", "store")
    ordering = ("store__name", "product__folded")
    actions = ("pause", "resume")

    @admin.action(description="Pause", permissions=["change"])
    def pause(self, request: HttpRequest, queryset: QuerySet[Offering]) -> None:
        """Take the chosen offerings out of new rounds."""
        self._set(request, queryset, is_active=False)

    @admin.action(description="Resume", permissions=["change"])
    def resume(self, request: HttpRequest, queryset: QuerySet[Offering]) -> None:
        """Put the chosen offerings on sale again."""
        self._set(request, queryset, is_active=True)

    def _set(self, request: HttpRequest, queryset: QuerySet[Offering], *, is_active: bool) -> None:
        for offering_id in queryset.values_list("pk", flat=True):
            switch_offering(
                offering_id=offering_id,
                is_active=is_active,
                by=Actor.staff(request.user.pk),
                now=clock.now(),
            )

"""Stores, hours and named places in the admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from commerce.places.domain import StoreState, name_key
from commerce.places.models import Neighbourhood, NeighbourhoodAlias, Store, StoreHours
from commerce.places.services import set_store_state
from iceshop.infra import clock
from iceshop.infra.http.admin import ReadOnlyAdmin
from iceshop.kernel.actors import Actor


@admin.register(Store)
class StoreAdmin(ReadOnlyAdmin[Store]):
    """Stores; the state changes by action."""

    list_display = ("name", "organisation", "neighbourhood", "state", "timezone", "external_id")
    list_filter = ("state", "tile", "neighbourhood")
    search_fields = ("id", "name", "address", "external_id", "organisation__name")
    list_select_related = ("organisation",)
    ordering = ("name",)
    actions = ("pause", "resume")

    @admin.action(description="Pause", permissions=["change"])
    def pause(self, request: HttpRequest, queryset: QuerySet[Store]) -> None:
        """Take the chosen stores out of new rounds."""
        self._set_state(request, queryset, StoreState.PAUSED)

    @admin.action(description="Resume", permissions=["change"])
    def resume(self, request: HttpRequest, queryset: QuerySet[Store]) -> None:
        """Let the chosen stores take part again."""
        self._set_state(request, queryset, StoreState.ACTIVE)

    def _set_state(
        self, request: HttpRequest, queryset: QuerySet[Store], state: StoreState
    ) -> None:
        for store_id in queryset.values_list("pk", flat=True):
            set_store_state(
                store_id=store_id, state=state, by=Actor.staff(request.user.pk), now=clock.now()
            )


@admin.register(StoreHours)
class StoreHoursAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic only in stubs
    """Opening hours, which may be corrected here."""

    list_display = ("store", "weekday", "opens_minute", "closes_minute")
    list_filter = ("weekday",)
    search_fields = ("store__name",)
    list_select_related = ("store",)
    autocomplete_fields = ("store",)
    ordering = ("store__name", "weekday", "opens_minute")


@admin.register(Neighbourhood)
class NeighbourhoodAdmin(ReadOnlyAdmin[Neighbourhood]):
    """Named places."""

    list_display = ("name", "kind", "parent_key", "latitude", "longitude")
    list_filter = ("kind", "parent_key")
    search_fields = ("key", "name", "aliases__folded")
    ordering = ("name",)


class SpellingForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in stubs
    """Takes a spelling as people write it and stores its key."""

    def clean_folded(self) -> str:
        """The matching key."""
        key = name_key(self.cleaned_data["folded"])
        if not key:
            raise forms.ValidationError("Letters or digits are needed.")
        return key


@admin.register(NeighbourhoodAlias)
class NeighbourhoodAliasAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic only in stubs
    """Spellings of places, which may be added here."""

    form: Any = SpellingForm
    list_display = ("folded", "neighbourhood")
    list_filter = ("neighbourhood__kind",)
    search_fields = ("folded", "neighbourhood__name")
    list_select_related = ("neighbourhood",)
    autocomplete_fields = ("neighbourhood",)
    ordering = ("folded",)

"""Requests to be erased in the admin; carrying one out is one action."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.privacy.models import ErasureRequest
from accounts.privacy.services import erase_person
from iceshop.infra import clock
from iceshop.infra.http.admin import ReadOnlyAdmin, staff


@admin.register(ErasureRequest)
class ErasureRequestAdmin(ReadOnlyAdmin[ErasureRequest]):
    """Requests, those that are open first."""

    list_display = ("asked_at", "person", "due_at", "done_at", "rows")
    list_filter = (("done_at", admin.EmptyFieldListFilter), "asked_at")
    search_fields = ("person__id",)
    list_select_related = ("person",)
    date_hierarchy = "asked_at"
    ordering = ("done_at", "due_at", "-id")
    actions = ("erase",)

    @admin.action(description="Erase now; held seats are given back", permissions=["change"])
    def erase(self, request: HttpRequest, queryset: QuerySet[ErasureRequest]) -> None:
        """Erase the chosen people."""
        by, now = staff(request), clock.now()
        self.act(
            request,
            queryset.values_list("person_id", flat=True),
            lambda person_id: erase_person(person_id=person_id, by=by, now=now),
        )

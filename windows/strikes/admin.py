"""Strikes in the admin: to read, and to forgive after an appeal."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from iceshop.infra import clock
from iceshop.infra.http.admin import ReadOnlyAdmin, ReasonForm, reason_of, staff
from windows.strikes import services
from windows.strikes.models import Strike


@admin.register(Strike)
class StrikeAdmin(ReadOnlyAdmin[Strike]):
    """Missed seats, newest first, with their end and why they were forgiven."""

    list_display = ("missed_at", "person", "ends_at", "forgiven_at", "forgiven_because", "note")
    list_filter = ("forgiven_because", "missed_at")
    search_fields = ("seat__id", "person__id", "person__identifiers__value")
    list_select_related = ("person",)
    date_hierarchy = "missed_at"
    ordering = ("-missed_at",)
    action_form = ReasonForm
    actions = ("forgive",)

    @admin.action(description="Forgive, with a reason", permissions=["change"])
    def forgive(self, request: HttpRequest, rows: QuerySet[Strike]) -> None:
        """Take the chosen strikes away."""
        reason, by, now = reason_of(request), staff(request), clock.now()
        keys = rows.values_list("pk", flat=True)
        self.act(
            request,
            keys,
            lambda key: services.forgive(strike_id=key, note=reason, by=by, now=now),
        )

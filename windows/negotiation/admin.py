"""Asks in the admin: read, and refused for a seller who cannot."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from iceshop.infra import clock
from iceshop.infra.db import run_operation
from iceshop.infra.http.admin import ReadOnlyAdmin, staff
from windows.negotiation.models import Ask, AskEvent, AskMember
from windows.negotiation.services import refuse


@admin.register(Ask)
class AskAdmin(ReadOnlyAdmin[Ask]):
    """Asks, newest first."""

    list_display = (
        "created_at",
        "store",
        "offering__product__name_tr",
        "state",
        "people",
        "price_minor",
        "agreed_price_minor",
        "starts_at",
        "answer_by",
        "by_rule",
    )
    list_filter = ("state", "by_rule", "created_at", "store")
    search_fields = ("id", "decision_key", "store__name", "offering__product__name_tr")
    list_select_related = ("store", "offering__product")
    date_hierarchy = "created_at"
    ordering = ("-created_at", "-id")
    actions = ("refuse",)

    @admin.action(description="Refuse for the seller", permissions=["change"])
    def refuse(self, request: HttpRequest, queryset: QuerySet[Ask]) -> None:
        """Say no to the chosen asks."""
        by, now = staff(request), clock.now()
        self.act(
            request,
            queryset.values_list("pk", flat=True),
            lambda ask_id: run_operation(refuse, ask_id=ask_id, by=by, now=now),
        )


@admin.register(AskMember)
class AskMemberAdmin(ReadOnlyAdmin[AskMember]):
    """Buyers of the asked groups."""

    list_display = ("ask", "intent", "person", "people", "budget_minor", "is_live")
    list_filter = ("is_live",)
    search_fields = ("ask__id", "intent__id", "person__id", "person__identifiers__value")
    list_select_related = ("ask", "intent", "person")
    ordering = ("-id",)


@admin.register(AskEvent)
class AskEventAdmin(ReadOnlyAdmin[AskEvent]):
    """What happened to asks, newest first."""

    list_display = ("at", "ask", "move", "actor_kind", "actor_key")
    list_filter = ("move", "actor_kind")
    search_fields = ("ask__id", "actor_key")
    list_select_related = ("ask",)
    date_hierarchy = "at"
    ordering = ("-at", "-id")

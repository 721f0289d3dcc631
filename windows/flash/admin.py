"""Windows, invites and seats in the admin: read, cancelled, paused."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from iceshop.infra import clock
from iceshop.infra.db import run_operation
from iceshop.infra.http.admin import ReadOnlyAdmin, ReasonForm, reason_of, staff
from windows.flash.models import Invite, Seat, Window, WindowEvent
from windows.flash.services import cancel_window, set_joins_paused


@admin.register(Window)
class WindowAdmin(ReadOnlyAdmin[Window]):
    """Windows, the latest start first."""

    list_display = (
        "starts_at",
        "store",
        "offering__product__name_tr",
        "state",
        "seats_taken",
        "seats_max",
        "price_minor",
        "joins_paused",
        "is_settled",
    )
    list_filter = ("state", "joins_paused", "is_settled", "starts_at", "store")
    search_fields = ("id", "source_key", "store__name", "offering__product__name_tr")
    list_select_related = ("store", "offering__product")
    date_hierarchy = "starts_at"
    ordering = ("-starts_at", "-id")
    action_form = ReasonForm
    actions = ("cancel", "pause_joins", "resume_joins")

    @admin.action(description="Cancel, with a reason", permissions=["change"])
    def cancel(self, request: HttpRequest, queryset: QuerySet[Window]) -> None:
        """Cancel the chosen windows; everybody with a seat or an invite is told."""
        reason, by, now = reason_of(request), staff(request), clock.now()
        if not reason:
            self.message_user(request, "Write the reason first.", level=messages.ERROR)
            return
        self.act(
            request,
            queryset.values_list("pk", flat=True),
            lambda window_id: run_operation(
                cancel_window, window_id=window_id, reason=reason, by=by, now=now
            ),
        )

    @admin.action(description="Take nobody more in", permissions=["change"])
    def pause_joins(self, request: HttpRequest, queryset: QuerySet[Window]) -> None:
        """Stop new joins to the chosen windows."""
        self._set_paused(request, queryset, is_paused=True)

    @admin.action(description="Take people in again", permissions=["change"])
    def resume_joins(self, request: HttpRequest, queryset: QuerySet[Window]) -> None:
        """Resume joins to the chosen windows."""
        self._set_paused(request, queryset, is_paused=False)

    def _set_paused(
        self, request: HttpRequest, queryset: QuerySet[Window], *, is_paused: bool
    ) -> None:
        by, now = staff(request), clock.now()
        self.act(
            request,
            queryset.values_list("pk", flat=True),
            lambda window_id: run_operation(
                set_joins_paused, window_id=window_id, is_paused=is_paused, by=by, now=now
            ),
        )


@admin.register(WindowEvent)
class WindowEventAdmin(ReadOnlyAdmin[WindowEvent]):
    """What happened to windows, newest first."""

    list_display = ("at", "planned_at", "window", "move", "actor_kind", "actor_key")
    list_filter = ("move", "actor_kind")
    search_fields = ("window__id", "actor_key")
    list_select_related = ("window",)
    date_hierarchy = "at"
    ordering = ("-at", "-id")


@admin.register(Invite)
class InviteAdmin(ReadOnlyAdmin[Invite]):
    """Invites, newest first."""

    list_display = ("created_at", "window", "person", "party_size", "state", "answer_by")
    list_filter = ("state", "created_at")
    search_fields = ("id", "window__id", "intent__id", "person__id", "person__identifiers__value")
    list_select_related = ("window", "person")
    date_hierarchy = "created_at"
    ordering = ("-created_at", "-id")


@admin.register(Seat)
class SeatAdmin(ReadOnlyAdmin[Seat]):
    """Seats, newest first."""

    list_display = (
        "held_at",
        "window",
        "person",
        "party_size",
        "people_in",
        "price_minor",
        "state",
        "checked_in_at",
        "released_at",
    )
    list_filter = ("state", "held_at")
    search_fields = ("id", "window__id", "intent__id", "person__id", "person__identifiers__value")
    list_select_related = ("window", "person")
    date_hierarchy = "held_at"
    ordering = ("-held_at", "-id")

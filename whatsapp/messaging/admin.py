"""Outgoing messages in the admin; what they say is for administrators only."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join

from iceshop.infra import clock
from iceshop.infra.http.admin import ReadOnlyAdmin, staff
from whatsapp.messaging.models import (
    IssuedChoice,
    MessageStatus,
    MessageTemplate,
    OutboundMessage,
    SendingStop,
)
from whatsapp.messaging.queries import dependence
from whatsapp.messaging.services import lift_stop


@admin.register(OutboundMessage)
class OutboundMessageAdmin(ReadOnlyAdmin[OutboundMessage]):
    """Messages, newest first."""

    list_display = (
        "created_at",
        "person",
        "purpose",
        "is_template",
        "state",
        "error_code",
        "price_category",
        "settled_at",
    )
    list_filter = ("state", "is_template", "purpose", "error_code", "created_at")
    search_fields = ("id", "source_key", "platform_id", "person__id", "person__identifiers__value")
    list_select_related = ("person",)
    date_hierarchy = "created_at"
    ordering = ("-created_at", "-id")
    administrators_only = ("body",)


@admin.register(MessageStatus)
class MessageStatusAdmin(ReadOnlyAdmin[MessageStatus]):
    """What the platform reported, newest first."""

    list_display = ("at", "message", "status", "error_code")
    list_filter = ("status", "error_code")
    search_fields = ("message__id", "message__platform_id")
    list_select_related = ("message",)
    date_hierarchy = "at"
    ordering = ("-at", "-id")


@admin.register(IssuedChoice)
class IssuedChoiceAdmin(ReadOnlyAdmin[IssuedChoice]):
    """Buttons and rows that were shown."""

    list_display = ("choice_id", "person", "message")
    list_filter = ("message__purpose",)
    search_fields = ("choice_id", "person__id", "message__id")
    list_select_related = ("person", "message")
    ordering = ("-id",)


@admin.register(MessageTemplate)
class MessageTemplateAdmin(ReadOnlyAdmin[MessageTemplate]):
    """What the platform says of our templates, and what hangs on those that may not be used."""

    list_display = (
        "name",
        "language",
        "category",
        "state",
        "quality",
        "waiting_notices",
        "waiting_windows",
        "updated_at",
    )
    list_filter = ("state", "language", "category", "quality")
    search_fields = ("name",)
    ordering = ("name", "language")

    def get_queryset(self, request: HttpRequest) -> QuerySet[MessageTemplate]:
        """The templates, with what hangs on them read once for the page."""
        self._dependence = dependence(now=clock.now())
        return super().get_queryset(request)

    @admin.display(description="notices that depend on it")
    def waiting_notices(self, row: MessageTemplate) -> int:
        """Notices to come that it cannot carry."""
        found = self._dependence.get(row.name)
        return found.notices if found else 0

    @admin.display(description="windows that depend on it")
    def waiting_windows(self, row: MessageTemplate) -> str:
        """Links to their windows."""
        found = self._dependence.get(row.name)
        links = [
            (reverse("admin:windows_window_change", args=[key]), str(key)[-8:])
            for key in (found.windows if found else ())
        ]
        return format_html_join(" ", '<a href="{}">{}</a>', links) or "-"


@admin.register(SendingStop)
class SendingStopAdmin(ReadOnlyAdmin[SendingStop]):
    """Scopes whose sending is stopped; lifting removes the row."""

    list_display = ("scope", "code", "since")
    list_filter = ("scope",)
    search_fields = ("scope", "code")
    ordering = ("since",)
    actions = ("lift",)

    @admin.action(description="Send again", permissions=["change"])
    def lift(self, request: HttpRequest, queryset: QuerySet[SendingStop]) -> None:
        """Allow sending again."""
        by, now = staff(request), clock.now()
        self.act(
            request,
            queryset.values_list("pk", flat=True),
            lambda scope: lift_stop(scope=scope, by=by, now=now),
        )

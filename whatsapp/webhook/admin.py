"""Deliveries, items and refusals in the admin: look, search, replay."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from iceshop.infra import clock
from iceshop.infra.http.admin import ReadOnlyAdmin
from whatsapp.webhook.models import WebhookDelivery, WebhookItem, WebhookRefusal
from whatsapp.webhook.services import replay_delivery

_SHOWN_CHARACTERS = 20_000


@admin.register(WebhookDelivery)
class WebhookDeliveryAdmin(ReadOnlyAdmin[WebhookDelivery]):
    """Bodies as they came; what they say is for administrators only."""

    list_display = ("id", "received_at", "item_count", "body_sha256")
    search_fields = ("body_sha256", "items__key")
    ordering = ("-received_at",)
    actions = ("replay",)
    fields = ("received_at", "item_count", "body_sha256", "body_text")

    def get_queryset(self, request: HttpRequest) -> QuerySet[WebhookDelivery]:
        """Return deliveries; the list does without their bytes."""
        return super().get_queryset(request).defer("body")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Return what the page shows; the bytes appear as text."""
        return list(self.get_fields(request, obj))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Return all fields, but for operators not the words."""
        return self.fields if request.user.is_superuser else self.fields[:-1]

    @admin.display(description="body")
    def body_text(self, delivery: WebhookDelivery) -> str:
        """Return the beginning of the body; what is no UTF-8 shows as a replacement sign."""
        return bytes(delivery.body).decode("utf-8", "replace")[:_SHOWN_CHARACTERS]

    @admin.action(description="Read again", permissions=("change",))
    def replay(self, request: HttpRequest, queryset: QuerySet[WebhookDelivery]) -> None:
        """Read the chosen bodies again."""
        _replay(self, request, set(queryset.values_list("pk", flat=True)))


@admin.register(WebhookItem)
class WebhookItemAdmin(ReadOnlyAdmin[WebhookItem]):
    """Items by state, kind and reason."""

    list_display = ("id", "kind", "variant", "state", "reason", "event_at", "received_at")
    list_filter = ("state", "kind", "reason")
    search_fields = ("key", "phone", "user_id", "lane_key")
    date_hierarchy = "received_at"
    ordering = ("-received_at", "-id")
    administrators_only = ("payload",)
    actions = ("replay",)

    @admin.action(description="Read its delivery again", permissions=("change",))
    def replay(self, request: HttpRequest, queryset: QuerySet[WebhookItem]) -> None:
        """Read the bodies of the chosen items again."""
        _replay(self, request, set(queryset.values_list("delivery_id", flat=True)))


@admin.register(WebhookRefusal)
class WebhookRefusalAdmin(ReadOnlyAdmin[WebhookRefusal]):
    """Refused posts by day and reason."""

    list_display = ("refused_on", "reason", "count")
    list_filter = ("reason",)
    search_fields = ("reason",)
    ordering = ("-refused_on", "reason")


def _replay(page: Any, request: HttpRequest, delivery_ids: set[int]) -> None:
    revived = sum(
        replay_delivery(delivery_id=delivery_id, now=clock.now())
        for delivery_id in sorted(delivery_ids)
    )
    page.message_user(request, f"{revived} items are new again.")

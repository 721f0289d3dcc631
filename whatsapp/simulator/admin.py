"""The simulator's tables, to look at."""

from __future__ import annotations

from django.contrib import admin

from iceshop.infra.http.admin import ReadOnlyAdmin
from whatsapp.simulator.models import (
    SimulatedCall,
    SimulatedDelivery,
    SimulatedFault,
    SimulatedMedia,
    SimulatedMessage,
    SimulatedPerson,
    SimulatedPosting,
    SimulatedSms,
    SimulatedTemplate,
)


@admin.register(SimulatedPerson)
class SimulatedPersonAdmin(ReadOnlyAdmin[SimulatedPerson]):
    """People with phones."""

    list_display = ("name", "role", "store", "language", "last_n", "last_inbound_at")
    list_filter = ("role", "language")
    search_fields = ("name", "phone", "user_id", "store")


@admin.register(SimulatedMessage)
class SimulatedMessageAdmin(ReadOnlyAdmin[SimulatedMessage]):
    """What was said."""

    list_display = ("at", "person", "n", "direction", "kind", "status", "code")
    list_filter = ("direction", "kind", "status")
    list_select_related = ("person",)
    search_fields = ("wamid", "opaque", "person__name")
    administrators_only = ("text", "wire")


@admin.register(SimulatedDelivery)
class SimulatedDeliveryAdmin(ReadOnlyAdmin[SimulatedDelivery]):
    """Webhooks in line."""

    list_display = ("id", "carries", "state", "attempts", "planned_at", "due_at")
    list_filter = ("state", "carries")
    search_fields = ("lane",)


@admin.register(SimulatedPosting)
class SimulatedPostingAdmin(ReadOnlyAdmin[SimulatedPosting]):
    """Posts to the webhook."""

    list_display = ("id", "at", "http_status", "took_ms")
    list_filter = ("http_status",)
    search_fields = ("delivery__lane",)


@admin.register(SimulatedTemplate)
class SimulatedTemplateAdmin(ReadOnlyAdmin[SimulatedTemplate]):
    """Templates."""

    list_display = ("name", "language", "category", "created_at")
    list_filter = ("language", "category")
    search_fields = ("name",)


@admin.register(SimulatedMedia)
class SimulatedMediaAdmin(ReadOnlyAdmin[SimulatedMedia]):
    """Files; the content stays out of the page."""

    list_display = ("media_id", "mime_type", "is_upload", "created_at")
    list_filter = ("mime_type", "is_upload")
    search_fields = ("media_id",)
    exclude = ("content",)


@admin.register(SimulatedFault)
class SimulatedFaultAdmin(ReadOnlyAdmin[SimulatedFault]):
    """Ordered faults."""

    list_display = ("id", "kind", "left", "code", "seconds", "address")
    list_filter = ("kind",)
    search_fields = ("address",)


@admin.register(SimulatedSms)
class SimulatedSmsAdmin(ReadOnlyAdmin[SimulatedSms]):
    """SMS of the simulated phones."""

    list_display = ("at", "phone", "is_reply", "status", "reported_at")
    list_filter = ("is_reply", "status")
    search_fields = ("phone", "reference")
    administrators_only = ("text",)


@admin.register(SimulatedCall)
class SimulatedCallAdmin(ReadOnlyAdmin[SimulatedCall]):
    """Calls of the simulated telephones."""

    list_display = ("at", "phone", "is_inbound")
    list_filter = ("is_inbound",)
    search_fields = ("phone",)
    administrators_only = ("first",)

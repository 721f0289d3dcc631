"""Conversations in the admin: read, taken over by a person, given back."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from iceshop.infra import clock
from iceshop.infra.http.admin import ReadOnlyAdmin, ReasonForm, reason_of, staff
from whatsapp.conversation.models import ConversationLine, Lane, UnknownWord
from whatsapp.conversation.services import give_back, take_over


@admin.register(Lane)
class LaneAdmin(ReadOnlyAdmin[Lane]):
    """Conversations; those that ask for a person first."""

    list_display = (
        "person",
        "last_event_at",
        "handed_over_reason",
        "is_complaint",
        "taken_over_until",
    )
    list_filter = (
        "is_complaint",
        "handed_over_reason",
        ("taken_over_until", admin.EmptyFieldListFilter),
    )
    search_fields = ("person__id", "person__display_name", "person__identifiers__value")
    list_select_related = ("person",)
    date_hierarchy = "last_event_at"
    ordering = ("-handed_over_reason", "-last_event_at")
    action_form = ReasonForm
    actions = ("take_over", "give_back")
    administrators_only = ("state",)

    @admin.action(description="A person answers", permissions=["change"])
    def take_over(self, request: HttpRequest, queryset: QuerySet[Lane]) -> None:
        """Let a person answer the chosen conversations from now on."""
        reason, by, now = reason_of(request), staff(request), clock.now()
        self.act(
            request,
            queryset.values_list("pk", flat=True),
            lambda person_id: take_over(person_id=person_id, reason=reason, by=by, now=now),
        )

    @admin.action(description="Iceshop answers again", permissions=["change"])
    def give_back(self, request: HttpRequest, queryset: QuerySet[Lane]) -> None:
        """Let the dialogue answer the chosen conversations again."""
        by, now = staff(request), clock.now()
        self.act(
            request,
            queryset.values_list("pk", flat=True),
            lambda person_id: give_back(person_id=person_id, by=by, now=now),
        )


@admin.register(ConversationLine)
class ConversationLineAdmin(ReadOnlyAdmin[ConversationLine]):
    """What was said, newest first; the words are for administrators only."""

    list_display = ("at", "person", "is_inbound", "kind", "act")
    list_filter = ("is_inbound", "kind", "act", "at")
    search_fields = ("person__id", "person__identifiers__value", "item__key")
    list_select_related = ("person",)
    date_hierarchy = "at"
    ordering = ("-at", "-id")
    administrators_only = ("text",)


@admin.register(UnknownWord)
class UnknownWordAdmin(ReadOnlyAdmin[UnknownWord]):
    """Words that nobody understood, the most frequent first."""

    list_display = ("text", "count", "last_at")
    list_filter = ("last_at",)
    search_fields = ("text", "folded")
    date_hierarchy = "last_at"
    ordering = ("-count", "folded")

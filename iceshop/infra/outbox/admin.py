"""The outbox in the admin: look, and replay what is parked."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from iceshop.infra import clock
from iceshop.infra.http.admin import ReadOnlyAdmin
from iceshop.infra.outbox import services
from iceshop.infra.outbox.models import OutboxMessage
from iceshop.kernel.errors import DomainError


@admin.register(OutboxMessage)
class OutboxMessageAdmin(ReadOnlyAdmin[OutboxMessage]):
    """Rows by state and topic."""

    list_display = ("topic", "state", "code", "not_before", "expires_at", "attempts", "finished_at")
    list_filter = ("state", "topic", "code")
    search_fields = ("dedupe_key", "lane", "reference")
    ordering = ("-planned_at",)
    actions = ("replay",)

    @admin.action(description="Send again", permissions=("change",))
    def replay(self, request: HttpRequest, queryset: QuerySet[OutboxMessage]) -> None:
        """Make the chosen rows due again."""
        for row in queryset:
            try:
                services.replay(message_id=row.pk, now=clock.now())
            except DomainError as error:
                self.message_user(request, f"{row.pk}: {error.code}", level="warning")

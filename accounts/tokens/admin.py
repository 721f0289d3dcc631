"""Tokens in the admin: seen by name and prefix, revoked by action."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.tokens.models import ApiToken
from accounts.tokens.services import revoke_token
from iceshop.infra import clock
from iceshop.infra.http.admin import ReadOnlyAdmin
from iceshop.kernel.actors import Actor


@admin.register(ApiToken)
class ApiTokenAdmin(ReadOnlyAdmin[ApiToken]):
    """Tokens, the newest first."""

    list_display = ("name", "prefix", "organisation", "created_at", "last_used_at", "revoked_at")
    list_filter = (("revoked_at", admin.EmptyFieldListFilter), "created_at")
    search_fields = ("name", "prefix", "organisation__name")
    list_select_related = ("organisation",)
    ordering = ("-created_at",)
    exclude = ("digest",)
    actions = ("revoke",)

    def get_readonly_fields(self, request: HttpRequest, obj: object = None) -> list[str]:
        """All but the digest, which is not shown."""
        return [name for name in super().get_readonly_fields(request, obj) if name != "digest"]

    @admin.action(description="Revoke", permissions=["change"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[ApiToken]) -> None:
        """End the chosen tokens."""
        for token_id in queryset.values_list("pk", flat=True):
            revoke_token(token_id=token_id, by=Actor.staff(request.user.pk), now=clock.now())

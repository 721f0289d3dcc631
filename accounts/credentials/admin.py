"""Staff accounts in the admin: seen, opened and closed; passwords are set by command."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.credentials.models import FailedLogin, StaffUser
from accounts.credentials.services import set_staff_active
from iceshop.infra import clock
from iceshop.infra.http.admin import ReadOnlyAdmin
from iceshop.kernel.actors import Actor


@admin.register(StaffUser)
class StaffUserAdmin(ReadOnlyAdmin[StaffUser]):
    """Accounts by name; the password's digest is not shown."""

    list_display = ("username", "is_superuser", "is_staff", "is_active", "last_login")
    list_filter = ("is_superuser", "is_staff", "is_active")
    search_fields = ("username", "email", "first_name", "last_name")
    ordering = ("username",)
    exclude = ("password", "user_permissions", "groups")
    actions = ("close", "open")

    def get_readonly_fields(self, request: HttpRequest, obj: object = None) -> list[str]:
        """All but the password."""
        return [name for name in super().get_readonly_fields(request, obj) if name != "password"]

    @admin.action(description="Close accounts", permissions=["change"])
    def close(self, request: HttpRequest, queryset: QuerySet[StaffUser]) -> None:
        """Close the chosen accounts, never one's own."""
        others = queryset.exclude(username=request.user.get_username())
        self._set_active(request, others, is_active=False)

    @admin.action(description="Open accounts", permissions=["change"])
    def open(self, request: HttpRequest, queryset: QuerySet[StaffUser]) -> None:
        """Open the chosen accounts again."""
        self._set_active(request, queryset, is_active=True)

    def _set_active(
        self, request: HttpRequest, queryset: QuerySet[StaffUser], *, is_active: bool
    ) -> None:
        for user_id in queryset.values_list("pk", flat=True):
            set_staff_active(
                user_id=user_id,
                is_active=is_active,
                by=Actor.staff(request.user.pk),
                now=clock.now(),
            )


@admin.register(FailedLogin)
class FailedLoginAdmin(ReadOnlyAdmin[FailedLogin]):
    """Wrong passwords of the last minutes."""

    list_display = ("at", "username_key", "address")
    list_filter = ("at",)
    search_fields = ("username_key", "address")
    ordering = ("-at",)

"""Organisations and memberships in the admin."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest

from accounts.orgs.domain import OrganisationState
from accounts.orgs.models import Membership, SellerOrganisation
from accounts.orgs.services import end_membership, set_organisation_state
from iceshop.infra import clock
from iceshop.infra.http.admin import ReadOnlyAdmin
from iceshop.kernel.actors import Actor


@admin.register(SellerOrganisation)
class SellerOrganisationAdmin(ReadOnlyAdmin[SellerOrganisation]):
    """Sellers; the name may be corrected, the state changes by action."""

    list_display = ("name", "state", "external_id", "created_at")
    list_filter = ("state",)
    search_fields = ("id", "name", "external_id")
    ordering = ("name",)
    actions = ("verify", "suspend")

    def get_readonly_fields(self, request: HttpRequest, obj: object = None) -> list[str]:
        """All but the name."""
        return [name for name in super().get_readonly_fields(request, obj) if name != "name"]

    def save_model(
        self,
        request: HttpRequest,
        obj: SellerOrganisation,
        form: ModelForm[SellerOrganisation],
        change: bool,  # noqa: FBT001  Django's signature
    ) -> None:
        """Write the corrected name alone, so that no state comes back from an old page."""
        obj.save(update_fields=form.changed_data)

    @admin.action(description="Verify", permissions=["change"])
    def verify(self, request: HttpRequest, queryset: QuerySet[SellerOrganisation]) -> None:
        """Let the chosen sellers take part."""
        self._set_state(request, queryset, OrganisationState.VERIFIED)

    @admin.action(description="Suspend", permissions=["change"])
    def suspend(self, request: HttpRequest, queryset: QuerySet[SellerOrganisation]) -> None:
        """Take the chosen sellers out of all rounds."""
        self._set_state(request, queryset, OrganisationState.SUSPENDED)

    def _set_state(
        self,
        request: HttpRequest,
        queryset: QuerySet[SellerOrganisation],
        state: OrganisationState,
    ) -> None:
        for organisation_id in queryset.values_list("pk", flat=True):
            set_organisation_state(
                organisation_id=organisation_id,
                state=state,
                by=Actor.staff(request.user.pk),
                now=clock.now(),
            )


@admin.register(Membership)
class MembershipAdmin(ReadOnlyAdmin[Membership]):
    """Who works for whom."""

    list_display = ("organisation", "role", "staff_user", "person", "is_active", "created_at")
    list_filter = ("role", "is_active")
    search_fields = (
        "organisation__name",
        "staff_user__username",
        "person__display_name",
    )
    list_select_related = ("organisation", "staff_user", "person")
    ordering = ("organisation__name", "created_at")
    actions = ("end",)

    @admin.action(description="End membership", permissions=["change"])
    def end(self, request: HttpRequest, queryset: QuerySet[Membership]) -> None:
        """End the chosen memberships."""
        for membership_id in queryset.values_list("pk", flat=True):
            end_membership(
                membership_id=membership_id, by=Actor.staff(request.user.pk), now=clock.now()
            )

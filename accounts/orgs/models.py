"""Tables of seller organisations and memberships."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.orgs.domain import MemberRole, OrganisationState
from iceshop.kernel.ids import new_id


class SellerOrganisation(models.Model):
    """A seller: one or more stores under one name."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=120)
    state = models.CharField(max_length=10, default=OrganisationState.PENDING.value)
    external_id = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "accounts_seller_organisation"
        constraints = [
            models.UniqueConstraint(
                fields=("external_id",),
                condition=~Q(external_id=""),
                name="seller_organisation_external_id",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in OrganisationState]),
                name="seller_organisation_state",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="seller_organisation_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """Somebody's role in an organisation, at the board, on WhatsApp, or both."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(SellerOrganisation, models.PROTECT, related_name="memberships")
    staff_user = models.ForeignKey(
        "accounts.StaffUser", models.PROTECT, null=True, blank=True, related_name="+"
    )
    person = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    role = models.CharField(max_length=10)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "accounts_membership"
        constraints = [
            models.CheckConstraint(
                condition=Q(staff_user__isnull=False) | Q(person__isnull=False),
                name="membership_somebody",
            ),
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in MemberRole]), name="membership_role"
            ),
            models.UniqueConstraint(
                fields=("organisation", "staff_user"), name="membership_staff_user_once"
            ),
            models.UniqueConstraint(
                fields=("organisation", "person"), name="membership_person_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.organisation_id}"

"""Tables of the consent ledger."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.consent.domain import ConsentChange, MarketingState, Purpose
from iceshop.kernel.ids import new_id


class ConsentEvent(models.Model):
    """One change of consent with its evidence. Append-only: a trigger refuses anything else."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=20, default=Purpose.MARKETING.value)
    change = models.CharField(max_length=10)
    wording = models.CharField(max_length=60)
    language = models.CharField(max_length=2)
    channel = models.CharField(max_length=20)
    source_key = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        db_table = "accounts_consent_event"
        constraints = [
            models.UniqueConstraint(fields=("source_key",), name="consent_event_source_key"),
            models.CheckConstraint(
                condition=Q(purpose__in=[purpose.value for purpose in Purpose]),
                name="consent_event_purpose",
            ),
            models.CheckConstraint(
                condition=Q(change__in=[change.value for change in ConsentChange]),
                name="consent_event_change",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.change}"


class ConsentState(models.Model):
    """Where a person stands now; derived from the events, kept for quick reading."""

    person = models.OneToOneField(
        "accounts.Person", models.PROTECT, primary_key=True, related_name="+"
    )
    marketing = models.CharField(max_length=10, default=MarketingState.UNKNOWN.value)
    opted_out_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    sms_opted_out_at = models.DateTimeField(null=True, blank=True)
    calls_allowed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "accounts_consent_state"
        constraints = [
            models.CheckConstraint(
                condition=Q(marketing__in=[state.value for state in MarketingState]),
                name="consent_state_marketing",
            ),
        ]

    def __str__(self) -> str:
        return f"consent of {self.person_id}"

"""Tables of calls to outside services, and of what may be spent in a day."""

from django.db import models
from django.db.models import F, Q

from whatsapp.providers.domain import Result, Service


class ProviderCall(models.Model):
    """One call: how long, how much, how it ended. Nothing of what was said, nobody's number."""

    service = models.CharField(max_length=10)
    provider = models.CharField(max_length=80)
    model = models.CharField(max_length=80, blank=True)
    result = models.CharField(max_length=16)
    took_ms = models.PositiveIntegerField()
    tokens_in = models.PositiveIntegerField(default=0)
    tokens_out = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        db_table = "whatsapp_provider_call"
        constraints = [
            models.CheckConstraint(
                condition=Q(service__in=[service.value for service in Service]),
                name="provider_call_service",
            ),
            models.CheckConstraint(
                condition=Q(result__in=[result.value for result in Result]),
                name="provider_call_result",
            ),
        ]
        # Whether a service rests is seen from its newest calls.
        indexes = [models.Index(fields=("service", "-at", "-id"), name="provider_call_newest")]

    def __str__(self) -> str:
        return f"{self.service} {self.result}"


class ProviderDay(models.Model):
    """What a service was asked on a day (UTC), and the most that it may be asked."""

    service = models.CharField(max_length=10)
    asked_on = models.DateField()
    calls = models.PositiveIntegerField(default=0)
    tokens = models.PositiveBigIntegerField(default=0)
    most_calls = models.PositiveIntegerField()
    most_tokens = models.PositiveBigIntegerField()

    class Meta:
        db_table = "whatsapp_provider_day"
        constraints = [
            models.UniqueConstraint(fields=("service", "asked_on"), name="provider_day_once"),
            models.CheckConstraint(
                condition=Q(calls__lte=F("most_calls")) & Q(tokens__lte=F("most_tokens")),
                name="provider_day_within_budget",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service} {self.asked_on}"

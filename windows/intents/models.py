"""Tables of intents."""

from django.db import models
from django.db.models import F, Q

from iceshop.kernel.ids import new_id
from windows.intents.domain import MAX_PARTY, IntentState


class Intent(models.Model):
    """One wish of one person. ``ends_at`` is the end of its last span."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    source_key = models.CharField(max_length=200)
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, default=IntentState.OPEN)
    product_text = models.CharField(max_length=120)
    concept_key = models.CharField(max_length=60, blank=True)
    variant = models.JSONField(default=list)
    party_size = models.PositiveSmallIntegerField()
    budget_minor = models.PositiveIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    place_name = models.CharField(max_length=120, blank=True)
    radius_m = models.PositiveIntegerField()
    timezone = models.CharField(max_length=40)
    ends_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    people_waiting = models.PositiveSmallIntegerField(default=1)
    people_needed = models.PositiveSmallIntegerField(default=0)
    wait_reason = models.CharField(max_length=40, blank=True)
    promised_told_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "windows_intent"
        constraints = [
            models.UniqueConstraint(fields=("source_key",), name="intent_source_once"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in IntentState]), name="intent_state"
            ),
            models.CheckConstraint(
                condition=Q(party_size__gte=1, party_size__lte=MAX_PARTY), name="intent_party_size"
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                # Without the two last, half a point would pass: what is unknown is not false.
                | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180)
                & Q(latitude__isnull=False, longitude__isnull=False),
                name="intent_point",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("open", "paused", "seated"), ended_at__isnull=True)
                | (~Q(state__in=("open", "paused", "seated")) & Q(ended_at__isnull=False)),
                name="intent_ended_when_over",
            ),
        ]
        indexes = [
            # Rounds and the expiry read the live ones only.
            models.Index(fields=("ends_at",), condition=Q(state="open"), name="intent_open"),
            models.Index(
                fields=("person",),
                condition=Q(state__in=("open", "paused", "seated")),
                name="intent_live_by_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_text} {self.id}"


class IntentSpan(models.Model):
    """One stretch of time in which the buyer can come."""

    intent = models.ForeignKey(Intent, on_delete=models.CASCADE, related_name="spans")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        db_table = "windows_intent_span"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="intent_span_not_empty"
            )
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%H:%M}-{self.ends_at:%H:%M}"


class IntentEvent(models.Model):
    """What happened to an intent, append-only."""

    intent = models.ForeignKey(Intent, on_delete=models.CASCADE, related_name="events")
    move = models.CharField(max_length=10)
    to_state = models.CharField(max_length=10)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor_key = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=60, blank=True)

    class Meta:
        db_table = "windows_intent_event"

    def __str__(self) -> str:
        return f"{self.move} {self.intent_id}"

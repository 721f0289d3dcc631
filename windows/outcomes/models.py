"""Tables of outcomes."""

from django.db import models
from django.db.models import Q

from windows.outcomes.domain import SeatOutcomeKind


class SeatOutcome(models.Model):
    """How one seat ended; ``paid_minor`` is the promised price of the whole party."""

    seat = models.OneToOneField(
        "windows.Seat", on_delete=models.PROTECT, related_name="+", primary_key=True
    )
    window = models.ForeignKey("windows.Window", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    people = models.PositiveSmallIntegerField()
    paid_minor = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        db_table = "windows_seat_outcome"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in SeatOutcomeKind]),
                name="seat_outcome_kind",
            ),
            models.CheckConstraint(
                condition=Q(kind=SeatOutcomeKind.REDEEMED) | Q(paid_minor=0),
                name="seat_outcome_paid_when_redeemed",
            ),
        ]
        indexes = [models.Index(fields=("person", "kind"), name="seat_outcome_by_person")]

    def __str__(self) -> str:
        return f"{self.kind} {self.seat_id}"


class WindowResult(models.Model):
    """The result of one window, in people and minor units; written once."""

    window = models.OneToOneField(
        "windows.Window", on_delete=models.PROTECT, related_name="+", primary_key=True
    )
    predicted_milli = models.PositiveIntegerField()
    predicted_low = models.PositiveSmallIntegerField()
    predicted_high = models.PositiveSmallIntegerField()
    confirmed = models.PositiveSmallIntegerField()
    came = models.PositiveSmallIntegerField()
    missed = models.PositiveSmallIntegerField()
    new_people = models.PositiveSmallIntegerField()
    revenue_minor = models.PositiveIntegerField()
    discount_minor = models.PositiveIntegerField()
    currency = models.CharField(max_length=3)
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "windows_window_result"

    def __str__(self) -> str:
        return f"result {self.window_id}"

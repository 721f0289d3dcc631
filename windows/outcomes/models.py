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


class SeatEstimate(models.Model):
    """How likely the people of a seat come, as it was said when their window began.

    ``base_milli`` are the log-odds by the model alone, in thousandths; ``permille`` is the chance
    with the offsets of person and region. ``figures`` are what the model saw, ``version`` which it
    was (0 is the built-in belief), ``shock_milli`` how much people were thought to fail together.
    """

    seat = models.OneToOneField(
        "windows.Seat", on_delete=models.PROTECT, related_name="+", primary_key=True
    )
    window = models.ForeignKey("windows.Window", on_delete=models.PROTECT, related_name="+")
    party_size = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=10)
    figures = models.JSONField()
    base_milli = models.IntegerField()
    permille = models.PositiveSmallIntegerField()
    shock_milli = models.PositiveSmallIntegerField()
    region = models.CharField(max_length=20)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "windows_seat_estimate"
        constraints = [
            models.CheckConstraint(
                condition=Q(permille__gte=1, permille__lte=999), name="seat_estimate_permille"
            ),
        ]
        indexes = [models.Index(fields=("window",), name="seat_estimate_by_window")]

    def __str__(self) -> str:
        return f"{self.permille} permille {self.seat_id}"


class WindowResult(models.Model):
    """The result of one window, in people and minor units; written once.

    ``is_learned``: what came of it has moved the offsets.
    """

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
    is_learned = models.BooleanField(default=False)

    class Meta:
        db_table = "windows_window_result"
        indexes = [
            models.Index(
                fields=("recorded_at",), condition=Q(is_learned=False), name="result_to_learn"
            ),
            models.Index(fields=("recorded_at",), name="result_by_time"),
        ]

    def __str__(self) -> str:
        return f"result {self.window_id}"

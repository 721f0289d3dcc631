"""Tables of learning."""

from django.db import models
from django.db.models import Q

from windows.learning.domain.judgement import Drift, Reason
from windows.learning.domain.parameters import Kind, Model, SetState


class ParameterSet(models.Model):
    """One version of what a model has learned; adopted or not, with the reason.

    ``trained_through`` is the newest lesson it has seen, ``outcomes`` how many;
    ``self_caused_ppm`` is the share of them whose chance was said by a set that was learned: it had
    a part in who was invited. ``back_test`` holds loss and gap of champion and challenger on the
    same later lessons.
    """

    model = models.CharField(max_length=10)
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=10)
    state = models.CharField(max_length=10)
    reason = models.CharField(max_length=20)
    trained_through = models.DateTimeField()
    outcomes = models.PositiveIntegerField()
    self_caused_ppm = models.PositiveIntegerField()
    payload = models.JSONField()
    trees = models.BinaryField(default=bytes)
    back_test = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        db_table = "windows_parameter_set"
        constraints = [
            models.UniqueConstraint(fields=("model", "version"), name="parameter_set_version"),
            models.UniqueConstraint(
                fields=("model", "trained_through"), name="parameter_set_once_a_moment"
            ),
            models.UniqueConstraint(
                fields=("model",),
                condition=Q(state=SetState.CHAMPION),
                name="parameter_set_one_champion",
            ),
            models.CheckConstraint(
                condition=Q(model__in=[one.value for one in Model])
                & Q(kind__in=[one.value for one in Kind])
                & Q(state__in=[one.value for one in SetState])
                & Q(reason__in=[one.value for one in Reason]),
                name="parameter_set_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.version}"


class Offset(models.Model):
    """What a person or a region differs by from what the model says; moved by each outcome.

    A normal belief about a shift of the log-odds: ``mean`` and ``precision``.
    """

    person = models.OneToOneField(
        "accounts.Person", on_delete=models.CASCADE, related_name="+", null=True, blank=True
    )
    region = models.CharField(max_length=20, blank=True)
    mean = models.FloatField()
    precision = models.FloatField()
    came = models.PositiveIntegerField(default=0)
    missed = models.PositiveIntegerField(default=0)
    moved_at = models.DateTimeField()

    class Meta:
        db_table = "windows_offset"
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, region="")
                | (Q(person__isnull=True) & ~Q(region="")),
                name="offset_of_person_or_region",
            ),
            models.UniqueConstraint(
                fields=("region",), condition=~Q(region=""), name="offset_once_per_region"
            ),
            models.CheckConstraint(condition=Q(precision__gt=0), name="offset_precision"),
        ]

    def __str__(self) -> str:
        return f"offset {self.mean:+.2f}"


class RangeCheck(models.Model):
    """Where what came of a window lies in what was said of it when it began.

    ``below_ppm`` is the chance that was given to fewer people, ``up_to_ppm`` to no more than came.
    """

    window = models.OneToOneField(
        "windows.Window", on_delete=models.PROTECT, related_name="+", primary_key=True
    )
    version = models.PositiveIntegerField()
    people = models.PositiveSmallIntegerField()
    came = models.PositiveSmallIntegerField()
    mean_milli = models.PositiveIntegerField()
    low_80 = models.PositiveSmallIntegerField()
    high_80 = models.PositiveSmallIntegerField()
    low_90 = models.PositiveSmallIntegerField()
    high_90 = models.PositiveSmallIntegerField()
    below_ppm = models.PositiveIntegerField()
    up_to_ppm = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        db_table = "windows_range_check"
        constraints = [
            models.CheckConstraint(
                condition=Q(below_ppm__lte=models.F("up_to_ppm"), up_to_ppm__lte=1_000_000),
                name="range_check_place",
            ),
        ]
        indexes = [models.Index(fields=("at",), name="range_check_by_time")]

    def __str__(self) -> str:
        return f"{self.came} of {self.people}"


class DriftCheck(models.Model):
    """The judgement of one day on the windows of the last weeks."""

    on = models.DateField(primary_key=True)
    drift = models.CharField(max_length=12)
    windows = models.PositiveIntegerField()
    held_90 = models.PositiveIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        db_table = "windows_drift_check"
        constraints = [
            models.CheckConstraint(
                condition=Q(drift__in=[one.value for one in Drift]), name="drift_check_word"
            ),
            models.CheckConstraint(
                condition=Q(held_90__lte=models.F("windows")), name="drift_check_held"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.drift} {self.on}"

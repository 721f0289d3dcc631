"""Tables of forecasts."""

from django.db import models
from django.db.models import Q

from commerce.forecast.domain import LEAST_PEOPLE, Level, Verdict


class CountedHour(models.Model):
    """An hour that is over and was counted; an hour without wishes was observed all the same."""

    at = models.DateTimeField(primary_key=True)
    wishes = models.PositiveIntegerField()
    counted_at = models.DateTimeField()

    class Meta:
        db_table = "commerce_counted_hour"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H}"


class DemandCount(models.Model):
    """Wishes of a kind that were wanted in a cell from an hour on; none, no row."""

    hour = models.ForeignKey(CountedHour, models.CASCADE, related_name="counts")
    timezone = models.CharField(max_length=60)
    kind = models.CharField(max_length=80)
    cell = models.CharField(max_length=16)
    wishes = models.PositiveIntegerField()

    class Meta:
        db_table = "commerce_demand_count"
        constraints = [
            models.UniqueConstraint(
                fields=("hour", "timezone", "kind", "cell"), name="demand_count_once"
            ),
            models.CheckConstraint(condition=Q(wishes__gte=1), name="demand_count_some"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.cell}"


class UnservedDemand(models.Model):
    """Wishes around a place that nobody served lately, of enough people that none is known."""

    kind = models.CharField(max_length=80)
    cell = models.CharField(max_length=16)
    level = models.CharField(max_length=10)
    wishes = models.PositiveIntegerField()
    people = models.PositiveIntegerField()
    counted_at = models.DateTimeField()

    class Meta:
        db_table = "commerce_unserved_demand"
        constraints = [
            models.UniqueConstraint(fields=("kind", "cell"), name="unserved_demand_once"),
            models.CheckConstraint(
                condition=Q(people__gte=LEAST_PEOPLE), name="unserved_demand_enough_people"
            ),
            models.CheckConstraint(
                condition=Q(level__in=[one.value for one in Level]), name="unserved_demand_level"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.cell}"


class DemandFit(models.Model):
    """One version of the forecast for all places of a time zone; the highest version serves.

    ``weeks``: the deviances of rate and trees in the weeks compared, newest first. ``pit``: how
    many past counts fell into each twentieth of what was foreseen for them.
    """

    timezone = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    observed_from = models.DateTimeField()
    observed_until = models.DateTimeField()
    hours = models.PositiveIntegerField()
    wishes = models.PositiveIntegerField()
    series = models.PositiveIntegerField()
    trees_serve = models.BooleanField()
    reason = models.CharField(max_length=20)
    weeks = models.JSONField()
    dispersion = models.FloatField()
    inner_level = models.FloatField()
    pit = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        db_table = "commerce_demand_fit"
        constraints = [
            models.UniqueConstraint(fields=("timezone", "version"), name="demand_fit_version"),
            models.CheckConstraint(
                condition=Q(reason__in=[one.value for one in Verdict]), name="demand_fit_reason"
            ),
            models.CheckConstraint(
                condition=Q(dispersion__gte=0, inner_level__gt=0, inner_level__lt=1),
                name="demand_fit_spread",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.timezone} {self.version}"


class ForeseenWeek(models.Model):
    """What a fit expects of a kind in a cell: wishes at each hour of the week, 168 small floats.

    Stored for every level, so that a wider cell is the sum of those within.
    """

    fit = models.ForeignKey(DemandFit, models.CASCADE, related_name="foreseen")
    kind = models.CharField(max_length=80)
    cell = models.CharField(max_length=16)
    rates = models.BinaryField()

    class Meta:
        db_table = "commerce_foreseen_week"
        constraints = [
            models.UniqueConstraint(fields=("fit", "kind", "cell"), name="foreseen_week_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.cell}"

"""Tables of stores and named places."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from commerce.places.domain import LAST_CLOSE_MINUTE, PlaceKind, StoreState, Tile
from iceshop.kernel.ids import new_id


class Store(models.Model):
    """A shop that people walk to.

    ``people_per_five_minutes`` is what its till serves; the store's window length and lead hold
    where an offering has none of its own.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(
        "accounts.SellerOrganisation", models.PROTECT, related_name="+"
    )
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=250, blank=True)
    neighbourhood = models.CharField(max_length=80, blank=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    timezone = models.CharField(max_length=60)
    currency = models.CharField(max_length=3, default="TRY")
    people_per_five_minutes = models.PositiveSmallIntegerField()
    max_parallel_windows = models.PositiveSmallIntegerField(default=1)
    window_minutes = models.PositiveSmallIntegerField(default=20)
    lead_minutes = models.PositiveSmallIntegerField(default=30)
    state = models.CharField(max_length=10, default=StoreState.ACTIVE.value)
    external_id = models.CharField(max_length=80, blank=True)
    tile = models.CharField(max_length=10, default=Tile.GENERIC.value)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "commerce_store"
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__gte=-90, latitude__lte=90), name="store_latitude"
            ),
            models.CheckConstraint(
                condition=Q(longitude__gte=-180, longitude__lte=180), name="store_longitude"
            ),
            models.CheckConstraint(
                condition=Q(people_per_five_minutes__gte=1), name="store_till_serves"
            ),
            models.CheckConstraint(
                condition=Q(max_parallel_windows__gte=1), name="store_parallel_windows"
            ),
            models.CheckConstraint(
                condition=Q(window_minutes__gte=5, window_minutes__lte=240),
                name="store_window_minutes",
            ),
            models.CheckConstraint(condition=Q(lead_minutes__lte=1440), name="store_lead_minutes"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in StoreState]), name="store_state"
            ),
            models.CheckConstraint(
                condition=Q(tile__in=[tile.value for tile in Tile]), name="store_tile"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="store_name"),
            models.CheckConstraint(
                condition=Q(currency__regex=r"^[A-Z]{3}$"), name="store_currency"
            ),
            models.UniqueConstraint(
                fields=("external_id",), condition=~Q(external_id=""), name="store_external_id"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class StoreHours(models.Model):
    """One opening of the week in local wall minutes; a close beyond 1440 lies on the next day."""

    store = models.ForeignKey(Store, models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField()
    opens_minute = models.PositiveSmallIntegerField()
    closes_minute = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "commerce_store_hours"
        constraints = [
            models.UniqueConstraint(
                fields=("store", "weekday", "opens_minute"), name="store_hours_once"
            ),
            models.CheckConstraint(
                condition=Q(weekday__gte=1, weekday__lte=7), name="store_hours_weekday"
            ),
            models.CheckConstraint(
                condition=Q(opens_minute__lt=1440)
                & Q(closes_minute__gt=F("opens_minute"))
                & Q(closes_minute__lte=LAST_CLOSE_MINUTE),
                name="store_hours_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekday}: {self.opens_minute}-{self.closes_minute}"


class Neighbourhood(models.Model):
    """A named place; ``parent_key`` is the place that it lies in, empty at the top."""

    key = models.SlugField(primary_key=True, max_length=80)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=15)
    parent_key = models.CharField(max_length=80, blank=True)
    latitude = models.FloatField()
    longitude = models.FloatField()

    class Meta:
        db_table = "commerce_neighbourhood"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in PlaceKind]), name="neighbourhood_kind"
            ),
            models.CheckConstraint(
                condition=Q(latitude__gte=-90, latitude__lte=90), name="neighbourhood_latitude"
            ),
            models.CheckConstraint(
                condition=Q(longitude__gte=-180, longitude__lte=180),
                name="neighbourhood_longitude",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class NeighbourhoodAlias(models.Model):
    """A folded spelling of a place; two places may share one."""

    neighbourhood = models.ForeignKey(Neighbourhood, models.CASCADE, related_name="aliases")
    folded = models.CharField(max_length=80)

    class Meta:
        db_table = "commerce_neighbourhood_alias"
        constraints = [
            models.UniqueConstraint(
                fields=("folded", "neighbourhood"), name="neighbourhood_alias_once"
            ),
            models.CheckConstraint(condition=~Q(folded=""), name="neighbourhood_alias_folded"),
        ]

    def __str__(self) -> str:
        return self.folded

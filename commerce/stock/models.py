"""Tables of stock."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from commerce.stock.domain import MovementKind, ReservationState
from iceshop.kernel.ids import new_id


class StockLevel(models.Model):
    """Units on hand for windows, and how many of them are promised."""

    offering = models.OneToOneField(
        "commerce.Offering", models.PROTECT, primary_key=True, related_name="+"
    )
    on_hand = models.IntegerField(default=0)
    reserved = models.IntegerField(default=0)

    class Meta:
        db_table = "commerce_stock_level"
        constraints = [
            models.CheckConstraint(condition=Q(on_hand__gte=0), name="stock_level_on_hand"),
            models.CheckConstraint(condition=Q(reserved__gte=0), name="stock_level_reserved"),
            models.CheckConstraint(
                condition=Q(reserved__lte=F("on_hand")), name="stock_level_not_promised_twice"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on_hand} on hand, {self.reserved} reserved"


class StockMovement(models.Model):
    """A change of the units on hand, signed. Append-only: a trigger refuses the rest."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    offering = models.ForeignKey("commerce.Offering", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    quantity = models.IntegerField()
    source_key = models.CharField(max_length=200)
    at = models.DateTimeField()
    by = models.CharField(max_length=100)

    class Meta:
        db_table = "commerce_stock_movement"
        constraints = [
            models.UniqueConstraint(fields=("source_key",), name="stock_movement_source_key"),
            models.CheckConstraint(
                condition=Q(kind=MovementKind.RECEIPT.value, quantity__gt=0)
                | Q(kind=MovementKind.SALE.value, quantity__lt=0)
                | Q(kind=MovementKind.CORRECTION.value) & ~Q(quantity=0),
                name="stock_movement_sign",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.quantity:+d}"


class StockReservation(models.Model):
    """Units promised under a key until they are sold or released."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    offering = models.ForeignKey("commerce.Offering", models.PROTECT, related_name="+")
    source_key = models.CharField(max_length=200)
    quantity = models.PositiveIntegerField()
    sold = models.PositiveIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, default=ReservationState.HELD.value)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "commerce_stock_reservation"
        constraints = [
            models.UniqueConstraint(fields=("source_key",), name="stock_reservation_source_key"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="stock_reservation_quantity"),
            models.CheckConstraint(
                condition=Q(
                    state=ReservationState.HELD.value, sold__isnull=True, ended_at__isnull=True
                )
                | Q(
                    state=ReservationState.SETTLED.value,
                    sold__isnull=False,
                    sold__lte=F("quantity"),
                    ended_at__isnull=False,
                )
                | Q(
                    state=ReservationState.RELEASED.value,
                    sold__isnull=True,
                    ended_at__isnull=False,
                ),
                name="stock_reservation_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} {self.state}"

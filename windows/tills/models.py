"""The table of tills."""

from django.db import models
from django.db.models import Q

from iceshop.kernel.ids import new_id
from windows.tills.domain import NAME_LENGTH


class TillDevice(models.Model):
    """A browser that scans passes at a store.

    ``key`` is what its scans carry. A linked one was let in by the owner and asks for its PIN; the
    others are browsers of people who are logged in. ``pin_version`` counts PINs, so that a new one
    ends what the old one opened.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    store = models.ForeignKey("commerce.Store", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=NAME_LENGTH, blank=True)
    key = models.CharField(max_length=60)
    is_linked = models.BooleanField(default=False)
    pin_hash = models.CharField(max_length=200, blank=True)
    pin_version = models.PositiveSmallIntegerField(default=0)
    wrong_pins = models.PositiveSmallIntegerField(default=0)
    wrong_since = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "windows_till_device"
        constraints = [
            models.UniqueConstraint(fields=("store", "key"), name="till_device_key_once"),
            models.UniqueConstraint(fields=("store", "number"), name="till_device_number_once"),
            models.CheckConstraint(
                condition=(Q(is_linked=True, pin_version__gte=1) & ~Q(pin_hash=""))
                | Q(is_linked=False, pin_version=0, pin_hash=""),
                name="till_device_pin",
            ),
        ]

    def __str__(self) -> str:
        return f"till {self.number} {self.store_id}"

"""Table of strikes."""

from django.db import models
from django.db.models import F, Q

from iceshop.kernel.ids import new_id
from windows.strikes.domain import Because


class Strike(models.Model):
    """A seat that was missed; it counts until ``ends_at`` unless it was forgiven before."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    seat = models.OneToOneField("windows.Seat", on_delete=models.PROTECT, related_name="+")
    missed_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    forgiven_at = models.DateTimeField(null=True, blank=True)
    forgiven_because = models.CharField(max_length=10, blank=True)
    forgiven_by = models.CharField(max_length=90, blank=True)
    note = models.CharField(max_length=120, blank=True)

    class Meta:
        db_table = "windows_strike"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("missed_at")), name="strike_lasts_a_while"
            ),
            models.CheckConstraint(
                condition=Q(forgiven_at__isnull=True, forgiven_because="")
                | Q(forgiven_at__isnull=False, forgiven_because__in=[one.value for one in Because]),
                name="strike_forgiven_because",
            ),
        ]
        indexes = [models.Index(fields=("person", "missed_at"), name="strike_by_person")]

    def __str__(self) -> str:
        return f"strike {self.id}"

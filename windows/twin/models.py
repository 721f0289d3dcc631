"""The table of the twin's errors."""

from django.db import models
from django.db.models import F, Q


class TwinCheck(models.Model):
    """What the twin said of a finished window on its own terms, written once and before learning.

    People who come: mean in thousandths, and a range that holds with 80 %. ``answers`` is how many
    answers the price response rested on.
    """

    window = models.OneToOneField(
        "windows.Window", on_delete=models.PROTECT, related_name="+", primary_key=True
    )
    said_milli = models.PositiveIntegerField()
    low = models.PositiveSmallIntegerField()
    high = models.PositiveSmallIntegerField()
    revenue_minor = models.PositiveBigIntegerField()
    answers = models.PositiveIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        db_table = "windows_twin_check"
        constraints = [
            models.CheckConstraint(condition=Q(low__lte=F("high")), name="twin_check_range")
        ]
        indexes = [models.Index(fields=("made_at",), name="twin_check_by_time")]

    def __str__(self) -> str:
        return f"{self.said_milli / 1000:.1f} {self.window_id}"

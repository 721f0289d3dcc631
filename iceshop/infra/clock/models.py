"""How far the simulator has set the clock forward, shared by all processes."""

from django.db import models
from django.db.models import Q


class ClockShift(models.Model):
    """The single row: at ``real_at`` the clock showed ``shown_at`` and ran at ``rate``."""

    real_at = models.DateTimeField()
    shown_at = models.DateTimeField()
    rate = models.PositiveSmallIntegerField(default=1)

    class Meta:
        db_table = "infra_clock_shift"
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="clock_shift_single_row"),
            models.CheckConstraint(condition=Q(rate__in=(1, 10, 60)), name="clock_shift_rate"),
        ]

    def __str__(self) -> str:
        return f"clock at {self.rate}x"

"""The table of requests to be erased."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from iceshop.kernel.ids import new_id


class ErasureRequest(models.Model):
    """Somebody wants to be erased; ``due_at`` is what was promised."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    rows = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "accounts_erasure_request"
        constraints = [
            models.UniqueConstraint(
                fields=("person",),
                condition=Q(done_at__isnull=True),
                name="erasure_request_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"erasure of {self.person_id}"

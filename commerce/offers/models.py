"""The record of what sellers said."""

from __future__ import annotations

from django.db import models

from iceshop.kernel.ids import new_id


class StatedOffer(models.Model):
    """One statement "this is for sale", by message or page; its key makes repeating harmless."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    offering = models.ForeignKey("commerce.Offering", models.PROTECT, related_name="+")
    source_key = models.CharField(max_length=200)
    said = models.JSONField(default=dict)
    by = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        db_table = "commerce_stated_offer"
        constraints = [
            models.UniqueConstraint(fields=("source_key",), name="stated_offer_source_key"),
        ]

    def __str__(self) -> str:
        return f"stated at {self.at:%Y-%m-%d %H:%M}"

"""The table of API tokens."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from iceshop.kernel.ids import new_id


class ApiToken(models.Model):
    """A program's key: only its digest is stored; ``prefix`` lets people tell keys apart.

    A token of an organisation acts for that seller only; one without acts for the house.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=16)
    digest = models.CharField(max_length=64)
    organisation = models.ForeignKey(
        "accounts.SellerOrganisation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    scopes = ArrayField(models.CharField(max_length=30), default=list)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "accounts_api_token"
        constraints = [
            models.UniqueConstraint(fields=("digest",), name="api_token_digest"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix})"

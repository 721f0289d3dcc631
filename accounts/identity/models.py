"""Tables of persons and their identifiers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.identity.domain import LANGUAGES, NAME_CAP, VALUE_CAP, IdentifierKind
from iceshop.kernel.ids import new_id


class Person(models.Model):
    """Somebody who writes to the product, as a buyer or for a seller.

    ``last_inbound_at`` opens the platform's 24 hours in which free-form messages are allowed.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    display_name = models.CharField(max_length=NAME_CAP, blank=True)
    language = models.CharField(max_length=2, blank=True)
    last_inbound_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "accounts_person"
        constraints = [
            models.CheckConstraint(
                condition=Q(language__in=("", *LANGUAGES)), name="person_language"
            ),
        ]

    def __str__(self) -> str:
        return self.display_name or str(self.id)


class PersonIdentifier(models.Model):
    """One identifier of a person; ``replaced_at`` is set once another took its place."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="identifiers")
    kind = models.CharField(max_length=10)
    value = models.CharField(max_length=VALUE_CAP)
    created_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "accounts_person_identifier"
        constraints = [
            # A phone number that its owner gave up may later come back as somebody else's.
            models.UniqueConstraint(
                fields=("kind", "value"),
                condition=Q(replaced_at__isnull=True),
                name="person_identifier_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in IdentifierKind]),
                name="person_identifier_kind",
            ),
            models.CheckConstraint(condition=~Q(value=""), name="person_identifier_value"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.person_id}"

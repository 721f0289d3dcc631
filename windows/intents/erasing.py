"""Taking from wishes what is personal: the words, and the place."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat

from iceshop.infra.db import step
from windows.intents.models import Intent

_ERASED = "erased:"


@step
def erase_wishes(*, person_id: UUID) -> int:
    """Take from the person's wishes where and in which words they were wished; how many.

    What was wanted, when and for how much stays: demand is counted from it.
    """
    rows = Intent.objects.filter(person_id=person_id)
    return rows.exclude(source_key__startswith=_ERASED).update(
        source_key=Concat(Value(_ERASED), Cast("pk", CharField())),
        product_text=F("concept_key"),
        latitude=None,
        longitude=None,
        place_name="",
    )


@step
def forget_places(*, before: datetime, limit: int) -> int:
    """Take words and places from wishes that ended before ``before``; at most ``limit`` of them."""
    old = Intent.objects.filter(ended_at__lt=before).exclude(place_name="", latitude__isnull=True)
    return Intent.objects.filter(pk__in=old.values("pk")[:limit]).update(
        product_text=F("concept_key"), latitude=None, longitude=None, place_name=""
    )

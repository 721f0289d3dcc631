"""Wishes as they were at an earlier time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from windows.intents.models import Intent
from windows.intents.queries import IntentCard, card_of


def wishes_between(
    concept_keys: Iterable[str], *, since: datetime, until: datetime
) -> tuple[IntentCard, ...]:
    """Wishes for the concepts that lived at some time in ``[since, until)``. Two queries.

    Their spans are the latest ones; who changed a wish meanwhile is seen as after the change.
    """
    rows = Intent.objects.filter(
        Q(ended_at__isnull=True) | Q(ended_at__gt=since),
        concept_key__in=list(concept_keys),
        created_at__lt=until,
        ends_at__gt=since,
    )
    return tuple(card_of(row) for row in rows.order_by("pk").prefetch_related("spans"))

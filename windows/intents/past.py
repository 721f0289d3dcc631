"""Wishes as they were at an earlier time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from math import cos, radians

from django.db.models import Q

from iceshop.kernel.geo import Point
from windows.intents.models import Intent
from windows.intents.queries import IntentCard, card_of

# The widest radius of a wish (50 km on foot), as the crow flies.
NEAR_M = 40_000
_METRES_A_DEGREE = 111_195


def wishes_between(
    concept_keys: Iterable[str], *, around: Point, since: datetime, until: datetime
) -> tuple[IntentCard, ...]:
    """Wishes for the concepts near ``around`` that lived at some time in ``[since, until)``.

    Near is within `NEAR_M` as the crow flies, and wherever the place does not matter. Their spans
    are the latest ones; who changed a wish meanwhile is seen as after the change. Two queries.
    """
    north = NEAR_M / _METRES_A_DEGREE
    east = north / max(0.1, cos(radians(around.latitude)))
    rows = Intent.objects.filter(
        Q(ended_at__isnull=True) | Q(ended_at__gt=since),
        Q(latitude__isnull=True)
        | Q(
            latitude__range=(around.latitude - north, around.latitude + north),
            longitude__range=(around.longitude - east, around.longitude + east),
        ),
        concept_key__in=list(concept_keys),
        created_at__lt=until,
        ends_at__gt=since,
    )
    return tuple(card_of(row) for row in rows.order_by("pk").prefetch_related("spans"))

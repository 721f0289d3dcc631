"""Wishes as the forecast counts them: what, around where, from which hour on."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from django.db.models import Exists, Min, OuterRef, QuerySet

from commerce.forecast.domain import Unserved, Wanted, floor_hour
from iceshop.kernel.geo import Point
from windows.intents.domain import CORRECTED, IntentMove, IntentState
from windows.intents.models import Intent, IntentEvent, IntentSpan


def first_wanted() -> datetime | None:
    """When the first wish of all was wanted. One query."""
    found: datetime | None = IntentSpan.objects.aggregate(first=Min("starts_at"))["first"]
    return found


def wanted_by_hour(*, since: datetime, until: datetime) -> dict[datetime, list[Wanted]]:
    """Wishes by the hour in which they were wanted first, for hours in ``[since, until)``.

    One query. A wish without a place or a kind is not counted, nor is one that its person put
    right: the corrected one is.
    """
    rows = _placed(Intent.objects.filter(created_at__lt=until, ends_at__gt=since))
    corrected = IntentEvent.objects.filter(
        intent=OuterRef("pk"), move=IntentMove.CANCEL, reason=CORRECTED
    )
    rows = rows.filter(~Exists(corrected)).annotate(wanted_at=Min("spans__starts_at"))
    found: dict[datetime, list[Wanted]] = defaultdict(list)
    for row in rows.filter(wanted_at__gte=since, wanted_at__lt=until):
        one = Wanted(kind=row.concept_key, point=_point(row), timezone=row.timezone)
        found[floor_hour(row.wanted_at)].append(one)
    return found


def unserved(*, since: datetime, until: datetime) -> list[Unserved]:
    """Wishes that ran out without a seat, or were given up, in ``[since, until)``. One query."""
    rows = Intent.objects.filter(
        state__in=(IntentState.EXPIRED, IntentState.DROPPED),
        ended_at__gte=since,
        ended_at__lt=until,
    )
    return [
        Unserved(kind=row.concept_key, point=_point(row), person_id=row.person_id)
        for row in _placed(rows)
    ]


def _placed(rows: QuerySet[Intent]) -> QuerySet[Intent]:
    return rows.filter(latitude__isnull=False).exclude(concept_key="")


def _point(row: Intent) -> Point:
    if row.latitude is None or row.longitude is None:
        raise ValueError("a wish without a place")
    return Point(row.latitude, row.longitude)

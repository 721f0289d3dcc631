"""What was known of people at an earlier time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from windows.outcomes.domain import SeatOutcomeKind, show_permille
from windows.outcomes.models import SeatOutcome


def show_rates_before(person_ids: Iterable[UUID], *, before: datetime) -> dict[UUID, int]:
    """Permille that each person comes when confirmed, from windows that ended before. One query."""
    ids = set(person_ids)
    rows = (
        SeatOutcome.objects.filter(person_id__in=ids, at__lt=before)
        .values("person_id")
        .annotate(
            came=Count("pk", filter=Q(kind=SeatOutcomeKind.REDEEMED)),
            missed=Count("pk", filter=Q(kind=SeatOutcomeKind.NO_SHOW)),
        )
    )
    known = {row["person_id"]: (row["came"], row["missed"]) for row in rows}
    return {
        person_id: show_permille(came=came, missed=missed)
        for person_id in ids
        for came, missed in [known.get(person_id, (0, 0))]
    }

"""Saying of seats how likely their people come, before they do."""

from __future__ import annotations

from datetime import datetime

from iceshop.infra.db import operation
from windows.flash import turnout
from windows.learning import queries
from windows.outcomes import queries as outcomes
from windows.outcomes import services as recorded


@operation
def estimate_due(*, now: datetime) -> int:
    """Say it of every seat whose window has begun and of which nothing was said yet.

    Returns how many. A seat that is taken later has its turn then; what was said stands.
    """
    seats = turnout.facts_of_begun(now=now)
    said = outcomes.estimated_seats(seat.seat_id for seat in seats)
    fresh = [seat for seat in seats if seat.seat_id not in said]
    if not fresh:
        return 0
    return recorded.note_estimates(estimates=queries.estimates(fresh, now=now), now=now)

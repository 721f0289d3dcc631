"""Writing down what the twin says of finished windows, before anybody learns from them."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db import DatabaseError

from iceshop.infra.db import operation, outside
from iceshop.kernel.errors import DomainError
from windows.flash import queries as flash
from windows.flash.domain import WindowState
from windows.flash.listing import WindowFilter, window_page
from windows.outcomes.queries import results_of
from windows.twin.models import TwinCheck
from windows.twin.queries import own_terms, twin_of
from windows.twin.response import acceptance

log = structlog.get_logger(__name__)

# Later the response would have seen the window's own answers.
_WITHIN = timedelta(hours=18)
_BATCH = 100


@outside
def check_due(*, now: datetime) -> int:
    """Say it of every finished window of the last hours that has a result; returns how many."""
    wanted = WindowFilter(state=WindowState.CLOSED, starts_from=now - _WITHIN)
    windows = window_page(wanted, after=None, limit=_BATCH, now=now)
    ids = [window.id for window in windows]
    known = set(TwinCheck.objects.filter(pk__in=ids).values_list("pk", flat=True))
    recorded = results_of(ids)
    checked = 0
    for window_id in ids:
        if window_id in known or window_id not in recorded:
            continue
        try:
            checked += check(window_id=window_id, now=now)
        except (DomainError, DatabaseError):
            log.exception("twin.not_checked", window=str(window_id))
    return checked


@operation
def check(*, window_id: UUID, now: datetime) -> bool:
    """Say of one finished window, on its own terms, who would come; once."""
    window = flash.window_card(window_id, now=now)
    if window is None:
        return False
    twin = twin_of(window, own_terms(window), acceptance=acceptance(), now=now)
    _, is_new = TwinCheck.objects.get_or_create(
        window_id=window_id,
        defaults={
            "said_milli": twin.own.come.mean_milli,
            "low": twin.own.come.low,
            "high": twin.own.come.high,
            "revenue_minor": twin.own.revenue_minor,
            "answers": twin.answers,
            "made_at": now,
        },
    )
    return is_new

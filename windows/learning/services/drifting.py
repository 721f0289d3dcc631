"""Each day's judgement on whether what is said of windows still holds."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog

from iceshop.infra.db import operation
from windows.learning.domain.judgement import ALARMS, Drift, drift
from windows.learning.models import DriftCheck
from windows.learning.queries.held import DRIFT_DAYS, checked_windows

log = structlog.get_logger(__name__)


@operation
def check_drift(*, now: datetime) -> Drift:
    """Judge the windows of the last weeks and keep the judgement of the day."""
    windows = checked_windows(since=now - timedelta(days=DRIFT_DAYS), until=now)
    found = drift([one.place for one in windows])
    DriftCheck.objects.update_or_create(
        on=now.date(),
        defaults={
            "drift": found,
            "windows": len(windows),
            "held_90": sum(one.is_in_90 for one in windows),
            "made_at": now,
        },
    )
    if found in ALARMS:
        log.warning("forecast.drift", drift=found.value, windows=len(windows))
    return found

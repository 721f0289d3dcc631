"""The seed of the day."""

from __future__ import annotations

import hmac
import secrets
from datetime import UTC, datetime

from django.conf import settings

from iceshop.infra.db import operation
from windows.rounds.models import RoundSeed


@operation
def commit_seed(*, now: datetime) -> str:
    """Store what the lots of the day are drawn from, once; returns it.

    It is stored before anything is drawn, so nobody can choose it to suit somebody. Made at
    random, but where a city is played that must be the same each time.
    """
    day = now.astimezone(UTC).date()
    made = secrets.token_hex(32)
    if settings.LOT_KEY:
        made = hmac.digest(settings.LOT_KEY.encode(), day.isoformat().encode(), "sha256").hex()
    row, _ = RoundSeed.objects.get_or_create(day=day, defaults={"secret": made, "stored_at": now})
    return row.secret

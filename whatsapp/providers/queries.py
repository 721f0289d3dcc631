"""Reads: whether a service rests."""

from __future__ import annotations

from datetime import datetime

from whatsapp.providers.domain import FAILURES, Ended, Result, Service, rests
from whatsapp.providers.models import ProviderCall


def is_resting(service: Service, *, now: datetime) -> bool:
    """Whether ``service`` failed too often lately to be asked at ``now``. One query."""
    rows = ProviderCall.objects.filter(service=service, at__lte=now).order_by("-at", "-id")
    newest = rows.values_list("at", "result")[:FAILURES]
    return rests([Ended(at, Result(result)) for at, result in newest], now)

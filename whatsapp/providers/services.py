"""Noting calls, and keeping them within a day's budget."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db.models import F
from django.db.models.functions import Greatest, Least

from iceshop.infra.db import operation
from whatsapp.providers.domain import Result, Service
from whatsapp.providers.models import ProviderCall, ProviderDay

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call that has ended; ``provider`` is the host."""

    service: Service
    provider: str
    model: str
    result: Result
    took_ms: int
    tokens_in: int = 0
    tokens_out: int = 0


@operation
def note_call(call: Call, *, now: datetime) -> None:
    """Keep that a service was asked and how it went."""
    ProviderCall.objects.create(
        service=call.service,
        provider=call.provider[:80],
        model=call.model[:80],
        result=call.result,
        took_ms=call.took_ms,
        tokens_in=call.tokens_in,
        tokens_out=call.tokens_out,
        at=now,
    )
    if call.result.is_failure:
        log.warning("provider.failed", service=call.service, result=call.result)


@operation
def reserve(
    *, asked: Service, tokens: int, most_calls: int, most_tokens: int, now: datetime
) -> bool:
    """Take one call and ``tokens`` of the day's budget; ``False`` when it is spent.

    The limits of the day are those of the latest setting, but never under what is spent.
    """
    today = ProviderDay.objects.filter(service=asked, asked_on=now.date())
    ProviderDay.objects.bulk_create(
        [
            ProviderDay(
                service=asked,
                asked_on=now.date(),
                most_calls=most_calls,
                most_tokens=most_tokens,
            )
        ],
        ignore_conflicts=True,
    )
    today.exclude(most_calls=most_calls, most_tokens=most_tokens).update(
        most_calls=Greatest(F("calls"), most_calls), most_tokens=Greatest(F("tokens"), most_tokens)
    )
    taken = today.filter(calls__lt=F("most_calls"), tokens__lte=F("most_tokens") - tokens)
    return taken.update(calls=F("calls") + 1, tokens=F("tokens") + tokens) == 1


@operation
def settle(*, asked: Service, reserved: int, used: int, now: datetime) -> None:
    """Replace the reserved tokens by the used ones; a service may use more than was thought."""
    ProviderDay.objects.filter(service=asked, asked_on=now.date()).update(
        tokens=Least(Greatest(F("tokens") - reserved + used, 0), F("most_tokens"))
    )

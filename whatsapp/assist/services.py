"""Asking for advice on a message of which the rules are unsure."""

from __future__ import annotations

from datetime import datetime

import structlog
from django.conf import settings

from iceshop.infra.db import outside
from whatsapp.assist.answer import suggestion
from whatsapp.assist.domain import Query, may_ask
from whatsapp.assist.model import Model, Told, model
from whatsapp.assist.prompt import user_turn
from whatsapp.nlu.reading import Reading
from whatsapp.nlu.sureness import threshold
from whatsapp.providers import queries as providers
from whatsapp.providers import services as calls
from whatsapp.providers.domain import Result, Service

log = structlog.get_logger(__name__)


def wants_advice(*, query: Query, reading: Reading) -> bool:
    """Whether a model is set and may be asked about this message. No query."""
    if not settings.LANGUAGE_MODEL["URL"]:
        return False
    below_percent = settings.LANGUAGE_MODEL["BELOW_PERCENT"] or round(100 * threshold())
    return may_ask(query, reading, below_percent=below_percent)


@outside
def advise(*, query: Query, reading: Reading, now: datetime) -> Reading:
    """The better reading of a message, or ``reading`` when there is none to be had.

    Writes: the call, the day's budget. Takes at most the set time; never raises for the service.
    """
    asked = model()
    if asked is None or providers.is_resting(Service.MODEL, now=now):
        return reading
    turn = user_turn(query)
    reserved = asked.estimate(turn)
    wanted = settings.LANGUAGE_MODEL
    if not calls.reserve(
        asked=Service.MODEL,
        tokens=reserved,
        most_calls=wanted["DAILY_CALLS"],
        most_tokens=wanted["DAILY_TOKENS"],
        now=now,
    ):
        log.info("model.budget_spent")
        return reading
    told = asked.ask(turn)
    advised = suggestion(told.value, query, reading) if told.result is Result.OK else None
    _note(asked, told, reserved=reserved, is_useful=advised is not None, now=now)
    return advised or reading


def _note(asked: Model, told: Told, *, reserved: int, is_useful: bool, now: datetime) -> None:
    is_useless = told.result is Result.OK and not is_useful
    used = told.tokens_in + told.tokens_out
    if used or told.result is not Result.TOO_SLOW:
        # What was too slow may have been worked all the same: its reservation stays.
        calls.settle(asked=Service.MODEL, reserved=reserved, used=used, now=now)
    calls.note_call(
        calls.Call(
            service=Service.MODEL,
            provider=asked.provider,
            model=asked.name,
            result=Result.USELESS if is_useless else told.result,
            took_ms=told.took_ms,
            tokens_in=told.tokens_in,
            tokens_out=told.tokens_out,
        ),
        now=now,
    )

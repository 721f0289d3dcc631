"""Claiming lanes and working what is in them."""

from __future__ import annotations

import time
from datetime import datetime

import structlog

from iceshop.infra.db import outside, run_operation
from iceshop.kernel.errors import Conflict, DomainError
from whatsapp.assist import services as assist
from whatsapp.conversation.services.advice import AdviceWanted
from whatsapp.conversation.services.working import work
from whatsapp.nlu.reading import Reading
from whatsapp.voice import services as voice
from whatsapp.webhook import services as webhook
from whatsapp.webhook.queries import ClaimedItem, waiting_lanes

log = structlog.get_logger(__name__)

_LANES = 20
# Everything that one person wrote before anybody looked is answered together.
_BATCH = 100
_LEASE_SECONDS = 60
_MOST_ATTEMPTS = 3
# Questions to a model in one batch: they are waited for, and the lease goes on.
_MOST_ADVICE = 3
_FIRST_WAIT_SECONDS = 2


@outside
def drain(*, now: datetime, budget_seconds: float = 20) -> int:
    """Work all waiting lanes, until none is left or the budget is spent; how many items."""
    ends = time.monotonic() + budget_seconds
    done = 0
    while time.monotonic() < ends:
        lanes = waiting_lanes(limit=_LANES)
        worked = sum(_drain_lane(lane, now=now) for lane in lanes if time.monotonic() < ends)
        if not worked:
            break
        done += worked
    return done


def _drain_lane(lane_key: str, *, now: datetime) -> int:
    """Work one lane; what goes wrong in it holds up no other."""
    try:
        items = webhook.claim_lane(lane_key=lane_key, limit=_BATCH, lease_seconds=_LEASE_SECONDS)
        items = items[: voice.listen(items=items, now=now)]
        if items:
            _work_claimed(items, now=now)
    except Exception as error:
        if _is_lost(error):
            return 0
        log.exception("lane.failed")
        return 0
    return len(items)


def _work_claimed(items: tuple[ClaimedItem, ...], *, now: datetime) -> None:
    try:
        _work_advised(items, now=now)
    except Exception as error:
        if _is_lost(error):
            return
        if not isinstance(error, DomainError):
            log.exception("batch.failed", items=len(items))
        _one_by_one(items, now=now)


def _work_advised(items: tuple[ClaimedItem, ...], *, now: datetime) -> None:
    """Work; where the rules are unsure and a model is set, ask it outside and work again."""
    advice: dict[int, Reading] = {}
    while True:
        try:
            run_operation(work, items=items, advice=advice, now=now)
        except AdviceWanted as wanted:
            advice[wanted.item_id] = (
                assist.advise(query=wanted.query, reading=wanted.reading, now=now)
                if len(advice) < _MOST_ADVICE
                else wanted.reading
            )
        else:
            return


def _is_lost(error: Exception) -> bool:
    """Whether another worker took the items over: what it does with them counts."""
    return isinstance(error, Conflict) and error.code == "webhook.lease_lost"


def _one_by_one(items: tuple[ClaimedItem, ...], *, now: datetime) -> None:
    """Find the message that cannot be worked; it and what follows wait, or it is set aside."""
    for position, item in enumerate(items):
        try:
            _work_advised((item,), now=now)
        except DomainError as error:
            if _is_lost(error):
                return
            run_operation(webhook.quarantine, items=[item], reason=error.code[:60], now=now)
        except Exception:
            log.exception("item.failed", item=item.id, attempt=item.attempt)
            if item.attempt >= _MOST_ATTEMPTS:
                run_operation(
                    webhook.quarantine, items=[item], reason="conversation.failed", now=now
                )
                continue
            wait = _FIRST_WAIT_SECONDS**item.attempt
            run_operation(webhook.put_back, items=items[position:], wait_seconds=wait)
            return

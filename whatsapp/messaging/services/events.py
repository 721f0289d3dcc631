"""What the platform reports: statuses of our messages, templates, the account."""

from __future__ import annotations

import time
from datetime import datetime

import structlog

from iceshop.infra.db import operation, outside, run_operation
from iceshop.kernel.errors import Conflict
from whatsapp.gateway.errors import Breaker
from whatsapp.gateway.items import Kind, Status, TemplateEvent
from whatsapp.messaging.models import MessageTemplate, SendingStop
from whatsapp.messaging.services.statuses import note_statuses
from whatsapp.webhook import services as webhook
from whatsapp.webhook.queries import ClaimedItem

log = structlog.get_logger(__name__)

_KINDS = (Kind.STATUS, Kind.TEMPLATE, Kind.ACCOUNT, Kind.ERROR)
_BATCH = 200
_LEASE_SECONDS = 60
_AGAIN_SECONDS = 5
_MOST_ATTEMPTS = 3


@outside
def drain_events(*, now: datetime, budget_seconds: float = 20) -> int:
    """Work on what has been reported, until nothing is left or the budget is spent."""
    ends = time.monotonic() + budget_seconds
    done = 0
    while time.monotonic() < ends:
        items = webhook.claim_items(kinds=_KINDS, limit=_BATCH, lease_seconds=_LEASE_SECONDS)
        if not items:
            break
        _work(items, now)
        done += len(items)
        if len(items) < _BATCH:
            break
    return done


def _work(items: tuple[ClaimedItem, ...], now: datetime) -> None:
    """Work all reports of messages at once and the rest one by one; a bad one stops no other."""
    statuses = [item for item in items if isinstance(item.content, Status)]
    others = [[item] for item in items if not isinstance(item.content, Status)]
    if statuses and not _is_worked(statuses, now):
        others += [[item] for item in statuses]
    for one in others:
        if not _is_worked(one, now):
            _set_aside(one[0], now)


def _is_worked(items: list[ClaimedItem], now: datetime) -> bool:
    try:
        if isinstance(items[0].content, Status):
            note_statuses(items=items, now=now)
        else:
            _note(items[0], now=now)
    except Conflict as error:
        # Somebody else took over: they are worked, or will be.
        return error.code == "webhook.lease_lost"
    except Exception:
        # The edge of the drain: one bad report must not stop the others.
        log.exception("report.failed", items=len(items))
        return False
    return True


def _set_aside(item: ClaimedItem, now: datetime) -> None:
    """Look at a report that cannot be worked again later; after some tries a person does."""
    if item.attempt >= _MOST_ATTEMPTS:
        run_operation(webhook.quarantine, items=[item], reason="report.failed", now=now)
    else:
        run_operation(webhook.put_back, items=[item], wait_seconds=_AGAIN_SECONDS)


@operation
def _note(item: ClaimedItem, *, now: datetime) -> None:
    if isinstance(item.content, TemplateEvent):
        _note_template(item.content, now)
    elif item.kind == Kind.ACCOUNT:
        _note_account(item, now)
    webhook.mark_done(items=[item], now=now)


def _note_template(event: TemplateEvent, now: datetime) -> None:
    """Take over state, quality or category; a template that we do not know is none of ours."""
    columns = {
        "message_template_status_update": "state",
        "message_template_quality_update": "quality",
        "template_category_update": "category",
    }
    column = columns.get(event.field)
    if column is None:
        return
    language = event.language.split("_")[0]
    rows = MessageTemplate.objects.filter(name=event.name, language__startswith=language)
    rows.update(**{column: event.event[:20], "updated_at": now})


def _note_account(item: ClaimedItem, now: datetime) -> None:
    """A restriction stops what nobody asked for; everything else is for the operator to read."""
    event = getattr(item.content, "event", "")
    if event in ("ACCOUNT_RESTRICTION", "DISABLED_UPDATE", "ACCOUNT_VIOLATION"):
        log.error("account.event", account_event=event)
    if event == "ACCOUNT_RESTRICTION":
        SendingStop.objects.get_or_create(
            scope=Breaker.PROACTIVE.value, defaults={"code": None, "since": now}
        )

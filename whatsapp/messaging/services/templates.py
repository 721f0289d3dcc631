"""Keeping our templates and the platform's in step."""

from __future__ import annotations

from datetime import datetime

import structlog
from django.conf import settings

from iceshop.infra.db import operation, outside, step
from whatsapp.gateway.templates import create_template, list_templates
from whatsapp.messaging.models import MessageTemplate, OutboundMessage
from whatsapp.messaging.platform import platform
from whatsapp.messaging.templating import TemplateText, templates

log = structlog.get_logger(__name__)

APPROVED = "APPROVED"
PAUSED = "PAUSED"


@outside
def sync_templates(*, now: datetime) -> int:
    """Submit what the platform does not have and note all states; how many are usable.

    A template whose text differs from ours is left alone: changing it there is a person's decision.
    """
    account_id = settings.WHATSAPP["ACCOUNT_ID"]
    known = list_templates(platform(), account_id=account_id)
    if known is None:
        return 0
    states = dict(known)
    for key, template in templates().items():
        if key not in states:
            state = create_template(
                platform(), account_id=account_id, definition=template.definition()
            )
            if state is not None:
                states[key] = state
    return _note(states, now=now)


@operation
def _note(states: dict[tuple[str, str], str], *, now: datetime) -> int:
    for (name, language), template in templates().items():
        MessageTemplate.objects.update_or_create(
            name=name,
            language=language,
            defaults={
                "category": template.category,
                "state": states.get((name, language), "MISSING"),
                "updated_at": now,
            },
        )
    return sum(state == APPROVED for key, state in states.items() if key in templates())


@step
def mark_unusable(*, row: OutboundMessage, now: datetime) -> None:
    """Stop using the template that ``row`` was sent by, until the platform approves it again."""
    if not row.is_template:
        return
    value = row.body["value"]
    rows = MessageTemplate.objects.filter(name=value["name"], language=value["language"])
    rows.update(state=PAUSED, updated_at=now)


@outside
def usable_template(*, name: str, language: str, now: datetime) -> TemplateText | None:
    """The template if the platform lets it be sent; asks the platform when it is not known yet."""
    template = templates().get((name, language))
    if template is None:
        return None
    state = _state(name, language)
    if state is None:
        sync_templates(now=now)
        state = _state(name, language)
    if state != APPROVED:
        log.warning("template.not_usable", template=name, language=language, state=state)
        return None
    return template


def _state(name: str, language: str) -> str | None:
    rows = MessageTemplate.objects.filter(name=name, language=language)
    return rows.values_list("state", flat=True).first()

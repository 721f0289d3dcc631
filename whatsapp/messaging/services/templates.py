"""Keeping our templates and the platform's in step."""

from __future__ import annotations

from datetime import datetime

import structlog
from django.conf import settings

from iceshop.infra.db import operation, outside, step
from whatsapp.gateway.templates import Listed, create_template, list_templates
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
    judged = dict(known)
    for key, template in templates().items():
        if key not in judged:
            made = create_template(
                platform(), account_id=account_id, definition=template.definition()
            )
            if made is not None:
                judged[key] = made
    return _note(judged, now=now)


@operation
def _note(judged: dict[tuple[str, str], Listed], *, now: datetime) -> int:
    usable = 0
    for (name, language), template in templates().items():
        found = judged.get((name, language), Listed("MISSING", template.category))
        usable += found == Listed(APPROVED, template.category)
        MessageTemplate.objects.update_or_create(
            name=name,
            language=language,
            defaults={
                "category": found.category,
                "state": found.state,
                "updated_at": now,
            },
        )
    return usable


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
    """The template if it may be sent; asks the platform when it is not known yet.

    One that the platform has put into another category is not: it costs more, loses its time to
    live, and needs another consent.
    """
    template = templates().get((name, language))
    if template is None:
        return None
    judged = _judged(name, language)
    if judged is None:
        sync_templates(now=now)
        judged = _judged(name, language)
    if judged != Listed(APPROVED, template.category):
        log.warning("template.not_usable", template=name, language=language)
        return None
    return template


def _judged(name: str, language: str) -> Listed | None:
    row = MessageTemplate.objects.filter(name=name, language=language).first()
    return Listed(row.state, row.category) if row else None

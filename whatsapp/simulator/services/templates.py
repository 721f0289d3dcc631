"""Templates: created and approved at once."""

from __future__ import annotations

from datetime import datetime

from iceshop.infra.db import operation
from whatsapp.simulator import connection
from whatsapp.simulator.domain import wire
from whatsapp.simulator.domain.codes import Json, Refusal
from whatsapp.simulator.domain.templates import parse_template
from whatsapp.simulator.models import SimulatedTemplate
from whatsapp.simulator.queries import TemplateFacts
from whatsapp.simulator.services import deliveries


@operation
def create_template(*, definition: Json, now: datetime) -> TemplateFacts:
    """Approve a template and tell the webhook. Raises ``Refusal``."""
    template = parse_template(definition)
    row, created = SimulatedTemplate.objects.get_or_create(
        name=template.name,
        language=template.language,
        defaults={"category": template.category, "definition": definition, "created_at": now},
    )
    if not created:
        raise Refusal(
            100,
            f"There is already {template.language} content for the template {template.name}.",
            subcode=2388024,
        )
    deliveries.put_account_event(
        body=wire.template_body(
            connection.number(),
            template_id=row.pk,
            name=row.name,
            language=row.language,
            category=row.category,
            at=now,
        ),
        now=now,
    )
    return TemplateFacts(row.pk, row.name, row.language, row.category, definition)


@operation
def delete_template(*, name: str) -> bool:
    """Delete a template in all languages; whether there was one."""
    deleted, _ = SimulatedTemplate.objects.filter(name=name).delete()
    return deleted > 0

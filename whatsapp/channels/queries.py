"""Reading SMS."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from accounts.consent.queries import ConsentCard
from accounts.identity.queries import PersonCard
from whatsapp.channels import connection
from whatsapp.channels.domain import SmsState
from whatsapp.channels.models import SmsMessage


@dataclass(frozen=True, slots=True)
class SmsCard:
    """An SMS as others see it."""

    id: UUID
    person_id: UUID
    text: str
    parts: int
    cost_micros: int
    state: SmsState


def may_send(person: PersonCard, stands: ConsentCard) -> bool:
    """Whether an SMS may go to the person: set up, a number is known, none was refused by SMS."""
    return connection.is_set_up() and bool(person.phone) and not stands.sms_opted_out


def sms_of_person(person_id: UUID) -> tuple[SmsCard, ...]:
    """What was sent to the person by SMS, oldest first. One query."""
    rows = SmsMessage.objects.filter(person_id=person_id).order_by("created_at", "pk")
    return tuple(
        SmsCard(row.id, row.person_id, row.text, row.parts, row.cost_micros, SmsState(row.state))
        for row in rows
    )

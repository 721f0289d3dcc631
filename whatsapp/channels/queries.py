"""Whether an SMS may go."""

from __future__ import annotations

from accounts.consent.queries import ConsentCard
from accounts.identity.queries import PersonCard
from whatsapp.channels import connection


def may_send(person: PersonCard, stands: ConsentCard) -> bool:
    """Whether an SMS may go to the person: set up, a number is known, none was refused by SMS."""
    return connection.is_set_up() and bool(person.phone) and not stands.sms_opted_out

"""Who has a phone."""

from __future__ import annotations

from datetime import datetime

from iceshop.infra.db import add_new, operation, step
from iceshop.infra.prepared import Prepared, given
from iceshop.kernel.text import clean
from whatsapp.simulator.domain.inbound import NAME_LENGTH, parse_address
from whatsapp.simulator.domain.wire import Party, user_id_for
from whatsapp.simulator.models import SimulatedPerson


@operation
def add_person(
    *,
    phone: str,
    name: str,
    role: str,
    language: str,
    now: datetime,
    store: str = "",
    user_id: str = "",
) -> str:
    """Give somebody a phone, or rename who has it, and return the user id.

    ``role`` is ``buyer`` or ``seller``; without ``user_id`` one is made from the phone.
    Raises: NotFound("sim.person") when the phone is none.
    """
    digits, _ = parse_address(phone)
    shown = {
        "name": clean(name, NAME_LENGTH), "role": role, "language": language, "store": store,
    }  # fmt: skip
    made = {"user_id": user_id or user_id_for(digits), "created_at": now}
    row, _ = SimulatedPerson.objects.update_or_create(
        phone=digits, defaults=shown, create_defaults=shown | made
    )
    return row.user_id


_BY_PHONE = Prepared(
    lambda: SimulatedPerson.objects.select_for_update(no_key=True).filter(phone=given("phone"))
)
_BY_USER_ID = Prepared(
    lambda: SimulatedPerson.objects.select_for_update(no_key=True).filter(user_id=given("user_id"))
)


@step
def locked_person(
    *, phone: str, user_id: str, now: datetime, name: str = "", language: str = ""
) -> SimulatedPerson:
    """Lock the row of the person with ``phone`` or ``user_id``; one not seen before is new."""
    wanted = {"phone": phone} if phone else {"user_id": user_id}
    locked = _BY_PHONE if phone else _BY_USER_ID
    row = locked.first(**wanted)
    if row is None:
        new = SimulatedPerson(
            phone=phone,
            user_id=user_id or user_id_for(phone),
            name=clean(name, NAME_LENGTH) or _default_name(phone, user_id),
            role="buyer",
            language=language or "tr",
            created_at=now,
        )
        add_new([new])
        (row,) = locked(**wanted)
    return row


def party(row: SimulatedPerson) -> Party:
    """The person as the wire knows them."""
    return Party(phone=row.phone, user_id=row.user_id, name=row.name)


def _default_name(phone: str, user_id: str) -> str:
    return f"+{phone}" if phone else user_id[-6:]

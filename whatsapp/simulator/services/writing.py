"""People write: a message on their phone, a webhook to the product."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from iceshop.infra.db import operation
from iceshop.infra.prepared import Prepared, given, insert_one
from iceshop.kernel.errors import Invalid
from iceshop.kernel.text import clean
from whatsapp.simulator import connection
from whatsapp.simulator.domain import inbound, wire
from whatsapp.simulator.domain.codes import Json
from whatsapp.simulator.domain.inbound import NAME_LENGTH, Written
from whatsapp.simulator.domain.limits import Status
from whatsapp.simulator.domain.pieces import Button, Kind
from whatsapp.simulator.models import SimulatedMessage, SimulatedPerson
from whatsapp.simulator.services import deliveries
from whatsapp.simulator.services.media import base64_digest, keep_media, media_url
from whatsapp.simulator.services.people import locked_person, party


@dataclass(frozen=True)
class WrittenRef:
    """The id and the number of a message that a person wrote."""

    wamid: str
    n: int


@dataclass(frozen=True)
class _Shown:
    """What the phone shows of the message, and what the webhook carries."""

    kind: Kind
    content: Json
    text: str = ""
    media_id: str = ""
    pressed_wamid: str = ""
    pressed_id: str = ""


@operation
def write_as_person(*, address: str, written: Written, now: datetime) -> WrittenRef:
    """Let the person with phone or user id ``address`` write; one not seen before is new.

    Writes: person, message, delivery.
    Raises: NotFound("sim.person"), Invalid("sim.button_unknown") for a button never shown here.
    """
    phone, user_id = inbound.parse_address(address)
    person = locked_person(
        phone=phone, user_id=user_id, name=written.name, language=written.language, now=now
    )
    shown = _shown(person, written, now)
    wamid = wire.message_id(party(person), inbound=True, token=secrets.token_hex(9))
    _move_on(person, written, now)
    body = wire.message_body(
        connection.number(), party(person), wamid=wamid, at=now, content=shown.content
    )
    message = insert_one(
        SimulatedMessage(
            person=person,
            n=person.last_n,
            direction="in",
            kind=shown.kind,
            wamid=wamid,
            text=shown.text,
            media_id=shown.media_id,
            pressed_wamid=shown.pressed_wamid,
            pressed_id=shown.pressed_id,
            status=Status.SENT,
            wire={} if _is_unstorable(written.text) else shown.content,
            at=now,
        )
    )
    deliveries.put_message(person=person, message=message, body=body, now=now)
    return WrittenRef(wamid=wamid, n=message.n)


def _move_on(person: SimulatedPerson, written: Written, now: datetime) -> None:
    person.last_n += 1
    person.version += 1
    person.last_inbound_at = now
    person.name = clean(written.name, NAME_LENGTH) or person.name
    person.language = written.language or person.language
    person.save(update_fields=["last_n", "version", "last_inbound_at", "name", "language"])


def _shown(person: SimulatedPerson, written: Written, now: datetime) -> _Shown:
    if written.button:
        return _pressed(person, written.button)
    if written.place is not None:
        place = written.place
        content = inbound.location_content(place, asked=_open_request(person))
        return _Shown(Kind.LOCATION, content, text=f"{place.latitude}, {place.longitude}")
    if written.audio:
        return _spoken(written.audio, now)
    return _Shown(Kind.TEXT, inbound.text_content(written.text), text=clean(written.text))


def _pressed(person: SimulatedPerson, button_id: str) -> _Shown:
    message = (
        SimulatedMessage.objects.filter(
            person=person, direction="out", buttons__contains=[{"id": button_id}]
        )
        .exclude(status=Status.FAILED)
        .order_by("-n")
        .first()
    )
    if message is None:
        raise Invalid("sim.button_unknown")
    row = next(item for item in message.buttons if item["id"] == button_id)
    asked = wire.context(connection.number(), wamid=message.wamid)
    content = inbound.press_content(Kind(message.kind), Button(**row), asked=asked)
    return _Shown(
        Kind.TEXT,
        content,
        text=row["title"],
        pressed_wamid=message.wamid,
        pressed_id=button_id,
    )


_NEWEST = Prepared(
    lambda: SimulatedMessage.objects.filter(person_id=given("person_id"), direction="out").order_by(
        "-n"
    )[:1]
)


def _open_request(person: SimulatedPerson) -> Json | None:
    """The reference to the newest message when it asks for the place."""
    newest = _NEWEST.first(person_id=person.pk)
    if newest is None or newest.kind != Kind.LOCATION_REQUEST:
        return None
    return wire.context(connection.number(), wamid=newest.wamid)


def _spoken(audio: bytes, now: datetime) -> _Shown:
    media = keep_media(content=audio, mime_type=inbound.VOICE_NOTE, is_upload=False, now=now)
    content = inbound.audio_content(
        media_id=media.media_id,
        sha256=base64_digest(media.sha256),
        url=media_url(media_id=media.media_id, now=now),
    )
    return _Shown(Kind.AUDIO, content, media_id=media.media_id)


def _is_unstorable(text: str) -> bool:
    """Whether the database refuses ``text``; the webhook carries it escaped all the same."""
    return "\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text)

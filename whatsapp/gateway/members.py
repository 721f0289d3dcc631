"""Readers of list members: one JSON object in, one item out, valid or set aside."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime

from whatsapp.gateway import events, fields
from whatsapp.gateway.bodies import read_body
from whatsapp.gateway.codes import Flag, Reason
from whatsapp.gateway.content import Body, IdentityChange
from whatsapp.gateway.fields import Flags, Object
from whatsapp.gateway.items import Content, Ignored, Invalid, Item, Message, Referral, Sender
from whatsapp.gateway.refused import Refused

PLATFORM = "platform"  # source of what names no account


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in the body the walk stands and what it knows by then."""

    account_ids: Collection[str]
    phone_number_ids: Collection[str]
    received_at: datetime
    path: str = ""
    source: str = PLATFORM
    account: str = ""
    event_at: datetime | None = None

    def at(self, step: str | int) -> Place:
        """Return the place one step deeper."""
        return replace(self, path=f"{self.path}.{step}" if self.path else str(step))

    def item(self, key: str, content: Content, flags: Flags | None = None) -> Item:
        """Return an item found here; its time is the one known by now."""
        moment = self.event_at or self.received_at
        return Item(
            source=self.source,
            key=key,
            event_at=moment,
            content=content,
            path=self.path,
            flags=tuple(dict.fromkeys(flags or ())),
        )

    def refuse(self, refused: Refused, value: object, key: str = "") -> Item:
        """Return an item that is set aside; without a key it is known by its content."""
        word, make = ("ignored", Ignored) if refused.is_harmless else ("invalid", Invalid)
        content = make(reason=refused.reason, what=refused.what)
        return self.item(key or f"{word}:{fields.digest(refused.reason, value)}", content)


@dataclass(frozen=True, slots=True)
class People:
    """The ``contacts`` of a value, found by id or by phone."""

    by_user_id: dict[str, Sender]
    by_phone: dict[str, Sender]

    @classmethod
    def of(cls, contacts: object) -> People:
        """Return the people of a list of contacts; what is no contact is passed over."""
        given = contacts if isinstance(contacts, list) else []
        people = [_profile(contact) for contact in given if fields.is_object(contact)]
        return cls(
            {person.user_id: person for person in people if person.user_id},
            {person.phone: person for person in people if person.phone},
        )

    def complete(self, phone: str, user_id: str) -> Sender | None:
        """Return the sender with name, or None when ids and contacts name different people."""
        found = self.by_user_id.get(user_id) or self.by_phone.get(phone)
        for other in (self.by_user_id.get(user_id), self.by_phone.get(phone)):
            if other and phone and other.phone and other.phone != phone:
                return None
            if other and user_id and other.user_id and other.user_id != user_id:
                return None
        name, username = (found.name, found.username) if found else ("", "")
        return Sender(phone=phone, user_id=user_id, name=name, username=username)


def _profile(contact: Object) -> Sender:
    profile = fields.member(contact, "profile")
    return Sender(
        phone=fields.phone(contact.get("wa_id"), []),
        user_id=fields.user_id(contact.get("user_id"), []),
        name=fields.line(profile.get("name"), 128),
        username=fields.line(profile.get("username"), 64),
    )


def _sender(phone: str, user_id: str, people: People) -> Sender:
    if not phone and not user_id:
        raise Refused(Reason.SENDER_MISSING)
    sender = people.complete(phone, user_id)
    if sender is None:
        raise Refused(Reason.SENDER_DISAGREES)
    return sender


def _timed(value: Object, place: Place, flags: Flags) -> Place:
    moment = fields.instant(value.get("timestamp"), place.received_at, flags)
    return replace(place, event_at=moment)


def _message(message: Object, people: People, place: Place) -> Item:
    flags: Flags = []
    place = _timed(message, place, flags)
    key = ""
    try:
        message_id = fields.required_id(message, "id")
        key = f"message:{message_id}"
        phone = fields.phone(message.get("from"), flags)
        user_id = fields.user_id(message.get("from_user_id"), flags)
        body = read_body(message, flags)
        content = Message(
            message_id=message_id,
            sender=_message_sender(body, phone, user_id, people),
            body=body,
            quoted_id=fields.identifier(fields.member(message, "context").get("id")),
            is_forwarded=_is_forwarded(fields.member(message, "context")),
            referral=_referral(message.get("referral")),
        )
        return place.item(key, content, flags)
    except Refused as refused:
        return place.refuse(refused, message, key)


def _message_sender(body: Body, phone: str, user_id: str, people: People) -> Sender:
    """Return who wrote. A change of id may come without any sender: then the id it names."""
    if isinstance(body, IdentityChange) and not phone and not user_id:
        return Sender(user_id=body.previous_user_id or body.user_id)
    return _sender(phone, user_id, people)


def _is_forwarded(context: Object) -> bool:
    return context.get("forwarded") is True or context.get("frequently_forwarded") is True


def _referral(referral: object) -> Referral | None:
    if not fields.is_object(referral):
        return None
    return Referral(
        source_type=fields.line(referral.get("source_type"), 40),
        source_id=fields.line(referral.get("source_id"), 64),
        click_id=fields.identifier(referral.get("ctwa_clid")),
    )


def _status(status: Object, people: People, place: Place) -> Item:
    flags: Flags = []
    place = _timed(status, place, flags)
    message_id = fields.identifier(status.get("id"))
    word = fields.line(status.get("status"), 32)
    key = f"status:{message_id}:{word}" if message_id and word else ""
    try:
        content = events.read_status(status, flags)
    except Refused as refused:
        return place.refuse(refused, status, key)
    if people.complete(content.phone, content.user_id) is None:
        flags.append(Flag.RECIPIENT_DISAGREES)
    return place.item(key, content, flags)


def _call(call: Object, people: People, place: Place) -> Item:
    flags: Flags = []
    place = _timed(call, place, flags)
    try:
        is_ours = call.get("direction") == "BUSINESS_INITIATED"
        phone = fields.phone(call.get("to" if is_ours else "from"), flags)
        user_id = fields.user_id(call.get("to_user_id" if is_ours else "from_user_id"), flags)
        content = events.read_call(call, _sender(phone, user_id, people))
    except Refused as refused:
        return place.refuse(refused, call)
    return place.item(f"call:{content.call_id}:{content.event}", content, flags)


def _preference(preference: Object, people: People, place: Place) -> Item:
    flags: Flags = []
    place = _timed(preference, place, flags)
    try:
        phone = fields.phone(preference.get("wa_id"), flags)
        user_id = fields.user_id(preference.get("user_id"), flags)
        content = events.read_preference(preference, _sender(phone, user_id, people))
    except Refused as refused:
        return place.refuse(refused, preference)
    return place.item(f"preference:{fields.digest(preference)}", content, flags)


def _identity(update: Object, people: People, place: Place) -> Item:
    flags: Flags = []
    place = _timed(update, place, flags)
    try:
        content = events.read_identity(update, flags)
    except Refused as refused:
        return place.refuse(refused, update)
    return place.item(f"identity:{fields.digest(update)}", content, flags)


def _error(error: Object, people: People, place: Place) -> Item:
    """Return an error that belongs to no message.

    It carries neither id nor time, so equal ones count once an hour: a redelivery is nothing new.
    """
    hour = place.received_at.strftime("%Y-%m-%dT%H")
    return place.item(f"error:{fields.digest(error, hour)}", events.read_error(error))


LISTS: dict[str, Callable[[Object, People, Place], Item]] = {
    "messages": _message,
    "statuses": _status,
    "errors": _error,
    "calls": _call,
    "user_preferences": _preference,
    "user_id_update": _identity,
}

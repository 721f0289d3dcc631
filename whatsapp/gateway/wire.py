"""The bytes of a webhook body, taken apart into items.

Every entry, change and list member is walked; one that cannot be read becomes an ``Invalid`` item of
its own and its neighbours are not touched. Nothing raises, whatever the bytes are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from whatsapp.gateway import events, fields
from whatsapp.gateway.bodies import Refused, read_body
from whatsapp.gateway.codes import Flag, Reason
from whatsapp.gateway.fields import Flags, Object
from whatsapp.gateway.items import (
    Body,
    Content,
    IdentityChange,
    Ignored,
    Invalid,
    Item,
    Message,
    Referral,
    Sender,
)
from whatsapp.gateway.strict_json import UNREADABLE, load

OBJECT = "whatsapp_business_account"
PLATFORM = "platform"  # source of what names no account
_VALUE_FIELDS = frozenset({"messages", "calls", "user_preferences", "user_id_update"})
_NUMBERED_FIELDS = frozenset({"messages", "calls"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where in the body the walk stands and what it knows by then."""

    account_ids: Collection[str]
    phone_number_ids: Collection[str]
    received_at: datetime
    path: str = ""
    source: str = PLATFORM
    account: str = ""
    event_at: datetime | None = None

    def at(self, step: str | int) -> _Place:
        return replace(self, path=f"{self.path}.{step}" if self.path else str(step))

    def item(self, key: str, content: Content, flags: Flags | None = None) -> Item:
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
        word, make = ("ignored", Ignored) if refused.is_harmless else ("invalid", Invalid)
        content = make(reason=refused.reason, what=refused.what)
        return self.item(key or f"{word}:{fields.digest(refused.reason, value)}", content)


def parse(
    body: bytes,
    *,
    account_ids: Collection[str],
    phone_number_ids: Collection[str],
    received_at: datetime,
) -> tuple[Item, ...]:
    """Return everything in the body, in its order; what is not ours comes as ``Ignored``."""
    place = _Place(
        account_ids=account_ids, phone_number_ids=phone_number_ids, received_at=received_at
    )
    try:
        items = list(_entries(_root(body), place))
    except Refused as refused:
        key = f"body:{hashlib.sha256(body).hexdigest()}"
        items = [place.refuse(refused, None, key)]
    return tuple(replace(item, position=index) for index, item in enumerate(items))


def _root(body: bytes) -> Object:
    if not body.strip():
        raise Refused(Reason.BODY_EMPTY)
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        raise Refused(Reason.BODY_NOT_UTF8) from error
    root = load(text)
    if root is UNREADABLE:
        raise Refused(Reason.BODY_NOT_JSON)
    if not fields.is_object(root):
        raise Refused(Reason.ROOT_NOT_OBJECT)
    if not isinstance(root.get("object"), str):
        raise Refused(Reason.OBJECT_MISSING)
    if root["object"] != OBJECT:
        raise Refused(Reason.OBJECT_OTHER, fields.line(root["object"], 40), is_harmless=True)
    if not isinstance(root.get("entry"), list):
        raise Refused(Reason.ENTRY_MISSING)
    return root


def _members(value: list[object], place: _Place) -> Iterator[tuple[Object, _Place]]:
    for index, part in enumerate(value):
        if fields.is_object(part):
            yield part, place.at(index)


def _skipped(value: list[object], place: _Place) -> Iterator[Item]:
    """Count the members of a list that are no objects, in one item."""
    count = sum(not fields.is_object(part) for part in value)
    if count:
        refused = Refused(Reason.NOT_AN_OBJECT, str(count), is_harmless=True)
        yield place.refuse(refused, value)


def _entries(root: Object, place: _Place) -> Iterator[Item]:
    entries = root["entry"]
    assert isinstance(entries, list)  # by _root
    yield from _skipped(entries, place.at("entry"))
    for entry, where in _members(entries, place.at("entry")):
        yield from _entry(entry, where)


def _entry(entry: Object, place: _Place) -> Iterator[Item]:
    account = fields.digits(entry.get("id"))
    event_at = fields.instant(entry.get("time"), place.received_at, [])
    place = replace(place, account=account, source=account or PLATFORM, event_at=event_at)
    changes = entry.get("changes")
    if not account:
        yield place.refuse(Refused(Reason.ENTRY_ID_MISSING), entry)
    elif account not in place.account_ids:
        yield place.refuse(Refused(Reason.ACCOUNT_UNKNOWN, account, is_harmless=True), entry)
    elif not isinstance(changes, list):
        yield place.refuse(Refused(Reason.CHANGES_MISSING), entry)
    else:
        yield from _skipped(changes, place.at("changes"))
        for change, where in _members(changes, place.at("changes")):
            yield from _change(change, entry.get("time"), where)


def _change(change: Object, time: object, place: _Place) -> Iterator[Item]:
    name, value = change.get("field"), change.get("value")
    try:
        if not isinstance(name, str) or not name:
            raise Refused(Reason.FIELD_MISSING)
        if name == "standby":
            raise Refused(Reason.THREAD_STANDBY, is_harmless=True)
        known = name in _VALUE_FIELDS | events.TEMPLATE_FIELDS.keys() | events.ACCOUNT_FIELDS.keys()
        if not known:
            raise Refused(Reason.FIELD_UNKNOWN, fields.line(name, 60), is_harmless=True)
        if not fields.is_object(value):
            raise Refused(Reason.VALUE_MISSING)
        if not value:
            raise Refused(Reason.VALUE_EMPTY, name, is_harmless=True)
        if name in _VALUE_FIELDS:
            yield from _value(name, value, place.at("value"))
        else:
            key = f"event:{fields.digest(place.account, name, time, value)}"
            is_template = name in events.TEMPLATE_FIELDS
            read = events.read_template if is_template else events.read_account
            yield place.item(key, read(name, value))
    except Refused as refused:
        yield place.refuse(refused, change)


def _value(name: str, value: Object, place: _Place) -> Iterator[Item]:
    place = replace(place, source=_number(name, value, place))
    lists = ("calls", "errors") if name == "calls" else tuple(_LISTS)
    present = [part for part in lists if part in value]
    if not present:
        raise Refused(Reason.VALUE_EMPTY, name, is_harmless=True)
    people = _People.of(value.get("contacts"))
    for part in present:
        members = value[part]
        if not isinstance(members, list):
            yield place.at(part).refuse(Refused(Reason.NOT_A_LIST, part), members)
            continue
        yield from _skipped(members, place.at(part))
        for member, where in _members(members, place.at(part)):
            yield _LISTS[part](member, people, where)


def _number(name: str, value: Object, place: _Place) -> str:
    """Return the number it came through: one of ours, or the change is refused."""
    product = value.get("messaging_product")
    if product is not None and product != "whatsapp":
        raise Refused(Reason.PRODUCT_OTHER, fields.line(product, 40), is_harmless=True)
    metadata = value.get("metadata")
    if metadata is None and name not in _NUMBERED_FIELDS:
        return place.source
    number = fields.digits(metadata.get("phone_number_id")) if fields.is_object(metadata) else ""
    if not number:
        raise Refused(Reason.METADATA_MISSING)
    if number not in place.phone_number_ids:
        raise Refused(Reason.NUMBER_UNKNOWN, number, is_harmless=True)
    return number


@dataclass(frozen=True, slots=True)
class _People:
    """The ``contacts`` of a value, found by id or by phone."""

    by_user_id: dict[str, Sender]
    by_phone: dict[str, Sender]

    @classmethod
    def of(cls, contacts: object) -> _People:
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


def _sender(phone: str, user_id: str, people: _People) -> Sender:
    if not phone and not user_id:
        raise Refused(Reason.SENDER_MISSING)
    sender = people.complete(phone, user_id)
    if sender is None:
        raise Refused(Reason.SENDER_DISAGREES)
    return sender


def _timed(value: Object, place: _Place, flags: Flags) -> _Place:
    moment = fields.instant(value.get("timestamp"), place.received_at, flags)
    return replace(place, event_at=moment)


def _message(message: Object, people: _People, place: _Place) -> Item:
    flags: Flags = []
    place = _timed(message, place, flags)
    message_id = fields.identifier(message.get("id"))
    key = f"message:{message_id}" if message_id else ""
    try:
        if not message_id:
            raise Refused(Reason.ID_MISSING)
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


def _message_sender(body: Body, phone: str, user_id: str, people: _People) -> Sender:
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


def _status(status: Object, people: _People, place: _Place) -> Item:
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


def _call(call: Object, people: _People, place: _Place) -> Item:
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


def _preference(preference: Object, people: _People, place: _Place) -> Item:
    flags: Flags = []
    place = _timed(preference, place, flags)
    try:
        phone = fields.phone(preference.get("wa_id"), flags)
        user_id = fields.user_id(preference.get("user_id"), flags)
        content = events.read_preference(preference, _sender(phone, user_id, people))
    except Refused as refused:
        return place.refuse(refused, preference)
    return place.item(f"preference:{fields.digest(preference)}", content, flags)


def _identity(update: Object, people: _People, place: _Place) -> Item:
    flags: Flags = []
    place = _timed(update, place, flags)
    try:
        content = events.read_identity(update, flags)
    except Refused as refused:
        return place.refuse(refused, update)
    return place.item(f"identity:{fields.digest(update)}", content, flags)


def _error(error: Object, people: _People, place: _Place) -> Item:
    """Return an error that belongs to no message.

    It carries neither id nor time, so equal ones count once an hour: a redelivery is not a new fact.
    """
    hour = place.received_at.strftime("%Y-%m-%dT%H")
    return place.item(f"error:{fields.digest(error, hour)}", events.read_error(error))


_LISTS: dict[str, Callable[[Object, _People, _Place], Item]] = {
    "messages": _message,
    "statuses": _status,
    "errors": _error,
    "calls": _call,
    "user_preferences": _preference,
    "user_id_update": _identity,
}

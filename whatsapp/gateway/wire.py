"""The bytes of a webhook body, taken apart into items.

Every entry, change and list member is walked; one that cannot be read becomes an ``Invalid`` item
of its own and its neighbours are not touched. Nothing raises, whatever the bytes are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime

from whatsapp.gateway import events, fields
from whatsapp.gateway.codes import Reason
from whatsapp.gateway.fields import Object
from whatsapp.gateway.items import Item
from whatsapp.gateway.members import LISTS, PLATFORM, People, Place
from whatsapp.gateway.refused import Refused
from whatsapp.gateway.strict_json import UNREADABLE, load

OBJECT = "whatsapp_business_account"
_VALUE_FIELDS = frozenset({"messages", "calls", "user_preferences", "user_id_update"})
_NUMBERED_FIELDS = frozenset({"messages", "calls"})


def parse(
    body: bytes,
    *,
    account_ids: Collection[str],
    phone_number_ids: Collection[str],
    received_at: datetime,
) -> tuple[Item, ...]:
    """Return everything in the body, in its order; what is not ours comes as ``Ignored``."""
    place = Place(
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
    return root


def _members(value: list[object], place: Place) -> Iterator[tuple[Object, Place]]:
    for index, part in enumerate(value):
        if fields.is_object(part):
            yield part, place.at(index)


def _skipped(value: list[object], place: Place) -> Iterator[Item]:
    """Count the members of a list that are no objects, in one item."""
    count = sum(not fields.is_object(part) for part in value)
    if count:
        refused = Refused(Reason.NOT_AN_OBJECT, str(count), is_harmless=True)
        yield place.refuse(refused, value)


def _entries(root: Object, place: Place) -> Iterator[Item]:
    entries = root.get("entry")
    if not isinstance(entries, list):
        raise Refused(Reason.ENTRY_MISSING)
    yield from _skipped(entries, place.at("entry"))
    for entry, where in _members(entries, place.at("entry")):
        yield from _entry(entry, where)


def _entry(entry: Object, place: Place) -> Iterator[Item]:
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


def _change(change: Object, time: object, place: Place) -> Iterator[Item]:
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


def _value(name: str, value: Object, place: Place) -> Iterator[Item]:
    place = replace(place, source=_number(name, value, place))
    lists = ("calls", "errors") if name == "calls" else tuple(LISTS)
    present = [part for part in lists if part in value]
    if not present:
        raise Refused(Reason.VALUE_EMPTY, name, is_harmless=True)
    people = People.of(value.get("contacts"))
    for part in present:
        members = value[part]
        if not isinstance(members, list):
            yield place.at(part).refuse(Refused(Reason.NOT_A_LIST, part), members)
            continue
        yield from _skipped(members, place.at(part))
        for member, where in _members(members, place.at(part)):
            yield LISTS[part](member, people, where)


def _number(name: str, value: Object, place: Place) -> str:
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

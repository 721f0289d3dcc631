"""Readers of message bodies: one function a type, each gives a body or raises ``Refused``."""

from __future__ import annotations

import re
from collections.abc import Callable

from whatsapp.gateway import fields
from whatsapp.gateway.codes import Flag, Reason
from whatsapp.gateway.content import (
    Body,
    CallPermission,
    Choice,
    ContactCards,
    Edit,
    Form,
    IdentityChange,
    Location,
    Media,
    Order,
    Reaction,
    Revoke,
    Text,
    Unsupported,
    Welcome,
)
from whatsapp.gateway.fields import Flags, Object
from whatsapp.gateway.refused import Refused
from whatsapp.gateway.strict_json import load

CHOICE_ID_CAP = 256  # longest id that can be issued with a button or a row
AUDIO_TYPES = frozenset(
    {"audio/ogg", "audio/mpeg", "audio/mp4", "audio/aac", "audio/amr", "audio/opus"}
)
_SHA256 = re.compile(r"[A-Za-z0-9+/]{43}=")
_CHANGED_ID = re.compile(r"changed from (\S+) to (\S+)$")


def read_body(message: Object, flags: Flags) -> Body:
    """Return the body of a message by its ``type``; an unknown type is ``Unsupported``."""
    name = message.get("type")
    if not isinstance(name, str) or not name:
        raise Refused(Reason.TYPE_MISSING)
    reader = _READERS.get(name)
    if reader is None:
        flags.append(Flag.TYPE_UNKNOWN)
        return Unsupported(what=fields.line(name, 40))
    return reader(message, flags)


def _object(message: Object, name: str) -> Object:
    """Return the object that belongs to the type, or say how it is wrong."""
    value = message.get(name)
    if fields.is_object(value):
        return value
    if name in message:
        raise Refused(Reason.CONTENT_NOT_OBJECT, name)
    others = [other for other in _READERS if other in message]
    if others:
        raise Refused(Reason.CONTENT_DISAGREES, others[0])
    raise Refused(Reason.CONTENT_MISSING, name)


def _text(message: Object, flags: Flags) -> Body:
    return Text(text=_written(_object(message, "text"), flags))


def _written(text: Object, flags: Flags) -> str:
    value = text.get("body")
    if value is None:
        raise Refused(Reason.TEXT_MISSING)
    if not isinstance(value, str):
        raise Refused(Reason.TEXT_NOT_TEXT)
    return fields.words(value, flags)


def _media(form: str) -> Callable[[Object, Flags], Body]:
    def read(message: Object, flags: Flags) -> Body:
        media = _object(message, form)
        mime_type = fields.line(media.get("mime_type"), 80).lower()
        sha256 = fields.identifier(media.get("sha256"))
        caption = media.get("caption")
        media_id = _media_id(media, flags)
        if form == "audio" and mime_type.partition(";")[0].strip() not in AUDIO_TYPES:
            flags.append(Flag.MEDIA_TYPE_REFUSED)
            media_id = ""
        return Media(
            form=form,
            media_id=media_id,
            mime_type=mime_type,
            sha256=sha256 if _SHA256.fullmatch(sha256) else "",
            caption=fields.words(caption, flags) if isinstance(caption, str) else "",
            filename=fields.line(media.get("filename")),
            is_voice=media.get("voice") is True,
        )

    return read


def _media_id(media: Object, flags: Flags) -> str:
    given = media.get("id")
    media_id = fields.digits(given)
    if not media_id:
        flags.append(Flag.MEDIA_ID_REFUSED if given else Flag.MEDIA_ID_MISSING)
    return media_id


def _location(message: Object, flags: Flags) -> Body:
    location = _object(message, "location")
    latitude = fields.degrees(location.get("latitude"))
    longitude = fields.degrees(location.get("longitude"))
    name, address = fields.line(location.get("name")), fields.line(location.get("address"))
    if latitude is None or longitude is None:
        has_none = location.get("latitude") is None and location.get("longitude") is None
        if has_none and name:
            flags.append(Flag.LOCATION_NAME_ONLY)
            return Text(text=name)
        flags.append(Flag.LOCATION_INCOMPLETE)
        latitude = longitude = None
    elif not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        flags.append(Flag.LOCATION_OUT_OF_RANGE)
        latitude = longitude = None
    elif latitude == 0 and longitude == 0:
        flags.append(Flag.LOCATION_ZERO)
    return Location(latitude=latitude, longitude=longitude, name=name, address=address)


def _interactive(message: Object, flags: Flags) -> Body:
    if "interactive" not in message and "errors" in message:
        flags.append(Flag.CHOICE_ID_MISSING)
        return Choice(choice_id="")
    interactive = _object(message, "interactive")
    name = fields.line(interactive.get("type"), 40)
    if name in ("button_reply", "list_reply"):
        return _reply(interactive.get(name))
    if name == "nfm_reply":
        return _form(fields.member(interactive, name), flags)
    if name == "call_permission_reply":
        return _permission(fields.member(interactive, name))
    raise Refused(Reason.INTERACTIVE_UNKNOWN, name, is_harmless=True)


def _reply(reply: object) -> Body:
    if not fields.is_object(reply):
        raise Refused(Reason.CHOICE_MISSING)
    given = reply.get("id")
    if not isinstance(given, str) or not given:
        raise Refused(Reason.CHOICE_MISSING)
    return Choice(
        choice_id=_choice_id(given),
        title=fields.line(reply.get("title"), 80),
        description=fields.line(reply.get("description"), 80),
    )


def _choice_id(given: str) -> str:
    if len(given) > CHOICE_ID_CAP:
        raise Refused(Reason.CHOICE_ID_OVERSIZE, is_harmless=True)
    return fields.line(given, CHOICE_ID_CAP)


def _form(reply: Object, flags: Flags) -> Body:
    answers = reply.get("response_json")
    if isinstance(answers, str):
        answers = load(answers)
    if not fields.is_object(answers):
        flags.append(Flag.FORM_UNREADABLE)
        return Form(token="", answers=None)
    token = fields.identifier(answers.get("flow_token"))
    if not token:
        flags.append(Flag.FORM_WITHOUT_TOKEN)
    rest = {name: value for name, value in answers.items() if name != "flow_token"}
    return Form(token=token, answers=fields.details_of(rest))


def _permission(reply: Object) -> Body:
    response = reply.get("response")
    if response not in ("accept", "reject"):
        raise Refused(Reason.CHOICE_MISSING, "call_permission_reply")
    return CallPermission(
        is_granted=response == "accept",
        granted_until=fields.moment_or_none(reply.get("expiration_timestamp")),
    )


def _button(message: Object, flags: Flags) -> Body:
    button = _object(message, "button")
    given = button.get("payload")
    if not isinstance(given, str) or not given:
        flags.append(Flag.CHOICE_ID_MISSING)
        given = ""
    return Choice(choice_id=_choice_id(given), title=fields.line(button.get("text"), 80))


def _reaction(message: Object, flags: Flags) -> Body:
    reaction = _object(message, "reaction")
    message_id = fields.identifier(reaction.get("message_id"))
    if not message_id:
        raise Refused(Reason.REACTION_WITHOUT_MESSAGE, is_harmless=True)
    return Reaction(message_id=message_id, emoji=fields.line(reaction.get("emoji"), 32))


def _contacts(message: Object, flags: Flags) -> Body:
    cards = message.get("contacts")
    if not isinstance(cards, list):
        raise Refused(Reason.CONTENT_MISSING, "contacts")
    own = [card for card in cards if fields.is_object(card)]
    is_own = bool(own) and all(card.get("origin") == "contact_request" for card in own)
    phones = tuple(_card_phones(own, flags)) if is_own else ()
    return ContactCards(is_own=is_own, phones=phones, cards=len(cards))


def _card_phones(cards: list[Object], flags: Flags) -> list[str]:
    """Digits of all phones on the cards, each once; ``wa_id`` before the written number."""
    lists = [card.get("phones") for card in cards]
    entries = [entry for phones in lists if isinstance(phones, list) for entry in phones[:10]]
    found = [
        fields.phone(entry.get("wa_id") or entry.get("phone"), flags)
        for entry in entries
        if fields.is_object(entry)
    ]
    return list(dict.fromkeys(phone for phone in found if phone))


def _order(message: Object, flags: Flags) -> Body:
    return Order(details=fields.details_of(_object(message, "order")))


def _system(message: Object, flags: Flags) -> Body:
    system = _object(message, "system")
    name = fields.line(system.get("type"), 40)
    phone = fields.phone(system.get("wa_id") or system.get("new_wa_id"), flags)
    user_id = fields.user_id(system.get("user_id"), flags)
    if name in ("user_changed_number", "customer_changed_number"):
        if not phone:
            raise Refused(Reason.NEW_NUMBER_MISSING)
        return IdentityChange(phone=phone, user_id=user_id)
    if name == "user_changed_user_id":
        if not user_id:
            raise Refused(Reason.IDENTITY_INCOMPLETE)
        previous = _previous_user_id(system.get("body"), user_id)
        if previous:
            flags.append(Flag.PREVIOUS_ID_FROM_TEXT)
        return IdentityChange(phone=phone, user_id=user_id, previous_user_id=previous)
    raise Refused(Reason.SYSTEM_UNKNOWN, name, is_harmless=True)


def _previous_user_id(text: object, user_id: str) -> str:
    """Return the old id from the platform's sentence, only when its second id is ``user_id``."""
    found = _CHANGED_ID.search(text) if isinstance(text, str) and len(text) < 1024 else None
    if found is None or found.group(2) != user_id:
        return ""
    return fields.user_id(found.group(1), [])


def _unsupported(message: Object, flags: Flags) -> Body:
    errors = message.get("errors")
    first = errors[0] if isinstance(errors, list) and errors else None
    code = fields.number(first.get("code")) if fields.is_object(first) else None
    what = fields.line(fields.member(message, "unsupported").get("type"), 40)
    return Unsupported(what=what, code=code)


def _welcome(message: Object, flags: Flags) -> Body:
    return Welcome()


def _edit(message: Object, flags: Flags) -> Body:
    edit = _object(message, "edit")
    new = fields.member(edit, "message")
    return Edit(message_id=_original(edit), text=_written(fields.member(new, "text"), flags))


def _revoke(message: Object, flags: Flags) -> Body:
    return Revoke(message_id=_original(_object(message, "revoke")))


def _original(body: Object) -> str:
    message_id = fields.identifier(body.get("original_message_id"))
    if not message_id:
        raise Refused(Reason.ORIGINAL_MISSING)
    return message_id


_READERS: dict[str, Callable[[Object, Flags], Body]] = {
    "text": _text,
    "audio": _media("audio"),
    "image": _media("image"),
    "video": _media("video"),
    "document": _media("document"),
    "sticker": _media("sticker"),
    "location": _location,
    "interactive": _interactive,
    "button": _button,
    "reaction": _reaction,
    "contacts": _contacts,
    "order": _order,
    "system": _system,
    "unsupported": _unsupported,
    "request_welcome": _welcome,
    "edit": _edit,
    "revoke": _revoke,
}

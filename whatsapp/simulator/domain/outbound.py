"""What the business sends: the body of ``POST /<number>/messages``, checked and taken apart."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from whatsapp.simulator.domain import fields, interactive
from whatsapp.simulator.domain.codes import Json, Refusal
from whatsapp.simulator.domain.pieces import Button, Kind, Piece
from whatsapp.simulator.domain.templates import Template, fill

TEXT_LENGTH = 4096
OPAQUE_LENGTH = 512
USER_ID = re.compile(r"[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}")

__all__ = ["Address", "Button", "Kind", "Mark", "Outbound", "Piece", "parse_outbound"]


@dataclass(frozen=True, slots=True)
class Address:
    """To whom: by phone (digits) or by business-scoped id, and as it was written."""

    given: str
    phone: str = ""
    user_id: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """``status: read`` for a received message, perhaps with the typing indicator."""

    wamid: str
    is_typing: bool


@dataclass(frozen=True, slots=True)
class Outbound:
    """A message that the platform accepts."""

    to: Address
    piece: Piece
    opaque: str = ""
    reply_to: str = ""
    body: Json = field(default_factory=dict)


FindTemplate = Callable[[str, str], Template | None]
HasMedia = Callable[[str], bool]


class Shape(StrEnum):
    """The values of ``type`` that are played here."""

    TEXT = "text"
    INTERACTIVE = "interactive"
    TEMPLATE = "template"
    AUDIO = "audio"
    LOCATION = "location"
    REACTION = "reaction"


def parse_outbound(
    body: Json, *, find_template: FindTemplate, has_media: HasMedia
) -> Outbound | Mark:
    """Check ``body`` as the platform does and return what it asks for. Raises ``Refusal``."""
    if body.get("messaging_product") != "whatsapp":
        raise Refusal(100, "Param messaging_product must be 'whatsapp'.")
    fields.storable(body)
    if "status" in body:
        return _mark(body)
    to = _address(body)
    shape = body.get("type", "text")
    if not isinstance(shape, str) or shape not in set(Shape):
        raise Refusal(131051, f"Message type '{shape}' is not supported here.")
    piece = _piece(Shape(shape), body, find_template=find_template, has_media=has_media)
    return Outbound(
        to=to,
        piece=piece,
        opaque=fields.optional_text(body, "biz_opaque_callback_data", most=OPAQUE_LENGTH),
        reply_to=_reply_to(body),
        body=body,
    )


def _mark(body: Json) -> Mark:
    if body["status"] != "read":
        raise Refusal(100, "Param status must be one of {READ}.")
    wamid = fields.text(body, "message_id", most=500)
    typing = fields.group(body, "typing_indicator") if "typing_indicator" in body else {}
    if typing and typing.get("type") != "text":
        raise fields.wrong("Param typing_indicator['type'] must be 'text'.")
    return Mark(wamid=wamid, is_typing=bool(typing))


def _address(body: Json) -> Address:
    if body.get("recipient_type", "individual") != "individual":
        raise Refusal(100, "Param recipient_type must be 'individual'.")
    to, recipient = body.get("to"), body.get("recipient")
    if to:
        phone = re.sub(r"[\s()+.-]", "", str(to))
        if re.fullmatch(r"[1-9]\d{7,14}", phone) is None:
            raise Refusal(131009, "Param to is not a valid phone number.")
        return Address(given=str(to), phone=phone)
    if recipient:
        if not isinstance(recipient, str) or USER_ID.fullmatch(recipient) is None:
            raise Refusal(131009, "Param recipient is not a valid user id.")
        return Address(given=recipient, user_id=recipient)
    raise Refusal(131008, "One of the parameters 'to' and 'recipient' is mandatory.")


def _reply_to(body: Json) -> str:
    if "context" not in body:
        return ""
    return fields.text(fields.group(body, "context"), "message_id", most=500, path="context")


def _piece(shape: Shape, body: Json, *, find_template: FindTemplate, has_media: HasMedia) -> Piece:
    inner = fields.group(body, shape)
    match shape:
        case Shape.TEXT:
            return _text(inner)
        case Shape.INTERACTIVE:
            return interactive.parse(inner)
        case Shape.TEMPLATE:
            return _template(inner, find_template)
        case Shape.AUDIO:
            return _audio(inner, has_media)
        case Shape.LOCATION:
            return _location(inner)
        case Shape.REACTION:
            fields.text(inner, "message_id", most=500, path="reaction")
            return Piece(Kind.REACTION, text=str(inner.get("emoji") or ""))


def _text(inner: Json) -> Piece:
    body = inner.get("body")
    if isinstance(body, str) and len(body) > TEXT_LENGTH:
        raise Refusal(100, f"Param text['body'] must be at most {TEXT_LENGTH} characters long.")
    written = fields.text(inner, "body", most=TEXT_LENGTH, path="text")
    return Piece(Kind.TEXT, text=written, links=fields.links_in(written))


def _template(inner: Json, find_template: FindTemplate) -> Piece:
    name = fields.text(inner, "name", most=512, path="template")
    language = fields.text(
        fields.group(inner, "language", path="template"), "code", most=10, path="template.language"
    )
    template = find_template(name, language)
    if template is None:
        raise Refusal(132001, f"template name ({name}) does not exist in {language}")
    return fill(template, fields.rows(inner, "components", path="template"))


def _audio(inner: Json, has_media: HasMedia) -> Piece:
    if "link" in inner:
        address = fields.text(inner, "link", most=2000, path="audio")
        return Piece(Kind.AUDIO, links=(fields.web_address(address, what="Audio link"),))
    media_id = fields.text(inner, "id", most=100, path="audio")
    if not has_media(media_id):
        raise Refusal(131009, f"Media ID {media_id} does not exist.")
    return Piece(Kind.AUDIO, media_id=media_id)


def _location(inner: Json) -> Piece:
    latitude = fields.number(inner, "latitude", low=-90, high=90, path="location")
    longitude = fields.number(inner, "longitude", low=-180, high=180, path="location")
    named = [str(inner[key]) for key in ("name", "address") if inner.get(key)]
    return Piece(Kind.LOCATION, text="\n".join([*named, f"{latitude}, {longitude}"]))

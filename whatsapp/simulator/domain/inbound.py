"""What a person sends from a phone: read from the test interface, written for the webhook."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass

from iceshop.kernel.errors import Invalid, NotFound
from iceshop.kernel.geo import Point
from whatsapp.simulator.domain.codes import Json
from whatsapp.simulator.domain.outbound import TEXT_LENGTH, USER_ID
from whatsapp.simulator.domain.pieces import Button, Kind

NAME_LENGTH = 80
LANGUAGES = ("tr", "en")
AUDIO_BYTES = 16 * 1024 * 1024
VOICE_NOTE = "audio/ogg; codecs=opus"
_CONTENTS = ("text", "button", "location", "audio")


@dataclass(frozen=True, slots=True)
class Written:
    """One message of a person; exactly one of text, button, place and audio is set."""

    text: str = ""
    button: str = ""
    place: Point | None = None
    audio: bytes = b""
    name: str = ""
    language: str = ""


def parse_address(text: str) -> tuple[str, str]:
    """Return ``(phone, user_id)`` of which one is empty. Raises ``NotFound("sim.person")``."""
    if USER_ID.fullmatch(text):
        return "", text
    phone = text.lstrip("+")
    if re.fullmatch(r"[1-9][0-9]{7,14}", phone) is None:
        raise NotFound("sim.person")
    return phone, ""


def parse_written(given: Mapping[str, object]) -> Written:
    """Check a message of a person. Raises ``Invalid("sim.message")`` with the field's name."""
    contents = [name for name in _CONTENTS if given.get(name) is not None]
    if len(contents) != 1:
        raise Invalid("sim.message", field="/".join(contents or _CONTENTS))
    language = _text(given, "language", most=2)
    if language and language not in LANGUAGES:
        raise Invalid("sim.message", field="language")
    place, audio = given.get("location"), given.get("audio")
    return Written(
        text=_text(given, "text", most=TEXT_LENGTH, filled="text" in contents),
        button=_text(given, "button", most=256, filled="button" in contents),
        place=None if place is None else _place(place),
        audio=b"" if audio is None else _audio(audio),
        name=_text(given, "name", most=NAME_LENGTH),
        language=language,
    )


def _text(given: Mapping[str, object], name: str, *, most: int, filled: bool = False) -> str:
    value = given.get(name)
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > most or (filled and not value.strip()):
        raise Invalid("sim.message", field=name)
    return value


def _place(value: object) -> Point:
    if not isinstance(value, dict):
        raise Invalid("sim.message", field="location")
    try:
        return Point(float(value["latitude"]), float(value["longitude"]))
    except (KeyError, TypeError, ValueError, Invalid):
        raise Invalid("sim.message", field="location") from None


def _audio(value: object) -> bytes:
    try:
        content = base64.b64decode(value, validate=True) if isinstance(value, str) else b""
    except (binascii.Error, ValueError):
        content = b""
    return voice_note(content)


def voice_note(content: bytes) -> bytes:
    """``content`` when it is an Ogg file of at most 16 MB. Raises ``Invalid("sim.message")``."""
    if not content.startswith(b"OggS") or len(content) > AUDIO_BYTES:
        raise Invalid("sim.message", field="audio")
    return content


def text_content(text: str) -> Json:
    """The wire content of a text."""
    return {"type": "text", "text": {"body": text}}


def location_content(place: Point, *, asked: Json | None) -> Json:
    """The wire content of a pin; ``asked`` refers to our request when it answers one."""
    pin: Json = {"latitude": place.latitude, "longitude": place.longitude}
    content: Json = {"type": "location", "location": pin}
    return content if asked is None else {"context": asked} | content


def audio_content(*, media_id: str, sha256: str, url: str) -> Json:
    """The wire content of a voice note; ``sha256`` is base64."""
    note: Json = {
        "mime_type": VOICE_NOTE, "sha256": sha256, "id": media_id, "url": url, "voice": True,
    }  # fmt: skip
    return {"type": "audio", "audio": note}


def press_content(kind: Kind, button: Button, *, asked: Json) -> Json:
    """The wire content of a pressed button of a message of ``kind``."""
    if kind is Kind.TEMPLATE:
        return {
            "context": asked,
            "type": "button",
            "button": {"payload": button.id, "text": button.title},
        }
    reply: Json = {"id": button.id, "title": button.title}
    if kind is Kind.LIST and button.description:
        reply["description"] = button.description
    name = "list_reply" if kind is Kind.LIST else "button_reply"
    return {"context": asked, "type": "interactive", "interactive": {"type": name, name: reply}}

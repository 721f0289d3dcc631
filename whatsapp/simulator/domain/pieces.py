"""A message as a phone shows it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a phone shows; reactions are not shown as messages."""

    TEXT = "text"
    BUTTONS = "buttons"
    LIST = "list"
    LOCATION_REQUEST = "location_request"
    LINK = "link"
    TEMPLATE = "template"
    AUDIO = "audio"
    LOCATION = "location"
    REACTION = "reaction"


@dataclass(frozen=True, slots=True)
class Button:
    """What a person can press: a reply button, a row of a list, a template's quick reply."""

    id: str
    title: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Content of a message; ``category`` is what it is billed as."""

    kind: Kind
    text: str = ""
    buttons: tuple[Button, ...] = ()
    links: tuple[str, ...] = ()
    link_title: str = ""
    media_id: str = ""
    category: str = "service"
    life_seconds: int | None = None

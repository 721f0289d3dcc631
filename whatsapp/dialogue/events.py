"""What can happen in a conversation."""

from __future__ import annotations

from dataclasses import dataclass

from iceshop.kernel.geo import Point
from whatsapp.nlu.reading import Reading


@dataclass(frozen=True, slots=True)
class Said:
    """A text, a caption or a transcript, as it was read. ``text`` is what was typed or heard."""

    reading: Reading
    text_was_spoken: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button or a list row; ``button_id`` is ``<topic>.<act>:<opaque>``."""

    button_id: str


@dataclass(frozen=True, slots=True)
class Shared:
    """A position."""

    point: Point


@dataclass(frozen=True, slots=True)
class Attached:
    """Something without words.

    ``kind`` is photo, video, document, audio, contact, order, form, sticker, reaction or
    unsupported; any other word counts as unsupported.
    """

    kind: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A voice note that gave no words: ``silent``, ``other_language``, ``too_long``, ``failed``."""

    reason: str


Event = Said | Pressed | Shared | Attached | Unreadable

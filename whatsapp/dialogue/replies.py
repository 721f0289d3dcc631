"""What a step wants said, before it has words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from whatsapp.dialogue.commands import Command
from whatsapp.dialogue.states import DialogueState

Kind = Literal["text", "buttons", "list", "location_request", "link"]


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of the phrase book with its values."""

    phrase: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Button:
    """A reply button or list row; ``phrase`` names its title, filled in from ``params``."""

    id: str
    phrase: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reply:
    """One message: ``lead`` sentences first, then ``phrase``, then what can be pressed.

    ``asks`` is the question that the message leaves open (see ``DialogueState.asked``). A message
    has buttons (at most 3) or rows (at most 10) or a location request; with a ``link`` as well the
    address stands in the text.
    """

    phrase: str
    params: Mapping[str, Any] = field(default_factory=dict)
    lead: tuple[Line, ...] = ()
    buttons: tuple[Button, ...] = ()
    rows: tuple[Button, ...] = ()
    location_request: bool = False
    link: str = ""
    link_phrase: str = "link.open"
    asks: str | None = None

    def after(self, *lines: Line) -> Reply:
        """The same message with ``lines`` before its own text."""
        return replace(self, lead=(*lines, *self.lead))

    def as_lines(self) -> tuple[Line, ...]:
        """The sentences of the message without what can be pressed."""
        return (*self.lead, Line(self.phrase, self.params))


@dataclass(frozen=True, slots=True)
class RenderedReply:
    """A message as it goes out; ``buttons`` and ``rows`` are (id, title)."""

    kind: Kind
    text: str
    buttons: tuple[tuple[str, str], ...] = ()
    rows: tuple[tuple[str, str], ...] = ()
    list_label: str = ""
    link_label: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """What follows from one event. No replies and no commands: silence."""

    state: DialogueState
    commands: tuple[Command, ...] = ()
    replies: tuple[Reply, ...] = ()

"""What somebody can do, and when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from iceshop.kernel.geo import Point


@dataclass(frozen=True, slots=True)
class Say:
    """Write a text."""

    text: str


@dataclass(frozen=True, slots=True)
class Press:
    """Press a button; ``twice`` for fingers that do it again at once."""

    button: str
    twice: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """Share a position."""

    point: Point


@dataclass(frozen=True, slots=True)
class Speak:
    """Send a voice note."""

    audio: bytes


@dataclass(frozen=True, slots=True)
class Read:
    """Open a page that a message linked to."""

    link: str


@dataclass(frozen=True, slots=True)
class Show:
    """Show the code at the till of the shop of this name; ``twice`` for a nervous scanner."""

    code: str
    store: str
    twice: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """Answer an ask on the board: ``accept``, ``refuse``, or ``counter`` with percent."""

    act: str
    ask: str
    percent: int = 0


@dataclass(frozen=True, slots=True)
class Brake:
    """Work on the shop's next window on the board: ``stock``, ``pause``, ``resume``, ``cancel``."""

    act: str
    left: int = 0
    reason: str = ""


Deed = Say | Press | Share | Speak | Read | Show | Answer | Brake


@dataclass(frozen=True, slots=True)
class Plan:
    """Something to do at a moment; ``choose`` says what, once the moment has come, or nothing."""

    at: datetime
    choose: Callable[[datetime], Deed | None]


@dataclass(frozen=True, slots=True)
class Seen:
    """A message as it is read on the phone; ``buttons`` are ids."""

    text: str
    kind: str
    buttons: tuple[str, ...] = ()
    links: tuple[str, ...] = ()

    def button(self, name: str) -> str:
        """The id of the button called ``name``, or nothing."""
        return next((one for one in self.buttons if one.partition(":")[0] == name), "")

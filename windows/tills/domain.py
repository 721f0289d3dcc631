"""PINs of tills, and the roster that a till works by without connection. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from iceshop.kernel.text import fold
from windows.flash.domain import UNDO_WITHIN
from windows.passes.domain import SKEW_SECONDS, STEP_SECONDS, STEPS_BACK

PIN_LENGTHS = range(4, 9)
# Wrong PINs that a till may try within the span, before it has to wait.
PIN_TRIES = 5
PIN_SPAN = timedelta(minutes=10)
NAME_LENGTH = 40
# The roster holds windows that end no longer ago, and begin no later, than this.
ROSTER_BEHIND = timedelta(hours=1)
ROSTER_AHEAD = timedelta(hours=16)
# Form of the roster's text; a page that expects another does not use it.
ROSTER_VERSION = 1


def is_weak_pin(pin: str) -> bool:
    """Whether a PIN is of no use: not 4 to 8 digits, one digit only, or a row of them.

    >>> [is_weak_pin(pin) for pin in ("1111", "1234", "8765", "12a4", "123", "7391")]
    [True, True, True, True, True, False]
    """
    if len(pin) not in PIN_LENGTHS or not (pin.isascii() and pin.isdigit()):
        return True
    steps = {int(b) - int(a) for a, b in pairwise(pin)}
    return steps in ({0}, {1}, {-1})


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterWindow:
    """A window of the roster; ``secrets`` prove its rotating codes, by the id of their key."""

    id: UUID
    starts_at: datetime
    ends_at: datetime
    currency: str
    secrets: dict[str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterPass:
    """A pass of the roster, with a shortened name and without any number of the person."""

    window_id: UUID
    code: str
    words: tuple[str, ...]
    name: str
    people: int
    people_in: int
    price_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """Whom a till may admit without asking, as of ``made_at``."""

    store_id: UUID
    made_at: datetime
    windows: tuple[RosterWindow, ...]
    passes: tuple[RosterPass, ...]

    def text(self) -> str:
        """The roster as the one text that is signed."""
        shape: dict[str, Any] = {
            "version": ROSTER_VERSION,
            "store": str(self.store_id),
            "made_at": self.made_at.isoformat(),
            "rotation": {
                "step_seconds": STEP_SECONDS,
                "steps_back": STEPS_BACK,
                "skew_seconds": SKEW_SECONDS,
            },
            "undo_seconds": int(UNDO_WITHIN.total_seconds()),
            "windows": [_window(window) for window in self.windows],
            "passes": [_pass(one) for one in self.passes],
        }
        return json.dumps(shape, ensure_ascii=False, separators=(",", ":"))


def _window(window: RosterWindow) -> dict[str, Any]:
    return {
        "id": str(window.id),
        "starts_at": window.starts_at.isoformat(),
        "ends_at": window.ends_at.isoformat(),
        "currency": window.currency,
        "secrets": {key_id: secret.hex() for key_id, secret in window.secrets.items()},
    }


def _pass(one: RosterPass) -> dict[str, Any]:
    return {
        "window": str(one.window_id),
        "code": one.code,
        "words": [fold(words) for words in one.words],
        "name": one.name,
        "people": one.people,
        "people_in": one.people_in,
        "price_minor": one.price_minor,
    }

"""What the conversation with one person remembers, and its stored form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from iceshop.kernel.geo import Point
from whatsapp.dialogue.codec import decode, encode
from whatsapp.dialogue.slots import Slots
from whatsapp.nlu.reading import Budget, DiscountTier, Hours, Place, StockItem

# Raise when a stored state of the old shape no longer fits; older states then start afresh.
SCHEMA_VERSION = 1


NO_SLOTS = Slots()


@dataclass(frozen=True, slots=True)
class Draft:
    """What a seller said and has not confirmed yet; ``kind`` is counter, offer or hours.

    ``no_discount`` tells a seller who gives none from one who was not asked. ``place`` is said only
    by sellers who have no store yet.
    """

    kind: str
    ask_key: str = ""
    items: tuple[StockItem, ...] = ()
    discounts: tuple[DiscountTier, ...] = ()
    hours: tuple[Hours, ...] = ()
    no_discount: bool = False
    floor: Budget | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class DialogueState:
    """One person's conversation.

    ``asked`` is the question that stands: product, product_unknown, time, place, pin, budget,
    confirm, correction, stop, erase, seat, side, counter, counter_confirm, hours_confirm, those of
    ``drafting.OFFER_QUESTIONS`` or ``None``. ``asked_at`` says
    since when. ``stage`` tells what ``slots`` are: ``none``, a new wish (``collecting``), the
    corrected open intent (``correcting``) or the open intent itself (``declared``).
    ``turn`` counts the read-backs; the tokens of their buttons are made of it.
    """

    asked: str | None = None
    asked_at: datetime | None = None
    stage: str = "none"
    slots: Slots = NO_SLOTS
    draft: Draft | None = None
    turn: int = 0
    language: str | None = None
    welcomed: bool = False
    consent_asked: bool = False
    buys: bool = False  # a seller who said that this talk is about buying
    party: int | None = None  # said for the invitation ``party_key``
    party_key: str = ""
    misses: int = 0  # messages in a row that were not understood
    warned: bool = False  # was asked once to stay civil
    is_minor: bool = False  # said that they are under age
    home: Point | None = None  # where the last wish was: in which city a name is meant

    @property
    def token(self) -> str:
        """Opaque part of the buttons of the latest read-back."""
        return f"r{self.turn}"

    def asking(self, question: str | None, now: datetime) -> DialogueState:
        """The same state with ``question`` standing since ``now``."""
        return replace(self, asked=question, asked_at=now if question else None)

    def idle(self) -> DialogueState:
        """Forget the wish, the draft and the question; keep what was agreed about the talk."""
        return replace(
            self,
            asked=None,
            asked_at=None,
            stage="none",
            slots=Slots(),
            draft=None,
            misses=0,
            buys=False,
        )


def to_json(state: DialogueState) -> dict[str, Any]:
    """Return ``state`` as plain JSON values with its schema version."""
    return {"schema": SCHEMA_VERSION, **encode(state)}


def from_json(stored: Mapping[str, Any]) -> DialogueState:
    """Read a stored state; an empty one or one of another schema version gives a new state."""
    if stored.get("schema") != SCHEMA_VERSION:
        return DialogueState()
    return decode(DialogueState, stored)

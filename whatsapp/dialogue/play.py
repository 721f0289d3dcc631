"""Plays whole conversations without tables: what the commands of each step do is kept in memory.

This is how dialogues of a corpus are scored, and how a talk can be tried from a shell: the reading
and the steps are those of the product.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, TextIO

from iceshop.kernel.errors import DomainError
from iceshop.kernel.geo import Point
from whatsapp.dialogue import drafting
from whatsapp.dialogue.commands import (
    CancelIntent,
    Command,
    DeclareIntent,
    OfferStock,
    OptIn,
    OptOut,
    RequestErasure,
    SetLanguage,
)
from whatsapp.dialogue.context import context_question, reading_role
from whatsapp.dialogue.events import Event, Said, Shared
from whatsapp.dialogue.facts import Facts, OpenIntentFacts, StoreFacts
from whatsapp.dialogue.replies import Step
from whatsapp.dialogue.slots import Slots
from whatsapp.dialogue.states import DialogueState, Draft
from whatsapp.dialogue.step import step
from whatsapp.nlu import corpus
from whatsapp.nlu.lexicon import Lexicon
from whatsapp.nlu.parse import parse
from whatsapp.nlu.reading import Act, Place, Reading

_KEY = "open"
_STANDS = {"erase": "confirm_delete", "product_unknown": "product"}
_OFFERED = Reading(Act.OFFER_STOCK, "tr", 1.0)
_ENDED = ("cancelled", "opted_out", "deleted")


@dataclass(frozen=True, slots=True)
class Turn:
    """What one message led to, in the words of the corpora."""

    act: str
    lang: str
    status: str
    state: dict[str, Any]
    ask: str


@dataclass(slots=True)
class Talk:
    """One person's conversation from its beginning."""

    lexicon: Lexicon
    role: str
    language: str
    state: DialogueState = field(default_factory=DialogueState)
    opted_out: bool = False
    ended: str = ""
    wish: Slots | None = None
    on_offer: Draft | None = None

    def take(self, text: str, *, now: datetime, pin: Point | None = None) -> Turn:
        """Take the person's next message and say what follows from it."""
        facts = self._facts(now)
        reading = parse(
            text,
            now=now,
            zone=corpus.ZONE,
            language=self.language,
            lexicon=self.lexicon.at_home(self.state.home),
            role=reading_role(self.state, facts, text),
            question=context_question(self.state, facts),
            pin=pin,
        )
        event: Event = Said(reading, text=text) if text else Shared(pin or Point(0, 0))
        before = self.state
        result = step(before, event, facts)
        self.state = result.state
        self.ended = ""
        for command in result.commands:
            self._obey(command)
        self._end(before, result)
        return self._turn(reading)

    def _facts(self, now: datetime) -> Facts:
        store = None
        if self.on_offer is not None:
            names = tuple(item.product or "" for item in self.on_offer.items)
            store = StoreFacts(key=_KEY, name="", products=names)
        intent = None
        if self.wish is not None:
            intent = OpenIntentFacts(key=_KEY, product=self.wish.product or "")
        return Facts(
            now=now,
            zone=corpus.ZONE,
            language=self.language,
            consent="declined",
            opted_out=self.opted_out,
            role="seller" if self.role == "seller" else "buyer",
            open_intent=intent,
            store=store,
        )

    def _obey(self, command: Command) -> None:
        match command:
            case SetLanguage(language):
                self.language = language
            case DeclareIntent(slots):
                self.wish = slots
            case CancelIntent():
                self.wish, self.ended = None, "cancelled"
            case OptOut():
                self.wish, self.opted_out, self.ended = None, True, "opted_out"
            case OptIn():
                self.opted_out = False
            case RequestErasure():
                self.wish, self.on_offer, self.ended = None, None, "deleted"
            case OfferStock(items, discounts) if self.on_offer is not None:
                said = replace(_OFFERED, items=items, discounts=discounts)
                self.on_offer = drafting.merged(self.on_offer, said, None)

    def _end(self, before: DialogueState, result: Step) -> None:
        """Notice what the step ended without a command."""
        phrases = {reply.phrase for reply in result.replies}
        if "seller.no_store" in phrases:
            self.on_offer = before.draft
        if phrases & {"wish_dropped", "wish_dropped_other_open", "draft_dropped"}:
            self.ended = "cancelled"

    def _turn(self, reading: Reading) -> Turn:
        status, ask = self._status()
        state = {} if status in _ENDED else self._state()
        return Turn(reading.act.value, self.state.language or "tr", status, state, ask)

    def _status(self) -> tuple[str, str]:
        if self.ended:
            return self.ended, "none"
        asked = (self.state.asked or "").removeprefix("offer_")
        asked = {"terms": "stock"}.get(asked, asked)
        if asked == "erase":
            return "confirm_delete", "confirm_delete"
        if asked in ("confirm", "correction"):
            return "confirming", asked
        if asked:
            return "collecting", _STANDS.get(asked, asked)
        is_active = self.wish is not None or self.on_offer is not None
        return ("active", "none") if is_active else ("collecting", "product")

    def _state(self) -> dict[str, Any]:
        if self.role == "seller":
            draft = _together(self.on_offer, self.state.draft)
            return _goods(draft) if draft is not None else {}
        slots = self.wish if self.state.stage == "none" and self.wish else self.state.slots
        return _wish(slots)


def _wish(slots: Slots) -> dict[str, Any]:
    """The slots of a wish as the corpora write them."""
    said = Slots.__dataclass_fields__
    reading = Reading(Act.INFORM, "tr", 1.0, **{name: getattr(slots, name) for name in said})
    return _without_act(reading)


def _together(on_offer: Draft | None, draft: Draft | None) -> Draft | None:
    """What is on offer with what is being corrected of it."""
    if on_offer is None or draft is None or draft.kind != "offer":
        return draft or on_offer
    said = replace(
        _OFFERED,
        items=draft.items,
        discounts=draft.discounts,
        no_discount=draft.no_discount,
        place=draft.place,
    )
    return drafting.merged(on_offer, said, None)


def _goods(draft: Draft) -> dict[str, Any]:
    reading = replace(
        _OFFERED, items=draft.items, discounts=draft.discounts, place=draft.place or Place()
    )
    goods = _without_act(reading)
    return goods | {"discounts": []} if draft.no_discount else goods


def _without_act(reading: Reading) -> dict[str, Any]:
    slots = corpus.expect(reading)
    return {name: value for name, value in slots.items() if name not in ("lang", "act")}


def play(row: Mapping[str, Any], lexicon: Lexicon) -> list[Turn]:
    """Play one dialogue of a corpus: ``{"role", "lang", "now", "turns": [{"user", "now"}]}``."""
    talk = Talk(lexicon, str(row.get("role") or "buyer"), str(row.get("lang") or "tr"))
    begun = row.get("now")
    return [
        talk.take(
            str(turn.get("user", "")),
            now=corpus.instant_of(str(turn.get("now") or begun)),
            pin=corpus.pin_of(turn.get("pin")),
        )
        for turn in row["turns"]
    ]


def run(lines: Iterable[str], out: TextIO, lexicon: Lexicon) -> int:
    """Write one line of turns a dialogue; 1 when some line was bad, else 0."""
    status = 0
    for line in lines:
        if not line.strip():
            continue
        number: Any = None
        try:
            row = json.loads(line)
            number = row.get("id")
            turns = play(row, lexicon)
        except (ValueError, KeyError, TypeError, AttributeError, DomainError) as error:
            status = 1
            played: dict[str, Any] = {"id": number, "error": f"{type(error).__name__}: {error}"}
        else:
            played = {"id": number, "turns": [_turn_row(turn) for turn in turns]}
        out.write(json.dumps(played, ensure_ascii=False) + "\n")
    return status


def _turn_row(turn: Turn) -> dict[str, Any]:
    return {
        "act": turn.act,
        "lang": turn.lang,
        "status": turn.status,
        "state": turn.state,
        "ask": turn.ask,
    }

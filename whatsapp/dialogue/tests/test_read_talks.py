"""Short talks in plain words through the real reading: understood, answered, acted upon."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from whatsapp.dialogue.commands import SetLanguage
from whatsapp.dialogue.context import context_question, reading_role
from whatsapp.dialogue.events import Said
from whatsapp.dialogue.states import DialogueState
from whatsapp.dialogue.step import step
from whatsapp.dialogue.tests.compact import NOW, ZONE, facts
from whatsapp.nlu.lexicon import bundled
from whatsapp.nlu.parse import parse

SELLER = {
    "role": "seller",
    "ask": {"key": "a1", "cost": 52, "floor": 70},
    "store": {"products": ["kruvasan"], "live_product": "kruvasan"},
}
QUIET_SELLER = {**SELLER, "ask": {}}
INVITED = {"window": {"key": "w1"}}
HELD = {"window": {"key": "w1", "status": "held"}}


def talk(
    given: dict[str, Any], language: str, *texts: str, is_spoken: bool = False
) -> tuple[DialogueState, list[str]]:
    """Play ``texts``; return the last state and the names of its commands."""
    state, names = DialogueState(), []
    for number, text in enumerate(texts):
        now = NOW + timedelta(seconds=20 * number)
        known = facts({"language": language, **given}, now)
        reading = parse(
            text,
            now=now,
            zone=ZONE,
            language=language,
            lexicon=bundled(),
            role=reading_role(state, known, text),
            question=context_question(state, known),
        )
        result = step(state, Said(reading, is_spoken, text), replace(known, now=now))
        state = result.state
        kinds = [type(c).__name__ for c in result.commands if not isinstance(c, SetLanguage)]
        names = [*kinds, *(reply.phrase for reply in result.replies)]
    return state, names


@pytest.mark.parametrize(
    ("given", "texts", "outcome"),
    [
        ({}, ["bir saat içinde Moda'da kahve, en fazla 200 TL", "evet"], ["DeclareIntent"]),
        ({}, ["dur"], ["OptOut", "stopped"]),
        ({}, ["verilerimi silin", "evet"], ["ask_erase"]),
        ({"intent": {"key": "i1"}}, ["iptal"], ["write_it"]),
        (INVITED, ["geliyorum"], ["invite.ask"]),
        (INVITED, ["cuma olsun"], ["invite.ask"]),
        (HELD, ["2 kişi geliyoruz"], ["write_it"]),
        (SELLER, ["kabul"], ["ask.answer_by"]),
        (SELLER, ["88 olsun", "evet"], ["reading.right"]),
        (QUIET_SELLER, ["20 kruvasan var, 10 kişi gelirse %15", "evet"], ["reading.right"]),
        (QUIET_SELLER, ["3 kaldı"], ["stock.heard"]),
    ],
)
def test_spoken_words_bind_nothing_but_the_wish_just_read_back(
    given: dict[str, Any], texts: list[str], outcome: list[str]
) -> None:
    assert talk(given, "tr", *texts, is_spoken=True)[1] == outcome


@pytest.mark.parametrize(
    ("given", "language", "texts", "outcome"),
    [
        ({}, "tr", ["bir saat içinde Kadıköy'de kahve, en fazla 200 TL"], ["reading.wish"]),
        ({}, "tr", ["kahve", "yarın öğlen", "moda", "150 tl", "evet"], ["DeclareIntent"]),
        ({}, "tr", ["kahve lazım", "dur"], ["OptOut", "stopped"]),
        ({}, "tr", ["iptal"], ["ask_stop"]),
        ({}, "en", ["coffee in Moda within an hour, up to 200 TL", "yes"], ["DeclareIntent"]),
        ({}, "en", ["pizza for 2", "tomorrow evening", "moda", "no limit"], ["reading.wish"]),
        ({}, "en", ["STOP"], ["OptOut", "stopped"]),
        (INVITED, "tr", ["geliyorum"], ["AcceptInvite"]),
        (INVITED, "tr", ["olmaz"], ["DeclineInvite"]),
        (INVITED, "en", ["yes"], ["AcceptInvite"]),
        (HELD, "tr", ["yoldayım"], ["SayOnTheWay"]),
        (HELD, "tr", ["2 kişi geliyoruz"], ["ChangeParty"]),
        (HELD, "tr", ["iptal"], ["ReleaseSeat"]),
        (HELD, "en", ["on my way"], ["SayOnTheWay"]),
        (SELLER, "tr", ["%12 olur"], ["reading.right"]),
        (SELLER, "tr", ["88 olsun", "evet"], ["CounterAsk"]),
        (SELLER, "tr", ["kabul"], ["AcceptAsk"]),
        (SELLER, "en", ["no discount"], ["RefuseAsk"]),
        (SELLER, "en", ["how about 15", "yes"], ["CounterAsk"]),
        (SELLER, "en", ["80"], ["reading.right"]),
        (QUIET_SELLER, "tr", ["20 kruvasan var, 10 kişi gelirse %15", "evet"], ["OfferStock"]),
        (QUIET_SELLER, "tr", ["3 kaldı"], ["MarkStockLeft"]),
        (QUIET_SELLER, "en", ["3 left"], ["MarkStockLeft"]),
        (QUIET_SELLER, "tr", ["kahve istiyorum"], ["ask_side"]),
    ],
)
def test_talk_ends_in(
    given: dict[str, Any], language: str, texts: list[str], outcome: list[str]
) -> None:
    assert talk(given, language, *texts)[1] == outcome


def test_words_fill_the_slots_of_the_wish() -> None:
    state, _ = talk({}, "tr", "bir saat içinde Kadıköy'de kahve, en fazla 200 TL")
    assert state.slots.product == "kahve"
    assert state.slots.place is not None
    assert state.slots.place.names == ("Kadıköy",)
    assert state.slots.budget is not None
    assert state.slots.budget.amount_minor == 20000
    assert [span.seconds for span in state.slots.intervals] == [3600]

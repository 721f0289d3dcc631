from __future__ import annotations

import pytest

from whatsapp.nlu.language import asked_for, detect
from whatsapp.nlu.tests.said import asking, read

SWITCHES = {
    "in english please": "en",
    "english pls": "en",
    "could you write in english": "en",
    "can we continue in english?": "en",
    "do you speak english": "en",
    "let's switch to english": "en",
    "ingilizce konuşabilir miyiz": "en",
    "ingilizce devam edelim": "en",
    "ingilizce yazar mısın": "en",
    "türkçe bilmiyorum": "en",
    "i don't speak turkish": "en",
    "sorry i don't understand turkish": "en",
    "türkçe yaz": "tr",
    "türkçe konuşalım mı": "tr",
    "turkce lutfen": "tr",
    "in turkish please": "tr",
    "switch to turkish": "tr",
    "ingilizce bilmiyorum": "tr",
    "TÜRKÇE YAZIN LÜTFEN": "tr",
    "English": "en",
}
NO_SWITCHES = [
    "a cup of turkish coffee",
    "turkish delight 1 kg",
    "english breakfast for two",
    "ingilizce kitap arıyorum",
    "ingilizce özel ders",
    "türkçe dublaj film bileti",
    "earl grey or english tea",
    "used in turkish baths",
    "türk kahvesi",
    "turkish lira 200",
]


@pytest.mark.parametrize(("text", "language"), SWITCHES.items(), ids=list(SWITCHES))
def test_wish_for_a_language_is_met_whatever_was_spoken(text: str, language: str) -> None:
    assert asked_for(text) == language
    for before in ("tr", "en"):
        assert read(text, language=before).language == language


@pytest.mark.parametrize("text", NO_SWITCHES)
def test_name_of_a_language_alone_switches_nothing(text: str) -> None:
    assert asked_for(text) is None


@pytest.mark.parametrize("text", ["in english please", "türkçe konuşalım", "english please"])
@pytest.mark.parametrize("ask", ["ask_place", "ask_time", "ask_budget"])
def test_wish_for_a_language_fills_no_slot(text: str, ask: str) -> None:
    reading = read(text, question=asking(ask))

    assert reading.act == "inform"
    assert (reading.place, reading.product, reading.intervals) == (None, None, ())


@pytest.mark.parametrize("text", ["250", "👍", "42", "?", "Nişantaşı", "ok"])
@pytest.mark.parametrize("before", ["tr", "en"])
def test_message_without_a_language_keeps_the_conversation(text: str, before: str) -> None:
    assert read(text, language=before).language == before


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("yarin aksam kadikoyde bulusalim mi", "tr"),
        ("moda taraflarinda tatli yiyelim", "tr"),
        ("fiyati biraz dusurur musunuz", "tr"),
        ("i'd like two lahmacuns in Üsküdar", "en"),
        ("is there any künefe near Nişantaşı tonight", "en"),
        ("we'll be there around seven", "en"),
    ],
)
def test_words_weigh_more_than_foreign_names(text: str, language: str) -> None:
    for before in ("tr", "en"):
        assert detect(text, before) == language

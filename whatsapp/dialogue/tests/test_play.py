"""Conversations of the readable corpora and a seller's whole description of goods."""

from __future__ import annotations

import json
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from whatsapp.dialogue.play import Talk, run
from whatsapp.nlu import corpus
from whatsapp.nlu.lexicon import bundled

_CORPUS = Path(corpus.__file__).parent / "tests" / "corpus"
NOW = datetime(2026, 3, 11, 10, 20, tzinfo=corpus.ZONE)


def rows() -> list[dict[str, Any]]:
    names = ("dialogues_dev", "dialogues_practice")
    files = [(_CORPUS / f"{name}.jsonl").read_text("utf-8") for name in names]
    return [json.loads(line) for text in files for line in text.splitlines()]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["id"])
def test_dialogue_stands_where_it_should_after_each_turn(row: dict[str, Any]) -> None:
    out = StringIO()
    assert run([json.dumps(row)], out, bundled()) == 0
    turns = json.loads(out.getvalue())["turns"]
    expected = [turn["expect"] for turn in row["turns"]]
    assert [(turn["status"], turn["ask"]) for turn in turns] == [
        (turn["status"], turn["ask"]) for turn in expected
    ]


def test_bad_line_is_reported_and_the_next_is_played() -> None:
    out = StringIO()
    good = json.dumps({"id": "b", "turns": [{"user": "kahve", "now": NOW.isoformat()}]})
    assert run(["{", "", good], out, bundled()) == 1
    first, second = [json.loads(line) for line in out.getvalue().splitlines()]
    assert sorted(first) == ["error", "id"]
    assert [turn["ask"] for turn in second["turns"]] == ["time"]


def asked(*texts: str, role: str = "seller", language: str = "tr") -> list[str]:
    talk = Talk(bundled(), role, language)
    return [talk.take(text, now=NOW).ask for text in texts]


@pytest.mark.parametrize(
    ("language", "texts", "asks"),
    [
        (
            "tr",
            ["poğaça satıyorum", "60 tane", "25 lira", "moda", "indirim yok", "evet"],
            ["stock", "price", "place", "discount", "confirm", "none"],
        ),
        (
            "en",
            [
                "I have 30 bagels",
                "40 lira each",
                "Moda",
                "10% for 8 people",
                "no",
                "35 each",
                "yes",
            ],
            ["price", "place", "discount", "confirm", "correction", "confirm", "none"],
        ),
    ],
)
def test_seller_without_a_shop_is_asked_for_one_thing_at_a_time(
    language: str, texts: list[str], asks: list[str]
) -> None:
    assert asked(*texts, language=language) == asks


def test_corrected_discount_keeps_its_number_of_people() -> None:
    talk = Talk(bundled(), "seller", "tr")
    for text in ("50 lahmacun var tanesi 70, kadıköy", "10 kişi gelirse %15"):
        talk.take(text, now=NOW)
    turn = talk.take("%12 olsun", now=NOW)
    assert turn.state["discounts"] == [{"percent": 12, "min_people": 10}]


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("en", ("pizza today 3 to 5pm in moda, no limit", "yes", "tomorrow same time")),
        ("tr", ("bugün 15-17 arası modada pizza 300 tl", "evet", "yarına alalım aynı saatte")),
    ],
)
def test_same_time_is_that_of_the_wish_that_counts(language: str, texts: tuple[str, ...]) -> None:
    talk = Talk(bundled(), "buyer", language)
    *_, turn = [talk.take(text, now=NOW) for text in texts]
    assert turn.ask == "confirm"
    assert turn.state["intervals"] == [
        {"start": "2026-03-12T15:00:00+03:00", "end": "2026-03-12T17:00:00+03:00"}
    ]


def test_wish_is_kept_while_erasing_is_asked_about() -> None:
    talk = Talk(bundled(), "buyer", "tr")
    turns = [
        talk.take(text, now=NOW)
        for text in ("pizza lazım", "verilerimi sil", "hayır", "verilerimi sil", "evet")
    ]
    assert [turn.status for turn in turns] == [
        "collecting",
        "confirm_delete",
        "collecting",
        "confirm_delete",
        "deleted",
    ]
    assert turns[2].state == {"product": "pizza"}
    assert turns[4].state == {}

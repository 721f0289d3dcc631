"""The lowest price of a seller, and sums that are none."""

from __future__ import annotations

from datetime import datetime

import pytest

from whatsapp.nlu import corpus
from whatsapp.nlu.lexicon import bundled
from whatsapp.nlu.parse import parse
from whatsapp.nlu.reading import Act, Question, Reading

NOW = datetime(2026, 3, 11, 10, 20, tzinfo=corpus.ZONE)


def read(text: str, ask: str = "") -> Reading:
    question = Question(ask, "8 kişi istiyor. Ne kadar indirim yaparsınız?") if ask else None
    return parse(
        text,
        now=NOW,
        zone=corpus.ZONE,
        language="tr",
        lexicon=bundled(),
        role="seller",
        question=question,
    )


@pytest.mark.parametrize(
    ("text", "lira"),
    [
        ("taban fiyatım 80", 80),
        ("kruvasanın taban fiyatı 75 lira olsun", 75),
        ("80'in altına inmem", 80),
        ("80 liranın altına satmayız", 80),
        ("60dan aşağı olmaz", 60),
        ("simit en düşük 12 lira", 12),
        ("dip fiyat 45", 45),
        ("my lowest price is 70", 70),
        ("never below 65 please", 65),
        ("don't go under 90", 90),
        ("floor price 55 tl for croissants", 55),
        ("won't sell below 40 lira", 40),
    ],
)
def test_lowest_price_is_read(text: str, lira: int) -> None:
    reading = read(text)
    assert reading.floor is not None
    assert (reading.floor.amount_minor, reading.floor.per) == (lira * 100, "each")
    assert reading.act in (Act.INFORM, Act.OFFER_STOCK, Act.COUNTER_DISCOUNT)


@pytest.mark.parametrize(
    "text",
    [
        "20 kruvasan var, 10 kişi gelirse %15",
        "tanesi 80 lira",
        "5 kişinin altında olmaz",
        "3 kaldı",
        "we have 20 bagels at 40 each",
        "open below the bridge until 9",
    ],
)
def test_other_sums_are_no_lowest_price(text: str) -> None:
    assert read(text).floor is None


def test_answer_about_a_discount_is_a_counter_offer() -> None:
    assert read("80'in altına inmem", "s_discount").floor is None

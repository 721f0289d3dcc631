from __future__ import annotations

from typing import Any

import pytest

from whatsapp.nlu.reading import Act, DiscountTier
from whatsapp.nlu.tests.said import asking, read, said

GROUP = "20 kişilik grup için %20 indirim yapar mısın?"


def seller(text: str, ask: str = "", question: str = "") -> dict[str, Any]:
    how = asking(ask, question or (GROUP if ask == "s_discount" else "")) if ask else None
    return said(text, role="seller", question=how)


def price(amount: float, per: str = "each") -> dict[str, Any]:
    return {"amount": amount, "currency": "TRY", "per": per}


@pytest.mark.parametrize(
    "text",
    [
        "20 kruvasan var, 10 kişi gelirse %15",
        "20 kruvasan var 10 kişi gelirse yüzde 15 indirim",
        "yirmi kruvasan var on kişi gelirse yüzde on beş",
        "20 tane kruvasanım var, 10 kişi gelirse 15% yaparım",
        "elimde 20 kruvasan var, en az 10 kişi gelirse %15",
    ],
)
def test_stock_and_terms_in_one_sentence(text: str) -> None:
    assert seller(text) == {
        "lang": "tr",
        "act": "offer_stock",
        "items": [{"product": "kruvasan", "stock": 20}],
        "discounts": [{"percent": 15, "min_people": 10}],
    }


@pytest.mark.parametrize(
    ("text", "items"),
    [
        (
            "elimde 30 simit kaldı tanesi 15 lira",
            [{"product": "simit", "stock": 30, "price": price(15)}],
        ),
        (
            "I have 25 croissants left, 60 TL each",
            [{"product": "croissant", "stock": 25, "price": price(60)}],
        ),
        ("pizza bitti", [{"product": "pizza", "stock": 0}]),
        ("lemonade is sold out", [{"product": "lemonade", "stock": 0}]),
        ("3 tane kaldı", [{"stock": 3}]),
        (
            "köfte ekmek 120, ayran 25",
            [
                {"product": "köfte ekmek", "price": price(120)},
                {"product": "ayran", "price": price(25)},
            ],
        ),
        (
            "beş kasa domates var kasası üç yüz yirmiden",
            [{"product": "domates", "stock": 5, "unit": "crate", "price": price(320, "crate")}],
        ),
    ],
)
def test_offered_stock(text: str, items: list[dict[str, Any]]) -> None:
    reading = seller(text)

    assert (reading["act"], reading["items"]) == ("offer_stock", items)


@pytest.mark.parametrize(
    ("text", "tiers"),
    [
        ("%12 olur", [{"percent": 12}]),
        ("120 olsun", [{"unit_price": 120}]),
        ("10 kişi gelirse %15 yaparım", [{"percent": 15, "min_people": 10}]),
        ("%20 çok fazla, 12 veririm anca", [{"percent": 12}]),
        ("20 lira indirim yaparım", [{"amount_off": 20}]),
        (
            "10 kişiye %10 20 kişiye %15",
            [{"percent": 10, "min_people": 10}, {"percent": 15, "min_people": 20}],
        ),
        (
            "15% if 10 people come, 20% for 20",
            [{"percent": 15, "min_people": 10}, {"percent": 20, "min_people": 20}],
        ),
        ("38 if they take 50 or more", [{"unit_price": 38, "min_quantity": 50}]),
        ("we can do 150 lira per person", [{"unit_price": 150}]),
        ("10 kişiden fazla gelirse yüzde 10", [{"percent": 10, "min_people": 11}]),
        (
            "5 kişi ve üstü %5, 10 kişi %10, 20 kişi olursa %18",
            [
                {"percent": 5, "min_people": 5},
                {"percent": 10, "min_people": 10},
                {"percent": 18, "min_people": 20},
            ],
        ),
        (
            "up to twenty five percent but at least thirty people",
            [{"percent": 25, "min_people": 30}],
        ),
    ],
)
def test_counter_to_the_discount_asked(text: str, tiers: list[dict[str, Any]]) -> None:
    reading = seller(text, "s_discount")

    assert (reading["act"], reading["discounts"]) == ("counter_discount", tiers)


@pytest.mark.parametrize(
    "text", ["tamam abi kabul", "olur yaparım sıkıntı yok", "deal", "sounds good", "tamam %20 olur"]
)
def test_discount_is_accepted(text: str) -> None:
    assert seller(text, "s_discount")["act"] == "accept_discount"


@pytest.mark.parametrize(
    "text",
    [
        "yok olmaz",
        "kurtarmaz valla",
        "indirim yapamıyoruz",
        "no way",
        "we don't do discounts sorry",
    ],
)
def test_discount_is_refused(text: str) -> None:
    reading = read(text, role="seller", ask="s_discount")

    assert reading.act is Act.REFUSE_DISCOUNT
    assert reading.no_discount


def test_benefit_in_words_is_kept() -> None:
    reading = read("10 kişi gelirse çay bizden", role="seller", ask="s_discount")

    assert reading.discounts == (DiscountTier(min_people=10, gift="çay bizden"),)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("7/24 açığız", [{"days": [1, 2, 3, 4, 5, 6, 7], "open": "00:00", "close": "24:00"}]),
        ("her gün 9-21", [{"days": [1, 2, 3, 4, 5, 6, 7], "open": "09:00", "close": "21:00"}]),
        (
            "pazartesiden cumaya 9 18",
            [{"days": [1, 2, 3, 4, 5], "open": "09:00", "close": "18:00"}],
        ),
        ("18:00-02:00", [{"days": [1, 2, 3, 4, 5, 6, 7], "open": "18:00", "close": "02:00"}]),
        (
            "closed on sundays, otherwise 9am-8pm",
            [
                {"days": [7], "closed": True},
                {"days": [1, 2, 3, 4, 5, 6], "open": "09:00", "close": "20:00"},
            ],
        ),
    ],
)
def test_opening_hours(text: str, hours: list[dict[str, Any]]) -> None:
    reading = seller(text, "s_hours")

    assert reading["act"] == "set_hours"
    assert sorted(reading["hours"], key=str) == sorted(hours, key=str)


@pytest.mark.parametrize(
    ("text", "ask", "items"),
    [
        ("40", "s_stock", [{"stock": 40}]),
        ("yirmi adet", "s_stock", [{"stock": 20}]),
        ("120", "s_price", [{"price": price(120)}]),
        ("kilosu 240 tl", "s_price", [{"price": price(240, "kg")}]),
        ("fiyat 80 olsun", "s_confirm", [{"price": price(80)}]),
    ],
)
def test_bare_answer_of_a_seller(text: str, ask: str, items: list[dict[str, Any]]) -> None:
    assert seller(text, ask)["items"] == items

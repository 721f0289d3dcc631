"""Money, people, distance, quantity, place and product of a buyer's message."""

from __future__ import annotations

from typing import Any

import pytest

from iceshop.kernel.geo import Point
from whatsapp.nlu.corpus import ZONE
from whatsapp.nlu.lexicon import ProductEntry, bundled
from whatsapp.nlu.parse import parse
from whatsapp.nlu.tests.said import NOW, read, said


def budget(amount: float, per: str = "total", currency: str = "TRY", **more: Any) -> dict[str, Any]:
    return {"amount": amount, "currency": currency, "per": per, **more}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kahve en fazla 200 TL", budget(200)),
        ("coffee under 200", budget(200)),
        ("kahve 200 liraya kadar", budget(200)),
        ("kahve 5k lira", budget(5000)),
        ("kahve bütçem 3 500 ₺", budget(3500)),
        ("kahve ٢٠٠ lira", budget(200)),
        ("kahve, moda, 250", budget(250)),
        ("pizza 1.250,00 TL", budget(1250)),
        ("pizza ₺1,250.50", budget(1250.5)),
        ("kahve iki yüz elli liraya", budget(250)),
        ("bisiklet bin beş yüz lirayı geçmesin", budget(1500)),
        ("sushi kişi başı 600 tl", budget(600, "person")),
        ("poğaça tanesi 20'den fazla olmasın", budget(20, "each")),
        ("kıyma kilosu 480i geçmesin", budget(480, "kg")),
        ("pizza 300 per head", budget(300, "person")),
        ("headphones under $30", budget(30, currency="USD")),
        ("kahve seti 20 euro civarı", budget(20, currency="EUR")),
        ("pasta 1200-1500 TL arası", budget(1500, min=1200)),
        ("hoodie 600 to 700 lira", budget(700, min=600)),
        ("hayır bütçem 300 değil 350", budget(350)),
        ("kahve bütçe fark etmez", "any"),
        ("coffee, money is no object", "any"),
    ],
)
def test_budget_of_a_wish(text: str, expected: object) -> None:
    assert said(text).get("budget") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("250", budget(250)),
        ("iki yüz elli", budget(250)),
        ("yarım bin", budget(500)),
        ("1,5 bin en fazla", budget(1500)),
        ("2k", budget(2000)),
        ("three fifty tops", budget(350)),
        ("25 quid", budget(25, currency="GBP")),
        ("100 150", budget(150, min=100)),
        ("fark etmez", "any"),
        ("no limit really", "any"),
    ],
)
def test_budget_in_answer_to_how_much(text: str, expected: object) -> None:
    reading = said(text, ask="ask_budget")

    assert (reading["act"], reading.get("budget")) == ("inform", expected)


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("2 kişilik pizza", 2),
        ("pizza, dört kişiyiz", 4),
        ("burger for 3", 3),
        ("ben eşim ve kızım pide istiyoruz", 3),
        ("annem ve ben çay içeceğiz", 2),
        ("me and 2 friends want pizza", 3),
        ("eşimle ikimiz için balık", 2),
        ("iki çocuk bir yetişkin akvaryum bileti", 3),
        ("8 of us for bowling", 8),
        ("yok 3 kişi değil 4 kişi olacağız", 4),
    ],
)
def test_group_size(text: str, size: int) -> None:
    assert said(text).get("group_size") == size


@pytest.mark.parametrize(
    ("text", "ask", "slot", "value"),
    [
        ("4", "ask_group_size", "group_size", 4),
        ("sadece ben", "ask_group_size", "group_size", 1),
        ("3", "ask_quantity", "quantity", 3),
        ("half a dozen", "ask_quantity", "quantity", 6),
        ("3", "ask_radius", "radius_m", 3000),
        ("on dakika yürürüm anca", "ask_radius", "radius_m", 800),
        ("500 metre", "ask_radius", "radius_m", 500),
        ("yürüme mesafesi", "ask_radius", "radius_m", 1000),
    ],
)
def test_bare_answer_means_what_was_asked(text: str, ask: str, slot: str, value: int) -> None:
    reading = said(text, ask=ask)

    assert reading["act"] == "inform"
    assert reading[slot] == value


@pytest.mark.parametrize(
    ("text", "quantity", "unit"),
    [
        ("2 pizza", 2, None),
        ("yarım kilo baklava", 0.5, "kg"),
        ("1,5 kg kıyma", 1.5, "kg"),
        ("2 scoops of ice cream", 2, "scoop"),
        ("iki koli su", 2, "box"),
        ("a dozen roses", 12, None),
        ("dondurma 2 top", 2, "scoop"),
    ],
)
def test_quantity_and_unit(text: str, quantity: float, unit: str | None) -> None:
    reading = read(text)

    assert (reading.quantity, reading.unit) == (quantity, unit)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Kadıköy'de kahve", "Kadıköy"),
        ("kadikoyde kahve", "Kadıköy"),
        ("KADIKÖY kahve", "Kadıköy"),
        ("taksimdeyim kahve lazım", "Taksim"),
        ("konyaaltında şezlong", "Konyaaltı"),
        ("Ankara Tunalı'da balon", "Tunalı"),
        ("kahve levent ya da etiler", ["Levent", "Etiler"]),
        ("coffee near Galata tower", "Galata Tower"),
        ("coffee near me", "@here"),
        ("bana yakın bir yerde kahve", "@here"),
        ("coffee, anywhere is fine", "any"),
        ("moda değil de caferağada kahve", "Caferağa"),
        ("göztepe parkında çay", "Göztepe Parkı"),
    ],
)
def test_place(text: str, place: object) -> None:
    assert said(text)["place"] == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("moda", "Moda"),
        ("buraya", "@here"),
        ("here", "@here"),
        ("fark etmez", "any"),
        ("evime yakın olsun", "@here"),
        ("Çınarcık", "Çınarcık"),
    ],
)
def test_place_in_answer_to_where(text: str, place: object) -> None:
    assert said(text, ask="ask_place")["place"] == place


def test_place_carries_the_point_of_the_lexicon() -> None:
    place = read("Kadıköy'de kahve").place

    assert place is not None
    assert place.point == Point(40.9903, 29.0275)


def test_shared_location_is_the_place() -> None:
    pin = Point(40.98, 29.03)
    place = parse("", now=NOW, zone=ZONE, language="tr", lexicon=bundled(), pin=pin).place

    assert place is not None
    assert (place.special, place.point) == ("pin", pin)


@pytest.mark.parametrize("text", ["Кадıköy'de kahve", "Kаdıköy'de kahve", "Kadıкöy kahve"])
def test_cyrillic_look_alike_is_no_known_place(text: str) -> None:
    place = read(text).place

    assert place is None or "Kadıköy" not in place.names


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("pizzaya ne dersin, modada", "pizza"),
        ("kahveyi kadıköyde içelim", "kahve"),
        ("3 coffees in moda", "coffee"),
        ("simide 50 lira", "simit"),
        ("KAHVE istiyorum", "kahve"),
        ("cigkofte durum lazim", "çiğ köfte dürüm"),
        ("doğum günü pastası istiyorum", "doğum günü pastası"),
        ("el yapımı sabun arıyorum", "el yapımı sabun"),
        ("looking for handmade soaps", "handmade soap"),
    ],
)
def test_product(text: str, product: str) -> None:
    assert said(text).get("product") == product


def test_further_products_are_kept() -> None:
    reading = said("2 pizza 3 ayran 1 de çorba")

    assert (reading["product"], reading["quantity"]) == ("pizza", 2)
    assert reading["also"] == [
        {"product": "ayran", "quantity": 3},
        {"product": "çorba", "quantity": 1},
    ]


def test_variant_narrows_the_product() -> None:
    assert said("büyük boy karışık pizza")["variant"] == ["büyük boy", "karışık"]
    assert said("şu an kahve lazım")["product"] == "kahve"


def test_sellers_own_product_is_found_by_its_alias() -> None:
    lexicon = bundled().with_products(
        [ProductEntry("Moda Usulü Profiterol Kulesi", "Profiterole tower", ("kule",))]
    )

    reading = parse("2 kule istiyorum", now=NOW, zone=ZONE, language="tr", lexicon=lexicon)

    assert (reading.product, reading.quantity) == ("Moda Usulü Profiterol Kulesi", 2)

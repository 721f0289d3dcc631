"""What people correct, add and deny at a summary, and what they say while something is asked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from whatsapp.dialogue.play import Talk, Turn
from whatsapp.nlu import corpus
from whatsapp.nlu.lexicon import bundled

# A Tuesday.
NOW = datetime(2025, 9, 9, 11, 0, tzinfo=corpus.ZONE)
WISH = {
    "tr": "pizza yarın akşam modada 300 lira",
    "en": "pizza tomorrow evening in moda 300 lira",
}
GOODS = {"tr": "50 simit var tanesi 10 lira moda", "en": "50 bagels 10 lira each in moda"}
NO_DISCOUNT = {"tr": "indirim yok", "en": "no discount"}


def talked(role: str, language: str, *texts: str) -> Turn:
    talk = Talk(bundled(), role, language)
    *_, turn = [talk.take(text, now=NOW) for text in texts]
    return turn


def at_summary(language: str, text: str) -> Turn:
    return talked("buyer", language, WISH[language], text)


def at_goods(language: str, text: str) -> Turn:
    return talked("seller", language, GOODS[language], NO_DISCOUNT[language], text)


def hours(turn: Turn) -> list[tuple[str, str]]:
    return [(span["start"][5:16], span["end"][5:16]) for span in turn.state["intervals"]]


@pytest.mark.parametrize(
    ("language", "text", "start", "end"),
    [
        ("tr", "öğlen değil sabah", "09-10T06:00", "09-10T12:00"),
        ("en", "morning not evening", "09-10T06:00", "09-10T12:00"),
        ("tr", "öğleden sonra yapalım", "09-10T12:00", "09-10T18:00"),
        ("tr", "8de", "09-10T20:00", "09-10T20:30"),
        ("tr", "saat 9 olsun", "09-10T21:00", "09-10T21:30"),
        ("tr", "ok ama 8den sonra", "09-10T20:00", "09-11T00:00"),
        ("en", "at 8", "09-10T20:00", "09-10T20:30"),
        ("en", "later, around 9", "09-10T20:30", "09-10T21:30"),
        ("en", "not tomorrow, friday", "09-12T00:00", "09-13T00:00"),
    ],
)
def test_corrected_time_keeps_day_and_half_of_the_day(
    language: str, text: str, start: str, end: str
) -> None:
    turn = at_summary(language, text)
    assert turn.ask == "confirm"
    assert hours(turn) == [(start, end)]


@pytest.mark.parametrize(
    ("language", "first", "text", "start"),
    [
        ("en", "pizza tomorrow 1pm in moda", "600 tl, and make it 2pm", "09-10T14:00"),
        ("tr", "cuma akşam pizza", "modada, saat 8 olsun", "09-12T20:00"),
        ("tr", "yarın sabah 9da kahvaltı", "beşiktaş ama 8de", "09-10T08:00"),
        ("en", "breakfast on friday morning", "moda, at 7", "09-12T07:00"),
        ("tr", "cumartesi moda", "saat 3", "09-13T15:00"),
    ],
)
def test_time_said_with_another_answer_is_of_the_day_named_before(
    language: str, first: str, text: str, start: str
) -> None:
    assert hours(talked("buyer", language, first, text))[0][0] == start


@pytest.mark.parametrize(
    ("language", "text", "amount"),
    [
        ("tr", "300 değil 400", 400),
        ("tr", "evet ama 400", 400),
        ("tr", "300e olmaz mı 250 olsun", 250),
        ("en", "400 not 300", 400),
        ("en", "yes but 400", 400),
        ("en", "350 and within 5 km", 350),
    ],
)
def test_bare_number_corrects_the_budget(language: str, text: str, amount: int) -> None:
    turn = at_summary(language, text)
    assert turn.ask == "confirm"
    assert turn.state["budget"]["amount"] == amount


@pytest.mark.parametrize(
    ("language", "text", "answered"),
    [
        ("tr", "bence türkçe devam edelim", "tr"),
        ("tr", "in english please", "en"),
        ("en", "can we do english", "en"),
        ("en", "türkçe yazalım", "tr"),
        ("en", "hmm what did I say?", "en"),
    ],
)
def test_language_or_question_at_the_summary_is_no_yes(
    language: str, text: str, answered: str
) -> None:
    turn = at_summary(language, text)
    assert (turn.status, turn.ask, turn.lang) == ("confirming", "confirm", answered)
    assert "variant" not in turn.state


@pytest.mark.parametrize("text", ["he şimdi oldu", "doğru şimdi", "tamam şimdi oldu", "evet şimdi"])
def test_now_beside_a_yes_is_no_time(text: str) -> None:
    assert at_summary("tr", text).status == "active"
    assert at_goods("tr", text).status == "active"


@pytest.mark.parametrize(
    ("language", "text", "state"),
    [
        ("en", "and a coke", {"product": "pizza", "also": [{"product": "coke"}]}),
        ("tr", "kuzu değil dana", {"variant": ["dana"]}),
        ("en", "not thin, crispy", {"variant": ["crispy"]}),
        ("tr", "bi arkadaş daha geliyor 4 olduk", {"group_size": 4}),
        ("tr", "moda değil adana olacak", {"place": "Adana"}),
        ("tr", "moda olmaz bostancı", {"place": "Bostancı"}),
    ],
)
def test_correction_of_the_summary(language: str, text: str, state: dict[str, Any]) -> None:
    turn = at_summary(language, text)
    assert turn.ask == "confirm"
    assert {name: turn.state.get(name) for name in state} == state


def test_small_words_are_no_place() -> None:
    turn = talked("buyer", "en", "a yoga mat tomorrow", "actually just friday 8am")
    assert turn.ask == "place"
    assert hours(turn) == [("09-12T08:00", "09-12T08:30")]


def test_verb_behind_the_dish_is_no_second_dish() -> None:
    assert talked("buyer", "tr", "selam", "3 kişiyiz mantı yemek istiyoruz").state == {
        "product": "mantı",
        "group_size": 3,
    }


@pytest.mark.parametrize(
    ("language", "text"),
    [("tr", "yayınlama"), ("tr", "onaylama"), ("en", "don't publish"), ("en", "not yet")],
)
def test_goods_are_not_published_on_a_no(language: str, text: str) -> None:
    assert at_goods(language, text).status == "confirming"


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [("tr", "simit değil açma", "açma"), ("en", "buns not bagels", "bun")],
)
def test_corrected_name_keeps_stock_and_price(language: str, text: str, name: str) -> None:
    (item,) = at_goods(language, text).state["items"]
    assert item["product"] == name
    assert (item["stock"], item["price"]["amount"]) == (50, 10)


def test_further_goods_are_added() -> None:
    items = at_goods("tr", "bi de poğaça 15 lira").state["items"]
    assert [item["product"] for item in items] == ["simit", "poğaça"]


def test_corrected_stock_and_price_are_no_discount() -> None:
    turn = at_goods("tr", "fiyatı 17 yapalım 20 tane olsun")
    (item,) = turn.state["items"]
    assert (item["stock"], item["price"]["amount"]) == (20, 17)
    assert turn.state["discounts"] == []


def test_place_corrects_and_does_not_publish() -> None:
    turn = at_goods("en", "we're in bostanci")
    assert (turn.ask, turn.state["place"]) == ("confirm", "Bostancı")


@pytest.mark.parametrize(
    ("text", "stock"),
    [("günde 6 kişi alabiliyoruz", 6), ("20 kişilik yerimiz var", 20), ("8 randevu", 8)],
)
def test_places_of_a_service_are_its_stock(text: str, stock: int) -> None:
    turn = talked("seller", "tr", "maltepede saç boyama 900 lira", text)
    assert (turn.ask, turn.state["items"][0]["stock"]) == ("discount", stock)


@pytest.mark.parametrize(
    ("role_language", "text", "tier"),
    [
        ("tr", "8 kişi gelirse 50den veririm", {"unit_price": 50, "min_people": 8}),
        ("en", "10% off for groups of 6", {"percent": 10, "min_people": 6}),
        ("tr", "5 kişiye 55", {"unit_price": 55, "min_people": 5}),
        ("tr", "5 kişiye 10", {"percent": 10, "min_people": 5}),
        ("tr", "3 künefe alana 50", {"unit_price": 50, "min_quantity": 3}),
    ],
)
def test_terms_in_answer_to_the_discount(
    role_language: str, text: str, tier: dict[str, Any]
) -> None:
    turn = talked("seller", role_language, "künefe", "40", "60", "moda", text)
    assert turn.state["discounts"] == [tier]


@pytest.mark.parametrize(
    ("language", "text", "state"),
    [
        ("tr", "10 litre alana 260", [{"unit_price": 260, "min_quantity": 10}]),
        ("en", "260 if you take 10", [{"unit_price": 260, "min_quantity": 10}]),
        ("tr", "indirim yok", []),
        ("en", "no discounts", []),
    ],
)
def test_terms_said_together_with_the_goods(
    language: str, text: str, state: list[dict[str, Any]]
) -> None:
    goods = {
        "tr": "zeytinyağı litresi 280 elimde 40 litre ayvalık, ",
        "en": "olive oil 280 a litre, 40 litres in stock, ayvalik, ",
    }
    turn = talked("seller", language, goods[language] + text)
    assert (turn.ask, turn.state["discounts"]) == ("confirm", state)


@pytest.mark.parametrize(
    ("language", "text", "stock", "amount"),
    [
        ("tr", "çanta satıyorum 800e 3 tane var", 3, 800),
        ("tr", "pilates dersi veriyorum saati 400 günde 6", 6, 400),
        ("en", "breakfast plates 350 each, 20 a day", 20, 350),
        ("en", "yoga class 400 an hour, 12 spots left", 12, 400),
    ],
)
def test_stock_and_price_in_other_words(language: str, text: str, stock: int, amount: int) -> None:
    (item,) = talked("seller", language, text).state["items"]
    assert (item.get("stock"), item["price"]["amount"]) == (stock, amount)


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [("tr", "kadıköydeyiz indirim yok", "Kadıköy"), ("en", "no discounts, we're in moda", "Moda")],
)
def test_place_said_with_a_refused_discount_is_kept(language: str, text: str, place: str) -> None:
    turn = talked("seller", language, "açma", text)
    assert turn.state["place"] == place
    assert turn.state["discounts"] == []


def test_price_in_answer_to_the_stock_is_no_stock() -> None:
    turn = talked("seller", "en", "I sell honey", "jar is 250")
    assert turn.ask == "stock"
    assert turn.state["items"][0]["price"]["amount"] == 250


@pytest.mark.parametrize(
    ("text", "ask", "figures"),
    [("20 tane kaldı", "none", (20, 10)), ("fiyat 12 oldu", "confirm", (50, 12))],
)
def test_change_of_goods_on_offer_keeps_the_rest(
    text: str, ask: str, figures: tuple[int, int]
) -> None:
    turn = talked("seller", "tr", GOODS["tr"], NO_DISCOUNT["tr"], "evet", text)
    (item,) = turn.state["items"]
    assert turn.ask == ask
    assert (item["stock"], item["price"]["amount"]) == figures
    assert (turn.state["place"], turn.state["discounts"]) == ("Moda", [])


def test_measure_alone_changes_no_language() -> None:
    assert talked("buyer", "tr", "peynir", "2 kilo").lang == "tr"
    assert talked("seller", "tr", "kömür satıyorum", "haftada 100 kilo").lang == "tr"


def test_vague_word_is_no_place() -> None:
    assert "place" not in talked("buyer", "tr", "tatlı bişeyler").state


@pytest.mark.parametrize(
    ("text", "per"), [("250 olsun", "person"), ("toplam 900 olsun", "total"), ("tanesi 90", "each")]
)
def test_corrected_budget_is_for_what_the_old_one_was_for(text: str, per: str) -> None:
    turn = talked("buyer", "tr", "2 kişi kahve yarın moda kişi başı 200", text)
    assert turn.state["budget"]["per"] == per


@pytest.mark.parametrize(
    ("language", "text", "product"),
    [
        ("en", "3 of us, dumplings", "dumpling"),
        ("en", "white sneakers size 38", "sneakers"),
        ("tr", "4 kişiyiz tantuni", "tantuni"),
        ("tr", "5 kişiyiz bu arada", None),
    ],
)
def test_goods_beside_a_number_of_people_or_a_size(
    language: str, text: str, product: str | None
) -> None:
    turn = talked("buyer", language, text)
    assert (turn.lang, turn.state.get("product")) == (language, product)


def test_shared_position_is_announced() -> None:
    assert talked("buyer", "tr", "ekmek", "hemen", "konum atsam").ask == "pin"


@pytest.mark.parametrize(
    ("text", "stock"), [("8 seats, 600 per person", 8), ("12 spots, 600 each", 12)]
)
def test_seats_are_stock(text: str, stock: int) -> None:
    (item,) = talked("seller", "en", f"pottery workshop, {text}").state["items"]
    assert item["stock"] == stock


def test_people_of_a_condition_are_no_stock() -> None:
    (item,) = talked("seller", "en", "pottery workshop", "10% for 4 people").state["items"]
    assert "stock" not in item


@pytest.mark.parametrize(
    ("language", "text", "state"),
    [
        ("tr", "bir tepsi börek", {"product": "börek", "quantity": 1}),
        ("en", "a tray of borek", {"product": "börek", "quantity": 1}),
        ("en", "new tires x4", {"product": "tire", "quantity": 4}),
        ("en", "pizza x 2", {"product": "pizza", "quantity": 2}),
        ("tr", "tepsi lazım", {"product": "tepsi"}),
        ("tr", "bahçe hortumu 20 metre", {"product": "bahçe hortumu", "variant": ["20 metre"]}),
        ("en", "garden hose 20 m", {"product": "garden hose", "variant": ["20 m"]}),
        ("tr", "kahve 50 metre çevrede", {"product": "kahve", "radius_m": 50}),
    ],
)
def test_amounts_of_an_answer_to_the_product(
    language: str, text: str, state: dict[str, Any]
) -> None:
    hello = {"tr": "selam", "en": "hi"}
    assert talked("buyer", language, hello[language], text).state == state


def test_article_is_no_lower_end_of_a_range() -> None:
    turn = talked("buyer", "tr", "pizza yarın moda", "bi 300 falan")
    assert turn.state["budget"] == {"amount": 300, "currency": "TRY", "per": "total"}

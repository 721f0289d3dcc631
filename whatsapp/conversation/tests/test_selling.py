"""A seller on WhatsApp: stock and ladder in a sentence, answers to asks, what is left."""

from __future__ import annotations

from datetime import timedelta

import pytest

from commerce.catalog import queries as catalog
from commerce.pricing import queries as pricing
from commerce.pricing import services as price_list
from commerce.pricing.domain import TermsPlan
from commerce.stock import queries as stock
from iceshop.infra.db import run_operation
from iceshop.kernel.actors import SYSTEM
from whatsapp.tests.town import Phone, Town, TownShop, agreed, asked, wanting
from windows.flash import queries as flash
from windows.negotiation import queries as negotiation
from windows.negotiation.domain import AskState
from windows.tests.stories import minutes

pytestmark = pytest.mark.django_db


def _two_buyers(town: Town) -> tuple[Phone, Phone]:
    return wanting(town, "Elif"), wanting(town, "Mert")


def _plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def _bakery(town: Town) -> TownShop:
    place = town.shop(
        product=("Kruvasan", "Croissant"),
        concept="croissant",
        price_minor=9_500,
        floor_minor=7_000,
        stock_units=0,
    )
    town.add_kind("kruvasan", "croissant")
    return place


def test_one_sentence_fills_stock_and_ladder_after_the_read_back(town: Town) -> None:
    place = _bakery(town)
    offering = place.shop.offering_id

    (read_back,) = place.phone.writes("20 kruvasan var, 10 kişi gelirse %15")
    assert "Ürün: 20 kruvasan." in read_back.text
    assert "İndirim: 10 kişiden itibaren %15" in read_back.text
    assert stock.free_stock([offering]).get(offering, 0) == 0
    (stored,) = place.phone.presses("reading.confirm")

    assert stored.text.startswith("Kaydettim.")
    assert stock.free_stock([offering])[offering] == 20
    tiers = [
        (card.tier.min_people, card.tier.percent_bp) for card in pricing.terms_card(offering).tiers
    ]
    assert tiers == [(10, 1500)]


def test_stock_sentence_that_is_dropped_changes_nothing(town: Town) -> None:
    place = _bakery(town)
    offering = place.shop.offering_id
    before = pricing.terms_card(offering)
    place.phone.writes("20 kruvasan var, 10 kişi gelirse %15")

    (answer,) = place.phone.presses("reading.cancel")

    assert answer.text == "Tamam, kaydetmedim."
    assert stock.free_stock([offering]).get(offering, 0) == 0
    assert pricing.terms_card(offering) == before


def test_ladder_below_the_floor_is_refused_and_nothing_is_stored(town: Town) -> None:
    place = town.shop()
    offering = place.shop.offering_id
    before = pricing.terms_card(offering)
    place.phone.writes("filtre kahve için 10 kişi gelirse %60")

    (answer,) = place.phone.presses("reading.confirm")

    assert answer.text == "10 kişilik basamak taban fiyatın altına iniyor."
    assert pricing.terms_card(offering) == before


def test_new_product_needs_a_price_first(town: Town) -> None:
    place = town.shop()
    town.add_kind("pizza", "pizza")
    place.phone.writes("merhaba")

    (asked_back,) = place.phone.writes("20 pizza var, 10 kişi gelirse %15")
    assert asked_back.text == "Tanesi kaç lira?"
    assert [card.id for card in catalog.sellable_offerings([place.shop.store_id])] == [
        place.shop.offering_id
    ]

    (summary,) = place.phone.writes("240")
    assert "20 pizza, fiyatı 240" in summary.text
    place.phone.presses("reading.confirm")
    offerings = catalog.sellable_offerings([place.shop.store_id])
    assert sorted(card.name("tr") for card in offerings if card.id != place.shop.offering_id) == [
        "pizza"
    ]


def test_number_of_goods_on_sale_is_taken_over_without_asking(town: Town) -> None:
    place = town.shop()
    name = catalog.offering_card(place.shop.offering_id).name("tr")
    place.phone.writes("merhaba")

    (answer,) = place.phone.writes(f"{name} 35 tane var")

    assert answer.text.startswith("Kaydettim.")
    assert not answer.buttons
    assert stock.stock_card(place.shop.offering_id).on_hand == 35


def test_ask_is_accepted_by_button(town: Town) -> None:
    place = town.shop()
    ask = asked(town, place, *_two_buyers(town))

    answer = place.phone.presses("ask.accept")[0]

    assert answer.text.startswith("Kabul edildi, teşekkürler.")
    assert answer.links[0].endswith("/board/")
    (window,) = town.windows()
    assert (window.price_minor, window.ask_id) == (13_050, ask.id)


def test_deal_below_cost_is_led_to_the_board(town: Town) -> None:
    place = town.shop()
    dear = TermsPlan(floor_price_minor=10_000, unit_cost_minor=14_000)
    offering_id = place.shop.offering_id
    run_operation(
        price_list.put_terms, offering_id=offering_id, terms=dear, by=SYSTEM, now=town.now
    )
    asked(town, place, *_two_buyers(town))

    answer = place.phone.presses("ask.accept")[0]

    assert answer.text.startswith("Bu fiyat, ürünün size maliyetinin altında.")
    assert answer.links[0].endswith("/board/")
    assert town.windows() == ()


@pytest.mark.parametrize("words", ["kabul", "olur", "tamam"])
def test_ask_is_accepted_in_words(town: Town, words: str) -> None:
    place = town.shop()
    asked(town, place, *_two_buyers(town))

    place.phone.writes(words)

    assert [window.price_minor for window in town.windows()] == [13_050]


@pytest.mark.parametrize(
    ("words", "price_minor", "effect"),
    [("%12 olur", 12_760, "127,60 ₺"), ("120 olsun", 12_000, "120 ₺")],
)
def test_counter_in_words_binds_after_its_money_was_read_back(
    town: Town, words: str, price_minor: int, effect: str
) -> None:
    place = town.shop()
    asked(town, place, *_two_buyers(town))

    (read_back,) = place.phone.writes(words)
    assert effect in _plain(read_back.text)
    assert town.windows() == ()
    (answer,) = place.phone.presses("reading.confirm")

    assert [window.price_minor for window in town.windows()] == [price_minor]
    assert "Teklifinizi aldım" in answer.text


def test_counter_button_asks_for_the_terms(town: Town) -> None:
    place = town.shop()
    asked(town, place, *_two_buyers(town))

    (question,) = place.phone.presses("ask.counter")
    (read_back,) = place.phone.writes("%12")
    place.phone.presses("reading.confirm")

    assert "Hangi indirimi verirsiniz?" in question.text
    assert "127,60" in read_back.text
    assert [window.price_minor for window in town.windows()] == [12_760]


def test_counter_below_the_floor_is_never_pushed_through(town: Town) -> None:
    place = town.shop()
    asked(town, place, *_two_buyers(town))

    (answer,) = place.phone.writes("%50 olsun")

    assert "en düşük fiyatın (100 ₺) altında" in _plain(answer.text)
    assert town.windows() == ()
    assert town.live_asks()


@pytest.mark.parametrize("words", ["hayır", "olmaz"])
def test_ask_is_refused_in_words(town: Town, words: str) -> None:
    place = town.shop()
    ask = asked(town, place, *_two_buyers(town))

    answer = place.phone.writes(words)[0]

    assert answer.text.startswith("Tamam, bu gruba indirim yok.")
    assert negotiation.ask_card(ask.id, now=town.now).state is AskState.REFUSED  # type: ignore[union-attr]  # it exists
    assert town.windows() == ()


def test_two_people_answer_and_the_first_one_counts(town: Town) -> None:
    place = town.shop()
    asked(town, place, *_two_buyers(town))

    place.phone.taps(place.phone.button("ask.accept"))
    place.phone.taps(place.phone.button("ask.refuse"))
    town.settle()

    assert len(town.windows()) == 1
    assert "yanıtlanmış" in place.phone.said()


def test_accept_pressed_twice_is_one_window(town: Town) -> None:
    place = town.shop()
    asked(town, place, *_two_buyers(town))
    place.phone.presses("ask.accept")

    place.phone.presses("ask.accept")

    assert len(town.windows()) == 1


def test_strangers_button_does_not_answer_an_ask(town: Town) -> None:
    place = town.shop()
    elif_, mert = _two_buyers(town)
    ask = asked(town, place, elif_, mert)

    town.receive(elif_.body(_press(f"ask.accept:{ask.id}")))
    town.settle()

    assert town.windows() == ()
    assert elif_.said().startswith("Bu düğme artık geçerli değil.")


def _press(choice_id: str) -> dict[str, object]:
    reply = {"id": choice_id, "title": "Kabul"}
    return {"type": "interactive", "interactive": {"type": "button_reply", "button_reply": reply}}


def test_three_left_in_words_limits_the_open_window(town: Town) -> None:
    place = town.shop()
    elif_, mert = _two_buyers(town)
    window = agreed(town, place, elif_, mert)
    town.jump_to(window.starts_at + minutes(1))

    (answer,) = place.phone.writes("3 kaldı")

    assert "3" in answer.text
    limited = flash.window_card(window.id, now=town.now)
    assert limited is not None
    assert limited.seats_max == 3


def test_nothing_left_closes_the_window_to_new_people(town: Town) -> None:
    place = town.shop()
    elif_, mert = _two_buyers(town)
    window = agreed(town, place, elif_, mert)
    town.jump_to(window.starts_at + timedelta(seconds=30))
    place.phone.writes("0 kaldı")

    (answer,) = elif_.presses("invite.accept")

    assert answer.text.startswith("Son yer az önce doldu.")
    assert flash.seats_of_window(window.id) == ()


def test_opening_hours_in_words_after_the_read_back(town: Town) -> None:
    place = town.shop()

    (read_back,) = place.phone.writes("pazartesi 09:00-18:00 açığız")
    place.phone.presses("reading.confirm")

    assert "09.00–18.00" in read_back.text


def test_lowest_price_said_in_words_counts_after_its_read_back(town: Town) -> None:
    place = town.shop(price_minor=9_500, floor_minor=6_000)
    name = catalog.offering_card(place.shop.offering_id).name("tr")
    place.phone.writes("merhaba")

    (summary,) = place.phone.writes(f"{name} taban fiyatı 70 lira")
    assert "En düşük fiyat: 70 ₺. Bunun altında anlaşmam." in _plain(summary.text)
    assert pricing.terms_card(place.shop.offering_id).plan.floor_price_minor == 6_000
    place.phone.presses("reading.confirm")

    terms = pricing.terms_card(place.shop.offering_id)
    assert (terms.plan.floor_price_minor, terms.price_minor) == (7_000, 9_500)

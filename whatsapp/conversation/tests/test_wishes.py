"""A wish: asked for piece by piece, read back, corrected, located, answered in another language."""

from __future__ import annotations

import pytest

from iceshop.kernel.geo import Point, distance_m
from whatsapp.simulator.queries import MessageFacts
from whatsapp.tests.town import Phone, Town, agreed, known, wanting
from windows.flash import queries as flash

pytestmark = pytest.mark.django_db

_MODA = Point(40.9826, 29.0258)


def _texts(answers: list[MessageFacts]) -> str:
    return "\n".join(answer.text for answer in answers).replace("\N{NO-BREAK SPACE}", " ")


def _read_back(phone: Phone, text: str) -> str:
    return _texts(phone.writes(text))


def test_only_what_is_missing_is_asked_one_question_at_a_time(town: Town) -> None:
    phone = known(town)

    when = _texts(phone.writes("kahve"))
    where = _texts(phone.writes("bir saat içinde"))
    budget = _texts(phone.writes("Kadıköy"))
    read_back = _texts(phone.writes("200 TL"))

    assert when == "Ne zaman istersiniz?"
    assert where == "Nerede olsun? Bir semt yazın veya konumunuzu paylaşın."
    assert budget == "En çok ne kadar ödemek istersiniz?"
    assert read_back.startswith("Şöyle anladım: kahve, Kadıköy, bugün 13.00–14.00, en çok 200 ₺")


def test_nothing_counts_before_the_read_back_is_confirmed(town: Town) -> None:
    phone = known(town)
    phone.writes("bir saat içinde Kadıköy'de kahve, en fazla 200 TL")

    assert town.intents_of(phone) == ()
    phone.presses("reading.confirm")

    assert len(town.intents_of(phone)) == 1


def test_read_back_confirmed_twice_is_one_wish(town: Town) -> None:
    phone = known(town)
    phone.writes("bir saat içinde Kadıköy'de kahve, en fazla 200 TL")
    phone.presses("reading.confirm")

    (answer,) = phone.presses("reading.confirm")

    assert "Bunu zaten kaydettim." in answer.text
    assert len(town.intents_of(phone)) == 1


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("pizza olsun", "pizza, Kadıköy, bugün 13.00–14.00, en çok 200 ₺, 1 kişi"),
        ("iki kişiyiz", "kahve, Kadıköy, bugün 13.00–14.00, en çok 200 ₺, 2 kişi"),
        ("Moda olsun", "kahve, Moda, bugün 13.00–14.00, en çok 200 ₺, 1 kişi"),
        ("150 TL olsun", "kahve, Kadıköy, bugün 13.00–14.00, en çok 150 ₺, 1 kişi"),
        ("15:00 ile 16:00 arası", "kahve, Kadıköy, bugün 15.00–16.00, en çok 200 ₺, 1 kişi"),
    ],
)
def test_correction_changes_one_thing(town: Town, said: str, expected: str) -> None:
    town.add_kind("pizza", "pizza")
    phone = known(town)
    phone.writes("bir saat içinde Kadıköy'de kahve, en fazla 200 TL")

    assert f"Şöyle anladım: {expected}. Doğru mu?" in _read_back(phone, said)


def test_change_button_asks_what_is_wrong_and_takes_it(town: Town) -> None:
    phone = known(town)
    phone.writes("bir saat içinde Kadıköy'de kahve, en fazla 200 TL")

    assert _texts(phone.presses("reading.change")).startswith("Neyi değiştireyim?")
    assert "3 kişi" in _read_back(phone, "3 kişi")


def test_correction_after_confirming_replaces_the_wish(town: Town) -> None:
    phone = wanting(town)

    phone.writes("2 kişi olacağız")
    phone.presses("reading.confirm")

    (wish,) = town.intents_of(phone)
    assert (wish.product_text, wish.party_size) == ("kahve", 2)


def test_name_of_several_towns_is_asked_about_and_known_from_then_on(town: Town) -> None:
    phone = known(town)
    (question,) = phone.writes("bir saat içinde Ereğli'de kahve, en fazla 200 TL")
    assert question.text == "Hangi Ereğli? Hiçbiri değilse konumunuzu paylaşın."
    titles = {button["title"]: button["id"] for button in question.buttons}
    assert {"Ereğli, Konya", "Ereğli, Zonguldak"} <= set(titles)

    (read_back,) = phone.presses(titles["Ereğli, Konya"])
    phone.presses("reading.confirm")

    assert "Ereğli, Konya" in read_back.text
    (wish,) = town.intents_of(phone)
    assert wish.point is not None
    assert distance_m(wish.point, Point(37.51, 34.05)) < 5_000
    (again,) = phone.writes("yarın öğlen Ereğli'de kahve, 300 tl")
    assert again.text.startswith("Şöyle anladım:")


def test_location_pin_is_the_place(town: Town) -> None:
    phone = known(town)
    phone.writes("bir saat içinde kahve, en fazla 200 TL")

    (read_back,) = phone.pins(_MODA)
    phone.presses("reading.confirm")

    assert "paylaştığınız konum" in read_back.text
    (wish,) = town.intents_of(phone)
    assert wish.point == _MODA


def test_pin_after_the_read_back_corrects_the_place(town: Town) -> None:
    phone = known(town)
    phone.writes("bir saat içinde Kadıköy'de kahve, en fazla 200 TL")

    phone.pins(_MODA)
    phone.presses("reading.confirm")

    (wish,) = town.intents_of(phone)
    assert wish.point == _MODA


def test_language_switch_keeps_the_slots(town: Town) -> None:
    phone = known(town)
    phone.writes("bir saat içinde Kadıköy'de kahve")

    (read_back,) = phone.writes("I would pay 200 TL at most")

    assert "Kadıköy, today 13:00–14:00, up to ₺200, 1 person." in read_back.text
    assert phone.person().language == "en"


def test_product_that_nobody_sells_is_asked_about(town: Town) -> None:
    phone = known(town)

    (answer,) = phone.writes("bir saat içinde Kadıköy'de pizza, en fazla 200 TL")

    assert answer.text.startswith("Pizza satan bir mağaza henüz bende yok.")
    assert answer.buttons[0]["id"].split(":")[0] == "product.anyway"


def test_restricted_goods_are_refused_politely(town: Town) -> None:
    town.add_kind("bira", "beer", is_restricted=True)
    phone = known(town)

    (answer,) = phone.writes("bir saat içinde Kadıköy'de bira")

    assert answer.text.startswith("Bu ürünü Iceshop üzerinden sunamıyoruz.")
    assert town.intents_of(phone) == ()


def test_status_is_answered_honestly(town: Town) -> None:
    town.shop()
    phone = wanting(town)

    answer = _texts(phone.writes("ne durumda"))

    assert answer.splitlines() == [
        "Yakınınızda bunu şimdilik yalnızca siz istiyorsunuz; 2 kişi gerekiyor (kahve).",
        "Sonuç ne olursa olsun 13.50'ye kadar yazacağım.",
    ]


def test_status_says_what_else_is_in_the_way(town: Town) -> None:
    town.shop()
    phone = known(town)
    phone.writes("bir saat içinde Kadıköy'de kahve, en fazla 5 TL")
    phone.presses("reading.confirm")
    town.pass_time(30)

    answer = _texts(phone.writes("ne durumda"))

    assert "Yakınınızdaki hiçbir mağaza şimdilik sınırınıza inmiyor (kahve)." in answer


def test_pause_and_resume_by_a_word(town: Town) -> None:
    phone = wanting(town)

    phone.presses("intent.pause")
    (paused,) = town.intents_of(phone)
    phone.writes("devam")

    assert paused.state == "paused"
    assert town.intents_of(phone)[0].state == "open"


def test_wider_area_by_button(town: Town) -> None:
    phone = wanting(town)
    before = town.intents_of(phone)[0].radius_m

    (answer,) = phone.presses("intent.widen")

    assert town.intents_of(phone)[0].radius_m == before * 2
    assert answer.text.startswith("Alanı genişlettim")


def test_no_to_an_invite_keeps_the_wish_open(town: Town) -> None:
    place = town.shop()
    elif_, mert = wanting(town, "Elif"), wanting(town, "Mert")
    agreed(town, place, elif_, mert)

    (answer,) = elif_.presses("invite.decline")

    assert "bir etkisi" in answer.text
    assert town.intents_of(elif_)[0].state == "open"


def test_other_time_in_words_changes_the_wish(town: Town) -> None:
    place = town.shop()
    elif_, mert = wanting(town, "Elif"), wanting(town, "Mert")
    window = agreed(town, place, elif_, mert)

    elif_.writes("16:00 olsun")

    (wish,) = town.intents_of(elif_)
    assert wish.spans[0].start > window.ends_at
    assert flash.seats_of_window(window.id) == ()


def test_yes_in_words_takes_the_seat_for_the_party_that_was_said(town: Town) -> None:
    place = town.shop()
    elif_, mert = wanting(town, "Elif"), wanting(town, "Mert")
    window = agreed(town, place, elif_, mert)

    elif_.writes("3 kişi geleceğiz")
    elif_.writes("evet")

    (seat,) = flash.seats_of_window(window.id)
    assert seat.party_size == 3


def test_party_of_a_held_seat_changes_by_a_sentence(town: Town) -> None:
    place = town.shop()
    elif_, mert = wanting(town, "Elif"), wanting(town, "Mert")
    window = agreed(town, place, elif_, mert)
    elif_.presses("invite.accept")

    (answer,) = elif_.writes("2 kişi olacağız")

    (seat,) = flash.seats_of_window(window.id)
    assert (seat.party_size, answer.text) == (2, "Tamam, 2 kişi olarak güncelledim.")


def test_party_that_does_not_fit_is_refused_kindly(town: Town) -> None:
    place = town.shop()
    elif_, mert = wanting(town, "Elif"), wanting(town, "Mert")
    window = agreed(town, place, elif_, mert)
    elif_.presses("invite.accept")

    (answer,) = elif_.writes("30 kişi olacağız")

    (seat,) = flash.seats_of_window(window.id)
    assert seat.party_size == 1
    assert answer.text.startswith("Bu kadar kişi için yer kalmadı")


def test_yes_twice_is_one_seat_and_the_code_again(town: Town) -> None:
    place = town.shop()
    elif_, mert = wanting(town, "Elif"), wanting(town, "Mert")
    window = agreed(town, place, elif_, mert)
    (first,) = elif_.presses("invite.accept")

    (second,) = elif_.presses("invite.accept")

    assert len(flash.seats_of_window(window.id)) == 1
    assert first.text.startswith("Yeriniz ayrıldı:")
    assert second.text.startswith("Yeriniz zaten ayrılmış:")
    assert first.text.splitlines()[-1] == second.text.splitlines()[-1]
    assert len(first.links) == len(second.links) == 1


def test_on_my_way_is_noted(town: Town) -> None:
    place = town.shop()
    elif_, mert = wanting(town, "Elif"), wanting(town, "Mert")
    window = agreed(town, place, elif_, mert)
    elif_.presses("invite.accept")

    elif_.writes("yoldayım")

    (seat,) = flash.seats_of_window(window.id)
    assert seat.state == "on_way"

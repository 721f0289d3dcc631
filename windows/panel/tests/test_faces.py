"""Each face of the panel says what holds, in both languages."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from iceshop.infra.db import run_operation
from iceshop.kernel.actors import SYSTEM
from windows.flash import services as windows
from windows.panel import services
from windows.panel.links import PanelKey
from windows.panel.tests.reader import Page, Reader, panel_path
from windows.passes.words import words_of
from windows.tests.stories import (
    NOON,
    Shop,
    accept,
    buyer,
    fill,
    minutes,
    new_ask,
    new_shop,
    new_window,
    pass_of,
    show_pass,
    take_seat,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Shop:
    """A shop with an hour until its window."""
    return new_shop()


def invited(shop: Shop, *, language: str = "tr", others: int = 9) -> Page:
    """The panel of somebody who was invited to 14.00 and has not answered."""
    person = buyer(language=language)
    window = new_window(shop, person)
    fill(window, others)
    return Reader(NOON).open(panel_path(window, person.person_id))


def test_invited_shows_the_decision_in_turkish(shop: Shop) -> None:
    page = invited(shop)

    assert (page.status, page.state, page.language) == (200, "invited", "tr")
    for words in (
        "Filtre kahve Moda Fırını Caferağa, Kadıköy",
        "Bugün 14.00 14.20'ye kadar açık",
        "Kasada ödersiniz 118 ₺ önceki fiyat 145 ₺ · 27 ₺ kazanç",
        "Uzaklık 350 m 5 dk yürüyüş",
        "Yanıt için son 13.50 50 dakika kaldı",
        "Siz gelince 10 kişi 9 yer kaldı",
        "Fiyat kesin. 118 ₺'dan fazla ödemezsiniz.",
        "13.00–16.00 arası demiştiniz",
        "Sınırınız 130 ₺ idi; 12 ₺ altında.",
        "Önceki fiyattan %18 daha az.",
        "145 ₺, son 30 günün en düşük fiyatıdır.",
        "Geliyorum, 1 kişi",
    ):
        assert words in page.text


def test_invited_shows_the_decision_in_english(shop: Shop) -> None:
    page = invited(shop, language="en")

    assert page.language == "en"
    for words in (
        "Filter coffee Moda Fırını",
        "Today 14:00 open until 14:20",
        "You pay at the till ₺118 instead of ₺145 · ₺27 less",
        "Distance 350 m 5 min walk",
        "Answer by 13:50 50 minutes left",
        "With you: 10 people 9 places left",
        "18% below the price before.",
        "I'm coming, 1 person",
    ):
        assert words in page.text


def test_the_language_is_the_persons_and_not_the_browsers(shop: Shop) -> None:
    person = buyer(language="tr")
    window = new_window(shop, person)

    page = Reader(NOON).open(panel_path(window, person.person_id), accept_language="en-GB,en;q=0.9")

    assert page.language == "tr"


def test_without_price_history_there_is_no_price_before_and_no_percentage() -> None:
    page = invited(new_shop(history_days=5))

    assert "118 ₺" in page.text
    assert "145" not in page.text
    assert "%" not in page.text
    assert "kazanç" not in page.text


def test_a_benefit_in_words_is_told_in_words(shop: Shop) -> None:
    person = buyer()
    window = new_window(shop, person, price_minor=14_500, benefit=("çay bizden", "tea on us"))

    page = Reader(NOON).open(panel_path(window, person.person_id))

    assert "Yanında: çay bizden" in page.text
    assert "145 ₺" in page.text
    assert "%" not in page.text


def test_who_gave_no_place_sees_the_address_instead_of_a_distance(shop: Shop) -> None:
    person = buyer(point=None)
    window = new_window(shop, person)

    page = Reader(NOON).open(panel_path(window, person.person_id))

    assert "Adres Moda Cad. 112" in page.text
    assert "Uzaklık" not in page.text


def test_a_window_of_tomorrow_says_so(shop: Shop) -> None:
    person = buyer()
    window = new_window(shop, person, starts_in=24 * 60)

    assert "Yarın 13.00" in Reader(NOON).open(panel_path(window, person.person_id)).text


def test_fewer_places_than_asked_for_are_offered_as_they_are(shop: Shop) -> None:
    person = buyer(party_size=3)
    window = new_window(shop, person, seats=4)
    fill(window, 2)

    page = Reader(NOON).open(panel_path(window, person.person_id))

    assert "3 kişi demiştiniz; 2 yer kaldı." in page.text
    assert "Geliyorum, 2 kişi" in page.text
    assert page.form("/confirm").fields["people"] == "2"


def test_confirmed_shows_the_pass_the_time_and_the_group(shop: Shop) -> None:
    person = buyer("Elif Kaya")
    window = new_window(shop, person, starts_in=42)
    fill(window, 10)
    code = pass_of(take_seat(window, person.person_id)).code

    page = Reader(NOON).open(panel_path(window, person.person_id))

    assert page.state == "confirmed"
    assert page.passes == [code]
    for words in (
        "Yeriniz hazır Elif K. · 1 kişi 13.42–14.02",
        f"{code[:3]} {code[3:]} {words_of(code, 'tr')} Kasada gösterin ya da söyleyin",
        "42 dakika sonra açılıyor 13.37'de çıkarsanız rahat yetişirsiniz.",
        "11 kişi geliyor 7 yer kaldı",
    ):
        assert words in page.text
    assert page.links["Yol tarifi"].startswith("https://www.google.com/maps/dir/?api=1")
    assert "destination=40.982600%2C29.025800" in page.links["Yol tarifi"]


def test_running_counts_down_to_the_end(shop: Shop) -> None:
    people = [buyer(language="en") for _ in range(3)]
    window = new_window(shop, *people, starts_in=10)
    seats = [take_seat(window, person.person_id) for person in people]
    show_pass(shop, seats[0], now=NOON + minutes(12))

    page = Reader(NOON + minutes(17)).open(panel_path(window, people[2].person_id))

    assert page.state == "running"
    assert page.passes == [pass_of(seats[2]).code]
    for words in (
        "The window is open",
        "13:00 ends at 13:30",
        "350 m, a 5 minute walk. You will make it.",
        "₺118 instead of ₺145",
        "3 people, 1 here 0 on the way",
        "Your place is yours until 13:30",
    ):
        assert words in page.text
    assert 'data-ends="2025-11-19T10:30:00Z"' in page.html


def test_the_face_follows_the_clock_where_the_tick_is_late(shop: Shop) -> None:
    person = buyer()
    window = new_window(shop, person, starts_in=10)
    take_seat(window, person.person_id)
    path = panel_path(window, person.person_id)

    faces = [Reader(NOON + minutes(at)).open(path).state for at in (9, 10, 29, 30)]

    assert faces == ["confirmed", "running", "running", "missed"]


def test_here_shows_what_is_paid_now(shop: Shop) -> None:
    person = buyer(party_size=2)
    window = new_window(shop, person, starts_in=10)
    show_pass(shop, take_seat(window, person.person_id), now=NOON + minutes(12))

    page = Reader(NOON + minutes(13)).open(panel_path(window, person.person_id))

    assert page.state == "here"
    assert "Kasada okundu 13.12" in page.text
    assert "Kasada ödersiniz: 2 × 118 ₺ 236 ₺" in page.text


def test_finished_tells_what_was_saved_with_evidence(shop: Shop) -> None:
    person = buyer(party_size=2)
    window = new_window(shop, person, starts_in=10)
    show_pass(shop, take_seat(window, person.person_id), now=NOON + minutes(12))

    page = Reader(NOON + minutes(40)).open(panel_path(window, person.person_id))

    assert page.state == "finished"
    for words in (
        "54 ₺ cebinizde kaldı",
        "Filtre kahve, 2 kişi 290 ₺ Grup fiyatı, 2 kişi −54 ₺ Kasada 236 ₺",
        "Söz verilen fiyat: 236 ₺.",
    ):
        assert words in page.text


def test_finished_without_evidence_tells_no_saving() -> None:
    shop = new_shop(history_days=5)
    person = buyer()
    window = new_window(shop, person, starts_in=10)
    show_pass(shop, take_seat(window, person.person_id), now=NOON + minutes(12))

    page = Reader(NOON + minutes(40)).open(panel_path(window, person.person_id))

    assert "118 ₺ söz verilen fiyat" in page.text
    assert "cebinizde" not in page.text
    assert "145" not in page.text


def test_missed_is_told_kindly(shop: Shop) -> None:
    person = buyer()
    window = new_window(shop, person, starts_in=10)
    take_seat(window, person.person_id)
    windows.move_due(now=NOON + minutes(31))

    page = Reader(NOON + minutes(40)).open(panel_path(window, person.person_id))

    assert page.state == "missed"
    assert "Bu sefer gelemediniz Planlar değişebilir, sorun değil." in page.text


def test_full_tells_the_truth_and_that_the_wish_stays(shop: Shop) -> None:
    person = buyer()
    window = new_window(shop, person, seats=3)
    fill(window, 3)

    page = Reader(NOON).open(panel_path(window, person.person_id))

    assert page.state == "full"
    for words in (
        "Son yer doldu 3 yerin tamamı alındı.",
        "Listede bekleyebilirsiniz. Açılan yer, en uzun bekleyenin olur.",
        "İsteğiniz açık kalıyor.",
        "Sonuç ne olursa olsun 14.00'e kadar yazacağız.",
    ):
        assert words in page.text
    assert "Yer açılmasını bekle, 1 kişi" in page.text
    assert [form.action.rsplit("/")[-1] for form in page.forms] == ["language", "confirm"]


def test_paused_joins_are_told(shop: Shop) -> None:
    person = buyer()
    window = new_window(shop, person)
    run_operation(
        windows.set_joins_paused, window_id=window.id, is_paused=True, by=SYSTEM, now=NOON
    )

    page = Reader(NOON).open(panel_path(window, person.person_id))

    assert page.state == "paused"
    assert "Dükkân şu an yeni katılım almıyor" in page.text


def test_cancelled_says_sorry_and_shows_the_next_invitation(shop: Shop) -> None:
    people = buyer(), buyer()
    window = new_window(shop, *people)
    take_seat(window, people[0].person_id)
    run_operation(windows.cancel_window, window_id=window.id, reason="power", by=SYSTEM, now=NOON)
    other = accept(new_ask(new_shop(name="Yeldeğirmeni Kahvecisi"), *people))

    page = Reader(NOON).open(panel_path(window, people[0].person_id))

    assert page.state == "cancelled"
    assert "Dükkân bu pencereyi iptal etti Üzgünüz" in page.text
    assert "Başka bir davetiniz var Yeldeğirmeni Kahvecisi 13.30–13.50" in page.text
    link = next(href for words, href in page.links.items() if "Yeldeğirmeni" in words)
    assert Reader(NOON).open(link).state == "invited"
    assert other.id != window.id


def test_an_invite_to_a_time_that_is_taken_says_so_before_the_answer(shop: Shop) -> None:
    person = buyer()
    first, second = new_window(shop, person), new_window(new_shop(name="Kahveci"), person)
    take_seat(first, person.person_id)

    page = Reader(NOON).open(panel_path(second, person.person_id))

    assert page.state == "invited"
    assert "Başka bir yerde yeriniz var Moda Fırını 14.00–14.20" in page.text


def test_an_unanswered_invite_expires(shop: Shop) -> None:
    person = buyer()
    window = new_window(shop, person)

    late = Reader(NOON + minutes(51)).open(panel_path(window, person.person_id))
    over = Reader(NOON + minutes(90)).open(panel_path(window, person.person_id))

    assert (late.state, over.state) == ("expired", "expired")
    assert "Yanıt süresi geçti" in late.text
    assert "Bu pencere kapandı" in over.text


def test_declined_keeps_the_wish_and_the_way_back(shop: Shop) -> None:
    person = buyer()
    window = new_window(shop, person)
    services.decline(key=PanelKey(window.id, person.person_id), now=NOON)

    page = Reader(NOON).open(panel_path(window, person.person_id))
    late = Reader(NOON + minutes(55)).open(panel_path(window, person.person_id))

    assert (page.state, late.state) == ("declined", "declined")
    assert "İsteğiniz açık kalıyor." in page.text
    assert "Geliyorum, 1 kişi" in page.text
    assert "Geliyorum" not in late.text


def test_the_chat_is_linked_where_there_is_a_real_one(shop: Shop, settings: Settings) -> None:
    settings.SIMULATOR_ENABLED = False
    settings.WHATSAPP = {"NUMBER": "905550001122"}

    assert invited(shop).links["Başka saat"] == "https://wa.me/905550001122"

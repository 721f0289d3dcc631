"""STOP and its kin in both languages and roles; beginning again; cancelling what is open."""

from __future__ import annotations

import pytest

from accounts.consent import queries as consent
from whatsapp.tests.town import Phone, Town, agreed, known, seated, wanting
from windows.tests.stories import minutes

pytestmark = pytest.mark.django_db

_STOPS = [
    ("tr", "DUR"), ("tr", "dur."), ("tr", "STOP"), ("tr", "ÇIK"), ("tr", "çık"), ("tr", "RET"),
    ("en", "STOP"), ("en", "stop"), ("en", "unsubscribe"), ("en", "Stop."),
]  # fmt: skip


def _is_out(phone: Phone) -> bool:
    return consent.consent_of(phone.person().id).opted_out


@pytest.mark.parametrize(("language", "word"), _STOPS)
def test_stop_is_confirmed_once_and_obeyed(town: Town, language: str, word: str) -> None:
    phone = known(town, language=language)

    (answer,) = phone.writes(word)

    stopped = {"tr": "Mesajları durdurdum", "en": "I have stopped all messages"}
    assert answer.text.startswith(stopped[language])
    assert [button["id"] for button in answer.buttons] == ["start.again:now"]
    assert _is_out(phone)


@pytest.mark.parametrize("word", ["DUR", "stop", "ÇIK"])
def test_seller_stops_by_the_same_words_and_is_not_asked_any_more(town: Town, word: str) -> None:
    place = town.shop()
    wanting(town, "Elif"), wanting(town, "Mert")

    place.phone.writes(word)
    place.phone.news()
    town.pass_time(minutes=2)

    assert _is_out(place.phone)
    assert place.phone.news() == []


@pytest.mark.parametrize(("language", "word"), [("tr", "BAŞLA"), ("en", "START")])
def test_start_begins_again(town: Town, language: str, word: str) -> None:
    phone = known(town, language=language)
    phone.writes("STOP")

    (answer,) = phone.writes(word)

    assert answer.text.startswith({"tr": "Yeniden buradayım.", "en": "I am back."}[language])
    assert not _is_out(phone)


def test_start_by_button_begins_again(town: Town) -> None:
    phone = known(town)
    phone.writes("DUR")

    phone.presses("start.again")

    assert not _is_out(phone)


def test_stop_inside_a_sentence_is_none(town: Town) -> None:
    phone = known(town)

    phone.writes("otobüs durağının yanında dur bir dakika, kahve istiyorum")

    assert not _is_out(phone)


def test_stop_withdraws_the_wish(town: Town) -> None:
    phone = wanting(town)

    phone.writes("DUR")

    assert town.intents_of(phone) == ()


def test_stop_with_a_seat_asks_whether_it_stays(town: Town) -> None:
    place = town.shop()
    elif_, mert = wanting(town, "Elif"), wanting(town, "Mert")
    window = agreed(town, place, elif_, mert)
    seated(town, elif_)
    seated(town, mert)

    (answer,) = elif_.writes("DUR")

    assert answer.text.startswith("Artık teklif göndermeyeceğim.")
    assert [button["id"].split(":")[0] for button in answer.buttons] == [
        "seat.keep",
        "seat.release",
    ]
    assert _is_out(elif_)
    (kept,) = elif_.presses("seat.keep")
    assert kept.text.startswith("Yeriniz duruyor.")
    # What concerns the kept seat is said all the same.
    town.jump_to(window.ends_at - minutes(5))
    assert elif_.said().startswith("Yeriniz 13.23'te sona eriyor.")


def test_stop_and_release_frees_the_seat_and_ends_everything(town: Town) -> None:
    place = town.shop()
    elif_, mert = wanting(town, "Elif"), wanting(town, "Mert")
    window = agreed(town, place, elif_, mert)
    seated(town, elif_)
    elif_.writes("DUR")

    elif_.presses("seat.release")

    (window,) = town.windows()
    assert window.seats_taken == 0
    town.jump_to(window.ends_at - minutes(5))
    assert elif_.news() == []


def test_wish_after_stop_is_kept_until_start(town: Town) -> None:
    phone = known(town)
    phone.writes("DUR")

    (answer,) = phone.writes("bir saat içinde Kadıköy'de kahve, en fazla 200 TL")
    assert answer.text.startswith("İsteğinizi not aldım, ama mesajları durdurmuştunuz.")
    (read_back,) = phone.presses("start.again")

    assert "Şöyle anladım: kahve, Kadıköy" in read_back.text


def test_cancel_withdraws_the_open_wish(town: Town) -> None:
    phone = wanting(town)

    (answer,) = phone.writes("iptal")

    assert answer.text == "İsteğinizi iptal ettim. Yeniden almak isterseniz yazmanız yeterli."
    assert town.intents_of(phone) == ()
    assert not _is_out(phone)


def test_cancel_with_nothing_open_asks_whether_all_messages_stop(town: Town) -> None:
    phone = known(town)

    (question,) = phone.writes("İPTAL")
    assert [button["id"] for button in question.buttons] == ["stop.all:now", "stop.keep:now"]
    assert not _is_out(phone)
    phone.presses("stop.all")

    assert _is_out(phone)


def test_cancel_with_a_seat_releases_it(town: Town) -> None:
    place = town.shop()
    elif_, mert = wanting(town, "Elif"), wanting(town, "Mert")
    agreed(town, place, elif_, mert)
    seated(town, elif_)

    elif_.writes("iptal")

    (window,) = town.windows()
    assert window.seats_taken == 0

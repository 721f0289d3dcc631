"""B1 and B2: who speaks, that it is automatic, how to stop; one consent question."""

from __future__ import annotations

import pytest

from accounts.consent import queries as consent
from accounts.consent.domain import MarketingState
from whatsapp.tests.town import WISH, Town, known

pytestmark = pytest.mark.django_db

_WELCOME = {"tr": "Merhaba, ben Iceshop'un otomatik asistanıyım.", "en": "Hello, this is Iceshop"}
_READ_BACK = {
    "tr": "Şöyle anladım: kahve, Kadıköy, bugün 13.00–14.00, "
    "en çok 200\N{NO-BREAK SPACE}₺, 1 kişi. Doğru mu?",
    "en": "I understood: coffee, Kadıköy, today 13:00–14:00, up to ₺200, 1 person. Is that right?",
}
_HELLO = {"tr": "merhaba", "en": "hello"}


@pytest.mark.parametrize("language", ["tr", "en"])
def test_hello_is_answered_once_with_who_speaks_and_one_question(town: Town, language: str) -> None:
    phone = town.phone(language=language)

    (welcome,) = phone.writes(_HELLO[language])

    assert welcome.text.startswith(_WELCOME[language])
    assert {"tr": "DUR", "en": "STOP"}[language] in welcome.text
    ids = [button["id"] for button in welcome.buttons]
    assert ids == ["consent.accept:offers", "consent.decline:offers"]
    assert phone.person().language == language


@pytest.mark.parametrize("language", ["tr", "en"])
def test_wish_in_the_first_message_is_read_beside_the_welcome(town: Town, language: str) -> None:
    phone = town.phone(language=language)

    welcome, read_back = phone.writes(WISH[language])

    assert welcome.text.startswith(_WELCOME[language])
    assert read_back.text == _READ_BACK[language]
    assert [button["id"].split(":")[0] for button in read_back.buttons] == [
        "reading.confirm",
        "reading.change",
        "reading.cancel",
    ]


@pytest.mark.parametrize("answer", ["consent.decline", "consent.accept"])
def test_wish_counts_beside_the_consent_question(town: Town, answer: str) -> None:
    town.shop()
    phone = town.phone()
    phone.writes(WISH["tr"])

    (thanks,) = phone.presses(answer)
    (noted,) = phone.presses("reading.confirm")

    assert "kahve" not in thanks.text
    assert noted.text.startswith("Not aldım.")
    (wish,) = town.intents_of(phone)
    assert (wish.product_text, wish.budget_minor, wish.party_size) == ("kahve", 20_000, 1)
    granted = answer == "consent.accept"
    expected = MarketingState.GRANTED if granted else MarketingState.DECLINED
    assert consent.consent_of(phone.person().id).marketing is expected


def test_consent_that_nobody_answers_stays_unknown_and_is_not_asked_again(town: Town) -> None:
    phone = known(town)

    (second,) = phone.writes("kahve")

    assert "consent" not in str(second.buttons)
    assert consent.consent_of(phone.person().id).marketing is MarketingState.UNKNOWN


def test_yes_in_words_to_the_consent_question_is_recorded(town: Town) -> None:
    phone = known(town)

    (thanks,) = phone.writes("evet")

    assert thanks.text == "Teşekkürler, yakınınızdaki fırsatları da yazacağım."
    assert consent.consent_of(phone.person().id).marketing is MarketingState.GRANTED


def test_consent_pressed_twice_is_recorded_once(town: Town) -> None:
    phone = known(town)
    phone.presses("consent.accept")

    phone.presses("consent.accept")

    assert consent.consent_of(phone.person().id).marketing is MarketingState.GRANTED


def test_first_word_stop_is_obeyed_without_a_welcome(town: Town) -> None:
    phone = town.phone()

    (answer,) = phone.writes("DUR")

    assert answer.text.startswith("Mesajları durdurdum")
    assert consent.consent_of(phone.person().id).opted_out


def test_seller_is_welcomed_as_a_seller(town: Town) -> None:
    place = town.shop()

    (answer,) = place.phone.writes("merhaba")

    assert answer.text.startswith(_WELCOME["tr"])
    assert "fiyatı siz belirlersiniz" in answer.text
    assert "consent" not in str(answer.buttons)

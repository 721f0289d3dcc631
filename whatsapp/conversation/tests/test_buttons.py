"""Buttons: an id counts only when it was shown to this person, and only while it is of use."""

from __future__ import annotations

from typing import Any

import pytest

from whatsapp.conversation.models import Lane
from whatsapp.tests.town import Phone, Town, agreed, known, wanting
from windows.flash import queries as flash
from windows.tests.stories import minutes

pytestmark = pytest.mark.django_db

_OLD = "Bu düğme artık geçerli değil."


def _press(choice_id: str) -> dict[str, Any]:
    reply = {"id": choice_id, "title": "Geliyorum"}
    return {"type": "interactive", "interactive": {"type": "button_reply", "button_reply": reply}}


def _sent(phone: Phone, content: dict[str, Any]) -> str:
    phone.news()
    phone.town.receive(phone.body(content))
    phone.town.settle()
    return phone.said()


def test_button_that_was_never_issued_has_no_effect(town: Town) -> None:
    phone = known(town)

    assert _sent(phone, _press("stop.all:now")).startswith(_OLD)


def test_button_of_somebody_else_has_no_effect(town: Town) -> None:
    place = town.shop()
    elif_, mert, can = wanting(town, "Elif"), wanting(town, "Mert"), known(town, "Can")
    window = agreed(town, place, elif_, mert)

    assert _sent(can, _press(elif_.button("invite.accept"))).startswith(_OLD)

    assert flash.seats_of_window(window.id) == ()


def test_button_of_a_template_counts_without_context(town: Town) -> None:
    place = town.shop()
    agreed_before = town.windows()
    wanting(town, "Elif"), wanting(town, "Mert")
    town.pass_time(minutes=3, until=town.live_asks)
    place.phone.news()
    payload = place.phone.button("ask.accept")

    _sent(place.phone, {"type": "button", "button": {"payload": payload, "text": "Kabul"}})

    assert len(town.windows()) == len(agreed_before) + 1


def test_old_read_back_says_that_it_is_out_of_date(town: Town) -> None:
    phone = known(town)
    phone.writes("bir saat içinde Kadıköy'de kahve, en fazla 200 TL")
    old = phone.button("reading.confirm")
    phone.writes("2 kişi")

    phone.taps(old)
    town.settle()

    assert "Bu özet artık güncel değil." in phone.said()
    assert town.intents_of(phone) == ()


def test_invite_answered_after_its_time_is_refused_kindly(town: Town) -> None:
    place = town.shop()
    elif_, *others = (wanting(town, name) for name in ("Elif", "Mert", "Can"))
    window = agreed(town, place, elif_, *others)
    for other in others:
        other.presses("invite.accept")
    town.jump_to(window.ends_at - minutes(1))

    (answer,) = elif_.presses("invite.accept")

    assert answer.text.startswith("Bu davetin yanıt süresi dolmuştu.")
    assert len(flash.seats_of_window(window.id)) == 2


def test_yes_after_a_group_stayed_too_small_is_told_why(town: Town) -> None:
    place = town.shop()
    elif_, mert = wanting(town, "Elif"), wanting(town, "Mert")
    window = agreed(town, place, elif_, mert)
    town.jump_to(window.ends_at - minutes(1))

    (answer,) = elif_.presses("invite.accept")

    assert answer.text.startswith("Yeterli kişi onaylamadığı için bu kez olmadı.")
    assert flash.seats_of_window(window.id) == ()


def test_taken_over_talk_is_silent_but_for_buttons_and_stop(town: Town) -> None:
    phone = wanting(town)
    Lane.objects.filter(person_id=phone.person().id).update(taken_over_until=town.now + minutes(60))

    assert phone.writes("kahvem ne oldu") == []
    assert phone.presses("intent.pause") != []
    assert phone.writes("DUR") != []


def test_talk_that_was_given_back_is_answered_again(town: Town) -> None:
    phone = wanting(town)
    Lane.objects.filter(person_id=phone.person().id).update(taken_over_until=town.now + minutes(5))
    town.jump_to(town.now + minutes(6))

    assert phone.writes("ne durumda") != []

"""F14: two messages within a tenth of a second get one coherent answer."""

from __future__ import annotations

import pytest

from whatsapp.tests.town import Town, known

pytestmark = pytest.mark.django_db


def test_two_messages_at_once_are_worked_in_order_and_answered_once(town: Town) -> None:
    phone = known(town)
    phone.news()
    words = ("bir saat içinde Kadıköy'de kahve", "en fazla 200 TL")

    town.receive(*(phone.letter(text) for text in words))
    town.settle()

    (answer,) = phone.news()
    assert answer.text.startswith("Şöyle anladım: kahve, Kadıköy, bugün 13.00–14.00")

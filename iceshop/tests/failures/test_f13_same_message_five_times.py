"""F13: the platform delivers the same message five times; it has one effect and one answer."""

from __future__ import annotations

import pytest

from whatsapp.tests.town import WISH, Town, known
from whatsapp.webhook.models import WebhookItem

pytestmark = pytest.mark.django_db


def test_same_message_five_times_is_one_record_and_one_answer(town: Town) -> None:
    phone = known(town)
    body = phone.letter(WISH["tr"], key="wamid.AGAIN")
    phone.news()

    for _ in range(5):
        town.receive(body)
        town.settle()

    assert WebhookItem.objects.filter(key__endswith="wamid.AGAIN").count() == 1
    (answer,) = phone.news()
    assert answer.text.startswith("Şöyle anladım:")


def test_button_delivered_twice_takes_one_seat(town: Town) -> None:
    phone = known(town)
    phone.writes(WISH["tr"])
    reply = {"id": phone.button("reading.confirm"), "title": "Evet"}
    press = {"type": "interactive", "interactive": {"type": "button_reply", "button_reply": reply}}
    body = phone.body(press, key="wamid.PRESS")
    phone.news()

    town.receive(body, body)
    town.settle()
    town.receive(body)
    town.settle()

    assert len(town.intents_of(phone)) == 1
    assert len(phone.news()) == 1

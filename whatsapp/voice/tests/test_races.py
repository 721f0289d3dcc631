"""Lanes that wait for words while many hands work on them."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event

import pytest

from iceshop.tests.races.together import together
from whatsapp.conversation import services as conversation
from whatsapp.conversation.models import ConversationLine
from whatsapp.gateway.tests.graph_server import Answer, GraphServer, Request
from whatsapp.tests.town import NOON, Town, known, open_town
from whatsapp.voice import services as voice
from whatsapp.voice.models import VoiceNote
from whatsapp.voice.tests.conftest import COFFEE, COFFEE_WORDS


@pytest.fixture
def busy_town(transactional_db: None) -> Iterator[Town]:
    """A town whose rows are committed, so that other threads see them."""
    with open_town(NOON) as town:
        yield town


def _work(town: Town) -> None:
    for _ in range(3):
        conversation.drain(now=town.now)
        voice.drain(now=town.now)


@pytest.mark.django_db(transaction=True)
def test_many_hands_hear_each_note_once_and_keep_the_order(
    busy_town: Town, speech: GraphServer
) -> None:
    phones = [known(busy_town, f"Kişi {n}") for n in range(3)]
    for phone in phones:
        phone.news()
        phone.records(COFFEE)
        phone.sends("en fazla 150 TL")
    busy_town.settle_deliveries()

    together([lambda: _work(busy_town)] * 4)
    busy_town.settle()

    assert len(speech.requests) == len(phones)
    assert not VoiceNote.objects.exists()
    for phone in phones:
        lines = ConversationLine.objects.filter(person_id=phone.person().id, is_inbound=True)
        heard = list(lines.order_by("pk").values_list("text", flat=True))
        assert heard == ["merhaba", COFFEE_WORDS, "en fazla 150 TL"]
        assert phone.news()[-1].text.endswith("1 kişi. Doğru mu?")


@pytest.mark.django_db(transaction=True)
def test_lane_is_not_worked_while_its_note_is_listened_to(
    busy_town: Town, speech: GraphServer
) -> None:
    phone = known(busy_town)
    phone.news()
    phone.records(COFFEE)
    phone.sends("en fazla 150 TL")
    busy_town.settle_deliveries()
    conversation.drain(now=busy_town.now)
    listening, answered = Event(), Event()
    hears = speech.answer

    def answer(request: Request) -> Answer | None:
        listening.set()
        answered.wait(20)
        return hears(request)

    def look() -> int:
        listening.wait(20)
        worked = conversation.drain(now=busy_town.now)
        answered.set()
        return worked

    speech.answer = answer

    _, worked = together([lambda: voice.drain(now=busy_town.now), look])

    assert worked == 0
    busy_town.settle()
    assert phone.news()[-1].text.endswith("1 kişi. Doğru mu?")

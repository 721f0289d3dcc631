"""One lane a person: order, repetition, bursts, poison."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections

from whatsapp.conversation import services as conversation
from whatsapp.conversation.models import ConversationLine
from whatsapp.messaging.models import OutboundMessage
from whatsapp.tests.town import NOON, Phone, Town, known, open_town
from whatsapp.webhook.models import WebhookItem, WebhookItemState


@pytest.fixture
def busy_town(transactional_db: None) -> Iterator[Town]:
    """A town whose rows are committed, so that other threads see them."""
    with open_town(NOON) as town:
        yield town


def _heard(phone: Phone) -> list[str]:
    lines = ConversationLine.objects.filter(person_id=phone.person().id, is_inbound=True)
    return list(lines.order_by("pk").values_list("text", flat=True))


@pytest.mark.django_db
def test_messages_are_worked_in_the_order_of_their_times(town: Town) -> None:
    phone = known(town)
    later = town.now + timedelta(seconds=5)
    town.clock.now += timedelta(seconds=9)

    town.receive(phone.letter("pizza", at=later), phone.letter("kahve", at=NOON))
    town.settle()

    assert _heard(phone) == ["merhaba", "kahve", "pizza"]


@pytest.mark.django_db
def test_messages_of_the_same_second_are_worked_as_they_came(town: Town) -> None:
    phone = known(town)

    town.receive(*(phone.letter(text) for text in ("bir", "iki", "üç", "dört")))
    town.settle()

    assert _heard(phone) == ["merhaba", "bir", "iki", "üç", "dört"]


@pytest.mark.django_db(transaction=True)
def test_same_message_five_times_in_parallel_has_one_effect(busy_town: Town) -> None:
    phone = known(busy_town)
    body = phone.letter("bir saat içinde Kadıköy'de kahve, en fazla 200 TL", key="wamid.SAME")

    def deliver(_: int) -> None:
        try:
            busy_town.receive(body)
            conversation.drain(now=busy_town.now)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(5) as threads:
        list(threads.map(deliver, range(5)))
    busy_town.settle()

    assert _heard(phone) == ["merhaba", "bir saat içinde Kadıköy'de kahve, en fazla 200 TL"]
    (answer,) = phone.news()
    assert answer.text.startswith("Şöyle anladım: kahve")


@pytest.mark.django_db(transaction=True)
def test_workers_at_the_same_moment_answer_each_message_once(busy_town: Town) -> None:
    phones = [known(busy_town, f"Kişi {n}") for n in range(4)]
    for phone in phones:
        busy_town.receive(phone.letter("kahve"), phone.letter("Kadıköy"))

    def work(_: int) -> None:
        try:
            conversation.drain(now=busy_town.now)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(work, range(4)))
    busy_town.settle()

    for phone in phones:
        assert _heard(phone) == ["merhaba", "kahve", "Kadıköy"]
        assert len(phone.news()) in (1, 2)


@pytest.mark.django_db
def test_two_messages_within_a_moment_get_one_coherent_answer(town: Town) -> None:
    phone = known(town)
    phone.news()

    phone.sends("kahve istiyorum")
    phone.sends("bir saat içinde Kadıköy'de, en fazla 200 TL")
    town.settle()

    (answer,) = phone.news()
    assert answer.text.startswith("Şöyle anladım: kahve, Kadıköy, bugün 13.00–14.00")


@pytest.mark.django_db
def test_thousand_messages_do_not_get_a_thousand_answers(town: Town) -> None:
    phone = known(town)
    before = OutboundMessage.objects.count()

    town.receive(_batch(phone, 1000))
    town.settle()

    assert (
        WebhookItem.objects.exclude(state=WebhookItemState.DONE).exclude(kind="status").count() == 0
    )
    assert ConversationLine.objects.filter(is_inbound=True).count() == 1001
    assert 1 <= OutboundMessage.objects.count() - before <= 10


def _batch(phone: Phone, count: int) -> bytes:
    body = json.loads(phone.letter("Mesaj"))
    value = body["entry"][0]["changes"][0]["value"]
    (first,) = value["messages"]
    value["messages"] = [
        first | {"id": f"wamid.MANY{n}", "text": {"body": f"Mesaj {n}"}} for n in range(count)
    ]
    return json.dumps(body).encode()


@pytest.mark.django_db
def test_older_yes_after_a_newer_no_does_not_revive(town: Town) -> None:
    phone = known(town)
    phone.writes("bir saat içinde Kadıköy'de kahve, en fazla 200 TL")
    town.clock.now += timedelta(seconds=30)
    phone.writes("iptal")

    town.receive(phone.letter("evet", at=town.now - timedelta(seconds=20)))
    town.settle()

    assert town.intents_of(phone) == ()
    assert phone.news() == []


@pytest.mark.django_db
def test_message_six_days_old_is_kept_and_starts_nothing(town: Town) -> None:
    phone = town.phone()

    town.receive(phone.letter("bir saat içinde Kadıköy'de kahve", at=NOON - timedelta(days=6)))
    town.settle()

    assert _heard(phone) == ["bir saat içinde Kadıköy'de kahve"]
    assert phone.news() == []


@pytest.mark.django_db
def test_poison_is_set_aside_and_the_rest_goes_on(town: Town) -> None:
    phone = known(town)
    _spoil_item(town, phone)

    town.receive(phone.letter("kahve istiyorum"))
    for _ in range(4):
        _let_leases_end()
        town.settle()

    poisoned = WebhookItem.objects.get(key__endswith="wamid.POISON")
    assert (poisoned.state, poisoned.reason) == (
        WebhookItemState.QUARANTINED,
        "conversation.failed",
    )
    assert "kahve istiyorum" in _heard(phone)
    assert phone.news()


def _spoil_item(town: Town, phone: Phone) -> None:
    """A stored item that nobody can work on: its kept content is broken afterwards."""
    town.receive(phone.letter("merhaba", key="wamid.POISON"))
    item = WebhookItem.objects.get(key__endswith="wamid.POISON")
    item.payload["value"]["body"]["value"]["text"] = 5
    item.save(update_fields=["payload"])


def _let_leases_end() -> None:
    WebhookItem.objects.filter(state=WebhookItemState.NEW).update(lease_until=None)

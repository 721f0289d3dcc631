"""Reports of delivery: forward only, each once, many at a time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from whatsapp.conversation import services as conversation
from whatsapp.messaging import services as messaging
from whatsapp.messaging.models import MessageStatus, OutboundMessage
from whatsapp.simulator import services as simulated
from whatsapp.simulator.domain.faults import FaultKind, FaultOrder
from whatsapp.tests.town import Phone, Town, post_here
from whatsapp.webhook.models import WebhookItem


def _reported(town: Town, *phones: Phone) -> None:
    """Let ``phones`` write and be answered, and post what the platform reports of the answers."""
    for phone in phones:
        phone.sends("merhaba")
    town.settle()
    town.clock.now += timedelta(seconds=5)
    simulated.drain_deliveries(now=town.now, post=post_here, parallel=1, limit=100)


def _queries_of_drain(town: Town) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        messaging.drain_events(now=town.now)
    return len(queries)


def test_reports_of_three_messages_cost_what_those_of_one_cost(town: Town) -> None:
    messaging.drain_events(now=town.now)
    _reported(town, town.phone())
    one = _queries_of_drain(town)
    _reported(town, town.phone("Can Er"), town.phone("Ece Su"), town.phone("Nil Ay"))
    three = _queries_of_drain(town)

    assert three == one
    assert set(OutboundMessage.objects.values_list("state", flat=True)) == {"read"}


@pytest.mark.parametrize("kind", [FaultKind.DUPLICATE, FaultKind.REORDER])
def test_reports_that_come_twice_or_in_reverse_count_once_and_forward(
    town: Town, kind: FaultKind
) -> None:
    phone = town.phone()
    phone.writes("merhaba")
    order = FaultOrder(kind=kind, count=50, code=0, seconds=1, address=phone.number)
    simulated.order_fault(order=order, now=town.now)
    _reported(town, phone)
    for _ in range(2):
        town.clock.now += timedelta(seconds=30)
        town.settle()

    message = OutboundMessage.objects.order_by("pk").last()
    assert message is not None
    assert message.state == "read"
    noted = MessageStatus.objects.filter(message=message).values_list("status", flat=True)
    assert sorted(noted) == ["delivered", "read", "sent"]
    assert not WebhookItem.objects.exclude(state="done").exists()


def test_a_report_settles_a_message_whose_answer_was_lost(town: Town) -> None:
    phone = town.phone()
    order = FaultOrder(kind=FaultKind.LOSE_ANSWER, count=1, code=0, seconds=1, address=phone.number)
    simulated.order_fault(order=order, now=town.now)
    phone.sends("merhaba")
    simulated.drain_deliveries(now=town.now, post=post_here, parallel=1, limit=100)
    conversation.drain(now=town.now)
    town.settle()
    town.clock.now += timedelta(seconds=5)
    town.settle()

    (message,) = OutboundMessage.objects.all()
    assert (message.state, bool(message.platform_id)) == ("read", True)
    assert len(phone.shown()) == 1

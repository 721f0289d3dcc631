"""In which form a message leaves, when it may not, and what a refusal of the platform does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from pytest_django.fixtures import Settings

from accounts.identity.models import PersonIdentifier
from iceshop.infra.db import run_operation
from iceshop.infra.outbox.models import OutboxMessage
from iceshop.kernel.actors import SYSTEM
from whatsapp.dialogue.replies import RenderedReply
from whatsapp.messaging import services as messaging
from whatsapp.messaging.models import IssuedChoice, MessageTemplate, OutboundMessage, SendingStop
from whatsapp.messaging.services import queue_reply
from whatsapp.simulator import services as simulator
from whatsapp.simulator.domain.faults import parse_fault
from whatsapp.tests.town import Phone, Town, asked, known, wanting
from windows.rounds import services as rounds
from windows.tests.stories import minutes

pytestmark = pytest.mark.django_db

_DAY = timedelta(hours=24)


def _fault(town: Town, kind: str, **more: Any) -> None:
    simulator.order_fault(order=parse_fault({"kind": kind, **more}), now=town.now)


def _reply(town: Town, phone: Phone, text: str = "Buyurun", key: str = "x") -> None:
    run_operation(
        queue_reply,
        person_id=phone.person().id,
        source_key=key,
        reply=RenderedReply(kind="text", text=text),
        now=town.now,
    )


def _row() -> OutboundMessage:
    return OutboundMessage.objects.order_by("created_at", "pk").last()  # type: ignore[return-value]  # there is one


def _outbox(row: OutboundMessage) -> OutboxMessage:
    key = row.source_key.removesuffix(":free").removesuffix(":template")
    return OutboxMessage.objects.get(dedupe_key=key)


def test_notice_inside_the_window_is_free_form(town: Town) -> None:
    place = town.shop()
    place.phone.writes("merhaba")
    asked(town, place, wanting(town, "Elif"), wanting(town, "Mert"))

    row = OutboundMessage.objects.get(purpose="ask")
    assert (row.is_template, place.phone.news()[-1].kind) == (False, "buttons")


def test_notice_outside_the_window_is_a_template_with_the_same_buttons(town: Town) -> None:
    place = town.shop()
    ask = asked(town, place, wanting(town, "Elif"), wanting(town, "Mert"))

    row = OutboundMessage.objects.get(purpose="ask")
    (shown,) = place.phone.news()
    assert (row.is_template, shown.kind, shown.status) == (True, "template", "sent")
    ids = [f"ask.{act}:{ask.id}" for act in ("accept", "counter", "refuse")]
    assert [button["id"] for button in shown.buttons] == ids
    issued = IssuedChoice.objects.filter(message=row).order_by("pk")
    assert list(issued.values_list("choice_id", flat=True)) == ids


@pytest.mark.parametrize("state", ["PAUSED", "DISABLED", "REJECTED", "MISSING"])
def test_template_that_may_not_be_used_is_not_sent(
    town: Town, settings: Settings, state: str
) -> None:
    settings.SMS = {**settings.SMS, "URL": ""}
    place = town.shop()
    messaging.sync_templates(now=town.now)
    town.settle()
    MessageTemplate.objects.filter(name="ask").update(state=state)

    asked(town, place, wanting(town, "Elif"), wanting(town, "Mert"))

    assert place.phone.news() == []
    ended = OutboxMessage.objects.get(dedupe_key__endswith=":ask")
    assert (ended.state, ended.code) == ("refused", "reply_window.closed")


def test_reply_after_a_day_is_not_sent(town: Town) -> None:
    phone = known(town)
    town.clock.now += _DAY

    _reply(town, phone)
    town.settle()

    assert phone.said().count("Buyurun") == 0
    assert (_row().state, _outbox(_row()).code) == ("refused", "reply_window.closed")


def test_replies_of_a_person_leave_in_their_order(town: Town) -> None:
    phone = known(town)
    phone.news()
    for number in range(5):
        _reply(town, phone, text=f"Satır {number}", key=f"line:{number}")

    town.settle()

    assert [m.text for m in phone.news()] == [f"Satır {number}" for number in range(5)]


def test_same_source_is_planned_once(town: Town) -> None:
    phone = known(town)
    phone.news()
    _reply(town, phone, key="same")
    _reply(town, phone, key="same")

    town.settle()

    assert len(phone.news()) == 1


def test_lost_answer_is_never_repeated_and_settled_by_its_status(town: Town) -> None:
    phone = known(town)
    _fault(town, "lose_answer")
    _reply(town, phone)

    town.settle()
    for _ in range(5):
        town.pass_time(minutes=2, step=60)

    assert phone.said().count("Buyurun") == 1
    row = _row()
    assert row.state == "read"
    assert row.platform_id
    assert (_outbox(row).state, _outbox(row).code) == ("sent", "message.status_came")


def test_messages_behind_a_lost_answer_go_on(town: Town) -> None:
    phone = known(town)
    phone.news()
    _fault(town, "lose_answer")
    _reply(town, phone, text="Bir", key="one")
    _reply(town, phone, text="İki", key="two")

    town.settle()

    assert [m.text for m in phone.news()] == ["Bir", "İki"]


def test_pair_limit_is_waited_out(town: Town) -> None:
    phone = known(town)
    _fault(town, "error", code=131056)
    _reply(town, phone)

    town.settle()
    assert "Buyurun" not in phone.said()
    town.pass_time(seconds=6, step=1)

    assert phone.said() == "Buyurun"


@pytest.mark.parametrize("code", [130429, 131000])
def test_passing_trouble_is_tried_again(town: Town, code: int) -> None:
    phone = known(town)
    _fault(town, "error", code=code)
    _reply(town, phone)

    town.settle()
    town.pass_time(seconds=20, step=2)

    assert phone.said().count("Buyurun") == 1


def test_wrong_token_stops_everything_until_it_is_lifted(town: Town) -> None:
    phone = known(town)
    _fault(town, "error", code=190)
    _reply(town, phone, key="one")
    town.settle()
    assert list(SendingStop.objects.values_list("scope", "code")) == [("all", 190)]

    _reply(town, phone, text="Sonra", key="two")
    town.pass_time(minutes=2, step=30)
    assert "Sonra" not in phone.said()
    messaging.lift_stop(scope="all", by=SYSTEM, now=town.now)
    town.pass_time(minutes=2, step=30)

    assert phone.said() == "Buyurun\nSonra"


def test_spam_limit_stops_what_nobody_asked_for_but_not_replies(town: Town) -> None:
    place = town.shop()
    elif_, mert = wanting(town, "Elif"), wanting(town, "Mert")
    _fault(town, "error", code=131048, phone=place.phone.number)
    asked(town, place, elif_, mert)

    assert list(SendingStop.objects.values_list("scope", flat=True)) == ["proactive"]
    assert elif_.writes("ne durumda") != []
    place.phone.news()
    town.pass_time(minutes=1)
    assert place.phone.news() == []
    reminder = OutboxMessage.objects.get(dedupe_key__endswith=":ask_reminder")
    assert (reminder.state, reminder.code) == ("refused", "sending.stopped")


def test_person_whom_nothing_can_reach_is_a_refusal(town: Town) -> None:
    phone = known(town)
    person_id = phone.person().id
    _unreachable(person_id)

    run_operation(
        queue_reply,
        person_id=person_id,
        source_key="x",
        reply=RenderedReply(kind="text", text="Buyurun"),
        now=town.now,
    )
    town.settle()

    assert _outbox(_row()).code == "person.unreachable"


def _unreachable(person_id: UUID) -> None:
    PersonIdentifier.objects.filter(person_id=person_id).delete()


def test_notice_past_its_usefulness_dies_with_a_record(town: Town) -> None:
    place = town.shop()
    wanting(town, "Elif"), wanting(town, "Mert")
    town.clock.now += timedelta(seconds=10)
    rounds.run(now=town.now)
    (ask,) = town.live_asks()
    town.clock.now = ask.answer_by + minutes(1)
    town.settle()

    assert place.phone.news() == []
    assert OutboxMessage.objects.get(dedupe_key__endswith=":ask").code == "outbox.too_late"
    assert not OutboundMessage.objects.filter(purpose="ask").exists()

"""F17: WhatsApp does not deliver; the next channel does, or it is on record that none did."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from whatsapp.channels.models import SmsMessage
from whatsapp.messaging.models import MessageTemplate
from whatsapp.simulator import services as simulator
from whatsapp.simulator.domain.faults import parse_fault
from whatsapp.tests.town import Phone, Town, agreed, seated, wanting
from windows.flash import queries as flash
from windows.flash.queries import WindowCard
from windows.notices.models import Notice
from windows.tests.stories import minutes

pytestmark = pytest.mark.django_db


def _fault(town: Town, kind: str, phone: Phone, **more: Any) -> None:
    order = parse_fault({"kind": kind, "phone": phone.number, "count": 20, **more})
    simulator.order_fault(order=order, now=town.now)


def _held(town: Town) -> tuple[Phone, WindowCard]:
    place = town.shop()
    elif_, mert = wanting(town, "Elif", language="en"), wanting(town, "Mert")
    window = agreed(town, place, elif_, mert)
    seated(town, elif_)
    seated(town, mert)
    elif_.news()
    return elif_, window


def _last_call(phone: Phone) -> Notice:
    return Notice.objects.get(person_id=phone.person().id, kind="last_five_minutes")


def test_undelivered_notice_stands_on_the_panel_and_goes_by_sms(town: Town) -> None:
    elif_, window = _held(town)
    _fault(town, "error", elif_, code=131026)

    town.jump_to(window.ends_at - minutes(5))
    town.pass_time(minutes=2)

    assert {message.status for message in elif_.news()} == {"failed"}
    (sms,) = elif_.sms()
    assert sms == "Your place ends at 13:23. Are you coming?\nReply STOP for no more SMS."
    kept = SmsMessage.objects.get(person_id=elif_.person().id)
    assert (kept.parts, kept.state, kept.cost_micros) == (1, "delivered", 20_000)
    notice = _last_call(elif_)
    assert notice.panel_text == "Your place ends at 13:23. Are you coming?"
    assert (notice.channel, notice.reason) == ("sms", "whatsapp.failed")
    assert notice.unreached_at is None


def test_what_was_read_on_the_panel_does_not_come_by_sms(town: Town) -> None:
    elif_, window = _held(town)
    path = _panel_path(elif_)
    _fault(town, "error", elif_, code=131026)
    town.jump_to(window.ends_at - minutes(5))

    page = Client().get(path).content.decode()
    Client().post(f"{path}/seen")
    town.pass_time(minutes=2)

    assert "Your place ends at 13:23. Are you coming?" in page
    assert "Your place ends" not in Client().get(path).content.decode()
    assert elif_.sms() == ()
    assert _last_call(elif_).reason == "panel.seen"


def _panel_path(phone: Phone) -> str:
    links = [link for message in phone.shown() for link in message.links]
    return "/" + links[-1].split("/", 3)[3]


def test_invite_goes_by_sms_and_the_link_in_it_takes_the_seat(town: Town) -> None:
    place = town.shop()
    elif_, mert = wanting(town, "Elif", language="en"), wanting(town, "Mert")
    _fault(town, "error", elif_, code=131026)

    window = agreed(town, place, elif_, mert)
    (sms,) = elif_.sms()
    path = "/" + next(part for part in sms.split() if "://" in part).split("/", 3)[3]
    Client().post(f"{path}/confirm")

    assert flash.people_counts([window.id], now=town.now)[window.id].confirmed == 1


def test_invite_that_reaches_nobody_is_taken_back_and_the_range_shrinks(town: Town) -> None:
    place = town.shop()
    elif_, mert = wanting(town, "Elif"), wanting(town, "Mert")
    _fault(town, "error", elif_, code=131026)
    _fault(town, "sms_refused", elif_)

    window = agreed(town, place, elif_, mert)

    counts = flash.people_counts([window.id], now=town.now)[window.id]
    assert (counts.unanswered, counts.confirmed) == (1, 0)
    invite = Notice.objects.get(person_id=elif_.person().id, kind="invite")
    assert (invite.outcome, invite.reason) == ("drop", "whatsapp.failed")
    assert invite.unreached_at == town.now


def test_person_whom_no_channel_reaches_is_on_record(town: Town) -> None:
    elif_, window = _held(town)
    _fault(town, "error", elif_, code=131026)
    _fault(town, "sms_failed", elif_)

    town.jump_to(window.ends_at - minutes(5))
    town.pass_time(minutes=3)

    sms = SmsMessage.objects.get(person_id=elif_.person().id)
    assert sms.state == "failed"
    notice = _last_call(elif_)
    assert (notice.outcome, notice.reason) == ("drop", "whatsapp.failed")
    assert notice.unreached_at is not None


def test_person_who_could_not_be_reached_rests_until_they_write(town: Town) -> None:
    elif_, window = _held(town)
    _fault(town, "error", elif_, code=131026)
    town.jump_to(window.ends_at - minutes(5))
    town.pass_time(minutes=1)
    simulator.clear_faults()

    answers = elif_.writes("on my way")

    assert answers


def test_paused_template_leads_to_the_next_channel(town: Town) -> None:
    """O7: a template paused by the platform; inside the 24 hours nothing changes."""
    elif_, window = _held(town)
    MessageTemplate.objects.update(state="PAUSED")

    town.jump_to(window.ends_at - minutes(5))

    assert elif_.said() == "Your place ends at 13:23. Are you coming?"


def test_stop_by_sms_counts_everywhere(town: Town) -> None:
    """R11: STOP by SMS, alone in a message, any case."""
    elif_, window = _held(town)
    _fault(town, "error", elif_, code=131026)
    elif_.replies_by_sms("Stop")

    town.jump_to(window.ends_at - minutes(5))
    town.pass_time(minutes=3)

    assert elif_.sms() == ()
    town.clock.now += timedelta(days=1)
    elif_.replies_by_sms("stop, Jose is not coming")

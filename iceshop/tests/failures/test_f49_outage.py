"""F49: WhatsApp is down ten minutes before the start; the ladder of channels goes on."""

from __future__ import annotations

from typing import Any

import pytest

from whatsapp.messaging.models import SendingStop
from whatsapp.simulator import services as simulator
from whatsapp.simulator.domain.faults import parse_fault
from whatsapp.tests.town import Phone, Town, agreed, seated, wanting
from windows.flash.queries import WindowCard
from windows.notices.models import Notice
from windows.tests.stories import minutes

pytestmark = pytest.mark.django_db

_WISH = "bugün 15:00 ile 16:00 arası Kadıköy'de kahve, en fazla 200 TL"


def _fault(town: Town, kind: str, **more: Any) -> None:
    simulator.order_fault(order=parse_fault({"kind": kind, "count": 500, **more}), now=town.now)


def _seated(town: Town) -> tuple[Phone, Phone, WindowCard]:
    place = town.shop()
    elif_, mert = (wanting(town, name, text=_WISH) for name in ("Elif", "Mert"))
    window = agreed(town, place, elif_, mert)
    for phone in (elif_, mert):
        seated(town, phone)
        phone.news()
    return elif_, mert, window


def test_outage_leads_to_sms_and_who_was_not_reached_is_on_record(town: Town) -> None:
    elif_, mert, window = _seated(town)
    _fault(town, "error", code=131016)
    _fault(town, "sms_refused", phone=mert.number)

    town.jump_to(window.starts_at - minutes(15))
    town.pass_time(minutes=12, step=15)

    (sms,) = elif_.sms()
    assert sms.startswith("Hatırlatma: Filtre kahve, Moda Fırını, bugün 15.00-15.20.")
    assert "/p/" in sms or "://" in sms
    assert mert.sms() == ()
    unreached = Notice.objects.filter(kind="reminder", unreached_at__isnull=False)
    assert [row.person_id for row in unreached] == [mert.person().id]
    shown = Notice.objects.filter(kind="reminder").exclude(panel_text="")
    assert shown.count() == 2


def test_closed_account_does_not_hold_up_a_promise(town: Town) -> None:
    elif_, _, window = _seated(town)
    SendingStop.objects.create(scope="all", code=190, since=town.now)

    town.jump_to(window.starts_at - minutes(15))
    town.pass_time(minutes=3, step=15)

    assert len(elif_.sms()) == 1
    reminder = Notice.objects.get(person_id=elif_.person().id, kind="reminder")
    assert (reminder.channel, reminder.reason) == ("sms", "whatsapp.unreachable")

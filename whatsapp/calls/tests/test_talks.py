"""Talks over the telephone: the same dialogue, the same services, a choice where it binds."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from accounts.consent import queries as consent
from accounts.orgs import queries as orgs
from accounts.orgs import services as members
from accounts.orgs.domain import OrganisationState
from commerce.catalog.models import Offering
from commerce.places import services as places
from commerce.places.queries import stores_of
from iceshop.infra.db import run_operation
from iceshop.kernel.actors import SYSTEM
from iceshop.kernel.geo import Point
from whatsapp.calls.models import VoiceCall, VoiceTurn
from whatsapp.simulator import queries as simulator
from whatsapp.simulator import services as simulated
from whatsapp.simulator.domain.faults import parse_fault
from whatsapp.simulator.services import Telephone
from whatsapp.tests.town import Phone, Town, agreed, say_here, seated, wanting
from windows.flash import queries as flash
from windows.notices.models import Notice
from windows.tests.stories import minutes

pytestmark = pytest.mark.django_db

WISH = "bir saat içinde Kadıköy'de kahve, en fazla 200 TL"


def _caller(town: Town) -> tuple[Phone, Telephone]:
    phone = town.phone("Elif Kaya")
    telephone = phone.dials()
    telephone.picks_up()
    return phone, telephone


def test_caller_is_greeted_by_an_assistant_that_says_what_it_is(town: Town) -> None:
    telephone = town.phone("Elif Kaya").dials()

    told = telephone.picks_up()["assistant"]

    assert told["firstMessage"].startswith("Merhaba, ben Iceshop'un otomatik asistanıyım.")
    names = [tool["function"]["name"] for tool in told["model"]["tools"]]
    assert names == ["say", "choose", "open_shop", "allow_calls"]
    assert told["serverMessages"] == ["tool-calls", "status-update", "end-of-call-report", "hang"]
    assert told["artifactPlan"] == {"recordingEnabled": False}


def test_caller_declares_a_wish_that_counts_once_it_was_read_back(town: Town) -> None:
    phone, telephone = _caller(town)

    answer = telephone.says(WISH)
    assert "Şöyle anladım: kahve, Kadıköy" in answer
    assert town.intents_of(phone) == ()
    telephone.picks("reading.confirm")

    (intent,) = town.intents_of(phone)
    assert intent.product_text == "kahve"


def test_wish_of_a_caller_leads_to_a_window_and_a_seat_is_taken_by_telephone(town: Town) -> None:
    place = town.shop()
    phone, telephone = _caller(town)
    telephone.says(WISH)
    telephone.picks("reading.confirm")
    window = agreed(town, place, phone, wanting(town, "Mert"))

    asked = telephone.says("evet geliyorum")
    assert flash.people_counts([window.id], now=town.now)[window.id].confirmed == 0
    answer = telephone.picks("invite.accept")

    assert "Geliyor musunuz?" in asked
    assert "Yeriniz ayrıldı" in answer
    assert flash.people_counts([window.id], now=town.now)[window.id].confirmed == 1


def test_same_tool_call_again_hears_the_same_and_changes_nothing(town: Town) -> None:
    phone, telephone = _caller(town)
    first = telephone.uses("say", {"words": WISH}, key="toolu_again")
    option = next(one["id"] for one in telephone.options if one["id"].startswith("reading.confirm"))
    chosen = telephone.uses("choose", {"option": option}, key="toolu_yes")

    assert telephone.uses("say", {"words": WISH}, key="toolu_again") == first
    assert telephone.uses("choose", {"option": option}, key="toolu_yes") == chosen
    assert len(town.intents_of(phone)) == 1
    assert VoiceTurn.objects.count() == 2


def test_option_of_somebody_else_is_an_old_button(town: Town) -> None:
    phone, telephone = _caller(town)
    telephone.says(WISH)

    telephone.uses("choose", {"option": "ask.accept:01a1ffb9-a617-7fc1-8a8f-8c6d9dc1ca9d"})

    assert town.intents_of(phone) == ()


def test_stop_by_voice_is_a_stop(town: Town) -> None:
    """R11: the word counts on the telephone as it does in writing."""
    phone, telephone = _caller(town)

    telephone.says("dur")

    assert consent.consent_of(phone.person().id).opted_out


def test_hidden_number_is_told_so(town: Town) -> None:
    telephone = Telephone(simulated.dial(phone="", now=town.now), "", True, say_here, town.now)

    assert "Numaranızı göremiyorum" in telephone.send({"type": "assistant-request"})["error"]


def test_seller_is_taken_in_by_telephone(town: Town) -> None:
    """ICE-059, ICE-061: shop, goods and price are said; it takes part once it was checked."""
    run_operation(
        places.put_neighbourhood,
        key="moda",
        name="Moda",
        kind="neighbourhood",
        point=Point(40.9826, 29.0258),
    )
    phone = town.phone("Selin Acar")
    telephone = phone.dials()
    telephone.picks_up()

    assert telephone.uses("open_shop", {"name": "", "place": "Moda"}) == "Mağazanızın adı nedir?"
    assert "semtte" in telephone.uses("open_shop", {"name": "Moda Fırını", "place": "Xyz"})
    opened = telephone.uses("open_shop", {"name": "Moda Fırını", "place": "moda"})
    again = telephone.uses("open_shop", {"name": "Moda Fırını", "place": "moda"})
    telephone.says("40 kahve var, tanesi 145 lira, 5 kişiye yüzde 10")
    telephone.picks("reading.confirm")

    assert opened.startswith("Mağazanızı kaydettim.")
    assert again == "Numaranız zaten bir mağazaya kayıtlı."
    (member,) = orgs.organisations_of_person(phone.person().id)
    assert member.organisation.state is OrganisationState.PENDING
    (store,) = stores_of([member.organisation.id])
    assert (store.name, store.neighbourhood) == ("Moda Fırını", "Moda")
    assert Offering.objects.filter(store_id=store.id).count() == 1
    members.set_organisation_state(
        organisation_id=member.organisation.id,
        state=OrganisationState.VERIFIED,
        by=SYSTEM,
        now=town.now,
    )


def test_call_ends_once_with_reason_and_cost(town: Town) -> None:
    _, telephone = _caller(town)

    telephone.hangs_up()
    telephone.send({"type": "status-update", "status": "in-progress"})
    telephone.hangs_up("pipeline-error-x", cost=9)

    call = VoiceCall.objects.get()
    assert (call.state, call.ended_reason, call.cost_micros) == (
        "ended",
        "customer-ended-call",
        50_000,
    )
    assert call.ended_at == town.now


def _unreachable(town: Town, phone: Phone, *kinds: str, **more: Any) -> None:
    for kind in kinds:
        order = {"kind": kind, "phone": phone.number, "count": 20}
        code = {"code": 131026} if kind == "error" else {}
        simulated.order_fault(order=parse_fault({**order, **code, **more}), now=town.now)


def _holds_a_seat(town: Town) -> tuple[Phone, Any]:
    place = town.shop()
    elif_, mert = wanting(town, "Elif"), wanting(town, "Mert")
    window = agreed(town, place, elif_, mert)
    for phone in (elif_, mert):
        seated(town, phone)
    return elif_, window


def test_nobody_is_called_who_did_not_allow_it(town: Town) -> None:
    elif_, window = _holds_a_seat(town)
    _unreachable(town, elif_, "error", "sms_refused")

    town.jump_to(window.ends_at - minutes(5))
    town.pass_time(minutes=3)

    assert simulator.calls_to(phone=elif_.number) == ()


def test_who_allowed_calls_is_called_when_nothing_else_arrives(town: Town) -> None:
    elif_, window = _holds_a_seat(town)
    telephone = elif_.dials()
    telephone.picks_up()
    telephone.uses("allow_calls", {"allowed": True})
    _unreachable(town, elif_, "error", "sms_refused")

    town.jump_to(window.ends_at - minutes(5))
    town.pass_time(minutes=3)

    ((call_id, first),) = simulator.calls_to(phone=elif_.number)
    assert "sona eriyor. Geliyor musunuz?" in first
    call = VoiceCall.objects.get(vapi_id=call_id)
    assert (call.state, call.is_inbound) == ("queued", False)
    notice = Notice.objects.get(person_id=elif_.person().id, kind="last_five_minutes")
    assert (notice.channel, notice.unreached_at) == ("voice", None)

    called = Telephone(call_id, elif_.number, False, say_here, town.now)
    called.hangs_up("customer-did-not-answer", cost=0)
    town.clock.now += timedelta(seconds=1)
    town.settle()
    notice.refresh_from_db()
    assert notice.unreached_at == town.now

"""F08: the seller keeps silent; one reminder, then expiry, never a window without a yes."""

from __future__ import annotations

import pytest

from whatsapp.messaging.models import OutboundMessage
from whatsapp.tests.town import Town, asked, wanting
from windows.negotiation import queries as negotiation
from windows.negotiation.domain import AskState

pytestmark = pytest.mark.django_db


def test_silent_seller_is_reminded_once_and_the_ask_ends(town: Town) -> None:
    place = town.shop()
    buyers = [wanting(town, "Elif"), wanting(town, "Mert")]
    ask = asked(town, place, *buyers)

    town.pass_time(minutes=5, until=lambda: town.now >= ask.answer_by)

    ended = negotiation.ask_card(ask.id, now=town.now)
    assert ended is not None
    assert ended.state is AskState.EXPIRED
    purposes = OutboundMessage.objects.filter(notice__subject_id=ask.id).values_list(
        "purpose", flat=True
    )
    assert sorted(purposes) == ["ask", "ask_reminder"]
    assert town.windows() == ()
    assert [card.state for buyer in buyers for card in town.intents_of(buyer)] == ["open", "open"]


def test_buyers_are_told_by_the_promised_time_either_way(town: Town) -> None:
    place = town.shop()
    buyers = [wanting(town, "Elif"), wanting(town, "Mert")]
    asked(town, place, *buyers)
    for buyer in buyers:
        buyer.news()

    town.pass_time(minutes=52, step=60)

    for buyer in buyers:
        assert buyer.said().count("Söz verdiğim saate kadar uygun bir yer bulamadım") == 1
    assert town.windows() == ()

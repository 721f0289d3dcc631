"""F36: two schedulers by mistake; nothing is done twice."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from whatsapp.messaging.models import OutboundMessage
from whatsapp.tests.town import NOON, Town, agreed, open_town, wanting
from windows.outcomes.models import WindowResult
from windows.tests.stories import minutes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def town(transactional_db: None) -> Iterator[Town]:
    """Rows are committed, so that both schedulers see them."""
    with open_town(NOON) as made:
        yield made


def _both(town: Town) -> None:
    def work(_: int) -> None:
        try:
            town.tick()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(work, range(2)))


def test_two_schedulers_ask_invite_and_settle_once(town: Town) -> None:
    place = town.shop()
    buyers = [wanting(town, name) for name in ("Elif", "Mert")]
    _both(town)
    assert len(town.live_asks()) == 1
    window = agreed(town, place, *buyers)
    for buyer in buyers:
        buyer.presses("invite.accept")

    for moment in (window.starts_at, window.ends_at - minutes(5), window.ends_at + minutes(1)):
        town.clock.now = moment
        _both(town)

    assert WindowResult.objects.count() == 1
    sent = list(OutboundMessage.objects.values_list("source_key", flat=True))
    assert len(sent) == len(set(sent))
    purposes = [m.text for m in buyers[0].shown() if "sona eriyor" in m.text]
    assert len(purposes) == 1

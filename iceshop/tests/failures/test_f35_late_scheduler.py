"""F35: the scheduler stood still; what is useless by now is dropped with a record."""

from __future__ import annotations

import pytest

from iceshop.infra.outbox.models import OutboxMessage, OutboxState
from whatsapp.tests.town import Town, agreed, wanting
from windows.tests.stories import minutes

pytestmark = pytest.mark.django_db


def test_useless_notes_are_dropped_and_the_rest_is_caught_up_once(town: Town) -> None:
    place = town.shop()
    elif_, mert = wanting(town, "Elif"), wanting(town, "Mert")
    window = agreed(town, place, elif_, mert)
    elif_.presses("invite.accept")
    place.phone.news()

    # Nothing runs from here to ten minutes after the end.
    town.jump_to(window.ends_at + minutes(10))
    town.tick()

    assert "sona eriyor" not in elif_.said()
    seller = place.phone.said()
    assert "kişi bekleniyor" not in seller
    assert seller.count("için sonuç") == 1
    dropped = OutboxMessage.objects.filter(code="outbox.too_late")
    assert all(row.state == OutboxState.EXPIRED for row in dropped)
    assert {row.dedupe_key.rsplit(":", 1)[1] for row in dropped} == {
        "last_five_minutes",
        "seller_get_ready",
    }

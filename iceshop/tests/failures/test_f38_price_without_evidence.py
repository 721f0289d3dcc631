"""F38: no evidence for the price before; no percentage is shown anywhere."""

from __future__ import annotations

import pytest
from django.test import Client

from whatsapp.tests.town import Town, agreed, wanting

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("history_days", "is_shown"), [(5, False), (60, True)])
def test_percentage_needs_a_price_record(town: Town, history_days: int, is_shown: bool) -> None:
    place = town.shop(history_days=history_days)
    elif_, mert = wanting(town, "Elif"), wanting(town, "Mert")
    window = agreed(town, place, elif_, mert)

    invite = next(m for m in elif_.shown() if "invite.accept" in str(m.buttons))
    (taken,) = elif_.presses("invite.accept")
    page = Client().get("/" + taken.links[0].split("/", 3)[3]).content.decode()

    assert (window.before_price_minor is not None) is is_shown
    assert ("indirim" in invite.text) is is_shown
    assert ("indirim" in taken.text) is is_shown
    assert ("<del>" in page) is is_shown

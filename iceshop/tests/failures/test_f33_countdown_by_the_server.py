"""F33: the countdown goes by the server's clock, whatever the phone's clock says."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from whatsapp.tests.town import Town, agreed, wanting

pytestmark = pytest.mark.django_db


def test_panel_carries_the_servers_time_and_the_end_as_instants(town: Town) -> None:
    place = town.shop()
    elif_, mert = wanting(town, "Elif"), wanting(town, "Mert")
    window = agreed(town, place, elif_, mert)
    (taken,) = elif_.presses("invite.accept")
    path = "/" + taken.links[0].split("/", 3)[3]

    page = Client().get(path).content.decode()
    later = town.now.replace(microsecond=0)

    assert re.findall(r'data-now="([^"]+)"', page) or re.findall(r"data-server-now", page)
    assert window.starts_at.isoformat().replace("+00:00", "") in page.replace("Z", "")
    assert later.isoformat()[:16] in page

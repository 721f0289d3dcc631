"""F30: a till that has no connection for the whole window goes on; its scans count afterwards."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from iceshop.tests.failures.at_the_till import late, page, scene, tell
from whatsapp.tests.town import Town
from windows.flash.domain import SeatState
from windows.outcomes.queries import result_of
from windows.tests.stories import minutes

pytestmark = pytest.mark.django_db


def test_scans_of_a_till_without_connection_count_after_the_window(town: Town) -> None:
    at = scene(town)
    till, store_id = at.till("Ön kasa"), at.place.shop.store_id
    html = till.get(reverse("board:check_in", args=[store_id])).content.decode()
    assert 'data-words="Bağlantı yok, {} giriş sırada"' in html
    roster = json.loads(till.get(reverse("board:roster", args=[store_id])).json()["roster"])
    assert [(one["code"], one["name"]) for one in roster["passes"]] == [(at.code, "Elif")]
    came_at = at.window.starts_at + minutes(4)

    # Nobody hears of the till until long after the end, when the result is recorded.
    town.jump_to(at.window.ends_at + minutes(10))
    town.settle()
    before = result_of(at.window.id)
    assert before is not None
    assert (before.came, at.seat.state) == (0, SeatState.MISSED)
    scan = late(at, "late-scan-00000001", came_at)
    kept = tell(till, store_id, scan)
    again = tell(till, store_id, scan)

    assert kept == again == [{"nonce": "late-scan-00000001", "question": None}]
    assert (at.seat.state, at.seat.checked_in_at) == (SeatState.CHECKED_IN, came_at)
    after = result_of(at.window.id)
    assert after is not None
    assert (after.came, after.missed) == (1, before.missed - 1)
    assert "Ön kasa · bağlantısız" in page(till, at, "check_in")
    assert "göremedik" not in " ".join(message.text for message in at.buyer.news())

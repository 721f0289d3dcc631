"""F32: a wrong scan is taken back with a reason; the pass counts again, both events stay."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from iceshop.tests.failures.at_the_till import page, scene, shown, words
from whatsapp.tests.town import Town
from windows.flash.domain import SeatState
from windows.passes.models import PassScan
from windows.tests.stories import minutes

pytestmark = pytest.mark.django_db


def test_wrong_scan_is_taken_back_and_the_pass_counts_again(town: Town) -> None:
    at = scene(town)
    town.jump_to(at.window.starts_at + minutes(1))
    till, store_id = at.staff(), at.place.shop.store_id
    code = at.code
    form = {"code": code, "nonce": "wrong-scan-00000001"}
    answer = till.post(reverse("board:check_in", args=[store_id]), form, follow=True)
    nonce = re.search(r'name="nonce" value="([^"]+)"', answer.content.decode())
    assert nonce is not None
    assert "Kasada okundu" in Client().get(at.link).content.decode()

    undo = reverse("board:undo", args=[store_id])
    told = till.post(undo, {"nonce": nonce[1], "reason": "wrong_person"}, follow=True)

    shown_words = words(told.content.decode(), "till-result", "data-scanner")
    assert "Geri alındı; kart yeniden geçer." in shown_words
    assert at.seat.state is SeatState.HELD
    assert code in Client().get(at.link).content.decode()
    assert list(PassScan.objects.order_by("pk").values_list("code", "facts__reason")) == [
        ("pass.admitted", None),
        ("pass.undone", "wrong_person"),
    ]
    assert "Elif · 1 kişi Geçerli" in page(till, at, "check_in")
    assert "Geçerli" in shown(till, at, code)

"""F03: who comes early hears when the window opens, may wait, and is let in then."""

from __future__ import annotations

import pytest

from iceshop.tests.failures.at_the_till import page, scene, shown
from whatsapp.tests.town import Town
from windows.flash.domain import SeatState

pytestmark = pytest.mark.django_db


def test_early_buyer_is_told_when_to_come_back_and_is_let_in_then(town: Town) -> None:
    at = scene(town)
    till = at.staff()

    early = shown(till, at, at.code)
    opens = at.window.starts_at.astimezone(at.window.zone).strftime("%H.%M")
    assert "Erken geldi" in early
    assert f"Pencere {opens}'" in early
    assert "o zaman yeniden okutun. İçeride bekleyebilirler." in early
    assert at.seat.checked_in_at is None
    assert "Elif · 1 kişi Erken geldi" in page(till, at, "check_in")

    town.jump_to(at.window.starts_at)
    assert "Geçerli" in shown(till, at, at.code)
    assert at.seat.state is SeatState.CHECKED_IN

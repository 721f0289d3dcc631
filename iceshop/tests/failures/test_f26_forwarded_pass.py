"""F26: a forwarded picture of a pass is refused kindly; a second use says when and where."""

from __future__ import annotations

import pytest
from django.test import Client

from iceshop.tests.failures.at_the_till import page, scene, shown
from whatsapp.tests.town import Town
from windows.flash.domain import SeatState
from windows.passes.queries import qr_text
from windows.tests.stories import minutes

pytestmark = pytest.mark.django_db


def test_screenshot_is_refused_and_the_name_is_the_way_out(town: Town) -> None:
    at = scene(town)
    picture = qr_text(code=at.code, window_id=at.window.id, now=town.now)
    town.jump_to(at.window.starts_at + minutes(1))
    till = at.staff()

    refused = shown(till, at, picture)

    assert "Eski görüntü" in refused
    assert "Kartı telefonda açtırın ya da adını sorup listeden seçin." in refused
    assert "Elif" not in refused
    assert at.seat.state is SeatState.HELD
    assert "Geçerli" in shown(till, at, at.code, by_name="1")


def test_panel_shows_another_qr_code_every_half_minute(town: Town) -> None:
    at = scene(town)
    htmx = {"HX-Request": "true", "HX-Target": "pass-qr"}

    def picture() -> bytes:
        return Client().get(f"{at.link}/code", headers=htmx).content

    first = picture()
    assert first.startswith(b"<svg")
    assert picture() == first
    town.jump_to(town.now + minutes(1))
    assert picture() != first
    assert Client().get(f"{at.link}/code").status_code == 302


def test_second_person_with_the_code_hears_when_and_where_it_was_used(town: Town) -> None:
    at = scene(town)
    town.jump_to(at.window.starts_at + minutes(1))
    first, second = at.till("Ön kasa"), at.staff()
    assert "Geçerli" in shown(first, at, at.code)
    used = town.now.astimezone(at.window.zone).strftime("%H.%M")
    town.jump_to(town.now + minutes(3))

    refused = shown(second, at, at.code)

    assert "Zaten kullanıldı" in refused
    assert used in refused
    assert "Ön kasa'da okutuldu. İkinci kez geçmez." in refused
    assert "Kendileri olmadığını söylüyorlar" in refused
    assert "Ön kasa" in page(second, at, "check_in")

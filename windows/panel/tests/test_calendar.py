"""The calendar file."""

from __future__ import annotations

import pytest

from iceshop.infra import clock
from windows.panel.tests.reader import Reader, panel_path
from windows.tests.stories import NOON, buyer, new_shop, new_window, pass_of, take_seat

pytestmark = pytest.mark.django_db


def test_a_held_place_goes_into_the_calendar() -> None:
    person = buyer()
    window = new_window(new_shop(), person)
    code = pass_of(take_seat(window, person.person_id)).code
    path = panel_path(window, person.person_id)
    reader = Reader(NOON)

    link = reader.open(path).links["Takvime ekle"]
    with clock.use(lambda: NOON):
        answer = reader.client.get(link)
    lines = answer.content.decode().replace("\r\n ", "").split("\r\n")

    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="iceshop.ics"'
    assert lines[0] == "BEGIN:VCALENDAR"
    for line in (
        f"UID:{window.id}@iceshop",
        "DTSTART:20251119T110000Z",
        "DTEND:20251119T112000Z",
        "SUMMARY:Moda Fırını: Filtre kahve",
        "LOCATION:Moda Fırını\\, Moda Cad. 112\\, Caferağa\\, Kadıköy",
        f"DESCRIPTION:Kodunuz {code[:3]} {code[3:]}. Kasada 118\N{NO-BREAK SPACE}₺ ödersiniz.",
        "TRIGGER:-PT15M",
    ):
        assert line in lines
    assert any(line.startswith("URL:http") and line.endswith(path) for line in lines)
    assert max(len(line.encode()) for line in answer.content.decode().split("\r\n")) <= 75


def test_who_holds_no_place_gets_no_calendar_file() -> None:
    person = buyer()
    window = new_window(new_shop(), person)

    page = Reader(NOON).open(f"{panel_path(window, person.person_id)}/window.ics")

    assert page.status == 404

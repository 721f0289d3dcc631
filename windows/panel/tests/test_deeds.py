"""What a buyer does on the panel without script: every form is sent as the page gives it."""

from __future__ import annotations

import pytest
from django.core import signing

from accounts.identity.queries import person_card
from iceshop.infra.db import run_operation
from iceshop.kernel.actors import SYSTEM
from windows.flash import services as windows
from windows.flash.domain import InviteState, SeatState
from windows.flash.models import Invite, Seat, Window
from windows.flash.queries import WindowCard, seat_of, seats_of_window
from windows.flash.tests.deeds import release
from windows.intents.domain import IntentState
from windows.intents.queries import intent_card
from windows.panel.tests.reader import Form, Page, Reader, panel_path
from windows.tests.stories import (
    NOON,
    Shop,
    buyer,
    fill,
    minutes,
    new_shop,
    new_window,
    take_seat,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Shop:
    """A shop with stock."""
    return new_shop()


@pytest.fixture
def reader() -> Reader:
    """Somebody at noon."""
    return Reader(NOON)


def seats(window: WindowCard) -> list[tuple[str, int]]:
    """State and party of all seats of the window."""
    return list(Seat.objects.filter(window_id=window.id).values_list("state", "party_size"))


def taken(window: WindowCard) -> int:
    """Places that are counted as taken."""
    return Window.objects.values_list("seats_taken", flat=True).get(pk=window.id)


def open_invite(
    reader: Reader, shop: Shop, *, party_size: int = 1, places: int = 18, starts_in: int = 60
) -> tuple[WindowCard, Page]:
    """A fresh invite and its panel."""
    person = buyer(party_size=party_size)
    window = new_window(shop, person, seats=places, starts_in=starts_in)
    return window, reader.open(panel_path(window, person.person_id))


def test_a_yes_takes_the_place_and_shows_the_pass(shop: Shop, reader: Reader) -> None:
    window, page = open_invite(reader, shop, party_size=2)

    page = reader.send(page.form("/confirm"))

    assert (page.status, page.state) == (200, "confirmed")
    assert len(page.passes[0]) == 6
    assert seats(window) == [("held", 2)]


def test_a_second_yes_changes_nothing(shop: Shop, reader: Reader) -> None:
    window, page = open_invite(reader, shop)
    first = reader.send(page.form("/confirm"))

    second = reader.send(page.form("/confirm"))

    assert second.passes == first.passes
    assert (seats(window), taken(window)) == ([("held", 1)], 1)


def test_looking_changes_nothing(shop: Shop, reader: Reader) -> None:
    person = buyer()
    window = new_window(shop, person)
    path = panel_path(window, person.person_id)
    before = list(Invite.objects.values()), list(Window.objects.values())

    deeds = ("", "/confirm", "/decline", "/party", "/on-way", "/release", "/language")
    pages = [reader.open(path + deed) for deed in deeds]

    assert {page.status for page in pages} == {200}
    assert (list(Invite.objects.values()), list(Window.objects.values())) == before
    assert seats(window) == []


@pytest.mark.parametrize("deed", ["confirm", "decline", "party", "on-way", "release", "language"])
def test_a_deed_without_its_form_is_refused(shop: Shop, reader: Reader, deed: str) -> None:
    person = buyer()
    window = new_window(shop, person)

    page = reader.send(Form(f"{panel_path(window, person.person_id)}/{deed}"))

    assert page.status == 403
    assert seats(window) == []


def test_a_no_keeps_the_wish_open(shop: Shop, reader: Reader) -> None:
    person = buyer()
    window = new_window(shop, person)
    page = reader.open(panel_path(window, person.person_id))

    page = reader.send(page.form("/decline"))

    assert page.state == "declined"
    assert Invite.objects.get(window_id=window.id).state == InviteState.DECLINED
    assert person.intent_id is not None
    wish = intent_card(person.intent_id)
    assert wish is not None
    assert wish.state is IntentState.OPEN


def test_after_a_no_a_yes_is_still_possible(shop: Shop, reader: Reader) -> None:
    window, page = open_invite(reader, shop)
    page = reader.send(page.form("/decline"))

    page = reader.send(page.form("/confirm"))

    assert page.state == "confirmed"
    assert seats(window) == [("held", 1)]


def test_another_party_size_is_a_yes_for_that_many(shop: Shop, reader: Reader) -> None:
    window, page = open_invite(reader, shop)
    page = reader.open(page.links["Kişi sayısı"])
    assert "En çok 18 kişilik yer var." in page.text

    page = reader.send(page.form("/party"), people=3)

    assert page.state == "confirmed"
    assert seats(window) == [("held", 3)]


def test_the_party_of_a_held_place_changes(shop: Shop, reader: Reader) -> None:
    window, page = open_invite(reader, shop, places=5)
    page = reader.send(page.form("/confirm"))
    page = reader.open(page.links["Kişi sayısı"])

    page = reader.send(page.form("/party"), people=5)

    assert "5 kişi geliyor" in page.text
    assert (seats(window), taken(window)) == ([("held", 5)], 5)


def test_a_party_beyond_the_room_is_refused_where_it_was_typed(shop: Shop, reader: Reader) -> None:
    window, page = open_invite(reader, shop, places=4)
    page = reader.send(page.form("/confirm"))
    page = reader.open(page.links["Kişi sayısı"])

    page = reader.send(page.form("/party"), people=9)

    assert page.status == 409
    assert "Bu kadar yer kalmadı; şu an en çok 4 kişi gelebilirsiniz." in page.text
    assert page.form("/party").fields["people"] == "1"
    assert seats(window) == [("held", 1)]


@pytest.mark.parametrize("typed", ["", "0", "-1", "21", "üç", "1e3"])
def test_a_party_that_is_no_number_of_people_is_asked_again(
    shop: Shop, reader: Reader, typed: str
) -> None:
    window, page = open_invite(reader, shop)
    page = reader.open(page.links["Kişi sayısı"])

    page = reader.send(page.form("/party"), people=typed)

    assert page.status == 422
    assert "Lütfen 1 ile 18 arasında bir sayı girin." in page.text
    assert seats(window) == []


def test_on_my_way_is_told_to_the_shop(shop: Shop, reader: Reader) -> None:
    window, page = open_invite(reader, shop)
    page = reader.send(page.form("/confirm"))

    page = reader.send(page.form("/on-way"))

    assert "Dükkân yolda olduğunuzu görüyor." in page.text
    assert seats(window) == [("on_way", 1)]


@pytest.mark.parametrize(
    ("button", "state"),
    [
        ("Başka saat bulun", IntentState.OPEN),
        ("İsteğim de kapansın", IntentState.CANCELLED),
    ],
)
def test_giving_up_frees_the_place_and_asks_about_the_wish(
    shop: Shop, reader: Reader, button: str, state: IntentState
) -> None:
    person = buyer()
    window = new_window(shop, person)
    page = reader.open(panel_path(window, person.person_id))
    page = reader.send(page.form("/confirm"))
    page = reader.open(page.links["Vazgeç"])

    page = reader.send(page.form("/release"), button)

    assert page.state == "released"
    assert (seats(window), taken(window)) == ([("released", 1)], 0)
    assert person.intent_id is not None
    wish = intent_card(person.intent_id)
    assert wish is not None
    assert wish.state is state


def test_a_place_that_was_given_up_can_be_taken_back(shop: Shop, reader: Reader) -> None:
    window, page = open_invite(reader, shop)
    first = reader.send(page.form("/confirm"))
    page = reader.open(first.links["Vazgeç"])
    page = reader.send(page.form("/release"), "Başka saat bulun")

    page = reader.send(page.form("/confirm"))

    assert page.state == "confirmed"
    assert page.passes == first.passes
    assert seats(window) == [("held", 1)]


def test_the_language_changes_here_and_for_messages(shop: Shop, reader: Reader) -> None:
    person = buyer()
    window = new_window(shop, person)
    page = reader.open(panel_path(window, person.person_id))

    page = reader.send(page.form("/language"), "English")

    assert page.language == "en"
    assert "You pay at the till" in page.text
    assert person_card(person.person_id).language == "en"


def test_the_last_place_that_has_just_gone_is_told_kindly(shop: Shop, reader: Reader) -> None:
    window, page = open_invite(reader, shop, places=2)
    fill(window, 2)

    page = reader.send(page.form("/confirm"))

    assert (page.status, page.state) == (200, "listed")
    assert "Listede 1. sıradasınız" in page.text
    assert "13.50'ye kadar yer açılırsa sizindir" in page.text
    assert "İsteğiniz açık kalıyor." in page.text


def test_list_is_left_and_joined_again_on_the_page(shop: Shop, reader: Reader) -> None:
    window, page = open_invite(reader, shop, places=2)
    fill(window, 2)
    page = reader.send(page.form("/confirm"))

    page = reader.send(page.form("/leave-list"))
    assert (page.status, page.state) == (200, "released")
    assert (seats(window).count(("released", 1)), taken(window)) == (1, 2)


def test_place_that_came_free_is_confirmed_on_the_page(shop: Shop, reader: Reader) -> None:
    window, page = open_invite(reader, shop, places=2)
    fill(window, 2)
    yes = page.form("/confirm")
    reader.send(yes)
    release(seats_of_window(window.id)[0])

    page = reader.open(yes.action.removesuffix("/confirm"))
    assert page.state == "freed"
    assert "13.05'e kadar evet derseniz sizin" in page.text
    page = reader.send(page.form("/yes"))

    assert (page.status, page.state) == (200, "confirmed")
    assert len(page.passes[0]) == 6


def test_place_that_came_free_can_be_declined_on_the_page(shop: Shop, reader: Reader) -> None:
    window, page = open_invite(reader, shop, places=2)
    fill(window, 2)
    yes = page.form("/confirm")
    reader.send(yes)
    release(seats_of_window(window.id)[0])

    page = reader.open(yes.action.removesuffix("/confirm"))
    page = reader.send(page.form("/leave-list"))

    assert (page.status, page.state) == (200, "released")
    assert taken(window) == 1


def test_a_yes_after_the_deadline_is_told_as_such(shop: Shop, reader: Reader) -> None:
    window, page = open_invite(reader, shop)
    reader.now = NOON + minutes(51)

    page = reader.send(page.form("/confirm"))

    assert (page.status, page.state) == (410, "expired")
    assert "Yanıt süresi geçti" in page.text
    assert seats(window) == []


def test_a_yes_beside_a_place_at_the_same_time_names_it(shop: Shop, reader: Reader) -> None:
    person = buyer(language="en")
    second = new_window(new_shop(name="Kahveci"), person)
    page = reader.open(panel_path(second, person.person_id))
    take_seat(new_window(shop, person), person.person_id)

    page = reader.send(page.form("/confirm"))

    assert (page.status, page.state) == (409, "invited")
    assert "You hold another place at the same time." in page.text
    assert "You hold a place elsewhere Moda Fırını 14:00–14:20" in page.text
    assert seats(second) == []


def test_a_yes_to_a_cancelled_window_shows_the_cancelling(shop: Shop, reader: Reader) -> None:
    window, page = open_invite(reader, shop)
    run_operation(windows.cancel_window, window_id=window.id, reason="power", by=SYSTEM, now=NOON)

    page = reader.send(page.form("/confirm"))

    assert page.state == "cancelled"
    assert seats(window) == []


def test_setting_off_after_the_end_is_refused_where_the_tick_is_late(
    shop: Shop, reader: Reader
) -> None:
    person = buyer()
    window = new_window(shop, person, starts_in=10)
    page = reader.send(reader.open(panel_path(window, person.person_id)).form("/confirm"))
    reader.now = NOON + minutes(31)

    page = reader.send(page.form("/on-way"))

    assert (page.status, page.state) == (409, "missed")
    seat = seat_of(window_id=window.id, person_id=person.person_id)
    assert seat is not None
    assert seat.state is SeatState.HELD


def test_a_forged_link_is_a_kind_404(reader: Reader, shop: Shop) -> None:
    person = buyer()
    path = panel_path(new_window(shop, person), person.person_id)
    forged = [path[:-1] + ("A" if path[-1] != "A" else "B"), "/w/nothing", "/w/a:b:c"]
    other_use = "/w/" + signing.dumps(["x", "y"], salt="iceshop.live")

    pages = [reader.open(address) for address in (*forged, other_use, f"{forged[0]}/party")]

    assert {page.status for page in pages} == {404}
    assert all("Filtre kahve" not in page.text for page in pages)


def test_a_link_for_somebody_without_part_in_the_window_is_a_404(
    shop: Shop, reader: Reader
) -> None:
    window = new_window(shop, buyer())

    assert reader.open(panel_path(window, buyer().person_id)).status == 404


def test_a_link_that_is_too_old_is_a_404(
    shop: Shop, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = buyer()
    path = panel_path(new_window(shop, person), person.person_id)
    monkeypatch.setattr("windows.panel.links.MAX_AGE_SECONDS", -1)

    assert reader.open(path).status == 404

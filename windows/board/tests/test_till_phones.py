"""A phone without a log-in as a till: its link, its PIN, the roster, and what it tells late."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from windows.board.tests.conftest import LogIn, SetClock
from windows.flash.models import Seat
from windows.flash.queries import SeatCard
from windows.passes.models import PassScan, ScanQuestion
from windows.tests.stories import (
    NOON,
    Shop,
    buyer,
    minutes,
    new_shop,
    new_window,
    pass_of,
    take_seat,
)
from windows.tills.links import link_token
from windows.tills.queries import linked_tills
from windows.tills.signing import signature

pytestmark = pytest.mark.django_db

OPEN = NOON + minutes(12)


@pytest.fixture
def seat(shop: Shop) -> SeatCard:
    person = buyer("Elif Kaya", party_size=2)
    return take_seat(new_window(shop, person, starts_in=10), person.person_id)


@pytest.fixture
def link(owner: Client, shop: Shop) -> str:
    """The address that the owner's page shows for a new phone."""
    path = reverse("board:tills", args=[shop.store_id])
    text = owner.post(path, {"name": "Ön kasa", "pin": "7391"}, follow=True).content.decode()
    (till,) = linked_tills(shop.store_id)
    address = reverse("board:till", args=[link_token(till)])
    assert address in text
    return address


@pytest.fixture
def phone(link: str) -> Client:
    """A phone in its shift."""
    browser = Client()
    browser.cookies["django_language"] = "en"
    answer = browser.post(link, {"pin": "7391"})
    assert answer.status_code == 302
    return browser


def url(name: str, shop: Shop) -> str:
    return reverse(f"board:{name}", args=[shop.store_id])


def late(seat: SeatCard, nonce: str = "late-nonce-0000001", **told: Any) -> dict[str, Any]:
    return {
        "nonce": nonce,
        "read": pass_of(seat).code,
        "at": OPEN.isoformat(),
        "code": "pass.admitted",
        "people": 2,
        "paid_minor": None,
        "by_name": False,
        **told,
    }


def tell(browser: Client, shop: Shop, *scans: object) -> Any:
    return browser.post(
        url("sync", shop), json.dumps({"scans": scans}), content_type="application/json"
    )


def test_phone_checks_in_with_its_pin_and_sees_nothing_else(
    phone: Client, shop: Shop, seat: SeatCard, at: SetClock
) -> None:
    at(OPEN)
    page = phone.get(url("check_in", shop)).content.decode()
    assert "Elif K." in page
    assert "Ön kasa" in page
    assert "Results" not in page
    form = {"code": pass_of(seat).code, "nonce": "n" * 22}
    shown = phone.post(url("check_in", shop), form, follow=True).content.decode()

    assert "result-ok" in shown
    assert PassScan.objects.get().actor_key.startswith("till:")
    for name in ("today", "results", "offers", "tills", "questions"):
        assert phone.get(url(name, shop)).status_code == 302


def test_wrong_pins_are_told_and_throttled(link: str, shop: Shop) -> None:
    phone = Client()
    for _ in range(5):
        wrong = phone.post(link, {"pin": "0000"})
        assert (wrong.status_code, "PIN yanlış." in wrong.content.decode()) == (403, True)
    limited = phone.post(link, {"pin": "7391"})
    assert limited.status_code == 429
    assert "10 dakika sonra yeniden deneyin." in limited.content.decode()
    assert phone.get(url("check_in", shop)).status_code == 302


def test_ended_phone_is_turned_away_at_once(
    owner: Client, phone: Client, link: str, shop: Shop, seat: SeatCard
) -> None:
    (till,) = linked_tills(shop.store_id)
    owner.post(reverse("board:till_end", args=[shop.store_id, till.id]))

    refused = phone.get(url("check_in", shop))
    assert refused.status_code == 403
    assert phone.get(url("roster", shop)).status_code == 403
    assert tell(phone, shop, late(seat)).status_code == 403
    assert phone.get(link).status_code == 404
    assert PassScan.objects.count() == 0


def test_new_pin_asks_again(owner: Client, phone: Client, shop: Shop, link: str) -> None:
    (till,) = linked_tills(shop.store_id)
    address = reverse("board:till_pin", args=[shop.store_id, till.id])
    assert owner.post(address, {"pin": "1111"}).status_code == 422
    owner.post(address, {"pin": "5820"})

    assert phone.get(url("roster", shop)).status_code == 401
    assert phone.post(link, {"pin": "7391"}).status_code == 403
    assert phone.post(link, {"pin": "5820"}).status_code == 302
    assert phone.get(url("roster", shop)).status_code == 200


def test_only_deciders_let_phones_in(staff: Client, stranger: Client, shop: Shop) -> None:
    path = url("tills", shop)
    assert staff.post(path, {"name": "x", "pin": "7391"}).status_code == 403
    assert stranger.post(path, {"name": "x", "pin": "7391"}).status_code == 404
    assert linked_tills(shop.store_id) == ()


def test_weak_pin_is_told(owner: Client, shop: Shop) -> None:
    answer = owner.post(url("tills", shop), {"name": "x", "pin": "1234"})
    assert answer.status_code == 422
    assert "Choose a PIN of 4 to 8 digits" in answer.content.decode()


def test_phone_of_one_store_is_nobody_at_another(phone: Client, seat: SeatCard) -> None:
    other = new_shop(name="Bahariye")
    assert phone.get(url("check_in", other)).status_code == 302
    assert phone.get(url("roster", other)).status_code == 401


def test_roster_is_signed_and_for_tills_only(
    phone: Client, stranger: Client, shop: Shop, seat: SeatCard
) -> None:
    answer = phone.get(url("roster", shop))
    body = answer.json()
    assert len(body["signature"]) == len(signature(body["roster"]))
    assert [one["name"] for one in json.loads(body["roster"])["passes"]] == ["Elif K."]
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert stranger.get(url("roster", shop)).status_code == 404
    assert Client().get(url("roster", shop)).status_code == 401


def test_late_scans_are_kept_once(phone: Client, shop: Shop, seat: SeatCard, at: SetClock) -> None:
    """R25: the door for what was scanned without connection takes the same scan twice as one."""
    at(OPEN + minutes(30))

    for _ in range(2):
        answer = tell(phone, shop, late(seat))
        assert answer.json() == {"kept": [{"nonce": "late-nonce-0000001", "question": None}]}

    row = Seat.objects.get()
    assert (row.state, row.checked_in_at, row.people_in) == ("checked_in", OPEN, 2)
    assert PassScan.objects.count() == 1
    assert "offline" in phone.get(url("check_in", shop)).content.decode()


def test_conflict_of_two_phones_reaches_the_owner(
    owner: Client, phone: Client, log_in: LogIn, shop: Shop, seat: SeatCard, at: SetClock
) -> None:
    """R26: both keep their record, and the owner decides who pays."""
    at(OPEN + minutes(30))
    tell(phone, shop, late(seat))
    other = log_in(shop)
    again = tell(other, shop, late(seat, "late-nonce-0000002", at=(OPEN + minutes(2)).isoformat()))

    assert again.json()["kept"][0]["question"] == "conflict"
    text = owner.get(url("questions", shop)).content.decode()
    for words in ("Two tills let in the same pass", "Ön kasa, 13:12", "Till 2, 13:14", "Elif K."):
        assert words in text
    assert PassScan.objects.filter(is_admitted=True).count() == 2


def test_unreadable_fields_drop_nobody(phone: Client, shop: Shop, seat: SeatCard) -> None:
    broken = late(seat, at="yesterday", people="two", paid_minor=-1, by_name="yes")

    assert tell(phone, shop, broken, "no scan").status_code == 200

    scan = PassScan.objects.get()
    assert (scan.is_admitted, scan.people, scan.paid_minor, scan.at) == (True, 2, None, NOON)
    assert ScanQuestion.objects.count() == 0


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"scans": 1}', '{"scans": {}}'])
def test_what_is_no_list_of_scans_is_refused(phone: Client, shop: Shop, body: str) -> None:
    answer = phone.post(url("sync", shop), body, content_type="application/json")
    assert answer.status_code == 422
    assert PassScan.objects.count() == 0


def test_strangers_tell_nothing(stranger: Client, shop: Shop, seat: SeatCard) -> None:
    assert tell(stranger, shop, late(seat)).status_code == 404
    assert tell(Client(), shop, late(seat)).status_code == 401
    assert PassScan.objects.count() == 0


def test_scan_that_cannot_be_kept_stays_on_the_phone(
    phone: Client, shop: Shop, seat: SeatCard
) -> None:
    """R25: one scan that goes wrong holds up no other and is not taken as kept."""
    broken = late(seat, "late-nonce-0000009", paid_minor=2_000_000_000, read="A" * 80)
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE windows_pass_scan ADD CONSTRAINT for_a_test CHECK (paid_minor < 1000000)"
        )

    answer = tell(phone, shop, broken, late(seat))

    assert [one["nonce"] for one in answer.json()["kept"]] == ["late-nonce-0000001"]
    assert PassScan.objects.count() == 1

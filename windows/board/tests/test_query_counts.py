"""Pages take as many queries for many rows as for one."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from iceshop.infra.db import run_operation
from iceshop.kernel.time import TimeRange
from windows.board.tests.conftest import LogIn, SetClock
from windows.flash import services as flash
from windows.flash.queries import WindowCard, windows_of_store
from windows.outcomes import services as outcomes
from windows.tests.stories import (
    NOON,
    Shop,
    buyer,
    minutes,
    new_ask,
    new_window,
    show_pass,
    take_seat,
)

pytestmark = pytest.mark.django_db

PAGES = ("today", "offers", "results", "check_in")


@pytest.fixture(autouse=True)
def after_an_hour(at: SetClock) -> None:
    at(NOON + minutes(61))


def add_rows(shop: Shop, number: int) -> None:
    """One finished window, one that runs (with a guest here and one to come), and one ask more."""
    early, here, coming = (buyer(f"{name} {number}") for name in ("Elif", "Mert", "Deniz"))
    finished = new_window(shop, early, starts_in=5 + 10 * number, length=5)
    show_pass(shop, take_seat(finished, early.person_id), now=finished.starts_at + minutes(1))
    flash.move_due(now=finished.ends_at)
    outcomes.record_due(now=finished.ends_at)
    if number == 0:
        new_window(shop, starts_in=50)
    running = _running(shop)
    run_operation(flash.invite_reachable, window_id=running.id, people=(here, coming), now=NOON)
    show_pass(shop, take_seat(running, here.person_id), now=NOON + minutes(55))
    take_seat(running, coming.person_id)
    new_window(shop, starts_in=180 + 30 * number)
    new_ask(
        shop,
        buyer("Ali Can"),
        buyer("Can Ali"),
        starts_in=400 + 60 * number,
        answer_in=100,
    )


def _running(shop: Shop) -> WindowCard:
    at = NOON + minutes(55)
    within = TimeRange(at, at + minutes(1))
    (window,) = windows_of_store(shop.store_id, within=within, now=at)
    return window


def counts(browser: Client, addresses: list[str]) -> list[int]:
    found = []
    for address in addresses:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert browser.get(address).status_code == 200
        found.append(len(queries))
    return found


def test_store_pages(owner: Client, shop: Shop) -> None:
    addresses = [reverse(f"board:{name}", args=[shop.store_id]) for name in PAGES]
    add_rows(shop, 0)
    one = counts(owner, addresses)
    for number in (1, 2):
        add_rows(shop, number)
    three = counts(owner, addresses)
    assert three == one


def test_operators_page(log_in: LogIn, shop: Shop) -> None:
    browser, address = log_in(is_house=True), [reverse("ops:today")]
    add_rows(shop, 0)
    one = counts(browser, address)
    for number in (1, 2):
        add_rows(shop, number)
    assert counts(browser, address) == one

"""The operator's page of the day."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from accounts.credentials.domain import StaffRole
from accounts.credentials.models import StaffUser
from accounts.credentials.services import create_staff_user
from iceshop.infra import clock
from iceshop.infra.db import run_operation
from iceshop.infra.schedule import services as schedule
from iceshop.kernel.actors import SYSTEM
from windows.flash import services as flash
from windows.ops import queries
from windows.ops.domain import Risk
from windows.tests.stories import (
    NOON,
    accept,
    buyer,
    minutes,
    new_ask,
    new_shop,
    new_window,
    take_seat,
)

pytestmark = pytest.mark.django_db

PAGE = "/ops/"


@pytest.fixture(autouse=True)
def six_minutes_past_noon() -> Iterator[None]:
    with clock.use(lambda: NOON + minutes(6)):
        yield


def browser_of(role: StaffRole) -> Client:
    card = create_staff_user(username=f"{role}-1", password="kiraz-ağacı-42", role=role, now=NOON)
    browser = Client()
    browser.cookies["django_language"] = "en"
    browser.force_login(StaffUser.objects.get(pk=card.id))
    return browser


def test_risky_windows_and_silent_shops_come_first() -> None:
    shop = new_shop(stock_units=500)
    guest = buyer("Deniz")
    calm = new_window(shop, guest, starts_in=10)
    take_seat(calm, guest.person_id)
    few = accept(new_ask(shop, buyer("Elif"), buyer("Mert"), starts_in=32))
    prompt = new_ask(shop, buyer("Ali"), buyer("Can"), starts_in=300, answer_in=60)
    silent = new_ask(shop, buyer("Ece"), buyer("Nil"), starts_in=400, answer_in=10)
    cancelled = new_window(shop, starts_in=100)
    run_operation(flash.cancel_window, window_id=cancelled.id, reason="x", by=SYSTEM, now=NOON)
    day = queries.day(language="en", now=NOON + minutes(6))
    assert [(line.window.id, line.risk) for line in day.windows] == [
        (few.id, Risk.FEW),
        (calm.id, Risk.NONE),
    ]
    assert day.windows[0].missing == 2
    assert [(line.ask.id, line.is_silent) for line in day.asks] == [
        (silent.id, True),
        (prompt.id, False),
    ]
    assert (day.at_risk, day.silent, day.finished, day.cancelled) == (1, 1, 0, 1)


def test_operator_sees_people_and_signs_of_life() -> None:
    person = buyer("Elif Kaya", party_size=2)
    take_seat(new_window(new_shop(), person, starts_in=5), person.person_id)
    schedule.beat_heart(process=schedule.WORKER)
    text = browser_of(StaffRole.OPERATOR).get(PAGE).content.decode()
    assert "1 live window, 1 open. 2 people expected." in text
    assert "2 of 18 confirmed, 0 here" in text
    assert text.count("no sign of life") == 1


def test_part_comes_alone() -> None:
    response = browser_of(StaffRole.ADMIN).get(PAGE, headers={"HX-Request": "true"})
    assert "<html" not in response.content.decode()
    assert 'id="ops-day"' in response.content.decode()
    assert response.headers["X-Now"] == (NOON + minutes(6)).isoformat()


def test_sellers_may_not_see_it() -> None:
    assert browser_of(StaffRole.SELLER).get(PAGE).status_code == 403


def test_nobody_is_led_to_the_log_in(client: Client) -> None:
    location = client.get(PAGE).headers["Location"]
    assert location == f"{reverse('accounts:log_in')}?next={PAGE}"

"""The seller's board in a real browser: live parts, deeds without reload, check-in, the slider."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from accounts.credentials.domain import StaffRole
from accounts.credentials.models import StaffUser
from accounts.credentials.services import create_staff_user
from accounts.orgs import services as orgs
from accounts.orgs.domain import MemberRole
from iceshop.infra import clock
from iceshop.infra.db import run_operation
from iceshop.kernel.actors import SYSTEM
from iceshop.tests.browser.conftest import ASGIServer
from windows.tests.stories import (
    NOON,
    Shop,
    buyer,
    minutes,
    new_ask,
    new_shop,
    new_window,
    pass_of,
    take_seat,
)

pytestmark = [
    pytest.mark.browser,
    # WhiteNoise streams files by plain iterators, which Django reads whole under ASGI.
    pytest.mark.filterwarnings("ignore:StreamingHttpResponse must consume synchronous iterators"),
]

_PULL = "() => document.dispatchEvent(new CustomEvent('iceshop:phase'))"


@pytest.fixture(autouse=True)
def in_the_window() -> Iterator[None]:
    with clock.use(lambda: NOON + minutes(12)):
        yield


@pytest.fixture
def shop(transactional_db: None) -> Shop:
    return new_shop(stock_units=500)


@pytest.fixture
def seller_page(browser: Any, live_asgi: ASGIServer, shop: Shop) -> Iterator[Any]:
    """A phone at which the shop's owner is logged in."""
    card = create_staff_user(
        username="selin", password="kiraz-ağacı-42", role=StaffRole.SELLER, now=NOON
    )
    run_operation(
        orgs.add_member,
        organisation_id=shop.organisation_id,
        role=MemberRole.OWNER,
        staff_user_id=card.id,
        by=SYSTEM,
        now=NOON,
    )
    session = Client()
    session.force_login(StaffUser.objects.get(pk=card.id))
    context = browser.new_context(viewport={"width": 390, "height": 844})
    cookies = {"sessionid": session.cookies["sessionid"].value, "django_language": "en"}
    context.add_cookies(
        [{"name": name, "value": value, "url": live_asgi.url} for name, value in cookies.items()]
    )
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


def test_board_changes_in_its_place(seller_page: Any, live_asgi: ASGIServer, shop: Shop) -> None:
    person = buyer("Elif Kaya", party_size=2)
    window = new_window(shop, person, starts_in=10)
    seller_page.goto(f"{live_asgi.url}/board/{shop.store_id}/")
    seller_page.wait_for_selector("text=2 invited people have not answered")
    take_seat(window, person.person_id)

    seller_page.evaluate(_PULL)
    seller_page.wait_for_selector("text=Elif K.")
    seller_page.click("text=Stop new joins")
    seller_page.wait_for_selector("text=Take new people again")

    assert seller_page.locator(".seller-bar").count() == 1
    assert "Joining stopped" in seller_page.inner_text("#toasts")
    assert seller_page.url == f"{live_asgi.url}/board/{shop.store_id}/"


def test_two_passes_after_each_other_get_their_own_answers(
    seller_page: Any, live_asgi: ASGIServer, shop: Shop
) -> None:
    people = [buyer("Elif Kaya", party_size=2), buyer("Mert Ak")]
    window = new_window(shop, *people, starts_in=10)
    first, second = [take_seat(window, person.person_id) for person in people]
    seller_page.goto(f"{live_asgi.url}/board/{shop.store_id}/check-in")

    seller_page.fill("#code", f"ICESHOP:{pass_of(first).code}")
    seller_page.press("#code", "Enter")
    seller_page.wait_for_selector("#till-result :text('Elif K. · 2 people')")
    assert seller_page.evaluate("() => document.activeElement.id") == "code"
    assert seller_page.input_value("#code") == ""
    seller_page.fill("#code", pass_of(second).code.lower())
    seller_page.press("#code", "Enter")
    seller_page.wait_for_selector("#till-result :text('Mert A. · 1 person')")

    assert "3 / 3 here" in seller_page.inner_text("#till-people")
    assert seller_page.locator(".scanner").count() == 1


def test_slider_shows_what_a_discount_means(
    seller_page: Any, live_asgi: ASGIServer, shop: Shop
) -> None:
    ask = new_ask(shop, buyer("Elif Kaya"), buyer("Mert Ak"), answer_in=60, starts_in=120)
    seller_page.goto(f"{live_asgi.url}/board/{shop.store_id}/offers/{ask.id}")
    seller_page.focus("#discount")

    seller_page.keyboard.press("ArrowRight")
    seller_page.wait_for_selector("#offer-percent:text('18%')")
    assert seller_page.evaluate("() => document.activeElement.id") == "discount"
    assert seller_page.input_value("#price") == "118.90"
    seller_page.fill("#price", "130,50")
    seller_page.press("#price", "Tab")

    seller_page.wait_for_selector("#offer-percent:text('10%')")
    assert seller_page.input_value("#discount") == "10"

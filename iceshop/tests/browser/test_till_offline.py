"""A till in a real browser loses its connection: it goes on by its roster and tells later."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from iceshop.infra import clock
from iceshop.kernel.actors import SYSTEM
from iceshop.tests.browser.conftest import ASGIServer
from windows.flash.queries import SeatCard, seat_card
from windows.passes.models import PassScan
from windows.passes.queries import open_questions, qr_text
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
from windows.tills import services as tills
from windows.tills.links import shift_token

pytestmark = [
    pytest.mark.browser,
    # WhiteNoise streams files by plain iterators, which Django reads whole under ASGI.
    pytest.mark.filterwarnings("ignore:StreamingHttpResponse must consume synchronous iterators"),
]

OPEN = NOON + minutes(12)
_HAS_ROSTER = "() => document.querySelector('[data-till-roster]').textContent.includes('13:12')"

_IS_KEPT = """async () => {
    const kept = await caches.open('kept-1');
    const files = ['till.js', 'till-judge.js', 'till-store.js', 'till-view.js', 'clock.js'];
    const names = (await kept.keys()).map(({ url }) => new URL(url).pathname);
    const has = (file) => names.some((name) => name.endsWith(file));
    return names.includes(location.pathname) && files.every(has);
}"""

OpenTill = Callable[[str], Any]


@pytest.fixture(autouse=True)
def in_the_window() -> Iterator[None]:
    with clock.use(lambda: OPEN):
        yield


@pytest.fixture
def shop(transactional_db: None) -> Shop:
    return new_shop()


@pytest.fixture
def seat(shop: Shop) -> SeatCard:
    person = buyer("Elif Kaya", party_size=2)
    return take_seat(new_window(shop, person, starts_in=10), person.person_id)


@pytest.fixture
def open_till(browser: Any, live_asgi: ASGIServer, shop: Shop) -> Iterator[OpenTill]:
    """A phone in its shift, with the roster on it."""
    contexts: list[Any] = []

    def start(name: str) -> Any:
        card = tills.add_till(store_id=shop.store_id, name=name, pin="7391", by=SYSTEM, now=NOON)
        context = browser.new_context(viewport={"width": 360, "height": 740})
        contexts.append(context)
        cookies = {"iceshop_till_shift": shift_token(card), "django_language": "en"}
        context.add_cookies(
            [{"name": key, "value": value, "url": live_asgi.url} for key, value in cookies.items()]
        )
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.goto(f"{live_asgi.url}/board/{shop.store_id}/check-in")
        page.wait_for_function(_HAS_ROSTER)
        page.wait_for_function(_IS_KEPT)
        return page

    yield start
    for context in contexts:
        context.close()


def scan(page: Any, text: str, answer: str) -> None:
    page.fill("#code", text)
    page.press("#code", "Enter")
    page.wait_for_selector(f"#till-result h2:text('{answer}')")


def wait_until_sent(page: Any) -> None:
    page.context.set_offline(False)
    page.wait_for_function("() => document.querySelector('[data-till-offline]').hidden")
    page.wait_for_function("() => document.querySelector('[data-till-waiting]').hidden")


def test_till_goes_on_without_connection_and_tells_by_itself(
    open_till: OpenTill, seat: SeatCard
) -> None:
    """R25: scans without connection are counted on the page, sent by themselves, never dropped."""
    page = open_till("Ön kasa")
    page.context.set_offline(True)

    qr = qr_text(code=pass_of(seat).code, window_id=seat.window_id, now=OPEN)
    scan(page, qr, "Valid")
    assert "Elif K. · 2 people" in page.inner_text("#till-result")
    assert "₺236" in page.inner_text("#till-result")
    scan(page, pass_of(seat).code.lower(), "Already used")
    scan(page, "XXXXXX", "Not on the list")
    page.wait_for_selector("text=Offline, 3 queued")
    page.reload()
    page.wait_for_selector("text=Offline, 3 queued")
    assert PassScan.objects.count() == 0

    wait_until_sent(page)

    codes = PassScan.objects.order_by("at", "pk").values_list("code", flat=True)
    assert sorted(codes) == ["pass.admitted", "pass.not_listed", "pass.used"]
    stored = seat_card(seat.id)
    assert stored is not None
    assert (stored.state, stored.people_in) == ("checked_in", 2)
    page.wait_for_selector("#till-people :text('2 / 2 here')")


def test_two_tills_without_connection_keep_both_and_say_so(
    open_till: OpenTill, shop: Shop, seat: SeatCard
) -> None:
    """R26: what two tills did stays, and the contradiction is shown after the sync."""
    pages = [open_till("Ön kasa"), open_till("Arka kasa")]
    for page in pages:
        page.context.set_offline(True)
        scan(page, pass_of(seat).code, "Valid")

    for page in pages:
        wait_until_sent(page)

    pages[1].wait_for_selector("text=For the owner to decide: 1.")
    assert PassScan.objects.filter(is_admitted=True).count() == 2
    assert [card.kind for card in open_questions(shop.store_id)] == ["conflict"]

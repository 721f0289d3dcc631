"""The main job as people see it: three phones, the panel, the board, on one running site."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest

from accounts.credentials.domain import StaffRole
from accounts.credentials.services import create_staff_user
from accounts.orgs import services as orgs
from accounts.orgs.domain import MemberRole
from iceshop.infra.db import run_operation
from iceshop.kernel.actors import SYSTEM
from iceshop.tests.browser.conftest import ASGIServer
from whatsapp.tests.town import NOON, WISH, Phone, Town, TownShop, agreed, open_town, wanting
from windows.flash import queries as flash
from windows.flash.domain import SeatState

pytestmark = [
    pytest.mark.browser,
    # WhiteNoise streams files by plain iterators, which Django reads whole under ASGI.
    pytest.mark.filterwarnings("ignore:StreamingHttpResponse must consume synchronous iterators"),
]

_PHONE = {"width": 390, "height": 844}
_PASSWORD = "kiraz-ağacı-42"


@dataclass
class Window:
    """A browser window that takes down what goes wrong in it."""

    page: Any
    url: str
    wrong: list[str] = field(default_factory=list)

    def open(self, path: str) -> Any:
        """Go to ``path`` of the site."""
        self.page.goto(self.url + path)
        return self.page

    def watch(self, message: Any) -> None:
        """Keep errors of scripts and of the page's policy."""
        if message.type == "error":
            self.wrong.append(message.text)


@pytest.fixture
def town(transactional_db: None) -> Iterator[Town]:
    with open_town(NOON) as made:
        yield made


@pytest.fixture
def new_window(browser: Any, live_asgi: ASGIServer) -> Iterator[Callable[..., Window]]:
    """Open browser windows of a phone's size; all are closed at the end."""
    contexts = []

    def make(**options: Any) -> Window:
        context = browser.new_context(viewport=_PHONE, locale="tr-TR", **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        window = Window(page, live_asgi.url)
        page.on("console", window.watch)
        page.on("pageerror", lambda error: window.wrong.append(str(error)))
        return window

    yield make
    for context in contexts:
        context.close()


def _staff(place: TownShop, town: Town) -> str:
    user = create_staff_user(
        username="selin", password=_PASSWORD, role=StaffRole.SELLER, now=town.now
    )
    run_operation(
        orgs.add_member,
        organisation_id=place.shop.organisation_id,
        role=MemberRole.OWNER,
        staff_user_id=user.id,
        by=SYSTEM,
        now=town.now,
    )
    return user.username


def _press(window: Window, phone: Phone, start: str) -> None:
    """Press a choice on the simulator's page."""
    window.page.click(f'[data-user="{phone.user_id}"] button[value^="{start}"]')


def test_main_job_from_the_phones_to_the_board(
    new_window: Callable[..., Window], town: Town
) -> None:
    place = town.shop()
    other, buyer = wanting(town, "Mert"), town.phone("Elif")
    play = new_window()
    play.page.set_viewport_size({"width": 1440, "height": 900})

    _buyer_writes(play, town, buyer, place.phone)
    town.pass_time(minutes=3, until=town.live_asks)
    play.page.reload()
    _press(play, place.phone, "ask.accept")
    play.page.wait_for_selector('button.is-chosen[value^="ask.accept"]')
    town.settle()
    (window,) = town.windows()
    play.page.reload()
    _press(play, buyer, "invite.accept")
    play.page.wait_for_selector('button.is-chosen[value^="invite.accept"]')
    town.settle()
    other.presses("invite.accept")

    panel = new_window()
    (link,) = [message for message in buyer.shown() if message.links][-1].links
    panel.open(urlsplit(link).path)
    code = panel.page.get_attribute("[data-pass]", "data-pass")
    assert "Moda Fırını" in panel.page.inner_text("body")

    town.jump_to(window.starts_at)
    board = new_window()
    _log_in(board, place, town)
    _check_in(board, place, code)
    panel.page.reload()

    seats = {seat.person_id: seat.state for seat in flash.seats_of_window(window.id)}
    assert seats[buyer.person().id] == SeatState.CHECKED_IN
    board.open(f"/board/{place.shop.store_id}/")
    arrived = board.page.inner_text(".tally div:first-child dd")
    assert arrived == "1"
    assert _runs_over(board) == _runs_over(panel) == 0
    assert play.wrong == panel.wrong == board.wrong == []


def _buyer_writes(play: Window, town: Town, buyer: Phone, seller: Phone) -> None:
    play.open(f"/sim/?show={buyer.user_id},{seller.user_id}")
    foot = f'[data-user="{buyer.user_id}"] .phone-foot'
    play.page.fill(f'{foot} input[name="text"]', WISH["tr"])
    play.page.click(f"{foot} button")
    play.page.wait_for_selector(f'[data-user="{buyer.user_id}"] .sim-message.is-own')
    town.settle()
    play.page.reload()
    _press(play, buyer, "reading.confirm")
    play.page.wait_for_selector('button.is-chosen[value^="reading.confirm"]')
    town.settle()


def _log_in(board: Window, place: TownShop, town: Town) -> None:
    username = _staff(place, town)
    board.open("/board/")
    board.page.fill('input[name="username"]', username)
    board.page.fill('input[name="password"]', _PASSWORD)
    board.page.click(".login-form form button.button-go")
    board.page.wait_for_url("**/board/**")


def _check_in(board: Window, place: TownShop, code: str) -> None:
    board.open(f"/board/{place.shop.store_id}/check-in")
    board.page.fill('input[name="code"]', code)
    board.page.click("#till-form button")
    board.page.wait_for_selector("#till-result .result")


def _runs_over(window: Window) -> int:
    """How far the page is wider than the phone, in pixels."""
    return int(
        window.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
    )


def test_panel_confirms_and_gives_up_without_a_script(
    new_window: Callable[..., Window], town: Town
) -> None:
    place = town.shop()
    buyer, other = wanting(town, "Elif"), wanting(town, "Mert")
    window = agreed(town, place, buyer, other)
    (link,) = [message for message in buyer.shown() if message.links][-1].links
    panel = new_window(java_script_enabled=False)

    panel.open(urlsplit(link).path)
    panel.page.click("#confirm button")
    panel.page.wait_for_selector("[data-pass]")
    (seat,) = flash.seats_of_window(window.id)
    assert (seat.person_id, seat.state) == (buyer.person().id, SeatState.HELD)

    panel.page.click('a[href$="/release"]')
    panel.page.wait_for_url("**/release")
    panel.page.click('form[action$="/release"] button >> nth=0')
    panel.page.wait_for_url("**/w/*")
    assert flash.seats_of_window(window.id) == ()
    assert panel.wrong == []

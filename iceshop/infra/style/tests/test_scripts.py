"""The scripts in a real browser, on a clock of the test's own and without a server."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from django.conf import settings
from django.template import engines
from django.utils import translation
from django_cotton.compiler_regex import CottonCompiler
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Locator,
    Page,
    Route,
    WebSocketRoute,
    expect,
    sync_playwright,
)

from iceshop.embedded.chromium import find_chromium
from iceshop.infra.style.examples import ENDS_AT, NOW, STARTS_AT

STATIC = Path(settings.BASE_DIR) / "static"
ORIGIN = "http://iceshop.test"
POLICY = "; ".join(
    f"{name} {' '.join(sources)}"
    for name, sources in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items()
)
TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
MINUTE = 60_000

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find_chromium() is None, reason="no Chromium"),
]


@dataclass
class Site:
    """Pages by path, what was asked, and the sockets that the page opened."""

    page: Page
    bodies: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    sockets: list[WebSocketRoute] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, content: str, **context: object) -> Page:
        self.bodies["/"] = render(content, **context)
        self.page.goto(f"{ORIGIN}/")
        return self.page

    def answer(self, route: Route) -> None:
        path = unquote(urlsplit(route.request.url).path)
        file = STATIC / path.removeprefix("/static/")
        if path.startswith("/static/") and file.is_file():
            route.fulfill(body=file.read_bytes(), content_type=TYPES[file.suffix])
            return
        self.asked.append({"path": path, **route.request.headers})
        tag = self.tags.get(path, "")
        if tag and route.request.headers.get("if-none-match") == tag:
            route.fulfill(status=304)
            return
        headers = {"Content-Security-Policy": POLICY, "Content-Type": "text/html", "ETag": tag}
        status = 200 if path in self.bodies else 500
        route.fulfill(status=status, body=self.bodies.get(path, ""), headers=headers)

    def connected(self, socket: WebSocketRoute) -> None:
        self.sockets.append(socket)

    def said(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(message.text)

    def poke(self, topic: str, version: int) -> None:
        self.sockets[-1].send(json.dumps({"topic": topic, "version": version}))

    def pulls(self, path: str) -> list[dict[str, str]]:
        return [one for one in self.asked if one["path"] == path]


def render(content: str, **context: object) -> str:
    source = f'{{% extends "base.html" %}}{{% block content %}}{content}{{% endblock %}}'
    values = {"now": NOW, "clock_rate": 1, "LANGUAGE_CODE": "tr", "starts": STARTS_AT}
    values |= {"ends": ENDS_AT, "grace": ENDS_AT + timedelta(minutes=5), **context}
    with translation.override("tr"):
        return engines["django"].from_string(CottonCompiler().process(source)).render(values)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture
def site(browser: Browser) -> Iterator[Site]:
    context = browser.new_context(locale="tr-TR", viewport={"width": 390, "height": 844})
    page = context.new_page()
    # The device's clock is years off: only the server's may count.
    page.clock.install(time="2020-01-01T00:00:00Z")
    site = Site(page)
    page.route("**/*", site.answer)
    page.route_web_socket(re.compile("ws://iceshop.test/ws/live"), site.connected)
    page.on("console", site.said)
    page.on("pageerror", lambda error: site.complaints.append(str(error)))
    yield site
    context.close()


TIMER = '<c-timer :starts="starts" :ends="ends" :now="now" :grace="grace" />'


def figure(page: Page) -> Locator:
    return page.locator("[data-timer-figure]")


def test_timer_runs_by_the_server_on_a_device_whose_clock_is_wrong(site: Site) -> None:
    page = site.open(TIMER)
    expect(figure(page)).to_have_text("12:40")
    page.clock.run_for(MINUTE)
    expect(figure(page)).to_have_text("11:40")
    assert page.locator(".timer-running").get_attribute("stroke-dasharray") == "0 8 .76 11.24"


def test_timer_follows_a_clock_that_runs_faster(site: Site) -> None:
    page = site.open(TIMER, clock_rate=60)
    page.clock.run_for(5_000)
    expect(figure(page)).to_have_text("7:40")


def test_timer_never_goes_back_on_an_older_answer(site: Site) -> None:
    page = site.open(TIMER)
    page.clock.run_for(MINUTE)
    page.evaluate(
        "document.querySelector('[data-timer]').dataset.now = '2026-11-21T11:00:00Z';"
        "document.dispatchEvent(new Event('htmx:load'))"
    )
    page.clock.run_for(1_000)
    expect(figure(page)).to_have_text("11:39")


def test_timer_announces_ten_minutes_once_and_then_the_end(site: Site) -> None:
    page = site.open(TIMER)
    announcer = page.locator("#announcer")
    expect(announcer).to_be_empty()
    page.clock.run_for(2 * MINUTE + 41_000)
    expect(announcer).to_have_text("10 dakika kaldı")
    page.clock.run_for(10 * MINUTE)
    expect(announcer).to_have_text("Süre doldu")


def test_timer_in_grace_says_until_when_and_then_that_it_ended(site: Site) -> None:
    page = site.open(TIMER)
    page.clock.run_for(13 * MINUTE)
    expect(page.locator("[data-timer-note]")).to_have_text("14.25'e kadar")
    page.clock.run_for(5 * MINUTE)
    expect(page.locator("[data-timer-note]")).to_have_text("14.20'de bitti")
    expect(figure(page)).to_have_text("0:00")


def test_timer_before_the_start_counts_minutes_then_opens(site: Site) -> None:
    page = site.open(TIMER, now=STARTS_AT - timedelta(minutes=42))
    expect(figure(page)).to_have_text("42")
    page.clock.run_for(42 * MINUTE)
    expect(figure(page)).to_have_text("20:00")
    expect(page.locator("[data-timer-note]")).to_have_text("14.20'de biter")


def test_countdown_counts_minutes(site: Site) -> None:
    page = site.open('<c-countdown :ends="ends" :now="now" />')
    expect(page.locator("[data-countdown]")).to_have_text("13 dakika kaldı")
    page.clock.run_for(MINUTE)
    expect(page.locator("[data-countdown]")).to_have_text("12 dakika kaldı")


def part(text: str, token: str = "") -> str:
    return (
        f'<p id="part" hx-get="/part" hx-target="this" hx-swap="outerHTML" hx-trigger="live" '
        f'data-live data-live-topic="window.1" data-live-token="{token or "t1"}">{text}</p>'
    )


def open_live(site: Site, extra: str = "") -> Page:
    site.bodies["/part"] = part("beş kişi")
    page = site.open(part("dört kişi") + extra, live_token="t1")
    page.clock.run_for(1_000)
    site.sockets[-1].send('{"ready": true}')
    expect(page.locator("#part")).to_have_text("beş kişi")
    return page


def test_page_pulls_after_it_has_connected(site: Site) -> None:
    page = open_live(site)
    assert "token=t1" in site.sockets[0].url
    assert site.pulls("/part")[0]["hx-request"] == "true"
    assert site.complaints == []
    expect(page.locator("#part")).to_have_text("beş kişi")


def test_pokes_close_together_make_one_pull_and_old_versions_none(site: Site) -> None:
    page = open_live(site)
    before = len(site.pulls("/part"))
    site.bodies["/part"] = part("altı kişi")
    for version in (7, 8, 9):
        site.poke("window.1", version)
    page.wait_for_timeout(50)
    page.clock.run_for(400)
    expect(page.locator("#part")).to_have_text("altı kişi")
    assert len(site.pulls("/part")) == before + 1
    site.poke("window.1", 9)
    site.poke("another", 10)
    page.wait_for_timeout(50)
    page.clock.run_for(400)
    assert len(site.pulls("/part")) == before + 1


def test_unchanged_part_is_asked_for_with_its_tag_and_kept(site: Site) -> None:
    site.tags["/part"] = '"v5"'
    page = open_live(site)
    page.evaluate("document.getElementById('part').dataset.kept = 'yes'")
    page.clock.run_for(40_000)
    page.wait_for_timeout(50)
    expect(page.locator("#part")).to_have_attribute("data-kept", "yes")
    assert site.pulls("/part")[-1]["if-none-match"] == '"v5"'


def test_page_polls_without_any_poke(site: Site) -> None:
    page = open_live(site)
    before = len(site.pulls("/part"))
    site.bodies["/part"] = part("altı kişi")
    page.clock.run_for(40_000)
    expect(page.locator("#part")).to_have_text("altı kişi")
    assert len(site.pulls("/part")) == before + 1


def test_lost_connection_is_told_and_the_numbers_stay(site: Site) -> None:
    page = open_live(site, "<c-live-badge /><c-stale-strip />")
    badge, strip = page.locator("[data-live-badge]"), page.locator("[data-stale-strip]")
    expect(badge).to_have_text("Canlı")
    expect(strip).to_be_hidden()
    del site.bodies["/part"]
    page.clock.run_for(90_000)
    expect(badge).to_have_text("son görülme 14.07")
    expect(strip).to_contain_text("Sayıların saati: 14.07.")
    expect(page.locator("#part")).to_have_text("beş kişi")


def test_refused_token_is_renewed_from_the_part(site: Site) -> None:
    page = open_live(site)
    site.bodies["/part"] = part("yedi kişi", token="t2")
    site.sockets[-1].close(code=4401)
    expect(page.locator("#part")).to_have_text("yedi kişi")
    # The page tries again by its own clock; the new socket reaches the test when the machine can.
    for _ in range(100):
        page.clock.run_for(500)
        page.wait_for_timeout(50)
        if "token=t2" in site.sockets[-1].url:
            break
    assert "token=t2" in site.sockets[-1].url


def test_dialog_opens_and_closes_without_leaving_the_page(site: Site) -> None:
    page = site.open(
        '<a href="/size" data-dialog="size">Kişi sayısı</a>'
        '<c-dialog id="size" title="Kaç kişi">.</c-dialog>'
    )
    page.get_by_text("Kişi sayısı").click()
    expect(page.get_by_role("dialog", name="Kaç kişi")).to_be_visible()
    page.get_by_role("button", name="Kapat").click()
    expect(page.locator("dialog")).to_be_hidden()
    assert page.url == f"{ORIGIN}/"


def test_counter_steps_within_its_bounds(site: Site) -> None:
    page = site.open('<c-counter name="size" label="Kişi" :value="1" :max="2" />')
    more = page.get_by_role("button", name="Bir artır")
    more.click()
    more.click()
    expect(page.get_by_label("Kişi")).to_have_value("2")


def test_failed_request_is_told_and_the_toast_goes(site: Site) -> None:
    page = site.open('<button hx-get="/broken" hx-target="this">Dene</button>')
    page.get_by_text("Dene").click()
    toast = page.locator("[data-toast]")
    expect(toast).to_contain_text("Hiçbir şey değişmedi")
    page.clock.run_for(7_000)
    expect(toast).to_have_count(0)


def test_style_page_breaks_no_rule_of_the_policy(site: Site) -> None:
    site.open(TIMER + "<c-button icon='check'>Tamam</c-button>")
    site.page.clock.run_for(1_000)
    assert site.complaints == []

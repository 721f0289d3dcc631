"""A kept page opens without connection, on a small server of the test's own that goes away."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urlsplit

import pytest
from django.conf import settings
from django.template import engines
from django.utils import translation
from django_cotton.compiler_regex import CottonCompiler
from playwright.sync_api import BrowserContext, expect, sync_playwright

from iceshop.embedded.chromium import find_chromium

STATIC = Path(settings.BASE_DIR) / "static"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find_chromium() is None, reason="no Chromium"),
]

PASS = """{% extends "base.html" %}{% block body_attrs %}data-keep{% endblock %}
{% block content %}<h1>Kartınız</h1><p class="pass-code">7F3 K92</p>
<c-timer :starts="starts" :ends="ends" :now="now" /><p id="part" data-live></p>
<c-stale-strip />{% endblock %}"""


@dataclass
class Shop:
    """Answers pages and static files until it is gone."""

    pages: dict[str, str] = field(default_factory=dict)
    gone: bool = False
    port: int = 0

    def body(self, path: str) -> tuple[bytes, str] | None:
        name = unquote(urlsplit(path).path)
        if name == "/sw.js":
            name = "/static/js/sw.js"
        if name in self.pages:
            return self.pages[name].encode(), "text/html; charset=utf-8"
        file = STATIC / name.removeprefix("/static/")
        if name.startswith("/static/") and file.is_file():
            return file.read_bytes(), TYPES.get(file.suffix, "font/woff2")
        return None


def handler_for(shop: Shop) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = shop.body(self.path)
            if shop.gone or found is None:
                self.close_connection = True
                return
            body, content_type = found
            self.send_response(200)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
            """Say nothing."""

    return Handler


@pytest.fixture
def shop() -> Iterator[Shop]:
    shop = Shop()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_for(shop))
    shop.port = server.server_address[1]
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield shop
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def context() -> Iterator[BrowserContext]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser.new_context(locale="tr-TR")
        browser.close()


def render(source: str) -> str:
    now = datetime.now(UTC)  # noqa: TID251 - the browser's clock is the real one here
    values = {"now": now, "starts": now + timedelta(minutes=10, seconds=30), "LANGUAGE_CODE": "tr"}
    values["ends"] = now + timedelta(minutes=30)
    with translation.override("tr"):
        return engines["django"].from_string(CottonCompiler().process(source)).render(values)


def test_kept_pass_opens_without_connection_and_says_so(
    shop: Shop, context: BrowserContext
) -> None:
    shop.pages["/p"] = render(PASS)
    shop.pages["/offline"] = render('{% extends "errors/offline.html" %}')
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{shop.port}/p")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.evaluate(
        """async () => {
            const cache = await caches.open("kept-1");
            while (!(await cache.match(location.href))) await new Promise((r) => setTimeout(r, 20));
            const script = () => cache.match("/static/js/timer.js");
            while (!(await script())) await new Promise((r) => setTimeout(r, 20));
        }"""
    )
    shop.gone = True
    page.goto(f"http://127.0.0.1:{shop.port}/p")
    expect(page.locator(".pass-code")).to_have_text("7F3 K92")
    expect(page.locator("[data-timer-figure]")).to_have_text("11")
    expect(page.locator("[data-stale-strip]")).to_be_visible()
    page.goto(f"http://127.0.0.1:{shop.port}/never-seen")
    expect(page.get_by_role("heading", name="Bağlantı yok")).to_be_visible()

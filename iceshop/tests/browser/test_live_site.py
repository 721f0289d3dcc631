"""The site, its sockets, the browser and the test work on one database."""

from typing import Any

import pytest

from iceshop.infra.schedule import services as schedule
from iceshop.tests.browser.conftest import ASGIServer

pytestmark = pytest.mark.browser

_OPEN_SOCKET = """() => new Promise(resolve => {
    const socket = new WebSocket(`ws://${location.host}/ws/live?token=wrong`);
    socket.onclose = event => resolve(event.code);
})"""


def test_page_shows_what_the_test_has_written(browser: Any, live_asgi: ASGIServer) -> None:
    page = browser.new_page()
    page.goto(f"{live_asgi.url}/health/ready")
    assert "no heartbeat yet" in page.content()

    schedule.beat_heart(process=schedule.WORKER)
    schedule.beat_heart(process=schedule.BEAT)
    page.reload()

    assert '"status": "ok"' in page.inner_text("body")
    page.close()


def test_socket_with_a_wrong_token_is_closed(browser: Any, live_asgi: ASGIServer) -> None:
    page = browser.new_page()
    page.goto(f"{live_asgi.url}/health/live")

    assert page.evaluate(_OPEN_SOCKET) == 4401
    page.close()

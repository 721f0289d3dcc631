"""The main job on a running system, worker and beat included, by a script on `/sim/api`."""

from __future__ import annotations

import json
import os
import signal
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from iceshop.tests.embedded.conftest import let_others_pass, wait_until_gone
from iceshop.tests.embedded.test_start import System
from whatsapp.tests.town import WISH

pytestmark = pytest.mark.slow

_PATIENCE_SECONDS = 150
_COFFEE = "905550000201"


class Script:
    """Plays people over the simulator's test interface."""

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")

    def call(self, path: str, body: object = None, *, token: str = "") -> Any:
        """GET ``path``, or POST ``body`` to it."""
        headers = {"Content-Type": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        content = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._url + path, content, headers)
        with urllib.request.urlopen(request, timeout=20) as response:
            return json.loads(response.read())

    def write(self, phone: str, **message: str) -> None:
        """Let somebody write."""
        self.call(f"/sim/api/people/{phone}/messages", message)

    def shown(self, phone: str) -> list[dict[str, Any]]:
        """What the product sent to a phone; nothing before the phone is known."""
        try:
            found = self.call(f"/sim/api/people/{phone}/messages?after=0")["messages"]
        except urllib.error.HTTPError:
            return []
        return [message for message in found if message["direction"] == "out"]

    def button(self, phone: str, start: str) -> str:
        """Wait for a button whose id begins with ``start``."""
        return str(_await(lambda: self._newest_button(phone, start), f"{start} on {phone}"))

    def press(self, phone: str, start: str) -> None:
        """Wait for a button and press it."""
        self.write(phone, button=self.button(phone, start))

    def link(self, phone: str, part: str) -> str:
        """Wait for an address that contains ``part``."""
        return str(
            _await(
                lambda: next(
                    (
                        link
                        for message in self.shown(phone)
                        for link in message["links"]
                        if part in link and "data-pass" in self._page(link)
                    ),
                    None,
                ),
                f"{part} on {phone}",
            )
        )

    def code(self, phone: str) -> str:
        """The short code of the pass on the panel."""
        page = self._page(self.link(phone, "/w/"))
        return page.split('data-pass="')[1].split('"')[0]

    def text(self, phone: str, part: str) -> str:
        """Wait for a message that contains ``part``."""
        return str(
            _await(
                lambda: next((m["text"] for m in self.shown(phone) if part in m["text"]), None),
                f"{part} on {phone}",
            )
        )

    def forward(self, seconds: int) -> None:
        """Set the product's clock forward."""
        self.call("/sim/api/clock", {"advance_seconds": seconds})

    def _page(self, link: str) -> str:
        with urllib.request.urlopen(link, timeout=20) as response:
            return str(response.read().decode())

    def _newest_button(self, phone: str, start: str) -> str | None:
        for message in reversed(self.shown(phone)):
            for button in message["buttons"]:
                if button["id"].startswith(start):
                    return str(button["id"])
        return None


def _await(look: Callable[[], object], what: str) -> object:
    """Look again until there is something to see."""
    patience_until = time.monotonic() + _PATIENCE_SECONDS
    while (found := look()) is None:
        assert time.monotonic() < patience_until, f"there was no {what}"
        time.sleep(0.2)
    return found


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[], System]]:
    """Start systems on one data directory, one after the other."""
    let_others_pass(tmp_path)
    systems: list[System] = []

    def run() -> System:
        systems.append(System(tmp_path / "data"))
        return systems[-1].await_ready()

    yield run
    for system in systems:
        with system._process as process:
            process.terminate()


def _seller_accepts(script: Script, buyers: list[str], language: str) -> None:
    for buyer in buyers:
        script.write(buyer, text=WISH[language], language=language)
    for buyer in buyers:
        script.press(buyer, "reading.confirm")
    script.press(_COFFEE, "ask.accept")


def _window_of(script: Script, token: str) -> dict[str, Any]:
    windows = script.call("/api/v1/windows", token=token)
    rows = windows if isinstance(windows, list) else windows["results"]
    return dict(max(rows, key=lambda row: str(row["id"])))


def _checked_in(script: Script, token: str, window_id: str, code: str, nonce: str) -> Any:
    scan = {"code": code, "nonce": nonce, "device": "till-1"}
    return script.call(f"/api/v1/windows/{window_id}/check-ins", scan, token=token)


def _token(system: System) -> str:
    return str(json.loads((system.data / "credentials.json").read_text())["api_token"])


def test_main_job_runs_by_worker_and_beat_and_survives_a_killed_worker(
    start: Callable[[], System],
) -> None:
    system = start()
    script, token = Script(system.url), _token(system)
    buyers = [f"9055577700{n:02d}" for n in range(3)]
    _seller_accepts(script, buyers, "tr")
    for buyer in buyers:
        script.press(buyer, "invite.accept")
    codes = [script.code(buyer) for buyer in buyers]
    assert len(set(codes)) == 3

    # The worker dies hard in the middle of somebody's sentence; the supervisor ends the rest.
    script.write("905557770010", text=WISH["en"], language="en")
    os.kill(system.pid_of("celery"), signal.SIGKILL)
    system.end()
    wait_until_gone(system.pids)
    system = start()
    script = Script(system.url)

    assert "coffee, Kadıköy" in script.text("905557770010", "I understood: ")
    window = _window_of(script, token)
    script.forward(240)
    first = _checked_in(script, token, window["id"], codes[0], "nonce-0001")
    again = _checked_in(script, token, window["id"], codes[0], "nonce-0001")
    assert (first["result"], again) == ("admitted", first)
    script.forward(900)
    assert "gelen 1 kişi" in script.text(_COFFEE, "için sonuç")
    assert script.text(buyers[0], "Fiyat söz verildiği gibi miydi?")
    taken = [m for m in script.shown(buyers[1]) if m["text"].startswith("Yeriniz ayrıldı")]
    assert len(taken) == 1
    assert system.end(signal.SIGTERM)[0] == 0


def test_main_job_runs_in_english_in_the_small_hours(start: Callable[[], System]) -> None:
    system = start()
    script = Script(system.url)
    clock = script.call("/sim/api/clock")
    hour, minute = int(clock["now"][11:13]), int(clock["now"][14:16])
    # Ten past three in Istanbul is ten past midnight in UTC.
    script.forward(((24 - hour) * 60 - minute + 10) * 60)
    buyers = [f"9055588800{n:02d}" for n in range(3)]

    _seller_accepts(script, buyers, "en")
    script.press(buyers[0], "invite.accept")

    assert script.code(buyers[0])
    assert script.text(buyers[0], "Your place is held: Filter coffee")
    assert system.end(signal.SIGTERM)[0] == 0

"""The gateway's way to the platform: no network, the simulator answers in this process."""

from __future__ import annotations

import json
from collections.abc import Callable

import httpx
from django.test import Client

from whatsapp.city.play.time import Clock
from whatsapp.gateway.client import READ_SECONDS
from whatsapp.simulator.services import answer_send

PAIR_RATE = 131056


class Platform(httpx.BaseTransport):
    """Answers the product's requests as the platform would, at the time of the city.

    ``tell`` is called with the address to which a message was sent.
    """

    def __init__(self, *, clock: Clock, pages: Client, tell: Callable[[str], None]) -> None:
        self._clock = clock
        self._pages = pages
        self._tell = tell
        self.pair_rate_refusals = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer one request."""
        if request.method == "POST" and request.url.path.endswith("/messages"):
            return self._sent(request)
        answer = self._pages.generic(
            request.method,
            request.url.raw_path.decode(),
            request.read(),
            content_type=request.headers.get("content-type", ""),
            headers={"authorization": request.headers["authorization"]},
        )
        return httpx.Response(answer.status_code, content=answer.content)

    def _sent(self, request: httpx.Request) -> httpx.Response:
        body = json.loads(request.read())
        answer = answer_send(body=body, now=self._clock.now())
        self._tell(str(body.get("to") or body.get("recipient") or "").lstrip("+"))
        self._pass(answer.wait_seconds, request)
        if answer.body is None:
            return httpx.Response(answer.http_status)
        error = answer.body.get("error")
        if isinstance(error, dict) and error.get("code") == PAIR_RATE:
            self.pair_rate_refusals += 1
        return httpx.Response(answer.http_status, json=answer.body)

    def _pass(self, seconds: float, request: httpx.Request) -> None:
        """Let the time pass that the platform takes; the client does not wait for ever."""
        self._clock.wait(min(seconds, READ_SECONDS))
        if seconds > READ_SECONDS:
            raise httpx.ReadTimeout("the platform is slow", request=request)


def webhook_into(pages: Client) -> Callable[[str, bytes, dict[str, str]], int]:
    """How the simulator posts its webhooks: into Django's request handler."""

    def post(url: str, body: bytes, headers: dict[str, str]) -> int:
        path = httpx.URL(url).raw_path.decode()
        kind = headers.get("Content-Type", "application/json")
        return pages.generic("POST", path, body, content_type=kind, headers=headers).status_code

    return post

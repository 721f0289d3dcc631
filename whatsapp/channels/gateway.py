"""The SMS gateway: what is asked of it, and the client of one that speaks plain HTTP.

Nothing here retries or writes. Logs hold codes, never a number, a text or the key.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import httpx
import structlog

log = structlog.get_logger(__name__)

CONNECT_SECONDS = 3.0
READ_SECONDS = 10.0
_MOST_ID = 200
_MOST_CODE = 40


@dataclass(frozen=True, slots=True)
class Taken:
    """The gateway took it; delivery is reported later under ``message_id``."""

    message_id: str


@dataclass(frozen=True, slots=True)
class NotTaken:
    """It did not go out. ``is_passing``: the same again may go through."""

    code: str
    is_passing: bool = False


@dataclass(frozen=True, slots=True)
class Lost:
    """It left and the answer was lost: it may have gone out, and is not repeated."""

    cause: str


Answer = Taken | NotTaken | Lost


class SmsGateway(Protocol):
    """Sends one SMS; ``reference`` is our key, which its reports name."""

    def send(self, *, to: str, text: str, reference: str) -> Answer:
        """Send ``text`` to ``to`` (digits with the country code)."""
        ...


class HttpSmsGateway:
    """A gateway that takes ``POST <root>/messages`` with a bearer key."""

    def __init__(
        self,
        *,
        root: str,
        key: str,
        sender: str,
        callback: str,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._root = root.rstrip("/")
        self._sender = sender
        self._callback = callback
        self._http = httpx.Client(
            headers={"Authorization": f"Bearer {key}"},
            timeout=httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS),
            transport=transport,
            trust_env=False,
        )

    def close(self) -> None:
        """Give the connections back."""
        self._http.close()

    def send(self, *, to: str, text: str, reference: str) -> Answer:
        """Send one SMS; see ``SmsGateway``."""
        body = {
            "from": self._sender,
            "to": f"+{to}",
            "text": text,
            "reference": reference,
            "callback": self._callback,
        }
        try:
            response = self._http.post(f"{self._root}/messages", json=body)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout):
            log.warning("sms.not_reached")
            return NotTaken("not_reached", is_passing=True)
        except httpx.TransportError as error:
            log.warning("sms.answer_lost", cause=type(error).__name__)
            return Lost(type(error).__name__)
        return _read(response)


def _read(response: httpx.Response) -> Answer:
    content = _object(response)
    if response.is_success:
        message_id = content.get("id")
        is_id = isinstance(message_id, str) and 0 < len(message_id) <= _MOST_ID
        return Taken(str(message_id)) if is_id else Lost("answer_without_id")
    error = content.get("error")
    code = error.get("code") if isinstance(error, dict) else None
    code = str(code)[:_MOST_CODE] if code else f"http_{response.status_code}"
    log.warning("sms.not_taken", code=code)
    if response.status_code == httpx.codes.TOO_MANY_REQUESTS:
        return NotTaken(code, is_passing=True)
    return Lost(code) if response.is_server_error else NotTaken(code)


def _object(response: httpx.Response) -> dict[str, Any]:
    try:
        content = response.json()
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}

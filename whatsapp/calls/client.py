"""Placing a call: what is asked of the service, and the client of Vapi.

Nothing here retries or writes. Logs hold codes, never a number or the key.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import httpx
import structlog

log = structlog.get_logger(__name__)

CONNECT_SECONDS = 3.0
READ_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Placed:
    """The service will call; what becomes of it is reported under ``call_id``."""

    call_id: str


@dataclass(frozen=True, slots=True)
class NotPlaced:
    """There will be no call. ``is_passing``: the same again may work."""

    code: str
    is_passing: bool = False


@dataclass(frozen=True, slots=True)
class Lost:
    """The answer was lost: there may be a call, and it is not asked for again."""

    cause: str


Answer = Placed | NotPlaced | Lost


class VoiceCaller(Protocol):
    """Places a call to a number with an assistant."""

    def place(self, *, to: str, reference: str, assistant: dict[str, Any]) -> Answer:
        """Call ``to`` (digits with the country code); ``reference`` is our key."""
        ...


class Vapi:
    """Vapi's ``POST /call``."""

    def __init__(
        self,
        *,
        root: str,
        key: str,
        number_id: str,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._root = root.rstrip("/")
        self._number_id = number_id
        self._http = httpx.Client(
            headers={"Authorization": f"Bearer {key}"},
            timeout=httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS),
            transport=transport,
            trust_env=False,
        )

    def place(self, *, to: str, reference: str, assistant: dict[str, Any]) -> Answer:
        """Place a call; see ``VoiceCaller``."""
        body = {
            "phoneNumberId": self._number_id,
            "customer": {"number": f"+{to}", "externalId": reference},
            "assistant": assistant,
        }
        try:
            response = self._http.post(f"{self._root}/call", json=body)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout):
            log.warning("voice.not_reached")
            return NotPlaced("not_reached", is_passing=True)
        except httpx.TransportError as error:
            log.warning("voice.answer_lost", cause=type(error).__name__)
            return Lost(type(error).__name__)
        return _read(response)


def _read(response: httpx.Response) -> Answer:
    if response.is_success:
        call_id = _field(response, "id")
        return Placed(call_id) if call_id else Lost("answer_without_id")
    code = f"http_{response.status_code}"
    log.warning("voice.not_placed", code=code)
    if response.status_code == httpx.codes.TOO_MANY_REQUESTS:
        return NotPlaced(code, is_passing=True)
    return Lost(code) if response.is_server_error else NotPlaced(code)


def _field(response: httpx.Response, name: str) -> str:
    try:
        content = response.json()
    except ValueError:
        return ""
    value = content.get(name) if isinstance(content, dict) else None
    return value[:80] if isinstance(value, str) else ""

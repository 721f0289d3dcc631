"""One request to an outside service: no redirects, no proxies, a cap on time and on bytes.

The addresses come from the settings of the installation, never from a message.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import httpx

from iceshop.infra.db import outside
from whatsapp.providers.domain import Result

CONNECT_SECONDS = 3.0
_REQUEST_AT_FAULT = frozenset({400, 404, 405, 409, 411, 413, 415, 422})
_ACCOUNT_AT_FAULT = frozenset({401, 402, 403})


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: ``content`` is empty unless the result is ``OK``."""

    result: Result
    content: bytes = b""
    took_ms: int = 0


@outside
def post(
    url: str, *, headers: dict[str, str], most_seconds: float, most_bytes: int, **body: Any
) -> Answer:
    """Post ``body`` (``json``, or ``data`` and ``files``); read the answer to its end or a cap."""
    started = time.monotonic()
    result, content = _exchange(url, headers, most_seconds, most_bytes, body)
    took_ms = round((time.monotonic() - started) * 1000)
    return Answer(result, content if result is Result.OK else b"", took_ms)


def host_of(url: str) -> str:
    """The host of an address, as the log shows it."""
    return urlsplit(url).hostname or ""


@cache
def _client() -> httpx.Client:
    return httpx.Client(trust_env=False, follow_redirects=False)


def _exchange(
    url: str, headers: dict[str, str], most_seconds: float, most_bytes: int, body: dict[str, Any]
) -> tuple[Result, bytes]:
    ends = time.monotonic() + most_seconds
    timeout = httpx.Timeout(most_seconds, connect=min(CONNECT_SECONDS, most_seconds))
    content = bytearray()
    try:
        with _client().stream("POST", url, headers=headers, timeout=timeout, **body) as response:
            result = _result_of(response.status_code)
            if result is not Result.OK:
                return result, b""
            for chunk in response.iter_bytes():
                content += chunk
                if len(content) > most_bytes:
                    return Result.TOO_LARGE, b""
                if time.monotonic() > ends:
                    return Result.TOO_SLOW, b""
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout):
        return Result.UNREACHABLE, b""
    except httpx.TimeoutException:
        return Result.TOO_SLOW, b""
    except (httpx.HTTPError, httpx.InvalidURL):
        return Result.UNREADABLE, b""
    return result, bytes(content)


def _result_of(status: int) -> Result:
    if status == httpx.codes.OK:
        return Result.OK
    if status in _ACCOUNT_AT_FAULT:
        return Result.NOT_ALLOWED
    if status == httpx.codes.TOO_MANY_REQUESTS:
        return Result.RATE_LIMITED
    if status in _REQUEST_AT_FAULT:
        return Result.REFUSED
    return Result.REDIRECTED if 300 <= status < 400 else Result.FAILED

"""How a webhook reaches the product: over HTTP, or as a caller of the drain wishes."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import httpx

# ``post(url, body, headers)`` returns the HTTP status, 0 when there was no answer.
Post = Callable[[str, bytes, dict[str, str]], int]
TAKEN = 200
CONNECT_SECONDS = 3.0
READ_SECONDS = 10.0


@dataclass(frozen=True, eq=False)
class Letter:
    """A delivery that is due, with its exact text and how often it goes out.

    One that joins others has these as its ``parts`` and no row of its own: ``delivery_id`` is 0.
    """

    delivery_id: int
    lane: str
    carries: str
    message_id: int | None
    body: str
    headers: dict[str, str]
    repeats: int
    parts: tuple[Letter, ...] = ()

    @property
    def deliveries(self) -> tuple[Letter, ...]:
        """The deliveries that are posted with it."""
        return self.parts or (self,)


@dataclass(frozen=True)
class Posted:
    """One post and its answer."""

    letter: Letter
    http_status: int
    took_ms: int

    @property
    def is_taken(self) -> bool:
        """Whether the product has it: nothing but 200 counts."""
        return self.http_status == TAKEN


def post_lane(letters: list[Letter], *, url: str, post: Post) -> list[Posted]:
    """Post ``letters`` one after the other; stop after the first that is not taken."""
    outcomes: list[Posted] = []
    for letter in letters:
        for _ in range(letter.repeats):
            started = time.perf_counter()
            http_status = post(url, letter.body.encode(), letter.headers)
            took_ms = round((time.perf_counter() - started) * 1000)
            outcomes.append(Posted(letter, http_status, took_ms))
        if not outcomes[-1].is_taken:
            break
    return outcomes


def post_over_http(url: str, body: bytes, headers: dict[str, str]) -> int:
    """Post over the network; 0 when the product cannot be reached or does not answer."""
    try:
        return _client().post(url, content=body, headers=headers).status_code
    except httpx.HTTPError:
        return 0


@cache
def _client() -> httpx.Client:
    # One client a process, its connections kept open: a new one costs more than the post.
    timeout = httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS)
    return httpx.Client(timeout=timeout, trust_env=False)

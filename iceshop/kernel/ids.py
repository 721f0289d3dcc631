"""Keys: time-ordered ids for rows, short codes for people."""

from __future__ import annotations

import itertools
import random
import secrets
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

# No 0/O, 1/I/L, U: what is read aloud or typed at a till must not be mistaken.
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass
class _Milliseconds:
    """The system's milliseconds, each given once: a process's keys sort as they were made."""

    last: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self) -> int:
        with self.lock:
            self.last = max(self.last + 1, time.time_ns() // 1_000_000)
            return self.last


@dataclass
class _Source:
    """What keys and codes are made of."""

    count: Callable[[], int] = field(default_factory=_Milliseconds)
    chance: random.Random = field(default_factory=secrets.SystemRandom)


_source = _Source()


@contextmanager
def repeatable(seed: int) -> Iterator[None]:
    """Make the same keys and codes for the same ``seed``, in the order in which they are asked for.

    For a city that is played in this process: whoever knows the seed can guess every code.
    """
    before = _source.count, _source.chance
    _source.count = itertools.count(1).__next__
    _source.chance = random.Random(seed)  # noqa: S311 - a played city has no secrets
    try:
        yield
    finally:
        _source.count, _source.chance = before


def new_id() -> uuid.UUID:
    """Return a key that sorts by its time of making (layout of UUID version 7, RFC 9562).

    Keys of one process sort in the order of their making, also within a millisecond: rows of one
    moment keep their order by it. Nothing reads the instant inside as a time.
    """
    value = (_source.count() << 80) | _source.chance.getrandbits(80)
    value = (value & ~(0xF << 76)) | (0x7 << 76)
    value = (value & ~(0x3 << 62)) | (0x2 << 62)
    return uuid.UUID(int=value)


def short_code(length: int = 6) -> str:
    """Return a random code of ``length`` signs that cannot be misread."""
    return "".join(_source.chance.choice(CODE_ALPHABET) for _ in range(length))


def normal_code(text: str) -> str:
    """Bring a typed or spoken code to the form in which it is stored.

    >>> normal_code(" 7f3 k92 ")
    '7F3K92'
    """
    return "".join(sign for sign in text.upper() if sign.isalnum())

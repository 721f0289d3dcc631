"""Keys: time-ordered ids for rows, short codes for people."""

from __future__ import annotations

import secrets
import time
import uuid

# No 0/O, 1/I/L, U: what is read aloud or typed at a till must not be mistaken.
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_id() -> uuid.UUID:
    """Return a key that sorts by its time of making (layout of UUID version 7, RFC 9562).

    The instant inside only orders index pages; nothing reads it as a time.
    """
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds << 80) | secrets.randbits(80)
    value = (value & ~(0xF << 76)) | (0x7 << 76)
    value = (value & ~(0x3 << 62)) | (0x2 << 62)
    return uuid.UUID(int=value)


def short_code(length: int = 6) -> str:
    """Return a random code of ``length`` signs that cannot be misread."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(length))


def normal_code(text: str) -> str:
    """Bring a typed or spoken code to the form in which it is stored.

    >>> normal_code(" 7f3 k92 ")
    '7F3K92'
    """
    return "".join(sign for sign in text.upper() if sign.isalnum())

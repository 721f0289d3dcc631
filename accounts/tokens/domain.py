"""Shape of tokens and the scopes that they may carry."""

from __future__ import annotations

import hashlib
from enum import StrEnum

# The start of every token: secret scanners and people recognise it.
MARK = "ice_"
PREFIX_LENGTH = 12
_SECRET_CHARACTERS = 43


class Scope(StrEnum):
    """What a token allows."""

    BUYER_WRITE = "buyer:write"
    SELLER_WRITE = "seller:write"
    OPPORTUNITIES_READ = "opportunities:read"
    WINDOWS_READ = "windows:read"
    WINDOWS_WRITE = "windows:write"


def digest_of(plain: str) -> str:
    """SHA-256 of the token in hexadecimal.

    A token holds 256 random bits, so a fast digest is enough: there is nothing to guess.
    """
    return hashlib.sha256(plain.encode()).hexdigest()


def looks_like_token(text: str) -> bool:
    """Whether ``text`` has the shape of a token of this product.

    >>> looks_like_token("ice_short")
    False
    """
    return text.startswith(MARK) and len(text) == len(MARK) + _SECRET_CHARACTERS

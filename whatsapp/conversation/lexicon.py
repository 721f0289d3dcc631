"""The names that reading knows: the bundled ones and what the sellers call their goods."""

from __future__ import annotations

import time
from dataclasses import dataclass

from commerce.catalog import queries as catalog
from whatsapp.nlu.lexicon import Lexicon, ProductEntry, bundled

# A new product is understood after at most this many seconds.
_TRUST_SECONDS = 30


@dataclass
class _Cache:
    lexicon: Lexicon | None = None
    mark: str = ""
    read_at: float = float("-inf")


_cache = _Cache()


def lexicon() -> Lexicon:
    """The lexicon of this installation; built anew when somebody has named something."""
    if _cache.lexicon is None or time.monotonic() - _cache.read_at > _TRUST_SECONDS:
        mark = catalog.names_mark()
        if _cache.lexicon is None or mark != _cache.mark:
            _cache.lexicon = bundled().with_products(_sellers_products())
        _cache.mark, _cache.read_at = mark, time.monotonic()
    return _cache.lexicon


def forget() -> None:
    """Build the lexicon anew at the next reading."""
    _cache.lexicon, _cache.read_at = None, float("-inf")


def _sellers_products() -> list[ProductEntry]:
    known = bundled()
    return [
        ProductEntry(entry.name_tr, entry.name_en, entry.aliases, entry.category)
        for entry in catalog.lexicon_products()
        if known.product(entry.name_tr) is None
    ]

"""Matching keys of names, and the goods policy."""

from __future__ import annotations

import re

from commerce.places.domain import name_key
from iceshop.kernel.errors import Invalid, NotAllowed
from iceshop.kernel.text import clean, fold

NAME_CAP = 120
_TRAILING_DIGITS = re.compile(r"\d+$")


def slug_of(text: str) -> str:
    """Return the key of a concept named ``text``.

    >>> slug_of("Türk kahvesi")
    'turk-kahvesi'
    """
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")


def without_trailing_digits(text: str) -> str:
    """Return ``text`` without the number at its end; the text itself when nothing else would stay.

    >>> without_trailing_digits("coffee01"), without_trailing_digits("42")
    ('coffee', '42')
    """
    return _TRAILING_DIGITS.sub("", text.strip()).strip() or text


def stored_name(text: str) -> str:
    """Clean a product's name. Raises Invalid("product.name_missing")."""
    name = clean(" ".join(text.split()), NAME_CAP)
    if not name_key(name):
        raise Invalid("product.name_missing")
    return name


def refuse_restricted(*, is_restricted: bool) -> None:
    """Raise NotAllowed("product.restricted") for goods that the platform forbids to sell."""
    if is_restricted:
        raise NotAllowed("product.restricted")


# Drawings that the pages have, by concept and by category.
_DRAWN = frozenset({"coffee", "bakery", "pizza", "simit", "bread", "tea", "dessert", "flowers"})


def drawing_of(concept_key: str, category: str) -> str:
    """Return the name of the drawing that stands for a product.

    >>> drawing_of("simit", "bakery"), drawing_of("mocha", "coffee"), drawing_of("lamp", "")
    ('simit', 'coffee', 'generic')
    """
    return next((name for name in (concept_key, category) if name in _DRAWN), "generic")

"""Matching keys of names, and the goods policy."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class ConceptPlan:
    """A concept to be put, with all its spellings; the first plan to name a spelling keeps it."""

    key: str
    name_tr: str
    name_en: str
    parent_key: str | None = None
    category: str = ""
    is_restricted: bool = False
    aliases: tuple[str, ...] = ()

    @property
    def spellings(self) -> dict[str, str]:
        """What the concept is called, by matching key; its names first."""
        names = (clean(name, NAME_CAP) for name in (self.name_tr, self.name_en, *self.aliases))
        return {folded: name for name in names if (folded := name_key(name))}


def check_tree(plans: Mapping[str, ConceptPlan]) -> None:
    """Raise Invalid("concept.parent") for a parent that lies below its child or is not planned."""
    for plan in plans.values():
        above, parent = {plan.key}, plan.parent_key
        while parent is not None:
            if parent in above or parent not in plans:
                raise Invalid("concept.parent", concept=plan.key)
            above.add(parent)
            parent = plans[parent].parent_key


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

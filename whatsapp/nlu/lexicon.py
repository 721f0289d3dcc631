"""Names of products and places, folded and indexed for reading."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from typing import Any, Generic, TypeVar

from iceshop.kernel.geo import Point
from whatsapp.nlu.endings import stems
from whatsapp.nlu.gazetteer import FoundPlace, Gazetteer, PlaceEntry, bundled_places, choices, key

# Longest name in words; seller names longer than this are still found by their first words.
MAX_WORDS = 5

Entry = TypeVar("Entry")


__all__ = ("Found", "Lexicon", "PlaceEntry", "ProductEntry", "bundled", "key")


@dataclass(frozen=True, slots=True)
class ProductEntry:
    """A product under its names in both languages; ``aliases`` are other spellings."""

    name_tr: str
    name_en: str
    aliases: tuple[str, ...] = ()
    category: str = ""

    def name(self, language: str) -> str:
        """The name in ``language``, the other one where it is missing."""
        first, second = self.name_tr, self.name_en
        return (first or second) if language == "tr" else (second or first)


@dataclass(frozen=True, slots=True)
class Found(Generic[Entry]):
    """An entry found at the start of some words: how many they are and the ending it carried."""

    entry: Entry
    words: int
    ending: str
    is_weak: bool


@dataclass(frozen=True)
class Lexicon:
    """All names that reading knows. Immutable; ``with_products`` gives a larger one.

    ``weak_products`` are folded names that are also everyday words. ``home`` is where the writer
    usually is: names that several cities have mean the place there.
    """

    products: tuple[ProductEntry, ...]
    gazetteer: Gazetteer
    weak_products: frozenset[str] = frozenset()
    home: Point | None = None
    _product_index: Mapping[str, ProductEntry] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_product_index", _index(self.products, _product_names))

    def with_products(self, entries: Iterable[ProductEntry]) -> Lexicon:
        """This lexicon and ``entries``, whose names go before equal ones of this one."""
        return replace(self, products=(*entries, *self.products))

    def product(self, name: str) -> ProductEntry | None:
        """The product of exactly this name or alias, in any case and with or without marks."""
        return self._product_index.get(key(name))

    def at_home(self, home: Point | None) -> Lexicon:
        """This lexicon for somebody who usually is at ``home``."""
        local = copy(self)
        object.__setattr__(local, "home", home)
        return local

    @property
    def places(self) -> tuple[PlaceEntry, ...]:
        """All named places, best known ones first."""
        return self.gazetteer.places

    def place(self, name: str) -> PlaceEntry | None:
        """The likeliest place of exactly this name or alias."""
        return next(iter(choices(self.gazetteer.named(name), self.home)), None)

    def product_at(self, words: Sequence[str]) -> Found[ProductEntry] | None:
        """The longest product name with which the folded ``words`` begin."""
        return _longest(self._product_index, words, self.weak_products)

    def place_at(self, words: Sequence[str]) -> FoundPlace | None:
        """The longest place name with which the folded ``words`` begin."""
        return self.gazetteer.at(words)


def _product_names(entry: ProductEntry) -> Iterable[str]:
    return (entry.name_tr, entry.name_en, *entry.aliases)


def _index(entries: Iterable[Any], names: Any) -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    for entry in entries:
        for name in names(entry):
            if folded := key(name):
                found.setdefault(folded, entry)
    return found


def _longest(
    index: Mapping[str, Entry], words: Sequence[str], weak: frozenset[str]
) -> Found[Entry] | None:
    for count in range(min(MAX_WORDS, len(words)), 0, -1):
        head = " ".join(words[: count - 1])
        for stem, ending in stems(words[count - 1]):
            name = f"{head} {stem}".strip()
            if (entry := index.get(name)) is not None:
                return Found(entry, count, ending, name in weak)
    return None


def _read(name: str) -> dict[str, Any]:
    path = resources.files("whatsapp.nlu") / "data" / name
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def bundled() -> Lexicon:
    """The names that come with Iceshop; read once."""
    products = _read("products.toml")
    return Lexicon(
        products=tuple(
            ProductEntry(tr, en, tuple(aliases), category)
            for tr, en, category, aliases in products["products"]
        ),
        gazetteer=bundled_places(),
        weak_products=frozenset(map(key, products["weak"])),
    )

"""Names of products and places, folded and indexed for reading."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from typing import Any, Generic, TypeVar

from iceshop.kernel.geo import Point
from iceshop.kernel.text import fold
from whatsapp.nlu.endings import stems

# Longest name in words; seller names longer than this are still found by their first words.
MAX_WORDS = 5
_NOT_WORD = re.compile(r"[^\w']+")

Entry = TypeVar("Entry")


def key(text: str) -> str:
    """The matching key of a name: folded words joined by single spaces."""
    return " ".join(_NOT_WORD.sub(" ", fold(text).replace("'", "")).split())


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
class PlaceEntry:
    """A named place; ``kind`` is province, district, neighbourhood, landmark or area."""

    name: str
    point: Point
    kind: str
    parent: str = ""
    aliases: tuple[str, ...] = ()
    name_en: str = ""


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

    ``weak_products`` and ``weak_places`` are folded names that are also everyday words.
    """

    products: tuple[ProductEntry, ...]
    places: tuple[PlaceEntry, ...]
    weak_products: frozenset[str] = frozenset()
    weak_places: frozenset[str] = frozenset()
    _product_index: Mapping[str, ProductEntry] = field(init=False, repr=False, compare=False)
    _place_index: Mapping[str, PlaceEntry] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_product_index", _index(self.products, _product_names))
        object.__setattr__(self, "_place_index", _index(self.places, _place_names))

    def with_products(self, entries: Iterable[ProductEntry]) -> Lexicon:
        """This lexicon and ``entries``, whose names go before equal ones of this one."""
        return replace(self, products=(*entries, *self.products))

    def product(self, name: str) -> ProductEntry | None:
        """The product of exactly this name or alias, in any case and with or without marks."""
        return self._product_index.get(key(name))

    def place(self, name: str) -> PlaceEntry | None:
        """The place of exactly this name or alias."""
        return self._place_index.get(key(name))

    def product_at(self, words: Sequence[str]) -> Found[ProductEntry] | None:
        """The longest product name with which the folded ``words`` begin."""
        return _longest(self._product_index, words, self.weak_products)

    def place_at(self, words: Sequence[str]) -> Found[PlaceEntry] | None:
        """The longest place name with which the folded ``words`` begin."""
        return _longest(self._place_index, words, self.weak_places)


def _product_names(entry: ProductEntry) -> Iterable[str]:
    return (entry.name_tr, entry.name_en, *entry.aliases)


def _place_names(entry: PlaceEntry) -> Iterable[str]:
    return (entry.name, entry.name_en, *entry.aliases)


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
    products, places = _read("products.toml"), _read("places.toml")
    english = places["english"]
    return Lexicon(
        products=tuple(
            ProductEntry(tr, en, tuple(aliases), category)
            for tr, en, category, aliases in products["products"]
        ),
        places=tuple(
            PlaceEntry(
                name,
                Point(latitude, longitude),
                kind,
                parent,
                tuple(aliases),
                english.get(name, ""),
            )
            for name, latitude, longitude, kind, parent, aliases in places["places"]
        ),
        weak_products=frozenset(map(key, products["weak"])),
        weak_places=frozenset(map(key, places["weak"])),
    )

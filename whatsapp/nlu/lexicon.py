"""Names of products and places, folded and indexed for reading."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Generic, TypeVar

from iceshop.kernel.geo import Point
from whatsapp.nlu.gazetteer import FoundPlace, Gazetteer, PlaceEntry, bundled_places, choices, key
from whatsapp.nlu.goods import read_goods, weak_names
from whatsapp.nlu.nouns import noun_stems
from whatsapp.nlu.spelling import Spellings

# Longest name in words; seller names longer than this are still found by their first words.
MAX_WORDS = 5
# A shorter word that is left when an ending goes must be spelled rightly.
_SURE_STEM = 4
Entry = TypeVar("Entry")


__all__ = (
    "Found", "Lexicon", "PlaceEntry", "ProductEntry", "ProductIndex", "bundled", "key", "longest",
    "product_index",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ProductEntry:
    """A product under its names in both languages; ``aliases`` are other spellings.

    ``proper`` are names as good as the first ones ("hamburger" for a burger); ``kind`` is the
    English name of the wider product that it belongs to, or empty.
    """

    name_tr: str
    name_en: str
    aliases: tuple[str, ...] = ()
    category: str = ""
    proper: tuple[str, ...] = ()
    kind: str = ""

    def name(self, language: str, spelling: str = "") -> str:
        """The name in ``language``, the other one where it is missing.

        With ``spelling``, a folded name, the proper name that was said, in whichever language.
        """
        if spelling:
            for name in (self.name_tr, self.name_en, *self.proper):
                if key(name) == spelling:
                    return name
        first, second = self.name_tr, self.name_en
        return (first or second) if language == "tr" else (second or first)


@dataclass(frozen=True, slots=True)
class Found(Generic[Entry]):
    """An entry found at the start of some words: how many they are and the ending it carried.

    ``spelling`` is the folded name by which it was found.
    """

    entry: Entry
    words: int
    ending: str
    is_weak: bool
    spelling: str = ""


@dataclass(frozen=True)
class Lexicon:
    """All names that reading knows. Immutable; ``with_products`` gives a larger one.

    ``weak_products`` are folded names that are also everyday words, ``weak_english`` those in
    English messages. ``home`` is where the writer
    usually is: names that several cities have mean the place there.
    """

    products: tuple[ProductEntry, ...]
    gazetteer: Gazetteer
    weak_products: frozenset[str] = frozenset()
    weak_english: frozenset[str] = frozenset()
    home: Point | None = None
    _product_index: ProductIndex = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_product_index", product_index(self.products))

    def with_products(self, entries: Iterable[ProductEntry]) -> Lexicon:
        """This lexicon and ``entries``, whose names go before equal ones of this one."""
        own = tuple(entries)
        larger = copy(self)
        object.__setattr__(larger, "products", (*own, *self.products))
        names = self._product_index.under(product_index(own))
        object.__setattr__(larger, "_product_index", names)
        return larger

    def product(self, name: str, language: str = "tr") -> ProductEntry | None:
        """The product of exactly this name or alias, in any case and with or without marks."""
        return self._product_index.names(language).get(key(name))

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

    def product_at(self, words: Sequence[str], language: str = "tr") -> Found[ProductEntry] | None:
        """The longest product name with which the folded ``words`` begin."""
        names, weak = self._product_index.names(language), self._weak(language)
        return longest(names, words, weak, noun_stems(language))

    def product_like(self, words: Sequence[str], language: str) -> Found[ProductEntry] | None:
        """The product with whose name ``words`` begin but for slips of the finger."""
        names, spellings = self._product_index.names(language), self._product_index.spellings
        meant = [_meant(word, spellings, language) for word in words[:MAX_WORDS]]
        for count in range(len(meant), 0, -1):
            name = " ".join(stem for stem, _ in meant[:count])
            slipped = any(slip for _, slip in meant[:count])
            if slipped and name in names and name not in self._weak(language):
                return Found(names[name], count, "", is_weak=False, spelling=name)
        return None

    def _weak(self, language: str) -> frozenset[str]:
        return self.weak_products if language == "tr" else self.weak_english

    def products_near(self, name: str, language: str) -> tuple[ProductEntry, ...]:
        """Known products that an unknown ``name`` may be a kind of, the likeliest first.

        Both languages put what a thing is at the end: "sünnet pastası" may be a cake.
        """
        words = key(name).split()
        near: dict[str, ProductEntry] = {}
        for start in range(len(words)):
            tail = words[start:]
            found = self.product_at(tail, language) or self.product_like(tail, language)
            if found is not None and not found.is_weak and found.words == len(tail):
                near.setdefault(found.entry.name_en, found.entry)
        return tuple(near.values())

    def place_at(self, words: Sequence[str]) -> FoundPlace | None:
        """The longest place name with which the folded ``words`` begin."""
        return self.gazetteer.at(words)


@dataclass(frozen=True)
class ProductIndex:
    """Folded names of products; a name that means two things goes by the language."""

    turkish: Mapping[str, ProductEntry]
    english: Mapping[str, ProductEntry]

    def names(self, language: str) -> Mapping[str, ProductEntry]:
        """The names for a message in ``language``; those of the other one are in it too."""
        return self.turkish if language == "tr" else self.english

    def under(self, own: ProductIndex) -> ProductIndex:
        """Both, names of ``own`` first."""
        return ProductIndex({**self.turkish, **own.turkish}, {**self.english, **own.english})

    @cached_property
    def spellings(self) -> Spellings:
        """The words of all names; made at the first need."""
        return Spellings({word for name in self.turkish for word in name.split()})


def product_index(entries: Sequence[ProductEntry]) -> ProductIndex:
    """Index ``entries`` by all their names: first names before further ones, own language first."""
    first: dict[str, ProductEntry] = {}
    second: dict[str, ProductEntry] = {}
    further: dict[str, ProductEntry] = {}
    for entry in entries:
        first.setdefault(key(entry.name_tr), entry)
        second.setdefault(key(entry.name_en), entry)
    for entry in entries:
        for name in (*entry.proper, *entry.aliases):
            further.setdefault(key(name), entry)
    turkish = {**further, **second, **first}
    english = {**first, **further, **second}
    turkish.pop("", None)
    english.pop("", None)
    return ProductIndex(turkish, english)


def _meant(word: str, spellings: Spellings, language: str) -> tuple[str, bool]:
    """The word of some product's name that was meant, and whether it was spelled otherwise."""
    best: tuple[int, int, str] | None = None
    for stem, ending in noun_stems(language)(word):
        found = spellings.closest(stem) if len(stem) > _SURE_STEM or not ending else None
        if found is not None and (best is None or (found[0], len(ending)) < best[:2]):
            best = (found[0], len(ending), found[1])
    return (best[2], best[0] > 0) if best else (word, False)


def longest(
    index: Mapping[str, Entry],
    words: Sequence[str],
    weak: frozenset[str],
    stems_of: Callable[[str], Iterable[tuple[str, str]]],
) -> Found[Entry] | None:
    """The longest name in ``index`` with which ``words`` begin, its last word in any form."""
    for count in range(min(MAX_WORDS, len(words)), 0, -1):
        head = " ".join(words[: count - 1])
        for stem, ending in stems_of(words[count - 1]):
            name = f"{head} {stem}".strip()
            if (entry := index.get(name)) is not None:
                return Found(entry, count, ending, name in weak, name)
    return None


@cache
def bundled() -> Lexicon:
    """The names that come with Iceshop; read once."""
    goods = read_goods()
    weak, weak_english = weak_names(goods)
    return Lexicon(
        products=tuple(
            ProductEntry(row.name_tr, row.name_en, row.spellings, row.category, row.also, row.kind)
            for row in goods
        ),
        gazetteer=bundled_places(),
        weak_products=weak,
        weak_english=weak_english,
    )

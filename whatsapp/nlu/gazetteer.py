"""Named places: one file of them, indexed by every way in which people write their names."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from iceshop.kernel.geo import Point, distance_m
from iceshop.kernel.text import fold
from whatsapp.nlu.endings import place_stems

# Longest name in words; of a longer one the first words are enough.
MAX_WORDS = 5
# Provinces whose districts and quarters are recognised misspelled.
WELL_KNOWN = ("İstanbul", "Ankara", "İzmir", "Bursa", "Antalya")
# A place no farther than this from somebody's home is in that person's city.
CITY_M = 100_000
_NOT_WORD = re.compile(r"[^\w']+")
_VOWELS = frozenset("aeiou")
_SHORTEST_TYPO = 6
_LONG_WORD = 8
_SHORTEST_SKELETON = 4

# What people write for the common noun at the end of a name; the first spelling is the full one.
_NOUNS = (
    ("Caddesi", "cad", "cadde", "cd", "street", "avenue"),
    ("Meydanı", "meydan", "square", "sq"),
    ("İskelesi", "iskele", "vapur iskelesi", "pier", "ferry", "ferry terminal", "ferry pier"),
    ("Sahili", "sahil", "beach", "seaside", "coast"),
    ("Plajı", "plaj", "beach"),
    ("Parkı", "park"),
    ("Korusu", "koru", "grove"),
    ("Üniversitesi", "üniversite", "üni", "university", "uni", "kampüsü", "kampüs", "campus"),
    ("Hastanesi", "hastane", "hospital"),
    ("Havalimanı", "havaalanı", "hava limanı", "havalimani", "airport"),
    ("Köprüsü", "köprü", "bridge"),
    ("Bulvarı", "bulvar", "bulv", "blv", "boulevard"),
    ("Çarşısı", "çarşı", "bazaar", "market"),
    ("Garı", "gar", "tren garı", "station", "train station"),
    ("Kalesi", "kale", "castle"),
    ("Mahallesi", "mahalle", "mah", "mh", "neighbourhood", "neighborhood"),
    ("Camii", "cami", "camisi", "mosque"),
    ("Müzesi", "müze", "museum"),
    ("Stadyumu", "stadı", "stad", "stadium"),
)


def key(text: str) -> str:
    """The matching key of a name: folded words joined by single spaces."""
    return " ".join(_NOT_WORD.sub(" ", fold(text).replace("'", "")).split())


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """A named place; ``kind`` is province, district, neighbourhood, landmark or area.

    ``parent`` is the district or province it lies in. A ``is_rough`` place has the point of its
    district and is taken for a place only where the sentence asks for one.
    """

    name: str
    point: Point
    kind: str
    parent: str = ""
    aliases: tuple[str, ...] = ()
    name_en: str = ""
    province: str = ""
    is_rough: bool = False

    def spellings(self) -> Iterator[str]:
        """Every way to write the name: in English, by other names, with short common nouns."""
        yield self.name
        if self.name_en:
            yield self.name_en
        yield from self.aliases
        for full, *others in _NOUNS:
            if self.name.endswith(f" {full}"):
                bare = self.name.removesuffix(full)
                yield from (f"{bare}{other}" for other in others)

    def lies_in(self, other: PlaceEntry) -> bool:
        """Whether this place is a part of ``other``, which may be its district or province."""
        if other.kind == "district":
            return self.parent == other.name and self.province == other.province
        return other.kind in ("province", "area") and self.province == (
            other.name if other.kind == "province" else other.province
        )


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way to write the name of an entry."""

    text: str
    entry: PlaceEntry


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """Places of one name at the start of some words, likeliest first.

    ``name`` is the folded name, ``words`` how many words it takes and ``ending`` what the last one
    carried; an ``is_weak`` name is an everyday word too, an ``is_never`` name hardly ever meant as
    a place; ``is_typo`` tells that it was spelled otherwise.
    """

    name: str
    spellings: tuple[Spelling, ...]
    words: int
    ending: str
    is_weak: bool = False
    is_never: bool = False
    is_typo: bool = False


@dataclass(frozen=True)
class Gazetteer:
    """All named places. Immutable; made once, for its index takes a moment.

    ``weak`` are folded names that are everyday words too; ``never`` are words that are no place
    without an apostrophe or the province beside them, ``unlike`` ones that
    only look like a name with an ending or a slip.
    """

    places: tuple[PlaceEntry, ...] = ()
    weak: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    unlike: frozenset[str] = frozenset()
    _index: Mapping[str, tuple[Spelling, ...]] = field(init=False, repr=False, compare=False)
    _strong: Mapping[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)
    _skeletons: Mapping[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        index = _indexed(self.places)
        object.__setattr__(self, "_index", index)
        strong: dict[str, list[str]] = {}
        skeletons: dict[str, str] = {}
        for name, spellings in index.items():
            entry = spellings[0].entry
            if " " in name or entry.is_rough or name in self.weak or name in self.never:
                continue
            known = entry.kind == "province" or entry.province in WELL_KNOWN
            if len(name) >= _SHORTEST_TYPO and entry.kind != "landmark" and known:
                strong.setdefault(name[0], []).append(name)
                # Of two names with the same consonants the first one is known better.
                skeletons.setdefault(_skeleton(name), name)
        object.__setattr__(self, "_strong", {k: tuple(v) for k, v in strong.items()})
        object.__setattr__(self, "_skeletons", skeletons)

    def named(self, name: str) -> tuple[PlaceEntry, ...]:
        """All places of exactly this name or alias, likeliest first."""
        return tuple(spelling.entry for spelling in self._index.get(key(name), ()))

    def at(self, words: Sequence[str]) -> FoundPlace | None:
        """The longest name with which the folded ``words`` begin."""
        for count in range(min(MAX_WORDS, len(words)), 0, -1):
            head = " ".join(words[: count - 1])
            for stem, ending in place_stems(words[count - 1]):
                if ending and words[count - 1] in self.unlike:
                    break
                name = f"{head} {stem}".strip()
                found = self._index.get(name)
                if found is not None:
                    never = name in self.never
                    weak = never or name in self.weak or all(s.entry.is_rough for s in found)
                    return FoundPlace(name, found, count, ending, weak, never)
        return None

    def resembling(self, word: str) -> FoundPlace | None:
        """The place of whose name ``word`` is a misspelling or the bare consonants."""
        if word in self.unlike or not word.isascii() or not word.replace("'", "").isalpha():
            return None
        for stem, ending in place_stems(word):
            name = self._skeletons.get(stem) if _is_bare(stem) else self._near(stem)
            if name is not None and stem not in self.unlike:
                return FoundPlace(name, self._index[name], 1, ending, is_typo=True)
        return None

    def _near(self, stem: str) -> str | None:
        if len(stem) < _SHORTEST_TYPO:
            return None
        best: tuple[int, str] | None = None
        for name in self._strong.get(stem[0], ()):
            most = 2 if min(len(stem), len(name)) >= _LONG_WORD else 1
            if abs(len(name) - len(stem)) <= most:
                steps = edits(stem, name, most)
                if steps is not None and (best is None or steps < best[0]):
                    best = steps, name
        return best[1] if best else None


def edits(one: str, other: str, most: int) -> int | None:
    """Fewest insertions, deletions, changes and swaps of neighbours; ``None`` beyond ``most``.

    >>> edits("kadikoy", "kadiköy", 1), edits("besitkas", "besiktas", 1), edits("moda", "soba", 1)
    (1, 1, None)
    """
    if abs(len(one) - len(other)) > most:
        return None
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            steps = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                steps = min(steps, earlier[j - 2] + 1)
            row.append(steps)
        if min(row) > most:
            return None
    return row[-1] if row[-1] <= most else None


def choices(entries: Iterable[PlaceEntry], home: Point | None = None) -> tuple[PlaceEntry, ...]:
    """The places that a name can mean, likeliest first; those of ``home``'s city alone if any.

    Places known only by their district count where no better known one has the name.
    """
    known = tuple(entries)
    if home is not None:
        known = tuple(e for e in known if distance_m(e.point, home) <= CITY_M) or known
    known = tuple(e for e in known if not e.is_rough) or known
    distinct: dict[str, PlaceEntry] = {}
    for entry in known:
        distinct.setdefault(entry.province or entry.name, entry)
    return tuple(distinct.values())


def _skeleton(name: str) -> str:
    return name[0] + "".join(sign for sign in name[1:] if sign not in _VOWELS)


def _is_bare(word: str) -> bool:
    return len(word) >= _SHORTEST_SKELETON and not _VOWELS.intersection(word[1:])


def _indexed(places: Iterable[PlaceEntry]) -> dict[str, tuple[Spelling, ...]]:
    index: dict[str, list[Spelling]] = {}
    for entry in places:
        taken = set()
        for text in entry.spellings():
            folded = key(text)
            if folded and folded not in taken:
                taken.add(folded)
                index.setdefault(folded, []).append(Spelling(text, entry))
    return {name: tuple(found) for name, found in index.items()}


def read_places(text: str) -> tuple[PlaceEntry, ...]:
    """Read the built file: ``name,latitude,longitude,kind,parent,province,name_en,aliases,rough``.

    Aliases are parted by semicolons; an empty province is the parent itself.
    """
    rows = csv.reader(text.splitlines())
    next(rows)
    return tuple(
        PlaceEntry(
            name,
            Point(float(latitude), float(longitude)),
            kind,
            parent,
            tuple(aliases.split(";")) if aliases else (),
            name_en,
            province or parent or name,
            bool(rough),
        )
        for name, latitude, longitude, kind, parent, province, name_en, aliases, rough in rows
    )


@cache
def bundled_places() -> Gazetteer:
    """The places that come with Iceshop; read once."""
    folder = resources.files("whatsapp.nlu") / "data"
    words = tomllib.loads((folder / "place_words.toml").read_text(encoding="utf-8"))
    return Gazetteer(
        places=read_places((folder / "places.csv").read_text(encoding="utf-8")),
        weak=frozenset(map(key, words["weak"])),
        never=frozenset(map(key, words["never"])),
        unlike=frozenset(map(key, words["unlike"])),
    )

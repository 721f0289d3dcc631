"""The catalogue of goods that comes with Iceshop: ``data/products/<category>.csv``.

Columns: name_tr, name_en, kind, also_tr, also_en, spellings. Names are singular and nominative;
spelling without Turkish letters needs no row. An empty ``name_en`` is the Turkish name. ``kind`` is
the English name of the wider product whose wishes this one meets; empty, the longest other English
name with which this one ends; ``-``, none. ``also`` are names as proper as the first, ``spellings``
are not and give the first one; both are parted by semicolons. ``~`` marks a name that is also an
everyday word: it needs a number, an ending or the question about the product beside it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from importlib import resources

from iceshop.kernel.text import fold

WEAK = "~"
_NO_KIND = "-"


@dataclass(frozen=True, slots=True)
class Goods:
    """One row of the catalogue, with its category.

    Names of ``weak_tr`` need support in a Turkish message, those of ``weak_en`` in an English one.
    """

    name_tr: str
    name_en: str
    category: str
    kind: str
    also: tuple[str, ...]
    spellings: tuple[str, ...]
    weak_tr: tuple[str, ...]
    weak_en: tuple[str, ...]


def read_goods() -> tuple[Goods, ...]:
    """All rows, by category; every ``kind`` is the English name of a row or empty."""
    folder = resources.files("whatsapp.nlu") / "data" / "products"
    rows: list[Goods] = []
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        category, _, ending = path.name.partition(".")
        if ending == "csv":
            lines = path.read_text(encoding="utf-8").splitlines()
            rows.extend(_row(cells, category) for cells in csv.reader(lines[1:]))
    known = {fold(row.name_en): row.name_en for row in rows}
    return tuple(replace(row, kind=_kind(row, known)) for row in rows)


def weak_names(rows: Iterable[Goods]) -> tuple[frozenset[str], frozenset[str]]:
    """Folded names that need support, in Turkish and in English messages.

    A name of the other language needs it there too, unless it is also one of this language:
    "pasta" is a cake beyond doubt in Turkish, and an English "bone" is no cap.
    """
    rows = tuple(rows)
    turkish = {fold(name) for row in rows for name in row.weak_tr}
    english = {fold(name) for row in rows for name in row.weak_en}
    own_tr = {fold(row.name_tr) for row in rows} - turkish
    own_en = {fold(row.name_en) for row in rows} - english
    return frozenset(turkish | (english - own_tr)), frozenset(english | (turkish - own_en))


def _row(cells: list[str], category: str) -> Goods:
    name_tr, name_en, kind, *more = cells
    also_tr, also_en, spellings = (tuple(filter(None, cell.split(";"))) for cell in more)
    return Goods(
        _bare(name_tr),
        _bare(name_en or name_tr),
        category,
        kind,
        tuple(dict.fromkeys(map(_bare, (*also_tr, *also_en)))),
        tuple(map(_bare, spellings)),
        _marked(name_tr, *also_tr, *spellings),
        _marked(name_en or name_tr, *also_en, *spellings),
    )


def _marked(*names: str) -> tuple[str, ...]:
    return tuple(_bare(name) for name in names if name.startswith(WEAK))


def _bare(name: str) -> str:
    return name.removeprefix(WEAK)


def _kind(row: Goods, known: dict[str, str]) -> str:
    if row.kind:
        return "" if row.kind == _NO_KIND else row.kind
    return next((known[tail] for tail in _tails(fold(row.name_en)) if tail in known), "")


def _tails(name: str) -> Iterator[str]:
    """The ends of ``name`` that begin with a word, longest first, without all of it."""
    words = name.split()
    return (" ".join(words[start:]) for start in range(1, len(words)))

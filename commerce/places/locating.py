"""From what a program calls a place to a point."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from commerce.places.domain import KIND_ORDER, PlaceKind, name_key
from commerce.places.queries import PlaceCard, find_place, places
from iceshop.kernel.errors import Invalid
from iceshop.kernel.geo import Point

_MOST_CANDIDATES = 5
_WIDE_KINDS = frozenset({PlaceKind.DISTRICT, PlaceKind.PROVINCE, PlaceKind.AREA})


@dataclass(frozen=True, slots=True)
class Located:
    """Where something is; ``is_wide`` for a district and the like, whose middle is a guess."""

    point: Point
    name: str
    is_wide: bool


def locate(text: str, point: Point | None = None) -> Located:
    """Where ``text`` is, in any case, with or without marks; a given ``point`` wins.

    ``Moda, Kadıköy`` says in which district a name is meant. At most four queries.
    Raises: Invalid("location.unknown"), Invalid("location.several"), with ``candidates``.
    """
    if point is not None:
        found = find_place(text)
        return Located(point, found[0].name if found else text.strip(), is_wide=False)
    place = _one(text)
    return Located(place.point, place.name, is_wide=place.kind in _WIDE_KINDS)


def _one(text: str) -> PlaceCard:
    found = find_place(text)
    if not found and "," in text:
        found = _inside(text)
    if not found:
        raise Invalid("location.unknown", location=text[:120], candidates=_close(text))
    likeliest = [one for one in found if KIND_ORDER[one.kind] == KIND_ORDER[found[0].kind]]
    if len(likeliest) > 1:
        names = [f"{one.name}, {one.parent_key}" for one in likeliest]
        raise Invalid("location.several", location=text[:120], candidates=names)
    return found[0]


def _inside(text: str) -> tuple[PlaceCard, ...]:
    name, _, parent = text.partition(",")
    outer = {place.key for place in find_place(parent)} | {name_key(parent).replace(" ", "-")}
    return tuple(place for place in find_place(name) if place.parent_key in outer)


def _close(text: str) -> list[str]:
    """Names that look like ``text``."""
    names = {name_key(place.name): place.name for place in places()}
    close = get_close_matches(name_key(text), names, n=_MOST_CANDIDATES, cutoff=0.6)
    return [names[key] for key in close]

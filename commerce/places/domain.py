"""States, tiles and kinds of places; what makes a store valid."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from zoneinfo import ZoneInfo

from iceshop.kernel.errors import Invalid
from iceshop.kernel.geo import Point
from iceshop.kernel.text import clean, fold

# A close beyond midnight lies on the next day, at most a whole day later.
LAST_CLOSE_MINUTE = 2880
NAME_CAP = 120
_NOT_WORD = re.compile(r"[^\w]+")
_CURRENCY = re.compile(r"[A-Z]{3}")


class StoreState(StrEnum):
    """Whether the store takes part."""

    ACTIVE = "active"
    PAUSED = "paused"


class Tile(StrEnum):
    """The picture that stands for a store."""

    COFFEE = "coffee"
    BAKERY = "bakery"
    PIZZA = "pizza"
    GENERIC = "generic"


class PlaceKind(StrEnum):
    """What a named place is."""

    PROVINCE = "province"
    DISTRICT = "district"
    NEIGHBOURHOOD = "neighbourhood"
    LANDMARK = "landmark"
    AREA = "area"


# A name that two places share means the smaller one less often than the district.
KIND_ORDER = {
    PlaceKind.DISTRICT: 0,
    PlaceKind.NEIGHBOURHOOD: 1,
    PlaceKind.AREA: 2,
    PlaceKind.LANDMARK: 3,
    PlaceKind.PROVINCE: 4,
}


def name_key(text: str) -> str:
    """Return the matching key of a name: folded words joined by single spaces.

    >>> name_key("  Türk  Kahvesi'ni "), name_key("COFFEE-01")
    ('turk kahvesini', 'coffee 01')
    """
    return " ".join(_NOT_WORD.sub(" ", fold(text).replace("'", "").replace("’", "")).split())


def check_timezone(name: str) -> None:
    """Raise Invalid("store.timezone") unless ``name`` is an IANA time zone.

    >>> check_timezone("Europe/Istanbul")
    """
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise Invalid("store.timezone", timezone=name[:60]) from error


def check_currency(code: str) -> None:
    """Raise Invalid("store.currency") unless ``code`` looks like ISO 4217."""
    if not _CURRENCY.fullmatch(code):
        raise Invalid("store.currency", currency=code[:10])


def check_hours(weekly: tuple[tuple[int, int, int], ...]) -> None:
    """Raise Invalid("store.hours") unless all have a weekday 1-7 and open before they close."""
    for weekday, opens, closes in weekly:
        if not (1 <= weekday <= 7 and 0 <= opens < 1440 and opens < closes <= LAST_CLOSE_MINUTE):
            raise Invalid("store.hours", weekday=weekday)


@dataclass(frozen=True, slots=True)
class LogIn:
    """A new account of a shop's owner."""

    username: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class StorePlan:
    """Everything that a seller says about a store; minutes and people as in ``Store``."""

    name: str
    point: Point
    timezone: str
    people_per_five_minutes: int
    address: str = ""
    neighbourhood: str = ""
    currency: str = "TRY"
    max_parallel_windows: int = 1
    window_minutes: int = 20
    lead_minutes: int = 30
    external_id: str = ""
    tile: Tile = Tile.GENERIC


@dataclass(frozen=True, slots=True)
class PlacePlan:
    """A named place to be put; its name is always one of its spellings."""

    key: str
    name: str
    kind: PlaceKind | str
    point: Point
    parent_key: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def spellings(self) -> frozenset[str]:
        """The folded ways to write the name."""
        return frozenset(filter(None, map(name_key, (self.name, *self.aliases))))


def check_place(plan: PlacePlan) -> None:
    """Raise Invalid with ``place.kind`` or ``place.name_missing``."""
    if plan.kind not in list(PlaceKind):
        raise Invalid("place.kind")
    if not name_key(plan.name):
        raise Invalid("place.name_missing")


def check_store(plan: StorePlan) -> None:
    """Raise Invalid with ``store.name_missing``, ``.numbers``, ``.timezone`` or ``.currency``."""
    if not clean(plan.name, NAME_CAP):
        raise Invalid("store.name_missing")
    are_sane = (
        1 <= plan.people_per_five_minutes <= 1000
        and 1 <= plan.max_parallel_windows <= 100
        and 5 <= plan.window_minutes <= 240
        and 0 <= plan.lead_minutes <= 1440
    )
    if not are_sane:
        raise Invalid("store.numbers")
    check_timezone(plan.timezone)
    check_currency(plan.currency)

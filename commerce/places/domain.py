"""States, tiles and kinds of places; what makes a store valid."""

from __future__ import annotations

import re
from enum import StrEnum
from zoneinfo import ZoneInfo

from iceshop.kernel.errors import Invalid

# A close beyond midnight lies on the next day, at most a whole day later.
LAST_CLOSE_MINUTE = 2880
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

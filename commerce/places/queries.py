"""Reading stores and named places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from commerce.places.domain import KIND_ORDER, PlaceKind, StoreState, Tile, name_key
from commerce.places.models import Neighbourhood, Store, StoreHours
from iceshop.infra.prepared import Prepared, given_list
from iceshop.kernel.errors import NotFound
from iceshop.kernel.geo import Point
from iceshop.kernel.time import OpeningHours, TimeRange

# The house lets only sellers that it has checked take part.
VERIFIED = "verified"


@dataclass(frozen=True, slots=True)
class StoreCard:
    """A store as others see it; ``hours`` are wall times of ``zone``."""

    id: UUID
    organisation_id: UUID
    name: str
    address: str
    neighbourhood: str
    point: Point
    timezone: str
    currency: str
    people_per_five_minutes: int
    max_parallel_windows: int
    window_minutes: int
    lead_minutes: int
    state: StoreState
    external_id: str
    tile: Tile
    hours: OpeningHours

    @property
    def zone(self) -> ZoneInfo:
        """The store's time zone."""
        return ZoneInfo(self.timezone)

    def is_open_at(self, instant: datetime) -> bool:
        """Whether the store is open at ``instant``."""
        moment = TimeRange(instant, instant + timedelta(seconds=1))
        return bool(self.hours.open_ranges(moment, self.zone))


@dataclass(frozen=True, slots=True)
class PlaceCard:
    """A named place."""

    key: str
    name: str
    kind: PlaceKind
    parent_key: str
    point: Point
    aliases: tuple[str, ...] = ()


_ACTIVE = Prepared(
    lambda: Store.objects.filter(state=StoreState.ACTIVE, organisation__state=VERIFIED).order_by(
        "id"
    )
)
_SOME = Prepared(lambda: Store.objects.filter(pk__in=given_list("pks", "uuid")))
_HOURS = Prepared(lambda: StoreHours.objects.filter(store_id__in=given_list("stores", "uuid")))


def store_card(store_id: UUID) -> StoreCard:
    """The store. Two queries. Raises: NotFound("store.unknown")."""
    found = _with_hours(_SOME(pks=[store_id]))
    if not found:
        raise NotFound("store.unknown")
    return found[0]


def store_cards(store_ids: Iterable[UUID]) -> dict[UUID, StoreCard]:
    """The stores that exist among ``store_ids``. Two queries."""
    return {card.id: card for card in _with_hours(_SOME(pks=list(store_ids)))}


def store_by_external_id(external_id: str) -> StoreCard | None:
    """The store that a partner's programs call ``external_id``. Two queries."""
    if not external_id:
        return None
    return next(iter(_cards(Store.objects.filter(external_id=external_id))), None)


def active_stores() -> tuple[StoreCard, ...]:
    """Stores that take part: active, of a verified seller; by id. Two queries."""
    return _with_hours(_ACTIVE())


def stores_of(organisation_ids: Iterable[UUID]) -> tuple[StoreCard, ...]:
    """All stores of the organisations, by name. Two queries."""
    rows = Store.objects.filter(organisation_id__in=list(organisation_ids))
    return _cards(rows.order_by("name", "id"))


def all_stores() -> tuple[StoreCard, ...]:
    """Every store, by name; for the house's own people. Two queries."""
    return _cards(Store.objects.order_by("name", "id"))


def find_place(text: str) -> tuple[PlaceCard, ...]:
    """Places of exactly this name or alias, any case, with or without marks; likeliest first.

    Two queries. A district comes before a neighbourhood of the same name.
    """
    key = name_key(text)
    if not key:
        return ()
    rows = Neighbourhood.objects.filter(aliases__folded=key).distinct()
    return tuple(
        sorted(_places(rows), key=lambda place: (KIND_ORDER[place.kind], place.name, place.key))
    )


def places() -> tuple[PlaceCard, ...]:
    """All named places with their folded spellings, by key. Two queries."""
    return _places(Neighbourhood.objects.order_by("key"))


def place_card(key: str) -> PlaceCard:
    """The place. Two queries. Raises: NotFound("place.unknown")."""
    found = _places(Neighbourhood.objects.filter(pk=key))
    if not found:
        raise NotFound("place.unknown")
    return found[0]


def _cards(rows: QuerySet[Store]) -> tuple[StoreCard, ...]:
    return _with_hours(list(rows))


def _with_hours(rows: list[Store]) -> tuple[StoreCard, ...]:
    """Cards of ``rows``; one query for the hours of all, if there are rows at all."""
    hours: dict[UUID, list[StoreHours]] = defaultdict(list)
    for one in _HOURS(stores=[row.pk for row in rows]) if rows else ():
        hours[one.store_id].append(one)
    return tuple(_card(row, hours[row.pk]) for row in rows)


def _card(row: Store, hours: list[StoreHours]) -> StoreCard:
    weekly = sorted((h.weekday, h.opens_minute, h.closes_minute) for h in hours)
    return StoreCard(
        id=row.pk,
        organisation_id=row.organisation_id,
        name=row.name,
        address=row.address,
        neighbourhood=row.neighbourhood,
        point=Point(row.latitude, row.longitude),
        timezone=row.timezone,
        currency=row.currency,
        people_per_five_minutes=row.people_per_five_minutes,
        max_parallel_windows=row.max_parallel_windows,
        window_minutes=row.window_minutes,
        lead_minutes=row.lead_minutes,
        state=StoreState(row.state),
        external_id=row.external_id,
        tile=Tile(row.tile),
        hours=OpeningHours(tuple(weekly)),
    )


def _places(rows: QuerySet[Neighbourhood]) -> tuple[PlaceCard, ...]:
    return tuple(
        PlaceCard(
            key=row.key,
            name=row.name,
            kind=PlaceKind(row.kind),
            parent_key=row.parent_key,
            point=Point(row.latitude, row.longitude),
            aliases=tuple(sorted(alias.folded for alias in row.aliases.all())),
        )
        for row in rows.prefetch_related("aliases")
    )

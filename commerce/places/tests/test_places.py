from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from accounts.identity.tests.factories import NOON
from accounts.orgs.tests.factories import SellerOrganisationFactory
from commerce.places import queries, services
from commerce.places.domain import PlaceKind, StorePlan, StoreState, Tile
from commerce.places.models import NeighbourhoodAlias, Store
from commerce.places.tests.factories import (
    NeighbourhoodAliasFactory,
    NeighbourhoodFactory,
    StoreFactory,
    StoreHoursFactory,
)
from iceshop.infra.audit.models import AuditFact
from iceshop.infra.db import operation, violated_constraint
from iceshop.kernel.actors import SYSTEM
from iceshop.kernel.errors import Conflict, Invalid, NotFound
from iceshop.kernel.geo import Point
from iceshop.kernel.time import OpeningHours

pytestmark = pytest.mark.django_db

PLAN = StorePlan(
    name="Moda Fırını",
    point=Point(40.9868, 29.0258),
    timezone="Europe/Istanbul",
    people_per_five_minutes=8,
    neighbourhood="Caferağa",
    external_id="ST1",
    tile=Tile.BAKERY,
)


def put(
    plan: StorePlan = PLAN, organisation_id: UUID | None = None, **more: Any
) -> queries.StoreCard:
    organisation_id = organisation_id or SellerOrganisationFactory.create().pk
    return operation(services.put_store)(
        organisation_id=organisation_id, plan=plan, now=NOON, **more
    )


def test_store_is_put_with_everything_that_was_said() -> None:
    card = put()
    assert card == queries.StoreCard(
        id=card.id,
        organisation_id=card.organisation_id,
        name="Moda Fırını",
        address="",
        neighbourhood="Caferağa",
        point=Point(40.9868, 29.0258),
        timezone="Europe/Istanbul",
        currency="TRY",
        people_per_five_minutes=8,
        max_parallel_windows=1,
        window_minutes=20,
        lead_minutes=30,
        state=StoreState.ACTIVE,
        external_id="ST1",
        tile=Tile.BAKERY,
        hours=OpeningHours(()),
    )
    assert card.zone.key == "Europe/Istanbul"
    assert queries.store_by_external_id("ST1") == card
    assert queries.store_by_external_id("") is None


def test_store_put_again_is_changed() -> None:
    first = put()
    second = put(replace(PLAN, lead_minutes=2), organisation_id=first.organisation_id)
    third = put(
        replace(PLAN, external_id="", name="Yeni"),
        organisation_id=first.organisation_id,
        store_id=first.id,
    )
    assert (first.id, second.lead_minutes) == (second.id, 2)
    assert (third.id, third.name) == (first.id, "Yeni")
    assert Store.objects.count() == 1


def test_store_of_another_seller_is_never_changed() -> None:
    first = put()
    with pytest.raises(Conflict, match=r"store\.external_id_taken"):
        put()
    with pytest.raises(NotFound, match=r"store\.unknown"):
        put(replace(PLAN, external_id=""), store_id=first.id)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": " "}, "store.name_missing"),
        ({"timezone": "Europe/Kadikoy"}, "store.timezone"),
        ({"timezone": "../etc/passwd"}, "store.timezone"),
        ({"currency": "lira"}, "store.currency"),
        ({"people_per_five_minutes": 0}, "store.numbers"),
        ({"window_minutes": 4}, "store.numbers"),
        ({"lead_minutes": -1}, "store.numbers"),
        ({"max_parallel_windows": 0}, "store.numbers"),
    ],
)
def test_store_that_makes_no_sense_is_refused(change: dict[str, Any], code: str) -> None:
    with pytest.raises(Invalid) as caught:
        put(replace(PLAN, **change))
    assert caught.value.code == code
    assert not Store.objects.exists()


def test_hours_are_replaced() -> None:
    card = put()
    hours = operation(services.set_hours)
    hours(store_id=card.id, weekly=[(1, 540, 1080)])
    card = hours(store_id=card.id, weekly=[(day, 0, 1440) for day in range(7, 0, -1)])
    assert card.hours == OpeningHours(tuple((day, 0, 1440) for day in range(1, 8)))


@pytest.mark.parametrize(
    "weekly",
    [
        [(0, 0, 60)],
        [(8, 0, 60)],
        [(1, 60, 60)],
        [(1, 1440, 1500)],
        [(1, 0, 2881)],
        [(1, 0, 60), (1, 0, 90)],
    ],
)
def test_hours_that_make_no_sense_are_refused(weekly: list[tuple[int, int, int]]) -> None:
    with pytest.raises(Invalid, match=r"store\.hours"):
        operation(services.set_hours)(store_id=put().id, weekly=weekly)


def test_hours_of_an_unknown_store_are_refused() -> None:
    with pytest.raises(NotFound, match=r"store\.unknown"):
        operation(services.set_hours)(store_id=UUID(int=1), weekly=[])


def test_active_stores_are_those_of_verified_sellers_that_are_not_paused() -> None:
    taking_part = StoreFactory.create()
    StoreFactory.create(organisation__state="pending")
    StoreFactory.create(organisation__state="suspended")
    paused = StoreFactory.create()
    for _ in range(2):
        services.set_store_state(store_id=paused.pk, state=StoreState.PAUSED, by=SYSTEM, now=NOON)
    assert [card.id for card in queries.active_stores()] == [taking_part.pk]
    assert list(AuditFact.objects.values_list("action", flat=True)) == ["store.paused"]


@pytest.mark.parametrize("count", [1, 3])
def test_stores_take_two_queries(count: int, django_assert_num_queries: Any) -> None:
    for store in StoreFactory.create_batch(count):
        StoreHoursFactory.create(store=store)
    with django_assert_num_queries(2):
        found = queries.active_stores()
    assert [card.hours.weekly for card in found] == [((1, 540, 1080),)] * count


def test_stores_of_organisations_come_by_name() -> None:
    first = StoreFactory.create(name="B")
    second = StoreFactory.create(name="A")
    StoreFactory.create(name="C")
    wanted = [first.organisation_id, second.organisation_id]
    assert [card.name for card in queries.stores_of(wanted)] == ["A", "B"]
    assert set(queries.store_cards([first.pk, UUID(int=1)])) == {first.pk}


def place(key: str, name: str, kind: PlaceKind, *aliases: str) -> queries.PlaceCard:
    return operation(services.put_neighbourhood)(
        key=key,
        name=name,
        kind=kind,
        point=Point(40.99, 29.02),
        parent_key="istanbul",
        aliases=aliases,
    )


@pytest.mark.parametrize("text", ["Kadıköy", "KADIKÖY", "kadikoy", "  Kadi-Köyü ", "kadiköyü"])
def test_place_is_found_in_any_spelling(text: str) -> None:
    card = place("kadikoy", "Kadıköy", PlaceKind.DISTRICT, "Kadıköyü", "kadi köyü")
    assert queries.find_place(text) == (card,)


def test_district_comes_before_the_village_of_its_name() -> None:
    village = place("kadikoy-silivri", "Kadıköy", PlaceKind.NEIGHBOURHOOD)
    district = place("kadikoy", "Kadıköy", PlaceKind.DISTRICT)
    assert queries.find_place("kadikoy") == (district, village)
    assert queries.places() == (district, village)
    assert queries.place_card("kadikoy") == district


@pytest.mark.parametrize("text", ["", "...", "Atlantis"])
def test_unknown_place_is_not_found(text: str) -> None:
    place("kadikoy", "Kadıköy", PlaceKind.DISTRICT)
    assert queries.find_place(text) == ()


def test_place_put_again_loses_spellings_that_are_gone() -> None:
    place("moda", "Moda", PlaceKind.NEIGHBOURHOOD, "moda burnu")
    card = place("moda", "Moda", PlaceKind.NEIGHBOURHOOD, "moda iskele")
    assert card.aliases == ("moda", "moda iskele")


def test_place_of_no_kind_or_name_is_refused() -> None:
    with pytest.raises(Invalid, match=r"place\.kind"):
        place("x", "X", "planet")  # type: ignore[arg-type]  # the mistake under test
    with pytest.raises(Invalid, match=r"place\.name_missing"):
        place("x", "!", PlaceKind.AREA)
    with pytest.raises(NotFound, match=r"place\.unknown"):
        queries.place_card("x")


@pytest.mark.parametrize(
    ("factory", "columns", "constraint"),
    [
        (StoreFactory, {"latitude": 90.1}, "store_latitude"),
        (StoreFactory, {"longitude": -180.1}, "store_longitude"),
        (StoreFactory, {"people_per_five_minutes": 0}, "store_till_serves"),
        (StoreFactory, {"max_parallel_windows": 0}, "store_parallel_windows"),
        (StoreFactory, {"window_minutes": 241}, "store_window_minutes"),
        (StoreFactory, {"lead_minutes": 1441}, "store_lead_minutes"),
        (StoreFactory, {"state": "gone"}, "store_state"),
        (StoreFactory, {"tile": "rocket"}, "store_tile"),
        (StoreFactory, {"name": ""}, "store_name"),
        (StoreFactory, {"currency": "tl"}, "store_currency"),
        (StoreFactory, {"external_id": "S1"}, "store_external_id"),
        (StoreHoursFactory, {"weekday": 8}, "store_hours_weekday"),
        (StoreHoursFactory, {"closes_minute": 540}, "store_hours_order"),
        (NeighbourhoodFactory, {"kind": "planet"}, "neighbourhood_kind"),
        (NeighbourhoodFactory, {"latitude": -91}, "neighbourhood_latitude"),
        (NeighbourhoodFactory, {"longitude": 181}, "neighbourhood_longitude"),
        (NeighbourhoodAliasFactory, {"folded": ""}, "neighbourhood_alias_folded"),
    ],
)
def test_wrong_row_is_refused(factory: Any, columns: dict[str, Any], constraint: str) -> None:
    StoreFactory.create(external_id="S1")
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        factory.create(**columns)
    assert violated_constraint(caught.value) == constraint


def test_one_opening_and_one_spelling_stand_once() -> None:
    hours, alias = StoreHoursFactory.create(), NeighbourhoodAliasFactory.create()
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        StoreHoursFactory.create(store=hours.store)
    assert violated_constraint(caught.value) == "store_hours_once"
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        NeighbourhoodAlias.objects.create(neighbourhood=alias.neighbourhood, folded=alias.folded)
    assert violated_constraint(caught.value) == "neighbourhood_alias_once"

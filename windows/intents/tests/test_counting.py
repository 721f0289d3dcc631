from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from commerce.forecast import queries as forecast
from commerce.forecast.domain import HOUR
from commerce.forecast.models import CountedHour, DemandCount
from iceshop.infra.db import run_operation
from iceshop.kernel.actors import SYSTEM, Actor
from iceshop.kernel.time import TimeRange
from windows.intents import services
from windows.intents.domain import IntentMove, Wish
from windows.tests.stories import ISTANBUL, NEARBY, NOON, new_person

pytestmark = pytest.mark.django_db

COFFEE = Wish(
    product_text="filtre kahve",
    concept_key="coffee",
    spans=(TimeRange(NOON + 2 * HOUR, NOON + 5 * HOUR),),
    point=NEARBY,
    place_name="Caferağa",
    timezone=ISTANBUL,
)


def declare(person: UUID, wish: Wish = COFFEE, *, key: str, replaces: UUID | None = None) -> UUID:
    card, _ = run_operation(
        services.declare_intent,
        person_id=person,
        source_key=key,
        wish=wish,
        by=Actor.person(person),
        now=NOON,
        replaces=replaces,
    )
    return card.id


def counted() -> list[tuple[int, str, int]]:
    rows = DemandCount.objects.order_by("hour_id", "kind")
    return [(int((row.hour_id - NOON) / HOUR), row.kind, row.wishes) for row in rows]


def test_wish_counts_once_in_the_hour_from_which_on_it_is_wanted() -> None:
    later = replace(COFFEE, spans=(*COFFEE.spans, TimeRange(NOON + 7 * HOUR, NOON + 8 * HOUR)))
    declare(new_person(), later, key="a")
    declare(new_person(), replace(COFFEE, concept_key="tea"), key="b")
    assert services.count_demand(now=NOON + 4 * HOUR) == 2
    assert counted() == [(2, "coffee", 1), (2, "tea", 1)]
    assert CountedHour.objects.count() == 2


def test_counting_again_changes_nothing_and_goes_on_where_it_ended() -> None:
    declare(new_person(), key="a")
    services.count_demand(now=NOON + 3 * HOUR)
    declare(new_person(), key="b")
    assert services.count_demand(now=NOON + 5 * HOUR + timedelta(minutes=59)) == 5
    assert services.count_demand(now=NOON + 5 * HOUR + timedelta(minutes=59)) == 3
    assert counted() == [(2, "coffee", 2)]
    assert forecast.counted_until() == NOON + 5 * HOUR


def test_wish_that_was_put_right_counts_once() -> None:
    person = new_person()
    first = declare(person, key="a")
    declare(person, replace(COFFEE, concept_key="tea"), key="b", replaces=first)
    services.count_demand(now=NOON + 4 * HOUR)
    assert counted() == [(2, "tea", 1)]


def test_wish_for_any_place_is_of_no_cell() -> None:
    declare(new_person(), replace(COFFEE, point=None), key="a")
    services.count_demand(now=NOON + 4 * HOUR)
    assert counted() == []
    assert CountedHour.objects.count() == 2


def test_clock_that_was_set_back_counts_nothing() -> None:
    declare(new_person(), key="a")
    services.count_demand(now=NOON + 9 * HOUR)
    assert services.count_demand(now=NOON + 2 * HOUR) == 0
    assert counted() == [(2, "coffee", 1)]


def test_nothing_is_counted_before_the_first_wish() -> None:
    assert services.count_demand(now=NOON) == 0
    assert forecast.counted_until() is None


def test_expired_wishes_of_five_people_are_told_as_unserved() -> None:
    people = [new_person() for _ in range(5)]
    first, *rest = [declare(person, key=str(person)) for person in people]
    run_operation(
        services.move, intent_id=first, move=IntentMove.CANCEL, by=SYSTEM, now=NOON, reason=""
    )
    services.expire_due(now=NOON + 5 * HOUR)
    services.count_demand(now=NOON + 6 * HOUR)
    assert (len(rest), forecast.unserved_demand(NEARBY)) == (4, ())
    declare(people[0], replace(COFFEE, spans=(TimeRange(NOON, NOON + HOUR),)), key="again")
    services.expire_due(now=NOON + 7 * HOUR)
    services.count_demand(now=NOON + 8 * HOUR)
    assert [(one.kind, one.people, one.wishes) for one in forecast.unserved_demand(NEARBY)] == [
        ("coffee", 5, 5)
    ]

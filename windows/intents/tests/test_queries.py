from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from iceshop.infra.db import run_operation
from iceshop.kernel.actors import SYSTEM
from iceshop.kernel.geo import Point
from windows.intents import queries, services
from windows.intents.domain import IntentMove
from windows.intents.queries import IntentCard
from windows.tests.stories import NEARBY, NOON, minutes, new_person, wish

pytestmark = pytest.mark.django_db

KARTAL = Point(40.8890, 29.1855)


def end(card: IntentCard, move: IntentMove = IntentMove.CANCEL) -> None:
    run_operation(services.move, intent_id=card.id, move=move, by=SYSTEM, now=NOON)


def test_live_wishes_of_a_person_come_newest_first() -> None:
    person = new_person()
    old = wish(person)
    ended = wish(person, now=NOON + minutes(1))
    new = wish(person, now=NOON + minutes(2))
    wish(new_person())
    end(ended)
    end(old, IntentMove.PAUSE)

    assert [card.id for card in queries.live_intents(person)] == [new.id, old.id]


def test_open_wishes_are_those_a_round_may_place() -> None:
    first, paused, short = (wish(new_person(), hours=hours) for hours in (3, 3, 1))
    end(paused, IntentMove.PAUSE)

    def ids(now_in: timedelta) -> list[object]:
        return [card.id for card in queries.open_intents(now=NOON + now_in)]

    assert ids(timedelta()) == [first.id, short.id]
    assert ids(timedelta(hours=1)) == [first.id]


def test_unknown_wish_is_none() -> None:
    assert queries.intent_card(uuid4()) is None
    assert queries.intents([uuid4()]) == {}


@pytest.mark.parametrize("number", [2, 4])
def test_reading_takes_two_queries_however_many_wishes(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cards = [wish(new_person()) for _ in range(number)]

    with django_assert_num_queries(2):
        assert len(queries.open_intents(now=NOON)) == number
    with django_assert_num_queries(2):
        assert queries.intents(card.id for card in cards) == {card.id: card for card in cards}
    with django_assert_num_queries(2):
        assert queries.people_near(cards[0], now=NOON) == number


def test_people_near_want_the_same_within_reach_at_the_same_time() -> None:
    card = wish(new_person(), party_size=2)
    wish(new_person(), party_size=3)
    wish(new_person(), point=None)
    wish(new_person(), point=KARTAL, party_size=9)
    wish(new_person(), concept="tea", party_size=9)
    end(wish(new_person(), party_size=9))
    wish(new_person(), now=NOON + timedelta(hours=4), party_size=9)

    assert queries.people_near(card, now=NOON) == 6


def test_near_means_that_both_radii_meet() -> None:
    card = wish(new_person(), point=NEARBY)
    far = wish(new_person(), point=KARTAL)
    assert queries.people_near(card, now=NOON) == 1

    run_operation(services.widen, intent_id=far.id, radius_m=50_000, now=NOON)

    assert queries.people_near(card, now=NOON) == 2

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from iceshop.infra.db import run_operation
from iceshop.kernel.actors import SYSTEM
from windows.negotiation import queries, services
from windows.negotiation.domain import AskState, Economics
from windows.negotiation.queries import LiveAskMember
from windows.tests.stories import NOON, Shop, buyer, minutes, new_ask, new_shop

pytestmark = pytest.mark.django_db

TEN_PAST = NOON + minutes(10)


def refuse(ask_id: UUID) -> None:
    run_operation(services.refuse, ask_id=ask_id, by=SYSTEM, now=NOON)


def shops(number: int) -> list[Shop]:
    return [new_shop(name=f"Dükkân {place}") for place in range(number)]


def test_state_in_force_goes_by_the_clock_where_the_tick_is_late() -> None:
    ask = new_ask(new_shop(), buyer(), buyer())

    in_time = queries.ask_card(ask.id, now=TEN_PAST - timedelta(seconds=1))
    late = queries.ask_card(ask.id, now=TEN_PAST)

    assert in_time is not None
    assert late is not None
    assert (in_time.state, late.state) == (AskState.ASKED, AskState.EXPIRED)
    assert queries.live_asks(now=TEN_PAST) == ()
    assert queries.live_members(now=TEN_PAST) == ()


def test_live_asks_come_most_urgent_first_and_by_store() -> None:
    first, second, third = shops(3)
    slow = new_ask(first, buyer(), buyer(), answer_in=10)
    fast = new_ask(second, buyer(), buyer(), answer_in=5)
    refuse(new_ask(third, buyer(), buyer()).id)

    assert [card.id for card in queries.live_asks(now=NOON)] == [fast.id, slow.id]
    of_first = queries.live_asks(now=NOON, store_ids=[first.store_id])
    assert [card.id for card in of_first] == [slow.id]
    assert queries.live_asks(now=NOON, store_ids=[]) == ()


def test_recent_asks_of_a_store_come_newest_first() -> None:
    shop, other = shops(2)
    first = new_ask(shop, buyer(), buyer())
    refuse(first.id)
    second = new_ask(shop, buyer(), buyer(), now=NOON + minutes(1))
    new_ask(other, buyer(), buyer())

    recent = queries.recent_asks(store_id=shop.store_id, now=NOON)
    assert [card.id for card in recent] == [second.id, first.id]
    latest = queries.recent_asks(store_id=shop.store_id, now=NOON, limit=1)
    assert [card.id for card in latest] == [second.id]


def test_members_of_live_asks() -> None:
    person = buyer(party_size=2)
    assert person.intent_id is not None
    ask = new_ask(new_shop(), person)

    member = LiveAskMember(ask.id, person.intent_id, person.person_id, 2)
    assert queries.live_members(now=NOON) == (member,)

    refuse(ask.id)
    assert queries.live_members(now=NOON) == ()


def test_offering_rests_after_a_no_and_shorter_after_silence() -> None:
    refusing, silent, willing = shops(3)
    refuse(new_ask(refusing, buyer(), buyer()).id)
    new_ask(silent, buyer(), buyer())
    services.expire_due(now=TEN_PAST)
    new_ask(willing, buyer(), buyer(), now=TEN_PAST)

    assert queries.resting_offerings(now=TEN_PAST) == {
        refusing.offering_id: NOON + timedelta(minutes=60),
        silent.offering_id: TEN_PAST + timedelta(minutes=15),
    }
    assert queries.resting_offerings(now=NOON + minutes(25)) == {
        refusing.offering_id: NOON + timedelta(minutes=60)
    }
    assert queries.resting_offerings(now=NOON + minutes(60)) == {}


def test_longest_rest_counts() -> None:
    shop = new_shop()
    refuse(new_ask(shop, buyer(), buyer()).id)
    new_ask(shop, buyer(), buyer())
    services.expire_due(now=TEN_PAST)

    assert queries.resting_offerings(now=TEN_PAST) == {shop.offering_id: NOON + minutes(60)}


def test_economics_count_the_most_people_at_the_asked_or_another_price() -> None:
    ask = new_ask(new_shop(), buyer(), buyer(), max_people=10)

    assert ask.economics(cost_minor=6_000) == Economics(6_000, 25_000, 5)
    other = ask.economics(cost_minor=6_000, price_minor=11_000)
    assert other == Economics(5_000, 35_000, 7)


def test_unknown_ask_is_none() -> None:
    assert queries.ask_card(uuid4(), now=NOON) is None


@pytest.mark.parametrize("number", [1, 3])
def test_reading_takes_one_query_however_many_asks(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for shop in shops(number):
        new_ask(shop, buyer(), buyer())

    with django_assert_num_queries(1):
        assert len(queries.live_asks(now=NOON)) == number
    with django_assert_num_queries(1):
        assert len(queries.live_members(now=NOON)) == 2 * number
    with django_assert_num_queries(1):
        queries.resting_offerings(now=NOON)

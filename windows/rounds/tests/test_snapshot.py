"""What the engine is shown."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from commerce.pricing import services as pricing
from commerce.pricing.domain import TermsPlan
from commerce.stock import services as stock
from iceshop.infra.db import run_operation
from iceshop.kernel.actors import SYSTEM
from iceshop.kernel.geo import Point
from iceshop.kernel.time import TimeRange
from windows.intents import services as intents
from windows.negotiation.models import Ask
from windows.rounds import snapshot
from windows.rounds.tests.deeds import ANSWER, row_of, run, shop_with_ladder
from windows.tests.stories import NOON, buyer, new_person, new_shop, new_window, wish

pytestmark = pytest.mark.django_db


def test_group_is_no_larger_than_the_till_can_serve_in_the_window() -> None:
    shop = shop_with_ladder()
    for minutes_long, most in ((5, 10), (10, 20), (60, 20)):
        run_operation(
            pricing.put_terms,
            offering_id=shop.offering_id,
            terms=TermsPlan(floor_price_minor=10_000, window_minutes=minutes_long, max_people=20),
            by=SYSTEM,
            now=NOON,
        )
        (offer,) = snapshot.take(now=NOON).snapshot.offers
        assert offer.max_group == most


def test_snapshot_says_what_stands_in_the_tables() -> None:
    shop = shop_with_ladder()
    person = buyer(party_size=2)
    window = new_window(shop, buyer("Mert"), starts_in=90, seats=5)
    stock.correct_to(
        offering_id=shop.offering_id, on_hand=9, by=SYSTEM, source_key="count", now=NOON
    )

    taken = snapshot.take(now=NOON + timedelta(seconds=30)).snapshot

    assert taken.t0 == NOON
    (store,) = taken.stores
    assert (store.latitude_udeg, store.longitude_udeg) == (40_982_600, 29_025_800)
    assert store.open == ((0, 2880),)
    assert (store.capacity_per_slot, store.max_parallel) == (40, 3)
    (offer,) = taken.offers
    assert (offer.stock, offer.base_price_minor, offer.floor_price_minor) == (4, 14_500, 10_000)
    assert [(tier.size, tier.price_minor) for tier in offer.tiers] == [(2, 12_000)]
    assert (offer.window_slots, offer.min_lead_min, offer.mandate) == (10, 3, False)
    assert (offer.max_group, offer.blocked_until) == (20, None)
    intent = next(one for one in taken.intents if one.key == str(person.intent_id))
    assert intent.available == ((0, 180),)
    assert (intent.quantity, intent.max_distance_m, intent.show_permille) == (2, 1_500, 859)
    assert [(want.product, want.max_unit_price_minor) for want in intent.wants] == [
        ("coffee", 13_000)
    ]
    (live,) = taken.windows
    assert (live.key, live.start, live.end) == (str(window.id), 90, 110)
    assert (live.seats_max, live.seats_taken, live.seats_held, live.seats_free) == (5, 0, 1, 4)


def test_time_is_cut_to_whole_minutes_inside_what_the_buyer_said() -> None:
    shop_with_ladder()
    card = wish(new_person())
    span = TimeRange(NOON + timedelta(seconds=90), NOON + timedelta(seconds=330))
    run_operation(intents.retime, intent_id=card.id, spans=(span,), now=NOON)

    (intent,) = snapshot.take(now=NOON).snapshot.intents
    assert intent.available == ((2, 5),)


def test_offering_without_ladder_or_price_is_not_shown() -> None:
    shop_with_ladder()
    new_shop(name="Merdivensiz")

    assert len(snapshot.take(now=NOON).snapshot.offers) == 1


def test_live_ask_takes_its_people_and_its_time() -> None:
    shop_with_ladder()
    people = buyer("Elif"), buyer("Mert", party_size=2)
    run()

    (ask,) = snapshot.take(now=NOON).snapshot.asks
    assert set(ask.intents) == {str(one.intent_id) for one in people}
    assert set(ask.persons) == {str(one.person_id) for one in people}
    assert (ask.people, ask.answer_by) == (3, 2)
    assert snapshot.take(now=NOON + ANSWER).snapshot.asks == ()


def test_wish_for_any_place_reaches_every_shop() -> None:
    shop_with_ladder()
    for name in ("Elif", "Mert"):
        buyer(name, point=None)

    run()

    assert Ask.objects.exists()


def test_wish_beyond_its_reach_waits_for_a_reason() -> None:
    shop_with_ladder()
    far = Point(41.0425, 29.0090)
    people = [buyer(name, point=far) for name in ("Elif", "Mert")]

    run()

    assert not Ask.objects.exists()
    assert {row_of(one).wait_reason for one in people} == {"distance.too_far"}


@pytest.mark.parametrize("number", [2, 6])
def test_snapshot_takes_as_many_queries_however_many_wishes(
    number: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    shop = shop_with_ladder()
    new_window(shop, starts_in=60, seats=2)
    for _ in range(number):
        buyer()

    with django_assert_max_num_queries(23):
        snapshot.take(now=NOON)

"""What a round looks at: only what is new, and only the parts that it touches."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from commerce.pricing import services as pricing
from commerce.pricing.domain import Tier
from commerce.stock import services as stock
from iceshop.infra.db import run_operation
from iceshop.kernel.actors import SYSTEM
from windows.negotiation.models import Ask
from windows.rounds import services, sources
from windows.rounds.desk import AT_LEAST_EVERY, look
from windows.rounds.models import RoundPart
from windows.rounds.services import RoundReport
from windows.rounds.tests.deeds import refuse, row_of, run, shop_with_ladder
from windows.tests.stories import (
    NOON,
    Shop,
    buyer,
    new_ask,
    new_person,
    new_shop,
    new_window,
    take_seat,
    wish,
)

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(seconds=10)


def tea_shop(people: int = 4) -> Shop:
    shop = new_shop(name="Çaycı", concept="tea")
    run_operation(
        pricing.set_ladder,
        offering_id=shop.offering_id,
        tiers=[Tier.fixed(people, 12_000)],
        by=SYSTEM,
        now=NOON,
    )
    return shop


def counted(shop: Shop, units: int) -> None:
    stock.correct_to(
        offering_id=shop.offering_id, on_hand=units, by=SYSTEM, source_key="count", now=NOON
    )


def settle(now: datetime = NOON) -> None:
    """Run rounds until there is nothing to decide."""
    while look(now=now).open:
        run(now)


def test_round_in_which_nothing_is_new_asks_the_database_once(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    shop = shop_with_ladder(people=5)
    new_window(shop, buyer("Ece"), starts_in=60)
    buyer("Elif")
    settle()

    with django_assert_num_queries(1):
        assert run(LATER) == RoundReport(intents=2, decided=0)


def test_round_with_one_new_wish_reads_little(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    shop_with_ladder(people=5)
    buyer()
    settle()
    wish(new_person(), concept="ney")

    with django_assert_max_num_queries(20):
        assert run(LATER) == RoundReport(intents=2, decided=1)


def test_every_table_that_is_read_is_watched() -> None:
    shop = shop_with_ladder(people=2)
    person = buyer("Deniz")
    take_seat(new_window(shop, person, buyer("Ece"), starts_in=60), person.person_id)
    other = shop_with_ladder(name="Bahariye", people=3)
    counted(other, 7)
    new_ask(other, buyer("Elif"), buyer("Mert"), starts_in=200)
    settle()

    with CaptureQueriesContext(connection) as seen:
        sources.Memory().read(now=NOON)

    marks, *reads = (query["sql"] for query in seen.captured_queries)
    read = {name for sql in reads for name in re.findall(r'(?:FROM|JOIN) "(\w+)"', sql)}
    watched = set(re.findall(r"(?:FROM|JOIN) (\w+_\w+)", marks))
    assert len(read) > 14
    assert read - watched == set()


def decided_at(shop: Shop) -> datetime:
    return RoundPart.objects.get(pk=f"store:{shop.store_id}").decided_at


def test_new_wish_touches_only_its_part() -> None:
    coffee, tea = shop_with_ladder(people=4), tea_shop()
    buyer("Elif")
    wish(new_person(), concept="tea")
    settle()
    assert (decided_at(coffee), decided_at(tea)) == (NOON, NOON)

    buyer("Mert")
    assert run(LATER) == RoundReport(intents=3, decided=2)

    assert (decided_at(coffee), decided_at(tea)) == (LATER, NOON)


def test_stock_and_answers_are_new_too() -> None:
    coffee, tea = shop_with_ladder(people=2), tea_shop()
    wish(new_person(), concept="tea")
    settle()
    counted(tea, 1)
    run(LATER)
    assert decided_at(tea) == LATER

    for name in ("Elif", "Mert"):
        buyer(name)
    settle(LATER)
    refuse(LATER)
    after = LATER + timedelta(seconds=10)
    run(after)
    assert (decided_at(coffee), decided_at(tea)) == (after, LATER)


def test_promise_wakes_a_part_at_its_moment() -> None:
    shop = shop_with_ladder(people=5)
    row = row_of(buyer())
    settle()
    assert row.answer_by > NOON

    before = min(row.answer_by, NOON + AT_LEAST_EVERY) - timedelta(seconds=1)
    assert look(now=before).open == ()
    settle(row.answer_by)

    assert decided_at(shop) == row.answer_by
    row.refresh_from_db()
    assert row.promised_told_at == row.answer_by


def test_waiting_counts_though_nothing_happens() -> None:
    shop = shop_with_ladder(people=5)
    buyer()
    settle()

    run(NOON + AT_LEAST_EVERY)

    assert decided_at(shop) == NOON + AT_LEAST_EVERY


def test_round_that_runs_out_of_time_applies_what_it_has_and_goes_on_next_time() -> None:
    shop_with_ladder(people=2)
    tea_shop(people=2)
    for concept in ("coffee", "coffee", "tea", "tea"):
        wish(new_person(), concept=concept)

    assert services.run(now=NOON, budget_seconds=0) == RoundReport(intents=4, decided=1)
    assert Ask.objects.count() == 1

    assert services.run(now=LATER, budget_seconds=0) is not None
    settle(LATER)
    assert Ask.objects.count() == 2

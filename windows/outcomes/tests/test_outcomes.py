from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from commerce.stock.models import StockReservation
from commerce.stock.queries import StockCard, stock_card
from iceshop.infra.db import run_operation
from iceshop.kernel.actors import SYSTEM
from iceshop.tests.witness import nothing_written
from windows.engine.types import Expected
from windows.flash import services as windows
from windows.flash.queries import WindowCard, seat_of
from windows.flash.services import InvitedPerson
from windows.outcomes import queries, services
from windows.outcomes.domain import show_permille
from windows.outcomes.models import SeatOutcome, WindowResult
from windows.outcomes.queries import ResultCard
from windows.tests.stories import (
    NOON,
    Shop,
    buyer,
    minutes,
    new_person,
    new_shop,
    new_window,
    show_pass,
    take_seat,
    wish,
)
from windows.tests.traces import Planned, planned

pytestmark = pytest.mark.django_db

STARTS, ENDS = NOON + minutes(60), NOON + minutes(80)
NEXT_MORNING = datetime(2025, 11, 20, 7, 0, tzinfo=UTC)


@pytest.fixture
def shop() -> Shop:
    return new_shop()


@pytest.fixture
def people() -> tuple[InvitedPerson, ...]:
    return buyer("Elif"), buyer("Mert", party_size=2), buyer("Ali", party_size=3)


def played(
    shop: Shop,
    people: tuple[InvitedPerson, ...],
    *,
    came: int,
    starts_in: int = 60,
    base_price_minor: int = 14_500,
) -> WindowCard:
    """A window that is over: all took seats, the first ``came`` of them came."""
    window = new_window(shop, *people, starts_in=starts_in, base_price_minor=base_price_minor)
    seats = [take_seat(window, person.person_id) for person in people]
    for seat in seats[:came]:
        assert show_pass(shop, seat, now=window.starts_at + minutes(1)).is_admitted
    windows.move_due(now=window.ends_at)
    return window


def test_result_counts_people_money_and_what_was_expected(
    shop: Shop, people: tuple[InvitedPerson, ...]
) -> None:
    window = played(shop, people, came=2)

    assert services.record_due(now=ENDS + timedelta(seconds=4)) == 1

    assert queries.result_of(window.id) == ResultCard(
        window_id=window.id,
        predicted=Expected(mean_milli=5_100, low=3, high=6, range_permille=800),
        confirmed=6,
        came=3,
        missed=3,
        new_people=3,
        revenue_minor=35_400,
        discount_minor=8_100,
        currency="TRY",
    )
    assert WindowResult.objects.get().recorded_at == ENDS + timedelta(seconds=4)


def test_every_seat_has_its_outcome(shop: Shop, people: tuple[InvitedPerson, ...]) -> None:
    window = played(shop, people, came=1)
    services.record_due(now=ENDS + minutes(90))

    rows = SeatOutcome.objects.order_by("people").values_list(
        "person_id", "window_id", "kind", "people", "paid_minor", "at"
    )
    came_at = STARTS + minutes(1)
    assert list(rows) == [
        (people[0].person_id, window.id, "redeemed", 1, 11_800, came_at),
        (people[1].person_id, window.id, "no_show", 2, 0, ENDS),
        (people[2].person_id, window.id, "no_show", 3, 0, ENDS),
    ]


def test_stock_is_sold_for_those_who_came_and_free_for_the_rest(
    shop: Shop, people: tuple[InvitedPerson, ...]
) -> None:
    played(shop, people, came=2)
    assert stock_card(shop.offering_id).reserved == 18

    services.record_due(now=ENDS)

    assert stock_card(shop.offering_id) == StockCard(shop.offering_id, on_hand=17, reserved=0)


def test_window_is_recorded_once(shop: Shop, people: tuple[InvitedPerson, ...]) -> None:
    window = played(shop, people, came=1)
    services.record_due(now=ENDS)

    with nothing_written():
        assert services.record_due(now=ENDS) == 0
        assert not services.record(window_id=window.id, now=ENDS)


def test_window_that_is_not_over_is_not_recorded(shop: Shop) -> None:
    window = new_window(shop)

    with nothing_written():
        assert services.record_due(now=ENDS + minutes(9)) == 0
        assert not services.record(window_id=window.id, now=NOON)
        assert not services.record(window_id=uuid4(), now=NOON)


def test_window_in_which_nobody_had_a_seat_has_an_empty_result(shop: Shop) -> None:
    window = played(shop, (), came=0)
    services.record_due(now=ENDS)

    result = queries.result_of(window.id)
    assert result is not None
    assert (result.confirmed, result.came, result.revenue_minor) == (0, 0, 0)
    assert result.predicted == Expected(0, 0, 0, 800)
    assert stock_card(shop.offering_id).free == 20


def test_words_follow_to_each(shop: Shop, people: tuple[InvitedPerson, ...]) -> None:
    window = played(shop, people, came=1)
    soon = ENDS + timedelta(seconds=5)
    services.record_due(now=soon)

    after = {
        outcome.person_id: planned(outcome.seat_id)[-1] for outcome in SeatOutcome.objects.all()
    }
    came, missed = people[0].person_id, people[1].person_id
    assert after[came] == Planned("after", came, soon, ENDS + timedelta(hours=2), "due", "")
    assert after[missed] == Planned(
        "did_not_come", missed, NEXT_MORNING, NEXT_MORNING + timedelta(hours=8), "due", ""
    )
    result = Planned("seller_result", shop.seller_id, soon, ENDS + timedelta(hours=12), "due", "")
    assert planned(window.id)[-1] == result


def test_run_that_comes_a_day_late_says_only_what_is_still_of_use(
    shop: Shop, people: tuple[InvitedPerson, ...]
) -> None:
    window = played(shop, people, came=1)

    services.record_due(now=NEXT_MORNING + timedelta(hours=1))

    said = {
        planned(seat_id)[-1].kind
        for seat_id in SeatOutcome.objects.values_list("seat_id", flat=True)
    }
    assert "after" not in said
    assert "did_not_come" in said
    assert "seller_result" not in {one.kind for one in planned(window.id)}


def test_known_people_are_not_new_at_the_same_store(
    shop: Shop, people: tuple[InvitedPerson, ...]
) -> None:
    played(shop, people[:2], came=1)
    services.record_due(now=ENDS)
    others = new_shop(name="Bahariye")

    def again(person: InvitedPerson) -> InvitedPerson:
        card = wish(person.person_id, party_size=person.party_size)
        return InvitedPerson(person.person_id, card.id, person.party_size)

    known, missed = again(people[0]), again(people[1])
    here = played(shop, (known, missed), came=2, starts_in=120)
    there = played(others, (again(people[0]),), came=1, starts_in=180)
    services.record_due(now=there.ends_at)

    results = queries.results_of([here.id, there.id, uuid4()])
    assert {key: (card.came, card.new_people) for key, card in results.items()} == {
        here.id: (3, 2),
        there.id: (1, 1),
    }


def test_price_above_the_list_price_is_no_discount(
    shop: Shop, people: tuple[InvitedPerson, ...]
) -> None:
    window = played(shop, people, came=1, base_price_minor=11_000)
    services.record_due(now=ENDS)

    result = queries.result_of(window.id)
    assert result is not None
    assert (result.revenue_minor, result.discount_minor) == (11_800, 0)


def cancel(window: WindowCard, *, now: datetime) -> None:
    run_operation(windows.cancel_window, window_id=window.id, reason="fırın", by=SYSTEM, now=now)


def test_cancelled_window_has_no_result(shop: Shop, people: tuple[InvitedPerson, ...]) -> None:
    window = new_window(shop, *people)
    take_seat(window, people[0].person_id)
    cancel(window, now=NOON)

    assert services.record_due(now=NOON) == 0

    assert queries.result_of(window.id) is None
    assert not SeatOutcome.objects.exists()
    with nothing_written():
        assert services.record_due(now=ENDS) == 0


def test_what_was_sold_before_a_cancelling_counts(
    shop: Shop, people: tuple[InvitedPerson, ...]
) -> None:
    window = new_window(shop, *people)
    seat = take_seat(window, people[1].person_id)
    take_seat(window, people[0].person_id)
    show_pass(shop, seat, now=STARTS)
    cancel(window, now=STARTS + minutes(1))

    assert services.record_due(now=STARTS + minutes(1)) == 1

    result = queries.result_of(window.id)
    assert result is not None
    assert (result.confirmed, result.came, result.missed, result.revenue_minor) == (2, 2, 0, 23_600)
    assert [row.kind for row in SeatOutcome.objects.all()] == ["redeemed"]
    assert stock_card(shop.offering_id) == StockCard(shop.offering_id, on_hand=18, reserved=0)


def test_window_that_cannot_be_recorded_leaves_the_others(
    shop: Shop, people: tuple[InvitedPerson, ...]
) -> None:
    broken = played(shop, people[:1], came=1)
    whole = played(new_shop(name="Bahariye"), people[1:2], came=1)
    StockReservation.objects.filter(source_key=f"window:{broken.id}").update(source_key="lost")

    assert services.record_due(now=ENDS) == 1

    assert set(queries.results_of([broken.id, whole.id])) == {whole.id}
    StockReservation.objects.filter(source_key="lost").update(source_key=f"window:{broken.id}")
    assert services.record_due(now=ENDS) == 1
    assert set(queries.results_of([broken.id, whole.id])) == {broken.id, whole.id}


# What somebody did.


def note(person_id: UUID, shop: Shop, *, came: int, missed: int) -> None:
    """``came`` and ``missed`` windows of a person in the past."""
    for number in range(came + missed):
        when = NOON - timedelta(days=number + 1)
        window = new_window(shop, starts_in=2, now=when, seats=1)
        run_operation(
            windows.join,
            window_id=window.id,
            person_id=person_id,
            party_size=1,
            intent_id=None,
            by=SYSTEM,
            now=when,
        )
        if number < came:
            seat = seat_of(window_id=window.id, person_id=person_id)
            assert seat is not None
            show_pass(shop, seat, now=window.starts_at)
        windows.move_due(now=window.ends_at)
        services.record_due(now=window.ends_at)


def test_show_rate_follows_what_somebody_did(shop: Shop) -> None:
    reliable, absent, unknown = (new_person() for _ in range(3))
    note(reliable, shop, came=2, missed=0)
    note(absent, new_shop(name="Bahariye"), came=0, missed=2)

    assert queries.show_rates([reliable, absent, unknown]) == {
        reliable: show_permille(came=2, missed=0),
        absent: show_permille(came=0, missed=2),
        unknown: 850,
    }
    assert show_permille(came=2, missed=0) == 900
    assert show_permille(came=0, missed=2) == 566


def test_reading_of_results_takes_one_query(
    shop: Shop,
    people: tuple[InvitedPerson, ...],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    window = played(shop, people, came=1)
    services.record_due(now=ENDS)

    with django_assert_num_queries(1):
        queries.results_of([window.id])
    with django_assert_num_queries(1):
        queries.show_rates(person.person_id for person in people)

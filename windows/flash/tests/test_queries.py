from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from iceshop.infra.db import run_operation
from iceshop.kernel.money import Money
from iceshop.kernel.time import TimeRange
from windows.flash import queries, services
from windows.flash.domain import SeatState, WindowState
from windows.flash.queries import PeopleCounts, WindowCard
from windows.flash.services import InvitedPerson
from windows.flash.tests.deeds import cancel, release, set_off
from windows.tests.stories import (
    NOON,
    Shop,
    buyer,
    fill,
    minutes,
    new_shop,
    new_window,
    show_pass,
    take_seat,
)

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)


def ids(windows: tuple[WindowCard, ...]) -> list[UUID]:
    return [window.id for window in windows]


def test_card_knows_price_discount_and_benefit(shop: Shop) -> None:
    window = new_window(shop, benefit=("çay bizden", "tea is on us"))

    assert (window.price, window.before) == (Money(11_800, "TRY"), Money(14_500, "TRY"))
    assert window.discount_bp == 1_862
    assert (window.benefit("tr"), window.benefit("en")) == ("çay bizden", "tea is on us")
    assert window.span == TimeRange(NOON + minutes(60), NOON + minutes(80))
    assert str(window.zone) == "Europe/Istanbul"


def test_unknown_things_are_none(person: InvitedPerson) -> None:
    assert queries.window_card(uuid4(), now=NOON) is None
    assert queries.seat_card(uuid4()) is None
    assert queries.invite_card(uuid4(), now=NOON) is None
    assert queries.seat_of(window_id=uuid4(), person_id=person.person_id) is None
    assert queries.invite_of(window_id=uuid4(), person_id=person.person_id, now=NOON) is None
    assert queries.stated_left(uuid4()) is None
    assert queries.active_window(person.person_id, now=NOON) is None


def test_windows_of_a_store_touch_the_stretch(shop: Shop) -> None:
    first = new_window(shop, starts_in=10, seats=2)
    second = new_window(shop, starts_in=40, seats=2)
    new_window(new_shop(name="Bahariye"), starts_in=20)

    def between(start: int, end: int) -> list[UUID]:
        within = TimeRange(NOON + minutes(start), NOON + minutes(end))
        return ids(queries.windows_of_store(shop.store_id, within=within, now=NOON))

    assert between(0, 60) == [first.id, second.id]
    assert between(29, 40) == [first.id]
    assert between(30, 40) == []
    assert between(30, 41) == [second.id]


def test_live_and_recent_windows(shop: Shop) -> None:
    late = new_window(shop, starts_in=60, seats=2)
    early = new_window(shop, starts_in=10, seats=2)
    cancelled = new_window(new_shop(name="Bahariye"), starts_in=30)
    cancel(cancelled)

    assert ids(queries.live_windows(now=NOON)) == [early.id, late.id]
    assert ids(queries.live_windows(now=early.ends_at)) == [late.id]
    assert ids(queries.recent_windows(now=NOON)) == [late.id, cancelled.id, early.id]
    assert ids(queries.recent_windows(now=NOON, limit=1)) == [late.id]


def test_unsettled_windows_are_over_and_oldest_first(shop: Shop) -> None:
    second = new_window(shop, starts_in=60, seats=2)
    first = new_window(shop, starts_in=10, seats=2)
    new_window(shop, starts_in=100, seats=2)
    settled = new_window(new_shop(name="Bahariye"), starts_in=5)
    services.move_due(now=second.ends_at)
    run_operation(services.mark_settled, window_id=settled.id)

    over = queries.unsettled_windows(now=second.ends_at, limit=9)
    assert ids(over) == [first.id, second.id]
    assert ids(queries.unsettled_windows(now=second.ends_at, limit=1)) == [first.id]


def test_seats_of_windows_leave_out_what_was_given_back(shop: Shop, person: InvitedPerson) -> None:
    other, gone = buyer("Mert"), buyer("Ali")
    window = new_window(shop, person, other, gone)
    second = take_seat(window, other.person_id, now=NOON + SECOND)
    first = take_seat(window, person.person_id)
    back = take_seat(window, gone.person_id)
    release(back)

    assert [seat.id for seat in queries.seats_of_window(window.id)] == [first.id, second.id]
    assert queries.seats_of_windows([window.id, uuid4()]) == queries.seats_of_window(window.id)
    assert {seat.id for seat in queries.seats_of_live_windows(now=NOON)} == {first.id, second.id}
    assert [seat.id for seat in queries.given_back_in_live_windows(now=NOON)] == [back.id]
    assert queries.seats_of_live_windows(now=window.ends_at) == ()
    assert queries.given_back_in_live_windows(now=window.ends_at) == ()


def test_missed_and_used_seats_still_count(shop: Shop, person: InvitedPerson) -> None:
    window = new_window(shop, person)
    take_seat(window, person.person_id)
    services.move_due(now=window.ends_at)

    assert [seat.state for seat in queries.seats_of_window(window.id)] == [SeatState.MISSED]


def test_invites_to_live_windows(shop: Shop, person: InvitedPerson) -> None:
    window = new_window(shop, person)
    cancelled = new_window(new_shop(name="Bahariye"), buyer())
    cancel(cancelled)

    (invite,) = queries.live_invites(now=NOON)
    assert (invite.window_id, invite.person_id, invite.party_size) == (
        window.id,
        person.person_id,
        2,
    )
    assert queries.invite_card(invite.id, now=NOON) == invite
    assert queries.invites_of_window(window.id, now=NOON) == (invite,)
    assert queries.live_invites(now=window.ends_at) == ()


def test_active_window_is_the_nearest_seat_then_the_nearest_invite(
    shop: Shop, person: InvitedPerson
) -> None:
    who = person.person_id
    later = new_window(shop, person, starts_in=120, seats=3)
    sooner = new_window(new_shop(name="Bahariye"), person, starts_in=60)

    def active(now: datetime = NOON) -> tuple[UUID, bool] | None:
        found = queries.active_window(who, now=now)
        if found is None:
            return None
        assert (found.invite is None) is (found.seat is not None)
        return found.window.id, found.seat is not None

    assert active() == (sooner.id, False)
    seat = take_seat(later, who)
    assert active() == (later.id, True)
    assert queries.has_live_seat(who, now=NOON)
    release(seat)
    assert active() == (sooner.id, False)
    assert not queries.has_live_seat(who, now=NOON)
    assert active(sooner.starts_at - minutes(10)) is None


def test_nothing_is_active_in_a_window_that_is_over_or_cancelled(
    shop: Shop, person: InvitedPerson
) -> None:
    window = new_window(shop, person)
    take_seat(window, person.person_id)

    assert queries.active_window(person.person_id, now=window.ends_at) is None
    assert not queries.has_live_seat(person.person_id, now=window.ends_at)
    cancel(window)
    assert queries.active_window(person.person_id, now=NOON) is None


def test_people_are_counted_with_their_companions(shop: Shop, person: InvitedPerson) -> None:
    on_way, asked, came = buyer("Mert", party_size=3), buyer("Ali", party_size=4), buyer("Ece")
    window = new_window(shop, person, on_way, asked, came, starts_in=2)
    empty = new_window(new_shop(name="Bahariye"))
    take_seat(window, person.person_id)
    set_off(take_seat(window, on_way.person_id))
    show_pass(shop, take_seat(window, came.person_id), now=window.starts_at)

    counts = queries.people_counts([window.id, empty.id], now=NOON)

    assert counts == {
        window.id: PeopleCounts(unanswered=4, held=2, on_way=3, checked_in=1, listed=0),
        empty.id: PeopleCounts(0, 0, 0, 0, 0),
    }
    assert counts[window.id].confirmed == 6
    late = queries.people_counts([window.id], now=window.ends_at)[window.id]
    assert late.unanswered == 0


@pytest.mark.parametrize("number", [1, 3])
def test_reading_takes_as_many_queries_however_many_windows(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    windows = [
        new_window(new_shop(name=f"Dükkân {place}"), buyer(), seats=4) for place in range(number)
    ]
    for window in windows:
        fill(window, 1)
    keys = [window.id for window in windows]

    with django_assert_num_queries(2):
        assert len(queries.people_counts(keys, now=NOON)) == number
    for read in (queries.live_windows, queries.live_invites, queries.seats_of_live_windows):
        with django_assert_num_queries(1):
            assert len(read(now=NOON)) == number
    with django_assert_num_queries(1):
        assert len(queries.seats_of_windows(keys)) == number


def test_state_of_a_card_is_the_one_in_force(shop: Shop) -> None:
    window = new_window(shop)

    (live,) = queries.live_windows(now=window.starts_at)
    assert live.state is WindowState.OPEN
    (recent,) = queries.recent_windows(now=window.ends_at)
    assert recent.state is WindowState.CLOSED

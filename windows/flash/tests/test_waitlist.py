"""R17: the waiting list; who asked first is first, and nobody is promoted too late."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import pytest

from iceshop.infra.db import run_operation
from iceshop.kernel.actors import SYSTEM, Actor
from windows.flash import queries as flash
from windows.flash import services
from windows.flash.domain import SeatState
from windows.flash.models import Invite, Seat
from windows.flash.queries import SeatCard, WindowCard
from windows.flash.services import InvitedPerson, JoinResult, ListPlace
from windows.flash.tests.deeds import (
    SECOND,
    cancel,
    change,
    intent_state,
    invite_id_of,
    join,
    pause,
    release,
    set_off,
    taken,
)
from windows.passes import queries as passes
from windows.tests.stories import (
    NOON,
    Shop,
    buyer,
    fill,
    minutes,
    new_shop,
    new_window,
    show_pass,
)
from windows.tests.traces import planned, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Shop:
    return new_shop()


@pytest.fixture
def people() -> list[InvitedPerson]:
    return [buyer(f"Kişi {number}") for number in range(4)]


@pytest.fixture
def full(shop: Shop, people: list[InvitedPerson]) -> WindowCard:
    """A window at 14.00 for three, all of whose seats are taken by others."""
    window = new_window(shop, *people, seats=3)
    fill(window, 3)
    return window


def ask_for(
    person: InvitedPerson,
    *,
    party: int | None = None,
    now: datetime = NOON,
    said_at: datetime | None = None,
) -> JoinResult | ListPlace:
    return run_operation(
        services.accept_or_wait,
        invite_id=invite_id_of(person),
        person_id=person.person_id,
        party_size=party,
        by=Actor.person(person.person_id),
        now=now,
        said_at=said_at,
    )


def place(person: InvitedPerson, **how: object) -> ListPlace:
    result = ask_for(person, **how)  # type: ignore[arg-type]  # passed on as they are
    assert isinstance(result, ListPlace)
    return result


def first_taken(window: WindowCard) -> SeatCard:
    return flash.seats_of_window(window.id)[0]


def seat_of(window: WindowCard, person: InvitedPerson) -> SeatCard:
    seat = flash.seat_of(window_id=window.id, person_id=person.person_id)
    assert seat is not None
    return seat


def confirm(window: WindowCard, person: InvitedPerson, *, now: datetime) -> None:
    run_operation(
        services.confirm_seat,
        seat_id=seat_of(window, person).id,
        person_id=person.person_id,
        now=now,
    )


def states(window: WindowCard, people: list[InvitedPerson]) -> list[str]:
    return [str(seat_of(window, one).state) for one in people]


# Joining the list.


def test_yes_to_a_full_window_is_a_place_on_the_list(
    full: WindowCard, people: list[InvitedPerson]
) -> None:
    first, second = place(people[0]), place(people[1], now=NOON + SECOND)

    assert (first.position, second.position) == (1, 2)
    assert first.until == full.starts_at - minutes(10)
    assert taken(full) == 3
    assert flash.people_counts([full.id], now=NOON)[full.id].listed == 2
    assert seat_of(full, people[0]).state is SeatState.WAITING


def test_second_yes_keeps_the_first_place(full: WindowCard, people: list[InvitedPerson]) -> None:
    place(people[0])
    place(people[1], now=NOON + SECOND)

    again = place(people[0], now=NOON + minutes(1))

    assert again.position == 1


def test_list_goes_by_the_moment_of_writing(full: WindowCard, people: list[InvitedPerson]) -> None:
    place(people[0], said_at=NOON + 2 * SECOND, now=NOON + minutes(1))

    earlier = place(people[1], said_at=NOON + SECOND, now=NOON + minutes(1))

    assert earlier.position == 1


def test_clock_ahead_of_ours_gains_nothing(full: WindowCard, people: list[InvitedPerson]) -> None:
    place(people[0], said_at=NOON + minutes(30), now=NOON)

    assert place(people[1], now=NOON + SECOND).position == 2


def test_who_waits_stays_free_for_others_and_keeps_the_wish(
    full: WindowCard, people: list[InvitedPerson]
) -> None:
    place(people[0])

    assert Invite.objects.get(person_id=people[0].person_id).state == "declined"
    assert intent_state(people[0]) == "open"
    active = flash.active_window(people[0].person_id, now=NOON)
    assert active is not None
    assert active.seat is not None
    assert active.seat.state is SeatState.WAITING


def test_too_few_free_seats_are_said_and_nobody_waits_unasked(
    shop: Shop, people: list[InvitedPerson]
) -> None:
    window = new_window(shop, *people, seats=3)
    fill(window, 2)

    with refused("window.full") as caught:
        ask_for(people[0], party=2)

    assert caught.value.params == {"free": 1}
    assert flash.seat_of(window_id=window.id, person_id=people[0].person_id) is None


# Promotion.


def test_freed_seat_goes_to_the_first_at_once_until_it_is_confirmed(
    full: WindowCard, people: list[InvitedPerson]
) -> None:
    place(people[0])
    place(people[1], now=NOON + SECOND)
    then = NOON + minutes(5)

    release(first_taken(full), now=then)

    seat = seat_of(full, people[0])
    assert (seat.state, seat.held_at, seat.due_at) == (SeatState.HELD, then, then + minutes(5))
    assert seat_of(full, people[1]).state is SeatState.WAITING
    assert flash.list_position(seat_of(full, people[1]).id) == 1
    assert taken(full) == 3
    assert intent_state(people[0]) == "seated"
    assert seat.id in passes.codes_of_seats([seat.id])
    told = [one for one in planned(seat.id) if one.kind == "seat_freed"]
    assert [(one.not_before, one.useful_until) for one in told] == [(then, then + minutes(5))]


def test_yes_in_time_keeps_the_seat(full: WindowCard, people: list[InvitedPerson]) -> None:
    place(people[0])
    release(first_taken(full), now=NOON + minutes(5))

    confirm(full, people[0], now=NOON + minutes(9))
    services.move_due(now=NOON + minutes(11))
    confirm(full, people[0], now=NOON + minutes(12))

    assert seat_of(full, people[0]).state is SeatState.HELD


def test_setting_off_is_a_yes(full: WindowCard, people: list[InvitedPerson]) -> None:
    place(people[0])
    release(first_taken(full), now=NOON + minutes(5))

    set_off(seat_of(full, people[0]), now=NOON + minutes(6))
    services.move_due(now=NOON + minutes(11))

    assert seat_of(full, people[0]).state is SeatState.ON_WAY


def test_no_answer_gives_the_seat_to_the_next_without_a_trace_against_anybody(
    full: WindowCard, people: list[InvitedPerson]
) -> None:
    place(people[0])
    place(people[1], now=NOON + SECOND)
    release(first_taken(full), now=NOON + minutes(5))

    services.move_due(now=NOON + minutes(10))

    assert states(full, people[:2]) == ["released", "held"]
    assert intent_state(people[0]) == "open"
    kinds = [one.kind for one in planned(seat_of(full, people[0]).id)]
    assert "seat_lapsed" in kinds
    with refused("seat.lapsed"):
        confirm(full, people[0], now=NOON + minutes(10))


def test_yes_after_the_time_is_refused_even_before_the_tick(
    full: WindowCard, people: list[InvitedPerson]
) -> None:
    place(people[0])
    release(first_taken(full), now=NOON + minutes(5))

    with refused("seat.lapsed"):
        confirm(full, people[0], now=NOON + minutes(10))


def test_party_that_does_not_fit_is_passed_over_and_keeps_its_place(
    full: WindowCard, people: list[InvitedPerson]
) -> None:
    place(people[0], party=2)
    place(people[1], party=1, now=NOON + SECOND)

    release(first_taken(full), now=NOON + minutes(5))

    assert states(full, people[:2]) == ["waiting", "held"]
    release(first_taken(full), now=NOON + minutes(6))
    assert states(full, people[:2]) == ["waiting", "held"]


def test_smaller_party_of_another_frees_a_seat(shop: Shop, people: list[InvitedPerson]) -> None:
    window = new_window(shop, *people, seats=3)
    ask_for(people[3], party=3)
    place(people[0])

    change(seat_of(window, people[3]), 2, now=NOON + minutes(1))

    assert states(window, [people[0], people[3]]) == ["held", "held"]


def test_who_asks_with_fewer_takes_what_is_free(
    full: WindowCard, people: list[InvitedPerson]
) -> None:
    place(people[0], party=2)
    release(first_taken(full), now=NOON + minutes(5))

    result = ask_for(people[0], party=1, now=NOON + minutes(6))

    assert isinstance(result, JoinResult)
    assert seat_of(full, people[0]).party_size == 1


def test_nobody_is_promoted_after_the_end_of_the_list(
    full: WindowCard, people: list[InvitedPerson]
) -> None:
    listed = place(people[0])

    release(first_taken(full), now=listed.until)

    assert seat_of(full, people[0]).state is SeatState.WAITING
    services.move_due(now=listed.until)
    assert seat_of(full, people[0]).state is SeatState.RELEASED
    assert [one.kind for one in planned(seat_of(full, people[0]).id)] == ["list_ended"]


def test_nobody_is_promoted_while_joins_are_paused(
    full: WindowCard, people: list[InvitedPerson]
) -> None:
    place(people[0])
    pause(full)
    release(first_taken(full), now=NOON + minutes(1))
    assert seat_of(full, people[0]).state is SeatState.WAITING

    run_operation(
        services.set_joins_paused,
        window_id=full.id,
        is_paused=False,
        by=SYSTEM,
        now=NOON + minutes(2),
    )

    assert seat_of(full, people[0]).state is SeatState.HELD


def test_who_found_another_seat_at_that_time_is_passed_over(
    full: WindowCard, people: list[InvitedPerson]
) -> None:
    place(people[0])
    place(people[1], now=NOON + SECOND)
    elsewhere = new_window(new_shop(name="Bahariye Kahve"))
    join(elsewhere, people[0].person_id)

    release(first_taken(full), now=NOON + minutes(5))

    assert states(full, people[:2]) == ["released", "held"]


def test_who_is_in_another_window_at_that_time_is_passed_over(
    full: WindowCard, people: list[InvitedPerson]
) -> None:
    place(people[0])
    place(people[1], now=NOON + SECOND)
    elsewhere = new_shop(name="Bahariye Kahve")
    earlier = new_window(elsewhere, starts_in=45)
    join(earlier, people[0].person_id)
    show_pass(elsewhere, flash.seats_of_window(earlier.id)[0], now=NOON + minutes(46))

    release(first_taken(full), now=NOON + minutes(47))

    assert states(full, people[:2]) == ["released", "held"]


# Leaving.


def test_leaving_keeps_the_wish_and_moves_the_others_up(
    full: WindowCard, people: list[InvitedPerson]
) -> None:
    place(people[0])
    place(people[1], now=NOON + SECOND)

    release(seat_of(full, people[0]), keeps=False)
    release(seat_of(full, people[0]), keeps=False)

    assert flash.list_position(seat_of(full, people[1]).id) == 1
    assert intent_state(people[0]) == "open"
    assert taken(full) == 3


def test_declining_the_freed_seat_promotes_the_next(
    full: WindowCard, people: list[InvitedPerson]
) -> None:
    place(people[0])
    place(people[1], now=NOON + SECOND)
    release(first_taken(full), now=NOON + minutes(5))

    release(seat_of(full, people[0]), now=NOON + minutes(6))

    assert states(full, people[:2]) == ["released", "held"]


def test_cancelled_window_tells_those_who_wait(
    full: WindowCard, people: list[InvitedPerson]
) -> None:
    place(people[0])

    cancel(full)

    assert seat_of(full, people[0]).state is SeatState.RELEASED
    told: list[UUID] = [one.person_id for one in planned(full.id)]
    assert told.count(people[0].person_id) == 1


def test_who_stopped_all_messages_waits_no_more(
    full: WindowCard, people: list[InvitedPerson]
) -> None:
    place(people[0])

    ended = run_operation(services.leave_lists, person_id=people[0].person_id, now=NOON)

    assert (ended, seat_of(full, people[0]).state) == (1, SeatState.RELEASED)


def test_full_window_without_anybody_who_could_give_back_has_no_list(
    shop: Shop, people: list[InvitedPerson]
) -> None:
    window = new_window(shop, *people, seats=3)
    run_operation(services.limit_stock, window_id=window.id, left=0, by=SYSTEM, now=NOON)

    with refused("window.full"):
        ask_for(people[0])


def test_closed_window_has_no_list_and_nobody_on_it_missed_anything(
    full: WindowCard, people: list[InvitedPerson]
) -> None:
    place(people[0])

    services.move_due(now=full.ends_at)

    assert not Seat.objects.filter(window_id=full.id, state=SeatState.WAITING).exists()
    assert seat_of(full, people[0]).state is SeatState.RELEASED
    assert intent_state(people[0]) == "open"

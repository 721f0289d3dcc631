from __future__ import annotations

import pytest

from iceshop.tests.witness import nothing_written
from windows.flash import services
from windows.flash.models import Invite, Seat
from windows.flash.queries import SeatCard, WindowCard, seat_card
from windows.flash.services import InvitedPerson
from windows.flash.tests.deeds import (
    SECOND,
    answer_yes,
    change,
    intent_state,
    invite_id_of,
    pause,
    release,
    set_off,
    taken,
)
from windows.tests.stories import (
    NOON,
    Shop,
    fill,
    minutes,
    new_person,
    pass_of,
    show_pass,
    take_seat,
)
from windows.tests.traces import due_kinds, intent_moves, refused, window_events, window_moves

pytestmark = pytest.mark.django_db


# Another number of people.


@pytest.mark.parametrize(("party", "seats"), [(1, 1), (4, 4), (6, 6)])
def test_party_changes_the_count(
    window: WindowCard, person: InvitedPerson, party: int, seats: int
) -> None:
    seat = take_seat(window, person.person_id)

    change(seat, party)

    stored = seat_card(seat.id)
    assert stored is not None
    assert (stored.party_size, taken(window)) == (party, seats)
    assert window_events(window.id)[-1] == ("seat", NOON, NOON, "person", {"people": seats})


def test_party_grows_only_while_seats_are_free(window: WindowCard, person: InvitedPerson) -> None:
    seat = take_seat(window, person.person_id)
    fill(window, 3)

    with refused("window.full") as caught:
        change(seat, 4)
    assert caught.value.params == {"free": 1}
    change(seat, 3)
    assert taken(window) == 6


def test_same_party_changes_nothing(window: WindowCard, person: InvitedPerson) -> None:
    seat = take_seat(window, person.person_id)

    with nothing_written():
        change(seat, 2)


def test_paused_window_lets_a_party_shrink_but_not_grow(
    window: WindowCard, person: InvitedPerson
) -> None:
    seat = take_seat(window, person.person_id)
    pause(window)

    with refused("window.joins_paused"):
        change(seat, 3)
    change(seat, 1)
    assert taken(window) == 1


# Giving back, taking again, setting off.


@pytest.mark.parametrize(
    ("keeps", "state", "move"),
    [(True, "open", "unseat"), (False, "cancelled", "cancel")],
)
def test_seat_given_back_is_free_at_once(
    window: WindowCard, person: InvitedPerson, keeps: bool, state: str, move: str
) -> None:
    seat = take_seat(window, person.person_id)

    release(seat, keeps=keeps, now=NOON + SECOND)

    row = Seat.objects.get()
    assert (row.state, row.released_at) == ("released", NOON + SECOND)
    assert taken(window) == 0
    assert intent_moves(person.intent_id)[-1] == (move, state, "seat.released")
    assert Invite.objects.get().state == "declined"
    assert due_kinds(seat.id) == []
    assert window_events(window.id)[-1] == (
        "release",
        NOON + SECOND,
        NOON + SECOND,
        "person",
        {"people": 2},
    )


def test_giving_back_twice_changes_nothing(window: WindowCard, person: InvitedPerson) -> None:
    seat = take_seat(window, person.person_id)
    release(seat)

    with nothing_written():
        release(seat, keeps=False, now=NOON + minutes(90))


def test_seat_can_be_taken_again_with_its_pass_and_notices(
    window: WindowCard, person: InvitedPerson
) -> None:
    seat = take_seat(window, person.person_id)
    set_off(seat)
    release(seat)

    again = answer_yes(invite_id_of(person), person.person_id, party=1, now=NOON + minutes(1))

    assert again.is_new
    assert (again.seat_id, again.code) == (seat.id, pass_of(seat).code)
    row = Seat.objects.get()
    assert (row.state, row.party_size, row.held_at) == ("held", 1, NOON + minutes(1))
    assert (row.released_at, row.on_way_at) == (None, None)
    assert taken(window) == 1
    assert intent_state(person) == "seated"
    assert Invite.objects.get().state == "accepted"
    assert due_kinds(seat.id) == ["reminder", "last_five_minutes"]
    assert window_moves(window.id) == ["schedule", "seat", "release", "seat"]


def test_seat_taken_again_needs_a_free_one(window: WindowCard, person: InvitedPerson) -> None:
    seat = take_seat(window, person.person_id)
    release(seat)
    fill(window, 5)

    with refused("window.full"):
        answer_yes(invite_id_of(person), person.person_id)
    assert answer_yes(invite_id_of(person), person.person_id, party=1).is_new


def test_setting_off_ends_the_reminders_once(window: WindowCard, person: InvitedPerson) -> None:
    seat = take_seat(window, person.person_id)

    set_off(seat, now=NOON + minutes(50))

    row = Seat.objects.get()
    assert (row.state, row.on_way_at) == ("on_way", NOON + minutes(50))
    assert due_kinds(seat.id) == []
    with nothing_written():
        set_off(seat, now=NOON + minutes(51))


def test_somebody_on_the_way_may_still_give_back(window: WindowCard, person: InvitedPerson) -> None:
    seat = take_seat(window, person.person_id)
    set_off(seat)

    release(seat)

    assert (Seat.objects.get().state, taken(window)) == ("released", 0)


DEEDS = [lambda seat, now: change(seat, 1, now=now), release, set_off]


@pytest.mark.parametrize("deed", DEEDS)
def test_used_seat_stays_as_it_is(
    shop: Shop, window: WindowCard, person: InvitedPerson, deed: object
) -> None:
    assert callable(deed)
    seat = take_seat(window, person.person_id)
    inside = window.starts_at + minutes(1)
    assert show_pass(shop, seat, now=inside).is_admitted

    with refused("seat.used") as caught:
        deed(seat, now=inside)
    assert caught.value.params == {"state": "checked_in"}


@pytest.mark.parametrize("deed", DEEDS)
def test_seat_of_an_ended_window_stays_as_it_is_even_before_the_tick(
    window: WindowCard, person: InvitedPerson, deed: object
) -> None:
    assert callable(deed)
    seat = take_seat(window, person.person_id)

    with refused("window.closed"):
        deed(seat, now=window.ends_at)
    services.move_due(now=window.ends_at)
    with refused("seat.used") as caught:
        deed(seat, now=window.ends_at)
    assert caught.value.params == {"state": "missed"}


@pytest.mark.parametrize("deed", DEEDS)
def test_somebody_elses_seat_is_not_found(
    window: WindowCard, person: InvitedPerson, deed: object
) -> None:
    assert callable(deed)
    seat = take_seat(window, person.person_id)
    stranger = new_person()
    card = SeatCard(
        **{name: getattr(seat, name) for name in SeatCard.__slots__} | {"person_id": stranger}
    )

    with refused("seat.unknown"):
        deed(card, now=NOON)

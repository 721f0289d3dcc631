from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from iceshop.infra.db import run_operation
from iceshop.kernel.actors import SYSTEM, Actor
from iceshop.tests.witness import nothing_written
from windows.flash import services
from windows.flash.domain import SeatState
from windows.flash.models import Invite, Seat, Window
from windows.flash.queries import SeatCard, WindowCard, seat_card, window_card
from windows.flash.services import InvitedPerson, JoinResult
from windows.intents.models import Intent
from windows.passes.models import Pass
from windows.tests.stories import (
    NOON,
    Shop,
    buyer,
    fill,
    minutes,
    new_person,
    new_shop,
    new_window,
    pass_of,
    show_pass,
    take_seat,
)
from windows.tests.traces import (
    Planned,
    due_kinds,
    intent_moves,
    planned,
    refused,
    window_events,
    window_moves,
)

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)


@pytest.fixture
def shop() -> Shop:
    return new_shop()


@pytest.fixture
def person() -> InvitedPerson:
    return buyer(party_size=2)


@pytest.fixture
def window(shop: Shop, person: InvitedPerson) -> WindowCard:
    """Six seats from 60 to 80 minutes after noon."""
    return new_window(shop, person, seats=6)


def join(
    window: WindowCard,
    person_id: UUID,
    party: int = 1,
    *,
    intent_id: UUID | None = None,
    now: datetime = NOON,
) -> JoinResult:
    return run_operation(
        services.join,
        window_id=window.id,
        person_id=person_id,
        party_size=party,
        intent_id=intent_id,
        by=Actor.person(person_id),
        now=now,
    )


def answer_yes(
    invite_id: UUID, person_id: UUID, *, party: int | None = None, now: datetime = NOON
) -> JoinResult:
    return run_operation(
        services.accept_invite,
        invite_id=invite_id,
        person_id=person_id,
        party_size=party,
        by=Actor.person(person_id),
        now=now,
    )


def change(seat: SeatCard, party: int, *, now: datetime = NOON) -> None:
    run_operation(
        services.change_party,
        seat_id=seat.id,
        person_id=seat.person_id,
        party_size=party,
        by=Actor.person(seat.person_id),
        now=now,
    )


def release(seat: SeatCard, *, keeps: bool = True, now: datetime = NOON) -> None:
    run_operation(
        services.release_seat,
        seat_id=seat.id,
        person_id=seat.person_id,
        keeps_intent=keeps,
        by=Actor.person(seat.person_id),
        now=now,
    )


def set_off(seat: SeatCard, *, now: datetime = NOON) -> None:
    run_operation(
        services.say_on_way,
        seat_id=seat.id,
        person_id=seat.person_id,
        by=Actor.person(seat.person_id),
        now=now,
    )


def pause(window: WindowCard) -> None:
    run_operation(
        services.set_joins_paused, window_id=window.id, is_paused=True, by=SYSTEM, now=NOON
    )


def cancel(window: WindowCard) -> None:
    run_operation(services.cancel_window, window_id=window.id, reason="x", by=SYSTEM, now=NOON)


def taken(window: WindowCard) -> int:
    return Window.objects.get(pk=window.id).seats_taken


def invite_id_of(person: InvitedPerson) -> UUID:
    return Invite.objects.get(person_id=person.person_id).id


def intent_state(person: InvitedPerson) -> str:
    return Intent.objects.get(pk=person.intent_id).state


# Saying yes.


def test_yes_takes_the_seats_of_the_party(window: WindowCard, person: InvitedPerson) -> None:
    result = answer_yes(invite_id_of(person), person.person_id, now=NOON + SECOND)

    assert result.is_new
    seat = seat_card(result.seat_id)
    assert seat == SeatCard(
        id=result.seat_id,
        window_id=window.id,
        person_id=person.person_id,
        intent_id=person.intent_id,
        state=SeatState.HELD,
        party_size=2,
        price_minor=11_800,
        held_at=NOON + SECOND,
        on_way_at=None,
        checked_in_at=None,
    )
    card = window_card(window.id, now=NOON)
    assert card is not None
    assert (card.seats_taken, card.seats_free, card.version) == (2, 4, window.version + 1)
    assert window_events(window.id)[1:] == [
        ("seat", NOON + SECOND, NOON + SECOND, "person", {"people": 2})
    ]


def test_yes_answers_the_invite_and_seats_the_wish(
    window: WindowCard, person: InvitedPerson
) -> None:
    answer_yes(invite_id_of(person), person.person_id)

    invite = Invite.objects.get()
    assert (invite.state, invite.answered_at) == ("accepted", NOON)
    assert intent_state(person) == "seated"


def test_yes_gives_a_pass(window: WindowCard, person: InvitedPerson) -> None:
    result = answer_yes(invite_id_of(person), person.person_id)

    stored = Pass.objects.get()
    assert (stored.code, stored.seat_id, stored.window_id) == (
        result.code,
        result.seat_id,
        window.id,
    )
    assert len(result.code) == 6


def test_yes_plans_the_reminder_and_the_last_call(
    window: WindowCard, person: InvitedPerson
) -> None:
    seat = take_seat(window, person.person_id)

    who = person.person_id
    assert planned(seat.id) == [
        Planned("reminder", who, NOON + minutes(45), NOON + minutes(60), "due", ""),
        Planned("last_five_minutes", who, NOON + minutes(75), NOON + minutes(79), "due", ""),
    ]


@pytest.mark.parametrize(("yes_at", "kinds"), [(39, 2), (40, 1), (59, 1), (76, 1), (79, 0)])
def test_reminder_is_left_out_when_the_start_is_near(
    window: WindowCard, yes_at: int, kinds: int
) -> None:
    result = join(window, new_person(), now=NOON + minutes(yes_at))

    assert len(planned(result.seat_id)) == kinds


def test_second_yes_gives_the_same_seat(window: WindowCard, person: InvitedPerson) -> None:
    first = answer_yes(invite_id_of(person), person.person_id)

    with nothing_written():
        again = answer_yes(invite_id_of(person), person.person_id, party=4, now=NOON + minutes(55))
    assert (again.seat_id, again.code, again.is_new) == (first.seat_id, first.code, False)


def test_yes_for_another_number_of_people(window: WindowCard, person: InvitedPerson) -> None:
    answer_yes(invite_id_of(person), person.person_id, party=5)

    assert taken(window) == 5


def test_yes_to_an_unknown_or_strange_invite_is_refused(
    window: WindowCard, person: InvitedPerson
) -> None:
    stranger = new_person()
    with refused("invite.unknown"):
        answer_yes(uuid4(), person.person_id)
    with refused("invite.unknown"):
        answer_yes(invite_id_of(person), stranger)


def test_yes_comes_in_time_or_never(window: WindowCard, person: InvitedPerson) -> None:
    answer_by = NOON + minutes(50)
    with refused("invite.expired") as caught:
        answer_yes(invite_id_of(person), person.person_id, now=answer_by)
    assert caught.value.params == {"at": answer_by}

    assert answer_yes(invite_id_of(person), person.person_id, now=answer_by - SECOND).is_new


def test_yes_after_no_is_still_welcome(window: WindowCard, person: InvitedPerson) -> None:
    run_operation(
        services.decline_invite,
        invite_id=invite_id_of(person),
        person_id=person.person_id,
        now=NOON,
    )

    answer_yes(invite_id_of(person), person.person_id)

    assert Invite.objects.get().state == "accepted"


@pytest.mark.parametrize("party", [0, -1, 21])
def test_party_has_bounds(window: WindowCard, party: int) -> None:
    person_id = new_person()
    with refused("party.too_large") as caught:
        join(window, person_id, party)
    assert caught.value.params == {"most": 20}


def test_last_seat_is_taken_and_none_beyond(window: WindowCard) -> None:
    fill(window, 5)
    person_id, late = new_person(), new_person()

    with refused("window.full") as caught:
        join(window, person_id, 2)
    assert caught.value.params == {"free": 1}
    assert join(window, person_id, 1).is_new
    with refused("window.full") as caught:
        join(window, late)
    assert caught.value.params == {"free": 0}
    assert taken(window) == 6


def test_running_window_is_joined_until_its_last_second(window: WindowCard) -> None:
    late, later = new_person(), new_person()

    assert join(window, late, now=window.ends_at - SECOND).is_new
    with refused("window.closed"):
        join(window, later, now=window.ends_at)


def test_closed_cancelled_paused_and_unknown_windows_say_so(shop: Shop, window: WindowCard) -> None:
    person_id = new_person()
    pause(window)
    with refused("window.joins_paused"):
        join(window, person_id)
    cancel(window)
    with refused("window.cancelled"):
        join(window, person_id)
    other = new_window(shop, seats=2)
    services.move_due(now=other.ends_at)
    with refused("window.closed"):
        join(other, person_id, now=other.ends_at)
    with refused("window.unknown"):
        run_operation(
            services.join,
            window_id=uuid4(),
            person_id=person_id,
            party_size=1,
            intent_id=None,
            by=SYSTEM,
            now=NOON,
        )


def test_yes_to_an_invite_of_a_cancelled_window_says_cancelled(
    window: WindowCard, person: InvitedPerson
) -> None:
    cancel(window)

    with refused("window.cancelled"):
        answer_yes(invite_id_of(person), person.person_id)


def test_overlapping_seats_of_one_person_are_refused(
    shop: Shop, window: WindowCard, person: InvitedPerson
) -> None:
    take_seat(window, person.person_id)
    other = new_window(new_shop(name="Bahariye"), starts_in=79, seats=3)
    touching = new_window(new_shop(name="Yeldeğirmeni"), starts_in=80, seats=3)

    with refused("seat.overlap"):
        join(other, person.person_id)
    assert join(touching, person.person_id).is_new


def test_seat_given_back_leaves_the_time_free(window: WindowCard, person: InvitedPerson) -> None:
    seat = take_seat(window, person.person_id)
    other = new_window(new_shop(name="Bahariye"), starts_in=60, seats=3)
    release(seat)

    assert join(other, person.person_id).is_new
    with refused("seat.overlap"):
        answer_yes(invite_id_of(person), person.person_id)


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

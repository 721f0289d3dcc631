from __future__ import annotations

from uuid import uuid4

import pytest

from iceshop.infra.db import run_operation
from iceshop.kernel.actors import SYSTEM
from iceshop.tests.witness import nothing_written
from windows.flash import services
from windows.flash.domain import SeatState
from windows.flash.models import Invite
from windows.flash.queries import (
    SeatCard,
    WindowCard,
    seat_card,
    seats_of_window,
    window_card,
)
from windows.flash.services import InvitedPerson
from windows.flash.tests.deeds import (
    SECOND,
    answer_yes,
    cancel,
    intent_state,
    invite_id_of,
    join,
    pause,
    release,
    taken,
)
from windows.passes.models import Pass
from windows.tests.stories import (
    NOON,
    Shop,
    fill,
    minutes,
    new_person,
    new_shop,
    new_window,
    show_pass,
    take_seat,
)
from windows.tests.traces import Planned, planned, refused, window_events

pytestmark = pytest.mark.django_db


# Saying yes.


def test_who_was_let_in_elsewhere_at_that_time_takes_no_seat(window: WindowCard) -> None:
    elsewhere, person_id = new_shop(name="Bahariye Kahve"), new_person()
    earlier = new_window(elsewhere, starts_in=45)
    join(earlier, person_id)
    show_pass(elsewhere, seats_of_window(earlier.id)[0], now=earlier.starts_at)

    with refused("seat.overlap"):
        join(window, person_id, now=earlier.starts_at)


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
        people_in=0,
        price_minor=11_800,
        held_at=NOON + SECOND,
        due_at=None,
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

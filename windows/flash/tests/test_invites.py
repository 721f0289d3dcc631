from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from accounts.identity import services as identity
from iceshop.infra.db import run_operation
from iceshop.kernel.actors import SYSTEM
from iceshop.tests.witness import nothing_written
from windows.flash import services
from windows.flash.domain import InviteState
from windows.flash.models import Invite
from windows.flash.queries import WindowCard, invite_of
from windows.flash.services import InvitedPerson
from windows.tests.stories import (
    NOON,
    buyer,
    minutes,
    new_person,
    new_shop,
    new_window,
    take_seat,
)
from windows.tests.traces import due_kinds, planned, refused

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)


@pytest.fixture
def person() -> InvitedPerson:
    return buyer()


@pytest.fixture
def window(person: InvitedPerson) -> WindowCard:
    return new_window(new_shop(), person)


def invite(window: WindowCard, *people: InvitedPerson, now: datetime = NOON) -> int:
    return run_operation(services.invite_reachable, window_id=window.id, people=people, now=now)


def row_of(window: WindowCard, person: InvitedPerson) -> Invite:
    return Invite.objects.get(window_id=window.id, person_id=person.person_id)


def decline(invite_id: UUID, person_id: UUID, *, now: datetime = NOON) -> UUID | None:
    return run_operation(services.decline_invite, invite_id=invite_id, person_id=person_id, now=now)


def test_more_people_are_invited_and_nobody_twice(
    window: WindowCard, person: InvitedPerson
) -> None:
    late = buyer("Mert", party_size=3)

    assert invite(window, person, late, now=NOON + minutes(40)) == 1

    stored = row_of(window, late)
    assert (stored.party_size, stored.intent_id) == (3, late.intent_id)
    assert stored.answer_by == window.ends_at - minutes(5)
    assert due_kinds(stored.id) == ["invite"]
    with nothing_written():
        assert invite(window, person, late, now=NOON + minutes(41)) == 0


def test_somebody_without_a_messaging_identifier_is_invited_but_not_written_to(
    window: WindowCard,
) -> None:
    stranger = run_operation(identity.find_or_create_external, external_id="buyer-7", now=NOON)
    guest = InvitedPerson(stranger.id, None, 1)

    assert invite(window, guest) == 1
    assert planned(row_of(window, guest).id) == []


@pytest.mark.parametrize("when", ["over", "cancelled", "paused"])
def test_nobody_is_invited_to_a_window_that_takes_nobody(window: WindowCard, when: str) -> None:
    late = buyer("Mert")
    now = NOON
    if when == "over":
        now = window.ends_at
    elif when == "cancelled":
        run_operation(
            services.cancel_window, window_id=window.id, reason="fırın", by=SYSTEM, now=NOON
        )
    else:
        run_operation(
            services.set_joins_paused, window_id=window.id, is_paused=True, by=SYSTEM, now=NOON
        )

    with nothing_written():
        assert invite(window, late, now=now) == 0


def test_no_takes_back_the_message_and_keeps_the_wish(
    window: WindowCard, person: InvitedPerson
) -> None:
    row = row_of(window, person)

    assert decline(row.id, person.person_id, now=NOON + SECOND) == person.intent_id

    row.refresh_from_db()
    assert (row.state, row.answered_at) == ("declined", NOON + SECOND)
    assert due_kinds(row.id) == []
    with nothing_written():
        assert decline(row.id, person.person_id, now=NOON + minutes(1)) == person.intent_id


def test_no_to_an_unknown_or_strange_invite_is_refused(
    window: WindowCard, person: InvitedPerson
) -> None:
    with refused("invite.unknown"):
        decline(uuid4(), person.person_id)
    stranger = new_person()
    with refused("invite.unknown"):
        decline(row_of(window, person).id, stranger)


def test_no_after_its_time_is_refused(window: WindowCard, person: InvitedPerson) -> None:
    row = row_of(window, person)

    with refused("invite.expired"):
        decline(row.id, person.person_id, now=row.answer_by)
    decline(row.id, person.person_id, now=row.answer_by - SECOND)


def test_no_of_somebody_with_a_seat_leaves_the_seat(
    window: WindowCard, person: InvitedPerson
) -> None:
    take_seat(window, person.person_id)

    with nothing_written():
        decline(row_of(window, person).id, person.person_id)


def test_invite_is_over_at_the_very_moment(window: WindowCard, person: InvitedPerson) -> None:
    def state(now: datetime) -> InviteState:
        card = invite_of(window_id=window.id, person_id=person.person_id, now=now)
        assert card is not None
        return card.state

    answer_by = row_of(window, person).answer_by
    assert state(answer_by - SECOND) is InviteState.INVITED
    assert state(answer_by) is InviteState.EXPIRED


def test_stop_takes_back_every_unanswered_invite_of_a_person(person: InvitedPerson) -> None:
    other = buyer("Mert")
    first = new_window(new_shop(), person, other)
    second = new_window(new_shop(name="Bahariye"), person, starts_in=120)
    seated = new_window(new_shop(name="Yeldeğirmeni"), person, starts_in=180)
    take_seat(seated, person.person_id)

    def withdraw() -> int:
        return run_operation(services.withdraw_invites, person_id=person.person_id, now=NOON)

    assert withdraw() == 2

    assert [row_of(one, person).state for one in (first, second, seated)] == [
        "withdrawn",
        "withdrawn",
        "accepted",
    ]
    assert row_of(first, other).state == "invited"
    assert due_kinds(row_of(first, person).id) == []
    assert due_kinds(row_of(first, other).id) == ["invite"]
    with nothing_written():
        assert withdraw() == 0


def test_withdrawn_invite_cannot_be_accepted(window: WindowCard, person: InvitedPerson) -> None:
    run_operation(services.withdraw_invites, person_id=person.person_id, now=NOON)

    with refused("invite.expired"):
        take_seat(window, person.person_id)

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from commerce.stock.queries import StockCard, reservation_of, stock_card
from iceshop.infra.db import run_operation
from iceshop.infra.outbox.models import OutboxMessage
from iceshop.kernel.actors import SYSTEM, Actor
from iceshop.tests.witness import nothing_written
from windows.flash import services
from windows.flash.domain import WindowState
from windows.flash.models import Invite, Seat, Window
from windows.flash.queries import StatedLeft, WindowCard, stated_left, window_card
from windows.flash.services import InvitedPerson
from windows.intents.models import Intent
from windows.tests.stories import (
    NOON,
    Shop,
    buyer,
    fill,
    minutes,
    new_person,
    new_shop,
    new_window,
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
def people() -> tuple[InvitedPerson, ...]:
    return buyer("Elif"), buyer("Mert", party_size=2), buyer("Ali")


@pytest.fixture
def window(shop: Shop, people: tuple[InvitedPerson, ...]) -> WindowCard:
    """Six seats from 60 to 80 minutes after noon; three people are invited."""
    return new_window(shop, *people, seats=6)


def stored(window: WindowCard) -> tuple[str, datetime | None, int]:
    row = Window.objects.get(pk=window.id)
    return row.state, row.closed_at, row.version


def cancel(window_id: UUID, *, now: datetime = NOON, reason: str = "fırın arızalı") -> int:
    return run_operation(
        services.cancel_window, window_id=window_id, reason=reason, by=Actor.staff(7), now=now
    )


def limit(window_id: UUID, left: int, *, now: datetime = NOON) -> int:
    return run_operation(
        services.limit_stock, window_id=window_id, left=left, by=Actor.staff(7), now=now
    )


def pause(window_id: UUID, *, is_paused: bool = True, now: datetime = NOON) -> None:
    run_operation(
        services.set_joins_paused,
        window_id=window_id,
        is_paused=is_paused,
        by=Actor.staff(7),
        now=now,
    )


def room(window: WindowCard) -> tuple[int, int]:
    row = Window.objects.get(pk=window.id)
    return row.seats_taken, row.seats_max


def send_everything() -> None:
    """As if every message that was due had gone out."""
    OutboxMessage.objects.filter(state="due", not_before__lte=NOON).update(
        state="sent", finished_at=NOON
    )


# Opening and closing by the times.


def test_window_opens_and_closes_at_its_moments(window: WindowCard) -> None:
    with nothing_written():
        assert services.move_due(now=window.starts_at - SECOND) == 0
    assert services.move_due(now=window.starts_at) == 1
    assert stored(window) == ("open", None, 2)
    with nothing_written():
        assert services.move_due(now=window.ends_at - SECOND) == 0
    assert services.move_due(now=window.ends_at) == 1
    assert stored(window) == ("closed", window.ends_at, 3)
    with nothing_written():
        assert services.move_due(now=window.ends_at) == 0

    assert window_events(window.id)[1:] == [
        ("open", window.starts_at, window.starts_at, "system", {}),
        ("close", window.ends_at, window.ends_at, "system", {}),
    ]


def test_late_tick_opens_with_the_planned_moment_on_record(window: WindowCard) -> None:
    late = window.starts_at + minutes(3)
    services.move_due(now=late)

    assert window_events(window.id)[1:] == [("open", late, window.starts_at, "system", {})]


def test_tick_after_hours_closes_each_window_once_as_planned(
    shop: Shop, window: WindowCard
) -> None:
    other = new_window(new_shop(name="Bahariye"), starts_in=90)
    late = NOON + timedelta(hours=5)

    assert services.move_due(now=late) == 2
    with nothing_written():
        assert services.move_due(now=late + SECOND) == 0

    for one in (window, other):
        assert stored(one) == ("closed", one.ends_at, 2)
        assert window_events(one.id)[1:] == [("close", late, one.ends_at, "system", {})]


def test_state_in_force_does_not_wait_for_the_tick(window: WindowCard) -> None:
    def state(now: datetime) -> WindowState:
        card = window_card(window.id, now=now)
        assert card is not None
        return card.state

    assert state(window.starts_at - SECOND) is WindowState.SCHEDULED
    assert state(window.starts_at) is WindowState.OPEN
    assert state(window.ends_at - SECOND) is WindowState.OPEN
    assert state(window.ends_at) is WindowState.CLOSED


def test_closing_misses_those_who_did_not_come(
    shop: Shop, window: WindowCard, people: tuple[InvitedPerson, ...]
) -> None:
    came, missed, silent = people
    seat = take_seat(window, came.person_id)
    take_seat(window, missed.person_id)
    show_pass(shop, seat, now=window.starts_at)

    services.move_due(now=window.ends_at)

    states = dict(Seat.objects.values_list("person_id", "state"))
    assert states == {came.person_id: "checked_in", missed.person_id: "missed"}
    assert intent_moves(came.intent_id)[-1] == ("fulfil", "done", "")
    assert intent_moves(missed.intent_id)[-1] == ("expire", "expired", "seat.missed")
    assert Intent.objects.filter(pk__in=[silent.intent_id]).get().state == "open"
    invite = Invite.objects.get(person_id=silent.person_id)
    assert (invite.state, invite.answered_at) == ("expired", window.ends_at)
    assert room(window) == (3, 6)


# Cancelling.


def test_cancelling_ends_the_window(window: WindowCard) -> None:
    send_everything()

    cancel(window.id, now=NOON + minutes(5))

    assert stored(window) == ("cancelled", NOON + minutes(5), 2)
    card = window_card(window.id, now=NOON)
    assert card is not None
    assert (card.state, card.cancel_reason) == (WindowState.CANCELLED, "fırın arızalı")
    five_past = NOON + minutes(5)
    assert window_events(window.id)[1:] == [
        ("cancel", five_past, five_past, "staff", {"reason": "fırın arızalı"})
    ]


def test_cancelling_tells_everybody_and_opens_their_wishes(
    window: WindowCard, people: tuple[InvitedPerson, ...]
) -> None:
    held, on_way, asked = people
    seats = [take_seat(window, one.person_id) for one in (held, on_way)]
    run_operation(
        services.say_on_way,
        seat_id=seats[1].id,
        person_id=on_way.person_id,
        by=SYSTEM,
        now=NOON,
    )
    send_everything()

    assert cancel(window.id, now=NOON + minutes(5)) == 3

    told = [one for one in planned(window.id) if one.state == "due"]
    assert set(told) == {
        Planned("window_cancelled", one.person_id, NOON + minutes(5), window.ends_at, "due", "")
        for one in people
    }
    assert {intent_moves(one.intent_id)[-1] for one in (held, on_way)} == {
        ("unseat", "open", "window.cancelled")
    }
    assert set(Seat.objects.values_list("state", "released_at")) == {
        ("released", NOON + minutes(5))
    }
    assert Invite.objects.get(person_id=asked.person_id).state == "withdrawn"
    assert [due_kinds(seat.id) for seat in seats] == [[], []]
    assert room(window) == (0, 6)


def test_cancelling_gives_the_stock_back(shop: Shop, window: WindowCard) -> None:
    assert stock_card(shop.offering_id).reserved == 6

    cancel(window.id)

    assert stock_card(shop.offering_id) == StockCard(shop.offering_id, on_hand=20, reserved=0)


def test_cancelling_a_running_window_keeps_those_who_came(
    shop: Shop, window: WindowCard, people: tuple[InvitedPerson, ...]
) -> None:
    came = take_seat(window, people[1].person_id)
    take_seat(window, people[0].person_id)
    inside = window.starts_at + minutes(1)
    assert show_pass(shop, came, now=inside).is_admitted
    send_everything()

    assert cancel(window.id, now=inside) == 1

    assert Seat.objects.get(pk=came.id).state == "checked_in"
    assert Intent.objects.filter(pk__in=[people[1].intent_id]).get().state == "done"
    assert stock_card(shop.offering_id) == StockCard(shop.offering_id, on_hand=18, reserved=0)
    told = [one.person_id for one in planned(window.id) if one.kind == "window_cancelled"]
    assert told == [people[0].person_id]


def test_somebody_who_never_heard_of_the_window_is_not_told_of_its_end(
    window: WindowCard, people: tuple[InvitedPerson, ...]
) -> None:
    assert cancel(window.id) == 0

    assert {one.kind for one in planned(window.id)} == {"seller_get_ready"}
    invites = Invite.objects.values_list("pk", flat=True)
    assert [planned(invite_id)[0].code for invite_id in invites] == ["notice.withdrawn"] * 3


def test_somebody_whose_invite_ran_out_is_not_told(
    window: WindowCard, people: tuple[InvitedPerson, ...]
) -> None:
    send_everything()

    assert cancel(window.id, now=NOON + minutes(50)) == 0


def test_cancelling_takes_back_what_was_to_be_said(
    shop: Shop, window: WindowCard, people: tuple[InvitedPerson, ...]
) -> None:
    take_seat(window, people[0].person_id)
    send_everything()

    cancel(window.id)

    due = OutboxMessage.objects.filter(state="due").values_list("dedupe_key", flat=True)
    assert {key.rsplit(":", 1)[-1] for key in due} == {"window_cancelled"}


def test_second_cancelling_changes_nothing(window: WindowCard) -> None:
    cancel(window.id)

    with nothing_written():
        assert cancel(window.id, now=NOON + minutes(1), reason="other") == 0


def test_window_that_is_over_cannot_be_cancelled(window: WindowCard) -> None:
    with refused("window.closed"):
        cancel(window.id, now=window.ends_at)
    services.move_due(now=window.ends_at)
    with refused("window.closed"):
        cancel(window.id, now=window.ends_at)
    with refused("window.unknown"):
        cancel(uuid4())


# The seller's brakes.


def test_said_stock_limits_new_seats(window: WindowCard) -> None:
    fill(window, 2)

    assert limit(window.id, 3, now=NOON + SECOND) == 0

    assert room(window) == (2, 3)
    assert stated_left(window.id) == StatedLeft(3, NOON + SECOND)
    assert window_events(window.id)[-1][4] == {"left": 3, "total": 3}
    fill(window, 1)
    late = new_person()
    with refused("window.full"):
        _join(window, late)


def _join(window: WindowCard, person_id: UUID) -> None:
    run_operation(
        services.join,
        window_id=window.id,
        person_id=person_id,
        party_size=1,
        intent_id=None,
        by=SYSTEM,
        now=NOON,
    )


def test_said_stock_below_the_promised_seats_counts_the_surplus(
    shop: Shop, window: WindowCard, people: tuple[InvitedPerson, ...]
) -> None:
    came = take_seat(window, people[0].person_id)
    fill(window, 3)
    inside = window.starts_at
    show_pass(shop, came, now=inside)

    assert limit(window.id, 1, now=inside) == 2

    assert room(window) == (4, 4)


def test_place_for_which_nothing_is_left_is_not_given_again(
    window: WindowCard, people: tuple[InvitedPerson, ...]
) -> None:
    one, pair = (take_seat(window, person.person_id) for person in people[:2])
    fill(window, 1)
    assert limit(window.id, 2) == 2

    _give_back(pair.id, pair.person_id)
    assert room(window) == (2, 2)
    _give_back(one.id, one.person_id)
    assert room(window) == (1, 2)


def test_party_that_shrinks_below_a_limit_gives_no_place_either(
    window: WindowCard, people: tuple[InvitedPerson, ...]
) -> None:
    seat = take_seat(window, people[1].person_id, party_size=4)
    limit(window.id, 2)

    for party, expected in ((3, (3, 3)), (1, (1, 2))):
        run_operation(
            services.change_party,
            seat_id=seat.id,
            person_id=seat.person_id,
            party_size=party,
            by=SYSTEM,
            now=NOON,
        )
        assert room(window) == expected


def _give_back(seat_id: UUID, person_id: UUID) -> None:
    run_operation(
        services.release_seat,
        seat_id=seat_id,
        person_id=person_id,
        keeps_intent=True,
        by=SYSTEM,
        now=NOON,
    )


def test_seller_may_correct_upwards_within_what_was_reserved(window: WindowCard) -> None:
    limit(window.id, 1)
    limit(window.id, 5)
    assert room(window) == (0, 5)

    limit(window.id, 50)
    assert room(window) == (0, 6)


def test_said_stock_must_make_sense_and_come_in_time(window: WindowCard) -> None:
    with refused("stock.negative"):
        limit(window.id, -1)
    with refused("window.closed"):
        limit(window.id, 1, now=window.ends_at)
    with refused("window.unknown"):
        limit(uuid4(), 1)
    cancel(window.id)
    with refused("window.closed"):
        limit(window.id, 1)


def test_joins_pause_and_resume(window: WindowCard) -> None:
    pause(window.id)
    with nothing_written():
        pause(window.id)
    assert Window.objects.get().joins_paused

    pause(window.id, is_paused=False)
    with nothing_written():
        pause(window.id, is_paused=False)

    _join(window, new_person())
    assert window_moves(window.id) == ["schedule", "pause_joins", "resume_joins", "seat"]


def test_joins_of_an_ended_window_do_not_pause(window: WindowCard) -> None:
    with refused("window.closed"):
        pause(window.id, now=window.ends_at)
    with refused("window.unknown"):
        pause(uuid4())
    cancel(window.id)
    with refused("window.closed"):
        pause(window.id)


# Settling.


def settle(window_id: UUID) -> bool:
    return run_operation(services.mark_settled, window_id=window_id)


def test_only_a_window_that_is_over_is_settled_and_once(window: WindowCard) -> None:
    with nothing_written():
        assert not settle(window.id)
    services.move_due(now=window.ends_at)

    assert settle(window.id)
    with nothing_written():
        assert not settle(window.id)
        assert not settle(uuid4())


def test_stock_stays_reserved_until_the_result(shop: Shop, window: WindowCard) -> None:
    services.move_due(now=window.ends_at)

    held = reservation_of(f"window:{window.id}")
    assert held is not None
    assert (held.quantity, held.state) == (6, "held")
    assert stock_card(shop.offering_id).reserved == 6

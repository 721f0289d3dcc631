"""R20: a window short of its smallest group is given up at its decision time, as a whole."""

from __future__ import annotations

import pytest

from commerce.stock import queries as stock
from iceshop.infra.db import run_operation
from iceshop.kernel.actors import SYSTEM
from iceshop.kernel.time import TimeRange
from windows.flash import queries as flash
from windows.flash import services
from windows.flash.domain import WindowState, decision_at
from windows.flash.queries import WindowCard
from windows.flash.services import InvitedPerson
from windows.flash.tests.deeds import answer_yes, intent_state, invite_id_of, set_off
from windows.tests.stories import NOON, Shop, accept, buyer, minutes, new_ask, new_shop
from windows.tests.traces import planned, refused, window_events

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Shop:
    return new_shop()


@pytest.fixture
def group() -> list[InvitedPerson]:
    return [buyer(f"Kişi {number}") for number in range(3)]


@pytest.fixture
def agreed(shop: Shop, group: list[InvitedPerson]) -> WindowCard:
    """A window at 14.00 for at least three, to be answered by 13.50."""
    return accept(new_ask(shop, *group, min_people=3, starts_in=60))


def state(window: WindowCard) -> WindowState:
    card = flash.window_card(window.id, now=NOON)
    assert card is not None
    return card.state


def say_yes(*people: InvitedPerson) -> None:
    for person in people:
        answer_yes(invite_id_of(person), person.person_id)


@pytest.mark.parametrize(
    ("starts_in", "length", "decided_in"),
    [(60, 20, 50), (31, 20, 21), (30, 20, 30), (10, 20, 10), (2, 20, 5), (0, 10, None)],
)
def test_decision_time_is_the_last_moment_to_answer(
    starts_in: int, length: int, decided_in: int | None
) -> None:
    start = NOON + minutes(starts_in)
    span = TimeRange(start, start + minutes(length))

    decided = None if decided_in is None else NOON + minutes(decided_in)
    assert decision_at(span, NOON) == decided


def test_too_small_a_group_is_released_as_a_whole(
    shop: Shop, agreed: WindowCard, group: list[InvitedPerson]
) -> None:
    say_yes(group[0], group[1])
    assert agreed.decide_at == agreed.starts_at - minutes(10)

    services.move_due(now=agreed.starts_at - minutes(10))

    assert state(agreed) is WindowState.CANCELLED
    assert flash.seats_of_window(agreed.id) == ()
    assert [intent_state(one) for one in group] == ["open"] * 3
    assert stock.free_stock([shop.offering_id]) == {shop.offering_id: 20}
    told = {(one.kind, one.person_id) for one in planned(agreed.id) if one.state == "due"}
    assert told == {
        ("group_not_reached", group[0].person_id),
        ("group_not_reached", group[1].person_id),
        ("seller_group_not_reached", shop.seller_id),
    }
    (cancelled,) = [event for event in window_events(agreed.id) if event[0] == "cancel"]
    assert cancelled == (
        "cancel",
        agreed.starts_at - minutes(10),
        agreed.starts_at - minutes(10),
        "system",
        {"reason": "group.not_reached", "have": 2, "need": 3},
    )


def test_group_that_was_reached_stays(agreed: WindowCard, group: list[InvitedPerson]) -> None:
    say_yes(*group)

    services.move_due(now=agreed.starts_at - minutes(10))
    services.move_due(now=agreed.starts_at - minutes(9))

    assert state(agreed) is WindowState.SCHEDULED


def test_nobody_who_set_off_is_sent_back(agreed: WindowCard, group: list[InvitedPerson]) -> None:
    say_yes(group[0])
    set_off(flash.seats_of_window(agreed.id)[0])

    services.move_due(now=agreed.starts_at - minutes(10))

    assert state(agreed) is WindowState.SCHEDULED


def test_seller_may_keep_the_window(agreed: WindowCard, group: list[InvitedPerson]) -> None:
    say_yes(group[0])
    for _ in range(2):
        run_operation(services.keep_window, window_id=agreed.id, by=SYSTEM, now=NOON)

    services.move_due(now=agreed.starts_at - minutes(10))

    assert state(agreed) is WindowState.SCHEDULED
    assert [event[0] for event in window_events(agreed.id)].count("keep") == 1


def test_ended_window_cannot_be_kept(agreed: WindowCard) -> None:
    with refused("window.closed"):
        run_operation(services.keep_window, window_id=agreed.id, by=SYSTEM, now=agreed.ends_at)


def test_offering_rests_before_the_same_people_are_asked_again(
    shop: Shop, agreed: WindowCard
) -> None:
    decided = agreed.starts_at - minutes(10)
    services.move_due(now=decided)

    assert flash.resting_offerings(now=decided) == {shop.offering_id: decided + minutes(60)}
    assert flash.resting_offerings(now=decided + minutes(60)) == {}


def test_late_tick_decides_by_the_planned_moment_on_record(agreed: WindowCard) -> None:
    late = agreed.starts_at - minutes(4)

    services.move_due(now=late)

    (_, at, planned_at, _, _) = window_events(agreed.id)[-1]
    assert (at, planned_at) == (late, agreed.starts_at - minutes(10))

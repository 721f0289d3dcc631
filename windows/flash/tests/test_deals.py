from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from commerce.pricing import services as pricing
from commerce.pricing.domain import TermsPlan
from commerce.stock.queries import StockCard, reservation_of, stock_card
from iceshop.infra.db import run_operation
from iceshop.kernel.actors import SYSTEM, Actor
from iceshop.kernel.time import TimeRange
from iceshop.tests.witness import nothing_written
from windows.flash import services
from windows.flash.domain import InviteState, WindowState
from windows.flash.models import Invite, Window
from windows.flash.queries import WindowCard, invites_of_window, window_card
from windows.flash.services import DirectDeal, InvitedPerson
from windows.intents import services as intents
from windows.intents.domain import IntentMove
from windows.negotiation.models import Ask, AskMember
from windows.negotiation.services import Proposal, ProposedMember
from windows.tests.stories import (
    NOON,
    Shop,
    accept,
    buyer,
    minutes,
    new_ask,
    new_person,
    new_shop,
    new_window,
    wish,
)
from windows.tests.traces import Planned, due_kinds, planned, refused, window_events

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)


@pytest.fixture
def shop() -> Shop:
    return new_shop()


@pytest.fixture
def people() -> tuple[InvitedPerson, ...]:
    return buyer("Elif"), buyer("Mert")


def counter(ask_id: UUID, *, now: datetime = NOON, **terms: int) -> WindowCard:
    return run_operation(
        services.counter_ask, ask_id=ask_id, is_confirmed=False, by=SYSTEM, now=now, **terms
    )


def ask_state(ask_id: UUID) -> str:
    return Ask.objects.get(pk=ask_id).state


def invited(window_id: UUID) -> set[UUID]:
    return {invite.person_id for invite in invites_of_window(window_id, now=NOON)}


def test_yes_opens_the_window_as_asked(shop: Shop, people: tuple[InvitedPerson, ...]) -> None:
    ask = new_ask(shop, *people)
    window = accept(ask, by=Actor.staff(7))

    assert window == WindowCard(
        id=window.id,
        ask_id=ask.id,
        store_id=shop.store_id,
        offering_id=shop.offering_id,
        state=WindowState.SCHEDULED,
        starts_at=NOON + minutes(30),
        ends_at=NOON + minutes(50),
        timezone="Europe/Istanbul",
        price_minor=12_000,
        base_price_minor=14_500,
        before_price_minor=14_500,
        currency="TRY",
        benefit_tr="",
        benefit_en="",
        min_people=2,
        seats_max=10,
        seats_taken=0,
        joins_paused=False,
        version=1,
        cancel_reason="",
        decide_at=NOON + minutes(30),
    )
    assert window_card(window.id, now=NOON) == window
    assert len(Window.objects.get().before_evidence) == 1
    assert ask_state(ask.id) == "accepted"
    assert window_events(window.id) == [("schedule", NOON, NOON, "staff", {"seats_max": 10})]


def test_yes_reserves_stock_for_all_seats(shop: Shop, people: tuple[InvitedPerson, ...]) -> None:
    window = accept(new_ask(shop, *people))

    assert stock_card(shop.offering_id) == StockCard(shop.offering_id, on_hand=20, reserved=10)
    held = reservation_of(f"window:{window.id}")
    assert held is not None
    assert (held.quantity, held.state) == (10, "held")


def test_yes_invites_everybody_and_warns_the_seller(
    shop: Shop, people: tuple[InvitedPerson, ...]
) -> None:
    window = accept(new_ask(shop, *people))

    invites = invites_of_window(window.id, now=NOON)
    assert [(i.person_id, i.intent_id, i.party_size, i.state) for i in invites] == [
        (one.person_id, one.intent_id, 1, InviteState.INVITED) for one in people
    ]
    answer_by = NOON + minutes(45)
    assert [planned(invite.id) for invite in invites] == [
        [Planned("invite", one.person_id, NOON, answer_by, "due", "")] for one in people
    ]
    ready = Planned(
        "seller_get_ready", shop.seller_id, NOON + minutes(25), NOON + minutes(40), "due", ""
    )
    assert planned(window.id) == [ready]


def test_second_yes_returns_the_window(shop: Shop, people: tuple[InvitedPerson, ...]) -> None:
    ask = new_ask(shop, *people)
    window = accept(ask)

    with nothing_written():
        assert accept(ask, now=NOON + minutes(3)) == window


def test_seats_are_no_more_than_the_stock(people: tuple[InvitedPerson, ...]) -> None:
    few = new_shop(stock_units=4)

    assert accept(new_ask(few, *people)).seats_max == 4
    assert stock_card(few.offering_id).free == 0


def test_stock_that_fell_below_the_group_keeps_the_ask_waiting(
    people: tuple[InvitedPerson, ...],
) -> None:
    empty = new_shop(stock_units=1)
    ask = new_ask(empty, *people)

    with refused("stock.short") as caught:
        accept(ask)
    assert caught.value.params == {"free": 1, "needed": 2}
    assert ask_state(ask.id) == "asked"


def test_late_yes_moves_the_window_on(shop: Shop, people: tuple[InvitedPerson, ...]) -> None:
    ask = new_ask(shop, *people, starts_in=5)

    window = accept(ask, now=NOON + minutes(6) + SECOND)

    assert window.span == TimeRange(NOON + minutes(9), NOON + minutes(29))


def test_lead_time_of_the_offering_outranks_the_stores(
    shop: Shop, people: tuple[InvitedPerson, ...]
) -> None:
    run_operation(
        pricing.put_terms,
        offering_id=shop.offering_id,
        terms=TermsPlan(lead_minutes=40),
        by=SYSTEM,
        now=NOON,
    )

    assert accept(new_ask(shop, *people)).starts_at == NOON + minutes(40)


def test_late_yes_leaves_out_those_whose_time_no_longer_fits(shop: Shop) -> None:
    patient, other = buyer("Elif"), buyer("Mert")
    hurried = new_person("Ali")
    hurry = InvitedPerson(hurried, _until(hurried, 26), 1)
    ask = new_ask(shop, patient, other, hurry, starts_in=5)

    window = accept(ask, now=NOON + minutes(6))

    assert invited(window.id) == {patient.person_id, other.person_id}


def test_late_yes_for_too_few_is_too_late(shop: Shop) -> None:
    patient, hurried = buyer("Elif"), new_person("Ali")
    hurry = InvitedPerson(hurried, _until(hurried, 26), 1)
    ask = new_ask(shop, patient, hurry, starts_in=5)

    with refused("ask.expired"):
        accept(ask, now=NOON + minutes(6))
    assert accept(ask, now=NOON + minutes(4)).starts_at == NOON + minutes(6)


def _until(person_id: UUID, end: int) -> UUID:
    """A wish that ends ``end`` minutes after noon."""
    card = wish(person_id)
    span = TimeRange(NOON, NOON + minutes(end))
    run_operation(intents.retime, intent_id=card.id, spans=(span,), now=NOON)
    return card.id


@pytest.mark.parametrize("gone", ["pause", "cancel", "seat"])
def test_those_who_no_longer_look_are_left_out(shop: Shop, gone: str) -> None:
    people = buyer("Elif"), buyer("Mert"), buyer("Ali")
    ask = new_ask(shop, *people)
    assert people[0].intent_id is not None
    run_operation(
        intents.move,
        intent_id=people[0].intent_id,
        move=IntentMove(gone),
        by=SYSTEM,
        now=NOON,
    )

    assert invited(accept(ask).id) == {people[1].person_id, people[2].person_id}


def test_counter_opens_the_window_at_the_sellers_price(
    shop: Shop, people: tuple[InvitedPerson, ...]
) -> None:
    ask = new_ask(shop, *people)

    window = counter(ask.id, percent_bp=1_500)

    assert (window.price_minor, window.base_price_minor) == (12_325, 14_500)
    with nothing_written():
        assert counter(ask.id, unit_minor=12_325) == window


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        ({"unit_minor": 9_999}, "ask.below_floor"),
        ({"amount_off_minor": 1_000}, "ask.too_few"),
        ({"unit_minor": 15_000}, "ask.not_a_discount"),
        ({}, "ask.not_a_discount"),
    ],
)
def test_counter_that_does_not_bind_opens_nothing(
    shop: Shop, people: tuple[InvitedPerson, ...], terms: dict[str, Any], code: str
) -> None:
    ask = new_ask(shop, *people)

    with refused(code):
        counter(ask.id, **terms)
    assert ask_state(ask.id) == "asked"


def test_counter_to_an_unknown_ask_is_not_found() -> None:
    with refused("ask.unknown"):
        counter(uuid4(), unit_minor=12_000)


def test_counter_invites_only_those_who_can_pay(shop: Shop) -> None:
    rich, poor = buyer("Elif", party_size=2), buyer("Ali")
    ask = new_ask(shop, rich, poor)
    AskMember.objects.filter(person_id=poor.person_id).update(budget_minor=12_000)

    assert invited(counter(ask.id, unit_minor=12_500).id) == {rich.person_id}


def test_price_before_needs_evidence(people: tuple[InvitedPerson, ...]) -> None:
    window = accept(new_ask(new_shop(history_days=29), *people))

    assert (window.before_price_minor, window.before, window.discount_bp) == (None, None, None)
    assert Window.objects.get().before_evidence == []


def test_window_that_overlaps_another_of_the_offering_is_refused(
    shop: Shop, people: tuple[InvitedPerson, ...]
) -> None:
    new_window(shop, starts_in=45, seats=2)
    ask = new_ask(shop, *people)

    with refused("window.overlaps"):
        accept(ask)


def test_windows_of_one_offering_may_touch(shop: Shop, people: tuple[InvitedPerson, ...]) -> None:
    new_window(shop, starts_in=50, seats=2)

    assert accept(new_ask(shop, *people)).ends_at == NOON + minutes(50)


def test_standing_rule_opens_without_asking_and_tells_the_seller(
    shop: Shop, people: tuple[InvitedPerson, ...]
) -> None:
    window = _open_by_rule(shop, people)

    kinds = [(one.kind, one.person_id, one.not_before) for one in planned(window.id)]
    assert kinds == [
        ("seller_agreed", shop.seller_id, NOON),
        ("seller_get_ready", shop.seller_id, NOON + minutes(25)),
    ]
    assert invited(window.id) == {one.person_id for one in people}
    with nothing_written():
        assert _open_by_rule(shop, people) == window


def _open_by_rule(shop: Shop, people: tuple[InvitedPerson, ...]) -> WindowCard:
    proposal = Proposal(
        decision_key="decision:1",
        store_id=shop.store_id,
        offering_id=shop.offering_id,
        starts_at=NOON + minutes(30),
        ends_at=NOON + minutes(50),
        people=2,
        min_people=2,
        max_people=10,
        price_minor=12_000,
        base_price_minor=14_500,
        currency="TRY",
        answer_by=NOON + minutes(2),
    )
    members = tuple(
        ProposedMember(one.intent_id, one.person_id, 1, 13_000) for one in people if one.intent_id
    )
    by = Actor.rule("engine")
    return run_operation(services.open_by_rule, proposal=proposal, members=members, by=by, now=NOON)


def deal_of(shop: Shop) -> DirectDeal:
    return DirectDeal(
        source_key="program:1",
        store_id=shop.store_id,
        offering_id=shop.offering_id,
        span=TimeRange(NOON + minutes(60), NOON + minutes(80)),
        price_minor=11_800,
        base_price_minor=14_500,
        currency="TRY",
        seats_max=6,
        benefit_tr="çay bizden",
        benefit_en="tea is on us",
    )


def open_directly(deal: DirectDeal, *people: InvitedPerson) -> WindowCard:
    return run_operation(
        services.open_directly, deal=deal, people=people, by=Actor.client("token"), now=NOON
    )


def test_program_opens_a_window_once(shop: Shop, people: tuple[InvitedPerson, ...]) -> None:
    deal = deal_of(shop)
    window = open_directly(deal, *people)

    assert (window.ask_id, window.span, window.min_people) == (None, deal.span, 1)
    assert (window.benefit("tr"), window.benefit("en")) == ("çay bizden", "tea is on us")
    assert invited(window.id) == {one.person_id for one in people}
    assert window_events(window.id)[0][3] == "client"
    assert due_kinds(window.id) == ["seller_get_ready"]
    with nothing_written():
        assert open_directly(replace(deal, seats_max=9), *people) == window


@pytest.mark.parametrize(
    ("change", "code"),
    [({"seats_max": 21}, "stock.short"), ({"seats_max": 0}, "stock.quantity")],
)
def test_program_cannot_promise_what_is_not_there(
    shop: Shop, change: dict[str, int], code: str
) -> None:
    deal = replace(deal_of(shop), **change)  # type: ignore[arg-type]  # keys are fields

    with refused(code):
        open_directly(deal)


def test_seller_of_a_window_that_starts_at_once_is_still_warned(shop: Shop) -> None:
    window = new_window(shop, starts_in=2)

    (ready,) = planned(window.id)
    assert (ready.not_before, ready.useful_until) == (NOON + minutes(1), NOON + minutes(12))


def test_invites_of_a_later_window_end_ten_minutes_before_it(shop: Shop) -> None:
    window = new_window(shop, buyer(), starts_in=60)

    assert Invite.objects.get().answer_by == window.starts_at - minutes(10)

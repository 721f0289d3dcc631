"""Asks: one answer, one window, one live ask of a wish."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from functools import partial
from uuid import UUID

import pytest

from commerce.stock.queries import stock_card
from iceshop.infra.db import run_operation
from iceshop.kernel.actors import SYSTEM, Actor
from iceshop.kernel.time import TimeRange
from iceshop.tests.races.together import together
from windows.flash import services as flash
from windows.flash.models import Invite, Window
from windows.flash.queries import WindowCard
from windows.intents import services as intents
from windows.intents.domain import Wish
from windows.intents.models import Intent, IntentEvent
from windows.intents.queries import IntentCard
from windows.negotiation import services
from windows.negotiation.models import Ask, AskEvent, AskMember
from windows.negotiation.queries import AskCard
from windows.tests.stories import ISTANBUL, NOON, Shop, buyer, new_ask, new_person, new_shop

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shop() -> Shop:
    return new_shop()


@pytest.fixture
def ask(shop: Shop) -> AskCard:
    return new_ask(shop, buyer("Elif"), buyer("Mert"))


def accept(ask: AskCard, staff: int) -> WindowCard:
    return run_operation(
        flash.accept_ask,
        is_confirmed=False,
        ask_id=ask.id,
        by=Actor.staff(staff),
        now=ask.answer_by - timedelta(seconds=1),
    )


def counter(ask: AskCard, staff: int) -> WindowCard:
    return run_operation(
        flash.counter_ask,
        is_confirmed=False,
        ask_id=ask.id,
        unit_minor=12_000 + staff,
        by=Actor.staff(staff),
        now=NOON,
    )


def refuse(ask: AskCard) -> None:
    run_operation(services.refuse, ask_id=ask.id, by=Actor.staff(9), now=NOON)


def leave(intent_id: UUID) -> None:
    run_operation(services.leave, intent_id=intent_id, now=NOON)


def answers_of(ask: AskCard) -> list[str]:
    return list(
        AskEvent.objects.filter(ask_id=ask.id).order_by("pk").values_list("move", flat=True)
    )


def test_two_of_the_staff_say_yes_at_once(shop: Shop, ask: AskCard) -> None:
    windows = together([partial(accept, ask, staff) for staff in range(6)])

    assert {window.id for window in windows} == {Window.objects.get().id}
    assert answers_of(ask) == ["ask", "accept"]
    assert stock_card(shop.offering_id).reserved == 10
    assert Invite.objects.count() == 2


def test_first_answer_wins_and_the_others_are_told(ask: AskCard) -> None:
    answers = together([partial(counter, ask, 1), partial(counter, ask, 2), partial(refuse, ask)])

    assert Counter(answer for answer in answers if isinstance(answer, str)) == {
        "ask.already_answered": 2
    }
    row = Ask.objects.get()
    assert (row.state == "refused") is (answers[2] is None)
    assert Window.objects.count() == (1 if row.state == "accepted" else 0)


def test_yes_and_expiry_at_once_are_one_of_both(ask: AskCard) -> None:
    answer, expired, again = together(
        [
            partial(accept, ask, 1),
            partial(services.expire_due, now=ask.answer_by),
            partial(services.expire_due, now=ask.answer_by),
        ]
    )

    state = Ask.objects.get().state
    if state == "accepted":
        assert answer.id == Window.objects.get().id
        assert (expired, again) == (0, 0)
    else:
        assert (state, answer) == ("expired", "ask.expired")
        assert sorted((expired, again)) == [0, 1]
        assert not Window.objects.exists()


def test_yes_while_a_buyer_leaves_opens_a_window_or_ends_the_ask(ask: AskCard) -> None:
    members = list(AskMember.objects.values_list("intent_id", flat=True))

    answer, *_ = together([partial(accept, ask, 1), *(partial(leave, key) for key in members)])

    state = Ask.objects.get().state
    assert (state, answer == "ask.already_answered") in [
        ("accepted", False),
        ("withdrawn", True),
    ]
    assert not AskMember.objects.filter(is_live=True).exists()


def test_two_shops_asked_for_the_same_wishes_at_once() -> None:
    people = buyer("Elif"), buyer("Mert")
    shops = [new_shop(name=f"Dükkân {place}") for place in range(4)]

    answers = together([partial(new_ask, shop, *people) for shop in shops])

    assert Counter(answer for answer in answers if isinstance(answer, str)) == {
        "intent.in_other_ask": 3
    }
    assert Ask.objects.count() == 1


def test_one_offering_is_asked_about_a_time_once(shop: Shop) -> None:
    groups = [(buyer("Elif"), buyer("Mert")) for _ in range(4)]

    answers = together([partial(new_ask, shop, *group) for group in groups])

    assert Counter(answer for answer in answers if isinstance(answer, str)) == {
        "ask.already_asked": 3
    }
    assert AskMember.objects.count() == 2


def test_same_wish_declared_many_times_at_once_is_one() -> None:
    person_id = new_person()
    wish = Wish(
        product_text="kahve",
        concept_key="coffee",
        spans=(TimeRange(NOON, NOON + timedelta(hours=1)),),
        point=None,
        place_name="",
        timezone=ISTANBUL,
    )

    def declare() -> tuple[IntentCard, bool]:
        return run_operation(
            intents.declare_intent,
            person_id=person_id,
            source_key="message:1",
            wish=wish,
            by=SYSTEM,
            now=NOON,
        )

    answers = together([declare] * 6)

    assert {card.id for card, _ in answers} == {Intent.objects.get().id}
    assert Counter(is_new for _, is_new in answers) == {True: 1, False: 5}
    assert IntentEvent.objects.count() == 1

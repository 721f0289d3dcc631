"""Twins over stored wishes: what a larger discount reaches, and windows on other terms."""

from __future__ import annotations

from dataclasses import fields

import pytest

from commerce.forecast.numerics.price_acceptance import Acceptance, Answer, learn
from iceshop.kernel.geo import Point
from windows.flash.queries import WindowCard
from windows.flash.services import InvitedPerson
from windows.negotiation.queries import AskCard
from windows.tests.stories import (
    NOON,
    Shop,
    buyer,
    minutes,
    new_ask,
    new_person,
    new_shop,
    new_window,
    take_seat,
    wish,
)
from windows.twin.queries import Change, larger_discount, own_terms, twin_of

pytestmark = pytest.mark.django_db

UNKNOWN = Acceptance()
FAR = Point(41.08, 29.06)


@pytest.fixture
def shop() -> Shop:
    """Coffee at 145, cost 60, lowest price 100."""
    return new_shop(stock_units=500)


@pytest.fixture
def ask(shop: Shop) -> AskCard:
    """Three people at 120."""
    return new_ask(shop, buyer("Elif", party_size=2), buyer("Mert"))


def learned() -> Acceptance:
    """Forty answers about coffee, half of them yes."""
    return learn(Answer("food", "coffee", 12_000, 14_500, 300, n % 2 == 0) for n in range(40))


def test_larger_discount_counts_open_wishes_that_it_reaches(ask: AskCard) -> None:
    for _ in range(2):
        buyer("Can", party_size=2, budget_minor=11_600)
    buyer("Ece", budget_minor=11_500)
    buyer("Uzak", budget_minor=11_600, point=FAR)

    found = larger_discount(ask, acceptance=UNKNOWN, now=NOON)

    assert found is not None
    assert (found.price_minor, found.fit_now, found.fit_then) == (11_565, 3, 7)
    assert found.is_worth_saying
    assert not found.is_learned


def test_larger_discount_stops_at_the_largest_group(shop: Shop) -> None:
    ask = new_ask(shop, buyer("Elif", party_size=2), buyer("Mert"), max_people=4)
    buyer("Can", party_size=3, budget_minor=11_600)
    found = larger_discount(ask, acceptance=UNKNOWN, now=NOON)
    assert found is not None
    assert found.fit_then == 4


def test_nobody_who_waits_elsewhere_is_counted(shop: Shop, ask: AskCard) -> None:
    other = new_shop(name="Öteki", concept="coffee")
    new_ask(other, buyer("Can", party_size=2, budget_minor=11_600), min_people=1)
    new_window(other, buyer("Ece", party_size=2, budget_minor=11_600), starts_in=200)
    found = larger_discount(ask, acceptance=UNKNOWN, now=NOON)
    assert found is not None
    assert (found.fit_now, found.fit_then) == (3, 3)
    assert not found.is_worth_saying


def test_nothing_is_said_beyond_the_sellers_limits(shop: Shop) -> None:
    at_floor = new_ask(shop, buyer("Elif", party_size=2), price_minor=10_300)
    in_words = new_ask(
        shop, buyer("Mert"), starts_in=90, price_minor=14_500, benefit=("çay", "tea")
    )
    assert larger_discount(at_floor, acceptance=UNKNOWN, now=NOON) is None
    assert larger_discount(in_words, acceptance=UNKNOWN, now=NOON) is None


def test_enough_answers_are_told_as_a_range(ask: AskCard) -> None:
    found = larger_discount(ask, acceptance=learned(), now=NOON)
    assert found is not None
    assert found.is_learned
    assert found.yes_now.mean_milli == pytest.approx(1500, abs=150)
    assert found.yes_then.mean_milli > found.yes_now.mean_milli
    assert found.yes_now.low < found.yes_now.high <= 3


@pytest.fixture
def window(shop: Shop) -> WindowCard:
    """Two of three invited took a seat at 118; one more would pay 130, one 100."""
    people = [buyer(name) for name in ("Elif", "Mert", "Can")]
    made = new_window(shop, *people)
    for person in people[:2]:
        take_seat(made, person.person_id)
    buyer("Ece", budget_minor=13_000, now=NOON + minutes(5))
    buyer("Ali", budget_minor=10_500)
    return made


def changed(window: WindowCard, **terms: int) -> Change:
    own = own_terms(window)
    known = {
        "price_minor": own.price_minor,
        "later_minutes": own.later_minutes,
        "length_minutes": own.length_minutes,
    }
    return Change(**{**known, **terms})


def test_window_on_its_own_terms_sees_all_who_wanted_it(window: WindowCard) -> None:
    twin = twin_of(window, own_terms(window), acceptance=UNKNOWN, now=NOON + minutes(90))
    assert twin.own == twin.other
    assert twin.own.fit == 4
    assert twin.own.left_minor == twin.own.come.mean_milli * (11_800 - 6_000) // 1000
    assert not twin.is_learned


def test_cheaper_window_reaches_more_and_dearer_fewer(window: WindowCard) -> None:
    cheap = twin_of(window, changed(window, price_minor=10_500), acceptance=UNKNOWN, now=NOON)
    dear = twin_of(window, changed(window, price_minor=13_500), acceptance=UNKNOWN, now=NOON)
    assert (cheap.other.fit, dear.other.fit) == (5, 0)
    assert cheap.other.come.mean_milli > cheap.own.come.mean_milli


def test_window_at_another_time_reaches_who_is_free_then(shop: Shop, window: WindowCard) -> None:
    late = buyer("Geç", now=NOON + minutes(150))
    assert late.intent_id is not None
    twin = twin_of(
        window, changed(window, later_minutes=120), acceptance=UNKNOWN, now=NOON + minutes(200)
    )
    # Wishes of the first hour end three hours after noon; the last one was made in time.
    assert (twin.own.fit, twin.other.fit) == (4, 1)


def test_longer_window_shortens_the_queue(window: WindowCard) -> None:
    twin = twin_of(window, changed(window, length_minutes=60), acceptance=learned(), now=NOON)
    assert twin.is_learned
    assert twin.other.queue <= twin.own.queue
    assert twin.other.scenario.end - twin.other.scenario.start == 60


def test_one_window_has_one_price_for_everybody(shop: Shop) -> None:
    """Neither budget, party, history nor distance of a person moves the price or the response."""
    regular = new_person("Elif")
    earlier = new_window(shop, InvitedPerson(regular, wish(regular).id, 1), starts_in=30)
    take_seat(earlier, regular)
    people = [
        InvitedPerson(regular, wish(regular, budget_minor=None).id, 1),
        buyer("Mert", party_size=3, budget_minor=12_000),
        buyer("Can", budget_minor=14_500, point=None),
    ]
    window = new_window(shop, *people, starts_in=90)

    prices = {take_seat(window, person.person_id).price_minor for person in people}

    assert prices == {window.price_minor}
    assert {field.name for field in fields(Answer)} == {
        *("kind", "product", "price_minor", "reference_minor", "distance_m", "is_yes")
    }

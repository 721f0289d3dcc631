"""Whom to expect, and what is said before they come."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from windows.engine.types import Expected
from windows.flash import services as windows
from windows.flash.queries import WindowCard, window_card
from windows.flash.services import InvitedPerson
from windows.learning import queries, services
from windows.learning.domain.circumstances import PRIOR
from windows.learning.models import Offset, ParameterSet, RangeCheck
from windows.outcomes import services as outcomes
from windows.outcomes.models import SeatEstimate
from windows.outcomes.queries import result_of
from windows.tests.stories import (
    NOON,
    Shop,
    buyer,
    fill,
    minutes,
    new_shop,
    new_window,
    show_pass,
    take_seat,
    wish,
)

pytestmark = pytest.mark.django_db

STARTS, ENDS = NOON + minutes(60), NOON + minutes(80)


@pytest.fixture
def shop() -> Shop:
    return new_shop()


def expected(window: WindowCard, now: datetime = NOON) -> Expected:
    card = window_card(window.id, now=now)
    assert card is not None
    return queries.expected_people(card, now=now)


def mean_of(window: WindowCard, now: datetime = NOON) -> int:
    return expected(window, now).mean_milli


def champion(model: str, kind: str, payload: dict[str, object], version: int = 1) -> None:
    ParameterSet.objects.create(
        model=model,
        version=version,
        kind=kind,
        state="champion",
        reason="better",
        trained_through=NOON,
        outcomes=100,
        self_caused_ppm=0,
        payload=payload,
        back_test={},
        made_at=NOON,
    )


def test_unknown_person_comes_by_the_prior() -> None:
    card = wish(buyer("Elif").person_id)

    assert queries.show_permille([card], now=NOON) == {card.id: 850}


def test_expected_people_by_what_they_do(shop: Shop) -> None:
    people = buyer("Elif"), buyer("Mert", party_size=2), buyer("Ali", party_size=3)
    window = new_window(shop, *people)

    invited = 850 * 350 // 1000
    assert mean_of(window) == 6 * invited
    seat = take_seat(window, people[1].person_id)
    held = mean_of(window) - 4 * invited
    assert 2 * 800 < held < 2 * 880
    show_pass(shop, seat, now=STARTS)
    assert mean_of(window) == 2 * 1000 + 4 * invited
    assert mean_of(window, NOON + minutes(50)) == 2 * 1000
    assert mean_of(window, ENDS) == 2 * 1000


def test_those_who_no_longer_fit_in_are_not_expected(shop: Shop) -> None:
    people = buyer("Elif"), buyer("Mert", party_size=2), buyer("Ali", party_size=3)
    window = new_window(shop, *people, seats=4)
    before = mean_of(window)
    fill(window, 2)

    assert before == 3 * (850 * 350 // 1000)
    seated = mean_of(window) - 850 * 350 // 1000
    assert 2 * 800 < seated < 2 * 900


def test_who_has_not_come_is_less_likely_the_less_is_left(shop: Shop) -> None:
    people = tuple(buyer(name) for name in ("Elif", "Mert", "Ali"))
    window = new_window(shop, *people)
    for person in people:
        take_seat(window, person.person_id)

    means = [mean_of(window, STARTS + minutes(passed)) for passed in (0, 5, 10, 15, 19)]

    assert means == sorted(means, reverse=True)
    assert means[-1] < means[0] / 3
    assert mean_of(window, ENDS) == 0


def played(shop: Shop, people: tuple[InvitedPerson, ...], *, came: int, at: int) -> WindowCard:
    """A window that is over and learned from; of its seats something was said when it began."""
    window = new_window(shop, *people, starts_in=at)
    seats = [take_seat(window, person.person_id) for person in people]
    services.estimate_due(now=window.starts_at)
    for seat in seats[:came]:
        assert show_pass(shop, seat, now=window.starts_at + minutes(1)).is_admitted
    windows.move_due(now=window.ends_at)
    outcomes.record_due(now=window.ends_at)
    services.learn_due(now=window.ends_at)
    return window


def again(person: InvitedPerson) -> InvitedPerson:
    card = wish(person.person_id, party_size=person.party_size, hours=12)
    return InvitedPerson(person.person_id, card.id, person.party_size)


def test_who_missed_is_less_likely_and_who_came_more_than_a_new_person(shop: Shop) -> None:
    came, missed = buyer("Elif"), buyer("Mert")
    played(shop, (came, missed), came=1, at=60)
    cards = [wish(one.person_id, hours=12) for one in (came, missed, buyer("Ali"))]

    found = queries.show_permille(cards, now=ENDS)

    likely, unlikely, new = (found[card.id] for card in cards)
    assert unlikely < new - 100
    assert likely > new
    assert set(Offset.objects.exclude(person=None).values_list("came", "missed")) == {
        (1, 0),
        (0, 1),
    }


def test_region_in_which_nobody_comes_lowers_the_chance_of_new_people(shop: Shop) -> None:
    people = tuple(buyer(f"Komşu {number}") for number in range(8))
    before = queries.show_permille([card := wish(buyer("Ali").person_id)], now=NOON)[card.id]
    played(shop, people, came=0, at=60)

    assert queries.show_permille([card], now=ENDS)[card.id] < before - 50
    # After a year all of it is forgotten.
    later = ENDS + timedelta(days=365)
    assert queries.show_permille([card], now=later)[card.id] == before


def test_what_is_said_at_the_start_stands_and_makes_the_result(shop: Shop) -> None:
    people = buyer("Elif"), buyer("Mert", party_size=2)
    window = new_window(shop, *people)
    for person in people:
        take_seat(window, person.person_id)

    assert services.estimate_due(now=STARTS - minutes(1)) == 0
    assert services.estimate_due(now=STARTS) == 2
    assert services.estimate_due(now=STARTS + minutes(1)) == 0

    said = {row.seat.party_size: row for row in SeatEstimate.objects.select_related("seat")}
    assert {row.made_at for row in said.values()} == {STARTS}
    assert [len(row.figures) for row in said.values()] == [len(PRIOR)] * 2
    windows.move_due(now=ENDS)
    outcomes.record_due(now=ENDS)
    result = result_of(window.id)
    assert result is not None
    assert result.predicted.mean_milli == said[1].permille + 2 * said[2].permille


def test_result_is_learned_once(shop: Shop) -> None:
    played(shop, (buyer("Elif"), buyer("Mert")), came=1, at=60)
    moved = list(Offset.objects.order_by("pk").values_list("mean", flat=True))

    assert services.learn_due(now=ENDS) == 0
    window_id = RangeCheck.objects.get().window_id
    assert services.learn(window_id=window_id, now=ENDS) is False
    assert list(Offset.objects.order_by("pk").values_list("mean", flat=True)) == moved


def test_range_check_says_where_the_count_lies(shop: Shop) -> None:
    played(shop, tuple(buyer(f"Komşu {number}") for number in range(5)), came=2, at=60)

    check = RangeCheck.objects.get()
    assert (check.people, check.came) == (5, 2)
    assert 0 <= check.below_ppm < check.up_to_ppm < 150_000
    assert check.low_90 <= check.low_80 <= check.high_80 <= check.high_90 == 5


def test_party_that_grew_after_the_start_counts_as_it_was_said(shop: Shop) -> None:
    person = buyer("Elif", party_size=3)
    window = new_window(shop, person)
    seat = take_seat(window, person.person_id)
    services.estimate_due(now=STARTS)
    SeatEstimate.objects.update(party_size=2)
    assert show_pass(shop, seat, now=STARTS + minutes(1)).is_admitted
    windows.move_due(now=ENDS)
    outcomes.record_due(now=ENDS)

    assert services.learn_due(now=ENDS) == 1

    check = RangeCheck.objects.get()
    assert (check.people, check.came) == (2, 2)


def test_learned_coefficients_are_in_force(shop: Shop) -> None:
    coefficients = [0.0] * len(PRIOR)
    champion("show", "logistic", {"coefficients": coefficients})
    card = wish(buyer("Elif").person_id)

    assert queries.show_permille([card], now=NOON) == {card.id: 500}
    assert not queries.in_force().is_rule_mode


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("logistic", {}),
        ("logistic", {"coefficients": [1.0]}),
        ("logistic", {"coefficients": ["much"] * len(PRIOR)}),
        ("trees", {}),
    ],
)
def test_set_that_cannot_be_read_means_rule_mode(
    shop: Shop, kind: str, payload: dict[str, object]
) -> None:
    champion("show", kind, payload)
    came, missed = buyer("Elif"), buyer("Mert")
    cards = [wish(one.person_id) for one in (came, missed)]

    assert queries.in_force().is_rule_mode
    assert queries.show_permille(cards, now=NOON) == {card.id: 850 for card in cards}
    assert queries.standing(now=NOON).needs_an_eye


def test_shock_and_share_of_yes_are_those_in_force(shop: Shop) -> None:
    people = tuple(buyer(f"Komşu {number}") for number in range(10))
    window = new_window(shop, *people)
    for person in people:
        take_seat(window, person.person_id)
    usual = expected(window)
    champion("shock", "spread", {"general": 1200, "regions": {}})
    wide = expected(window)
    assert (usual.mean_milli, usual.range_permille) == (wide.mean_milli, 800)
    assert wide.high - wide.low > usual.high - usual.low

    champion("accept", "share", {"permille": 800})
    other = new_window(new_shop(name="Bahariye"), buyer("Ali"), starts_in=300)
    assert mean_of(other) == 850 * 800 // 1000


def test_chances_take_few_queries(
    shop: Shop, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    people = tuple(buyer(f"Komşu {number}") for number in range(4))
    window = new_window(shop, *people)
    for person in people[:2]:
        take_seat(window, person.person_id)
    card = window_card(window.id, now=NOON)
    assert card is not None
    cards = [wish(person.person_id) for person in people]

    with django_assert_num_queries(2):
        queries.show_permille(cards, now=NOON)
    with django_assert_num_queries(4):
        queries.expected_people_of([card], now=NOON)

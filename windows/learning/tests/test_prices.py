"""What invites and asks teach about prices, night by night."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest

from commerce.forecast.numerics.price_acceptance import LOG_RATIO, PRIOR_MEAN, features_of
from commerce.forecast.numerics.price_limit import Limit
from windows.flash.models import Invite, Window
from windows.learning import services
from windows.learning.models import ParameterSet
from windows.learning.queries.prices import (
    buyers_answers,
    price_response,
    seller_limits,
    sellers_bounds,
)
from windows.negotiation.models import Ask
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
)

pytestmark = pytest.mark.django_db

LIST_MINOR = 14_500
LONG_AGO = NOON - timedelta(days=40)


@pytest.fixture
def shop() -> Shop:
    return new_shop(stock_units=500)


def past_invites(shop: Shop, count: int, *, limit_minor: int) -> None:
    """Invites of the last weeks at many prices; nearly all say yes up to ``limit_minor``."""
    chance = Random(4)
    person = new_person()
    windows, invites = [], []
    for number in range(count):
        at = LONG_AGO + timedelta(hours=6 * number)
        price = chance.randrange(8_000, LIST_MINOR, 100)
        window = Window(
            source_key=f"past:{number}",
            store_id=shop.store_id,
            offering_id=shop.offering_id,
            state="closed",
            starts_at=at + minutes(60),
            ends_at=at + minutes(80),
            timezone="Europe/Istanbul",
            price_minor=price,
            base_price_minor=LIST_MINOR,
            currency="TRY",
            min_people=1,
            seats_max=9,
            created_at=at,
            closed_at=at + minutes(80),
        )
        is_yes = (price <= limit_minor) != (chance.random() < 0.05)
        windows.append(window)
        invites.append(
            Invite(
                window=window,
                person_id=person,
                state="accepted" if is_yes else "declined",
                party_size=1,
                answer_by=at + minutes(20),
                created_at=at,
                answered_at=at + minutes(5),
            )
        )
    Window.objects.bulk_create(windows)
    Invite.objects.bulk_create(invites)


def past_asks(shop: Shop, count: int, *, most: float) -> None:
    """Asks of the last weeks; the seller agrees up to ``most`` of the price."""
    chance = Random(5)
    asks = []
    for number in range(count):
        at = LONG_AGO + timedelta(hours=6 * number)
        share = chance.uniform(0.03, 0.45)
        price = round(LIST_MINOR * (1 - share))
        is_yes = share < most
        asks.append(
            Ask(
                decision_key=f"past:{number}",
                store_id=shop.store_id,
                offering_id=shop.offering_id,
                state="accepted" if is_yes else "refused",
                starts_at=at + minutes(30),
                ends_at=at + minutes(50),
                people=3,
                min_people=2,
                max_people=9,
                price_minor=price,
                base_price_minor=LIST_MINOR,
                agreed_price_minor=price if is_yes else None,
                currency="TRY",
                answer_by=at + minutes(5),
                created_at=at,
                answered_at=at + minutes(2),
            )
        )
    Ask.objects.bulk_create(asks)


def kept(model: str) -> list[tuple[int, str, str, str]]:
    rows = ParameterSet.objects.filter(model=model).order_by("version")
    return list(rows.values_list("version", "kind", "state", "reason"))


def test_invites_teach_with_prices_and_way_but_without_the_person(shop: Shop) -> None:
    people = [buyer("Elif"), buyer("Mert"), buyer("Can", point=None)]
    window = new_window(shop, *people)
    take_seat(window, people[0].person_id)

    found = buyers_answers(since=NOON, now=window.ends_at)

    assert [one.answer.is_yes for one in found] == [True, False, False]
    assert {(one.answer.kind, one.answer.product) for one in found} == {("food", "coffee")}
    assert {one.answer.price_minor for one in found} == {11_800}
    assert found[2].answer.distance_m == 0 < found[0].answer.distance_m < 500


def test_invite_that_still_waits_teaches_nothing(shop: Shop) -> None:
    new_window(shop, buyer("Elif"))
    new_window(shop, buyer("Mert"), starts_in=200, price_minor=14_500, benefit=("çay", "tea"))
    assert buyers_answers(since=NOON, now=NOON + minutes(1)) == ()
    assert len(buyers_answers(since=NOON, now=NOON + minutes(400))) == 1


def test_asks_bound_the_limit_and_silence_does_not(shop: Shop) -> None:
    past_asks(shop, 4, most=0.2)
    new_ask(shop, buyer("Elif"), buyer("Mert"))
    bounds = [one.bound for one in sellers_bounds(since=LONG_AGO)]
    assert len(bounds) == 4
    assert all(one.is_at_least == (one.discount < 0.2) for one in bounds)
    assert {one.seller for one in bounds} == {str(shop.store_id)}


def test_first_nights_keep_the_belief_of_day_one(shop: Shop) -> None:
    assert services.refit_prices(now=NOON) == 0
    past_invites(shop, 40, limit_minor=11_000)
    assert services.refit_prices(now=NOON) == 0
    assert kept("price") == [(1, "rule", "retired", "too_few")]
    assert price_response().everything.mean.tolist() == list(PRIOR_MEAN)
    assert seller_limits().everything == Limit()


def test_answers_of_buyers_take_over_when_they_say_more(shop: Shop) -> None:
    past_invites(shop, 155, limit_minor=11_000)

    assert services.refit_prices(now=NOON) == 1

    assert kept("price") == [(1, "pooled", "champion", "better")]
    belief = price_response().of("food", "coffee")
    assert belief.mean[LOG_RATIO] < -4
    cheap, dear = (belief.chance(features_of(price, LIST_MINOR, 0))[0] for price in (9_000, 14_000))
    assert cheap > 0.8
    assert dear < 0.25
    tests = ParameterSet.objects.get(model="price").back_test
    assert tests["challenger"]["loss"] < tests["champion"]["loss"]
    assert services.refit_prices(now=NOON) == 0


def test_answers_of_sellers_take_over_when_they_say_more(shop: Shop) -> None:
    past_asks(shop, 155, most=0.25)

    assert services.refit_prices(now=NOON) == 1

    assert kept("limit") == [(1, "pooled", "champion", "better")]
    limit = seller_limits().of("food", str(shop.store_id))
    assert 0.2 < limit.middle < 0.3
    assert limit.chance_of_yes(0.10) > 0.9


def test_set_that_cannot_be_read_counts_as_not_learned(shop: Shop) -> None:
    past_invites(shop, 155, limit_minor=11_000)
    services.refit_prices(now=NOON)
    ParameterSet.objects.filter(model="price").update(payload={"everything": 1})
    assert price_response().everything.mean.tolist() == list(PRIOR_MEAN)

"""Shops, wishes and errands of people who are played."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random

import pytest

from commerce.pricing.domain import check_deal
from whatsapp.city.people.deeds import Seen
from whatsapp.city.people.errand import Errand, errand_of
from whatsapp.city.play.faults import FaultLevel, orders
from whatsapp.city.sellers import city_shops
from whatsapp.city.shops import shops
from whatsapp.city.wishes import ZONE, wish_for
from whatsapp.nlu.lexicon import bundled
from whatsapp.nlu.parse import parse

NOON = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)


def test_a_city_begins_with_the_shops_of_the_demo() -> None:
    known = shops()
    assert city_shops(3, seed=1) == known[:3]
    assert city_shops(30, seed=1)[: len(known)] == known


def test_generated_shops_have_valid_deals_and_names_of_their_own() -> None:
    made = city_shops(80, seed=5)
    for shop in made:
        for product in shop.products:
            check_deal(product.history[-1][1], product.terms, product.tiers)
    assert len({shop.plan.name for shop in made}) == len({shop.phone for shop in made}) == 80
    assert city_shops(80, seed=5) == made
    assert city_shops(80, seed=6) != made


@pytest.mark.parametrize("language", ["tr", "en"])
def test_a_wish_in_one_sentence_is_read_as_it_was_meant(language: str) -> None:
    chance = Random(7)
    for _ in range(60):
        wish = wish_for(chance.choice(city_shops(25, seed=1)), at=NOON, chance=chance)
        reading = parse(
            wish.sentence(language, chance),
            now=NOON,
            zone=ZONE,
            language=language,
            lexicon=bundled(),
            role="buyer",
            question=None,
        )
        named = bundled().product(reading.product or "")
        assert named is bundled().product(wish.product_tr)
        assert reading.place is not None
        assert wish.place in reading.place.names
        assert (reading.group_size or 1) == wish.party
        amount = reading.budget.amount_minor if reading.budget else None
        assert amount == (None if wish.budget_lira is None else wish.budget_lira * 100)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Yeriniz ayrıldı: kahve, Moda Kahve, bugün 12.30–12.40, 1 kişi.\nKodunuz: 7F3 K92.",
            Errand("7F3K92", "Moda Kahve", NOON.replace(minute=30), NOON.replace(minute=40)),
        ),
        (
            "Your place is held: coffee, Moda Kahve, tomorrow 09:05–09:15, 2 people.\n"
            "Your code: 7F3 K92.",
            Errand(
                "7F3K92",
                "Moda Kahve",
                datetime(2026, 11, 17, 6, 5, tzinfo=UTC),
                datetime(2026, 11, 17, 6, 15, tzinfo=UTC),
            ),
        ),
        ("Moda Kahve, 12.30–12.40", None),
        ("Kodunuz: 7F3 K92.", None),
    ],
)
def test_a_place_is_read_from_the_message_about_it(text: str, expected: Errand | None) -> None:
    assert errand_of(Seen(text, "text"), ["Moda", "Moda Kahve"], NOON) == expected


def test_faults_come_more_often_at_a_higher_level() -> None:
    def count(level: FaultLevel) -> int:
        found = orders(level, start=NOON, end=NOON.replace(day=18), seed=1, addresses=people)
        assert [at for at, _ in found] == sorted(at for at, _ in found)
        return len(found)

    people = [f"90555{number}" for number in range(110)]

    assert count(FaultLevel.NONE) == 0
    of_many = count(FaultLevel.HIGH)
    assert 0 < count(FaultLevel.LOW) < of_many
    del people[11:]
    assert 0 < count(FaultLevel.HIGH) < of_many / 5

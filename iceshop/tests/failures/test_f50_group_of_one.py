"""F50: a group of one, only where the seller's rule allows it."""

from __future__ import annotations

import pytest

from commerce.pricing import services as pricing
from commerce.pricing.domain import TermsPlan, Tier
from iceshop.infra.db import run_operation
from iceshop.kernel.actors import SYSTEM
from whatsapp.tests.town import Town, wanting

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("smallest", "is_asked"), [(1, True), (2, False)])
def test_one_person_is_a_group_only_by_the_sellers_rule(
    town: Town, smallest: int, is_asked: bool
) -> None:
    place = town.shop()
    run_operation(
        pricing.set_deal,
        offering_id=place.shop.offering_id,
        terms=TermsPlan(
            min_people=smallest, max_people=10, floor_price_minor=10_000, unit_cost_minor=6_000
        ),
        tiers=(Tier.percent(smallest, 1000),),
        by=SYSTEM,
        now=town.now,
    )
    wanting(town, "Elif")

    town.pass_time(minutes=2)

    assert bool(town.live_asks() or town.windows()) is is_asked

"""A shop with a ladder, rounds and what they left behind."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from commerce.pricing import services as pricing
from commerce.pricing.domain import TermsPlan, Tier
from iceshop.infra.db import run_operation
from iceshop.kernel.actors import SYSTEM
from windows.flash.services import InvitedPerson
from windows.intents.models import Intent
from windows.negotiation import services as negotiation
from windows.negotiation.models import Ask
from windows.rounds import services
from windows.rounds.models import DecisionRecord
from windows.rounds.services import RoundReport
from windows.tests.stories import NOON, Shop, new_shop

ANSWER = timedelta(seconds=settings.ASK_ANSWER_SECONDS)


def shop_with_ladder(
    *, name: str = "Moda Fırını", by_rule: bool = False, people: int = 2, stock_units: int = 20
) -> Shop:
    """Two people pay 120 TL instead of 145."""
    shop = new_shop(name=name, stock_units=stock_units)
    run_operation(
        pricing.set_deal,
        offering_id=shop.offering_id,
        terms=TermsPlan(
            floor_price_minor=10_000,
            unit_cost_minor=6_000,
            window_minutes=10,
            answers_by_rule=by_rule,
        ),
        tiers=[Tier.fixed(people, 12_000)],
        by=SYSTEM,
        now=NOON,
    )
    return shop


def run(now: datetime = NOON) -> RoundReport:
    report = services.run(now=now)
    assert report is not None
    return report


def decisions() -> list[tuple[str, str, list[str]]]:
    """Action, result and codes of the reasons of every decision on record."""
    rows = DecisionRecord.objects.order_by("pk")
    return [(row.action, row.result, [one["code"] for one in row.reasons]) for row in rows]


def row_of(person: InvitedPerson) -> Intent:
    assert person.intent_id is not None
    return Intent.objects.get(pk=person.intent_id)


def refuse(now: datetime) -> None:
    run_operation(
        negotiation.refuse, ask_id=Ask.objects.latest("created_at").id, by=SYSTEM, now=now
    )

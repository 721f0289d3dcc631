"""A standing rule never agrees below cost."""

from __future__ import annotations

from uuid import uuid4

import pytest

from commerce.pricing.domain import TermsPlan, Tier
from commerce.pricing.queries import TermsCard, TierCard

PERCENT = TierCard(3, 9_000, Tier.percent(3, 1_000))
WORDS = TierCard(6, 10_000, Tier.words(6, "çay", "tea", 1_500))


@pytest.mark.parametrize(
    ("cost", "tiers", "agrees"),
    [
        (None, (PERCENT, WORDS), True),
        (8_500, (PERCENT, WORDS), True),
        (8_501, (PERCENT, WORDS), False),
        (9_000, (PERCENT,), True),
        (9_001, (PERCENT,), False),
    ],
)
def test_rule_agrees_only_where_every_step_pays(
    cost: int | None, tiers: tuple[TierCard, ...], agrees: bool
) -> None:
    plan = TermsPlan(unit_cost_minor=cost, answers_by_rule=True)
    card = TermsCard(uuid4(), 10_000, "TRY", plan, tiers)
    assert card.agrees_by_rule is agrees


def test_without_a_rule_nothing_is_agreed() -> None:
    card = TermsCard(uuid4(), 10_000, "TRY", TermsPlan(), (PERCENT,))
    assert not card.agrees_by_rule

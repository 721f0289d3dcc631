"""Shape of ``GET /api/v1/campaigns/opportunities``."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from windows.engine.types import Action
from windows.rounds.queries import Opportunity


class ReasonSerializer(serializers.Serializer[Any]):
    """Why; each code brings figures of its own."""

    code = serializers.CharField()


class OpportunitySerializer(serializers.Serializer[Any]):
    """A group at an offering, and what the engine would do."""

    id = serializers.CharField(help_text="The same for the same group, price and time.")
    seller_id = serializers.CharField()
    product_id = serializers.CharField()
    estimated_price = serializers.FloatField(help_text="For one piece, in lira.")
    buyer_group = serializers.ListField(child=serializers.CharField())
    score = serializers.FloatField(min_value=0, max_value=1)
    action = serializers.ChoiceField(choices=[action.value for action in Action])
    reasons = ReasonSerializer(many=True)
    start_time = serializers.DateTimeField()
    end_time = serializers.DateTimeField()
    window_id = serializers.UUIDField(allow_null=True, help_text="With NOTIFY_WAITLIST.")


def shown(found: Opportunity) -> dict[str, Any]:
    """One line of the answer."""
    return {
        "id": found.id,
        "seller_id": found.seller_id,
        "product_id": found.product_id,
        "estimated_price": found.price.minor / 100,
        "buyer_group": list(found.buyer_ids),
        "score": found.score,
        "action": found.action.value,
        "reasons": list(found.reasons),
        "start_time": found.starts_at.isoformat(),
        "end_time": found.ends_at.isoformat(),
        "window_id": str(found.window_id) if found.window_id else None,
    }

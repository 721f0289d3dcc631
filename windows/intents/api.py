"""Buyers' programs tell what is wanted."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from accounts.tokens.api import TokenView
from accounts.tokens.domain import Scope
from iceshop.infra.http.schema import Endpoint, published
from iceshop.infra.idempotency.decorators import idempotent
from windows.intents.serializers import BuyerTriggerSerializer, IntentSerializer, intent
from windows.intents.triggers import trigger_intent

BUYER_TRIGGER = Endpoint(
    name="buyer_trigger",
    summary="A buyer wants something",
    description="Declares a wish that counts at once: for the next four opening hours of the shops "
    "near the place, at any price. A live wish of the same buyer for the same product is answered "
    "200 and stays as it is. Nobody is written to who has no phone number here.",
    scope=Scope.BUYER_WRITE,
    request=BuyerTriggerSerializer,
    answers={200: IntentSerializer, 201: IntentSerializer},
    codes={
        "product.restricted": 403,
        "location.unknown": 422,
        "location.several": 422,
        "product.name_missing": 422,
        "intent.limit": 429,
    },
    sent={"buyer_id": "B123", "location": "Nisantasi", "request": "coffee"},
    answered={
        "intent_id": "01930000-0000-7000-8000-000000000001",
        "buyer_id": "B123",
        "status": "open",
        "product_id": "coffee",
        "location": "Nisantasi",
        "place": "Nişantaşı",
        "available": [{"start": "2025-12-09T12:00:00+03:00", "end": "2025-12-09T16:00:00+03:00"}],
        "missing": [],
    },
)


class BuyerTriggerView(TokenView):
    """``POST /api/v1/buyer/trigger``."""

    scope = Scope.BUYER_WRITE

    @published(BUYER_TRIGGER)
    @idempotent
    def post(self, request: Request) -> Response:
        """Declare the wish."""
        body = BuyerTriggerSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        trigger = body.trigger()
        card, is_new = trigger_intent(
            trigger=trigger, by=self.actor(), source_key=self.source_key(), now=self.now
        )
        return Response(intent(card, trigger), status=201 if is_new else 200)

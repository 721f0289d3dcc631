"""Sellers' programs tell what they sell."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from accounts.tokens.api import TokenView
from accounts.tokens.domain import Scope
from commerce.offers.programs import state_goods
from commerce.offers.serializers import SellerStatedSerializer, SellerTriggerSerializer, stated
from iceshop.infra.http.schema import Endpoint, published
from iceshop.infra.idempotency.decorators import idempotent

SELLER_TRIGGER = Endpoint(
    name="seller_trigger",
    summary="A seller has something to sell",
    description="States products, stock, price or a campaign of a seller. An unknown `seller_id` "
    "becomes a verified seller with a store at the location; a known one gets a store there if it "
    "has none near it. What is not given stays as it is; defaults of new things stand in "
    "docs/api.md.",
    scope=Scope.SELLER_WRITE,
    request=SellerTriggerSerializer,
    answers={201: SellerStatedSerializer},
    codes={
        "token.other_seller": 403,
        "product.restricted": 403,
        "stock.reserved": 409,
        "location.unknown": 422,
        "location.several": 422,
        "product.several": 422,
        "price.missing": 422,
        "ladder.rising": 422,
        "ladder.below_floor": 422,
        "ladder.above_price": 422,
    },
    sent={"seller_id": "S55", "products": ["coffee"], "location": "Nisantasi"},
    answered={
        "seller_id": "S55",
        "store_id": "01930000-0000-7000-8000-000000000001",
        "location": "Nisantasi",
        "place": "Nişantaşı",
        "products": [{"product_id": "coffee", "stock": 100, "price": 145.0, "needs": []}],
    },
)


class SellerTriggerView(TokenView):
    """``POST /api/v1/seller/trigger``."""

    scope = Scope.SELLER_WRITE

    @published(SELLER_TRIGGER)
    @idempotent
    def post(self, request: Request) -> Response:
        """Put on sale what the program states."""
        body = SellerTriggerSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        seller = state_goods(
            statement=body.statement(),
            only_organisation_id=self.principal.organisation_id,
            by=self.actor(),
            source_key=self.source_key(),
            now=self.now,
        )
        return Response(stated(seller, body.validated_data["location"]), status=201)

"""What could be done now, for programs."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from accounts.tokens.api import TokenView
from accounts.tokens.domain import Scope
from iceshop.infra.http.schema import Endpoint, published
from windows.rounds.queries import MOST, opportunities
from windows.rounds.serializers import OpportunitySerializer, shown

OPPORTUNITIES = Endpoint(
    name="campaign_opportunities",
    summary="Groups that could become a window",
    description="What the engine would decide now about the live wishes and offers, without doing "
    f"it: a bare list by falling score, at most {MOST}. A token that is bound to a seller sees "
    "that seller's only.",
    scope=Scope.OPPORTUNITIES_READ,
    answers={200: OpportunitySerializer(many=True)},
    answered={
        "id": "0f343b0931126a20f133d67c2b018a3b",
        "seller_id": "S55",
        "product_id": "coffee",
        "estimated_price": 95.0,
        "buyer_group": ["B123", "B200"],
        "score": 0.82,
        "action": "ASK_SELLER",
        "reasons": [{"code": "group.reached", "have": 2, "need": 2}],
        "start_time": "2025-12-09T12:00:00+03:00",
        "end_time": "2025-12-09T12:10:00+03:00",
        "window_id": None,
    },
)


class OpportunitiesView(TokenView):
    """``GET /api/v1/campaigns/opportunities``."""

    scope = Scope.OPPORTUNITIES_READ

    @published(OPPORTUNITIES)
    def get(self, request: Request) -> Response:
        """List them."""
        found = opportunities(
            now=self.now, organisation_id=self.principal.organisation_id, limit=MOST
        )
        return Response([shown(one) for one in found])

"""Programs open windows, look at them, and check people in."""

from __future__ import annotations

from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from accounts.tokens.api import TokenView
from accounts.tokens.domain import Scope
from iceshop.infra.http.schema import Endpoint, published
from iceshop.infra.idempotency.decorators import idempotent
from iceshop.kernel.errors import NotFound
from windows.flash.domain import WindowState
from windows.flash.listing import WindowFilter
from windows.flash.services import check_in
from windows.partners.queries import partner_window, partner_windows, stores_in_view
from windows.partners.serializers import (
    CheckedInSerializer,
    CheckInSerializer,
    WindowListSerializer,
    WindowOrderSerializer,
    WindowQuerySerializer,
    WindowSerializer,
    cursor_of,
    scanned,
    shown,
)
from windows.partners.services import open_for_partner

_EXAMPLE = {
    "id": "01930000-0000-7000-8000-000000000002",
    "seller_id": "S55",
    "store_id": "01930000-0000-7000-8000-000000000001",
    "product_id": "coffee",
    "status": "scheduled",
    "start_time": "2025-12-09T12:00:00+03:00",
    "end_time": "2025-12-09T12:10:00+03:00",
    "timezone": "Europe/Istanbul",
    "price": 85.5,
    "regular_price": 95.0,
    "currency": "TRY",
    "benefit": "10% discount",
    "expected_buyers": 2,
    "expected_range": {"low": 0, "high": 2, "mean": 0.7, "share": 0.8},
    "max_buyers": 20,
    "seats": {"max": 20, "confirmed": 0, "checked_in": 0},
}

WINDOW_CREATE = Endpoint(
    name="window_create",
    summary="Open a flash window",
    description="Opens a window for the listed buyers at the earliest feasible time: lead time, "
    "opening hours and the windows that run already decide. The price is that of the ladder's step "
    "which the group reaches, the regular price below the first step; one buyer is enough. Buyers "
    "need no wish. `product_id` may carry digits at its end (`coffee01`).",
    scope=Scope.WINDOWS_WRITE,
    request=WindowOrderSerializer,
    answers={201: WindowSerializer},
    codes={
        "token.other_seller": 403,
        "seller.not_active": 409,
        "offering.no_price": 409,
        "stock.short": 409,
        "window.no_time": 409,
        "window.overlaps": 409,
        "buyer.unknown": 422,
        "seller.unknown": 422,
        "product.not_sold": 422,
        "product.several": 422,
    },
    sent={
        "buyers": [{"buyer_id": "B123"}, {"buyer_id": "B200"}],
        "seller": {"seller_id": "S55", "product_id": "coffee01"},
    },
    answered=_EXAMPLE,
)

WINDOW_LIST = Endpoint(
    name="window_list",
    summary="Windows, the latest first",
    description="One page of windows; `next` is the cursor of the next page. A token that is bound "
    "to a seller sees that seller's only.",
    scope=Scope.WINDOWS_READ,
    answers={200: WindowListSerializer},
    codes={"request.invalid": 422, "seller.unknown": 422, "page.cursor": 422},
    parameters=[WindowQuerySerializer],
    answered={"results": [_EXAMPLE], "next": None},
)

WINDOW_SHOW = Endpoint(
    name="window_show",
    summary="One window",
    description="State, seats and what to expect of a window.",
    scope=Scope.WINDOWS_READ,
    answers={200: WindowSerializer},
    codes={"window.unknown": 404},
    answered=_EXAMPLE,
)

CHECK_IN = Endpoint(
    name="window_check_in",
    summary="Check somebody in",
    description="Judges one pass at the till of the window's store. The same `nonce` of the same "
    "`device` gets the same answer again. A refusal is an answer (200), not an error.",
    scope=Scope.WINDOWS_WRITE,
    request=CheckInSerializer,
    answers={200: CheckedInSerializer},
    codes={"window.unknown": 404},
    sent={"code": "7F3K92", "nonce": "scan-1", "device": "till-1"},
    answered={
        "result": "refused",
        "code": "pass.unknown",
        "message": "This code is not known.",
        "facts": {},
    },
)


def _key(window_id: str) -> UUID:
    try:
        return UUID(window_id)
    except ValueError as error:
        raise NotFound("window.unknown") from error


class WindowCreateView(TokenView):
    """``POST /api/v1/flash-window/create``."""

    scope = Scope.WINDOWS_WRITE

    @published(WINDOW_CREATE)
    @idempotent
    def post(self, request: Request) -> Response:
        """Open it."""
        body = WindowOrderSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        card = open_for_partner(
            order=body.order(),
            only_organisation_id=self.principal.organisation_id,
            by=self.actor(),
            source_key=self.source_key(),
            now=self.now,
        )
        found = partner_window(card.id, organisation_id=None, now=self.now)
        return Response(shown(found, self.language), status=201)


class WindowListView(TokenView):
    """``GET /api/v1/windows``."""

    scope = Scope.WINDOWS_READ

    @published(WINDOW_LIST)
    def get(self, request: Request) -> Response:
        """List them."""
        query = WindowQuerySerializer(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        given = query.validated_data
        state = given.get("status")
        wanted = WindowFilter(
            store_ids=stores_in_view(
                organisation_id=self.principal.organisation_id, seller_id=query.seller()
            ),
            state=WindowState(state) if state else None,
            starts_from=given.get("starts_from"),
            starts_before=given.get("starts_before"),
        )
        page = partner_windows(wanted, after=query.mark(), limit=given["limit"], now=self.now)
        return Response(
            {
                "results": [shown(one, self.language) for one in page.windows],
                "next": cursor_of(page.next),
            }
        )


class WindowView(TokenView):
    """``GET /api/v1/windows/<id>``."""

    scope = Scope.WINDOWS_READ

    @published(WINDOW_SHOW)
    def get(self, request: Request, window_id: str) -> Response:
        """Show it."""
        found = partner_window(
            _key(window_id), organisation_id=self.principal.organisation_id, now=self.now
        )
        return Response(shown(found, self.language))


class CheckInView(TokenView):
    """``POST /api/v1/windows/<id>/check-ins``."""

    scope = Scope.WINDOWS_WRITE

    @published(CHECK_IN)
    @idempotent
    def post(self, request: Request, window_id: str) -> Response:
        """Admit or refuse."""
        body = CheckInSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        found = partner_window(
            _key(window_id), organisation_id=self.principal.organisation_id, now=self.now
        )
        result = check_in(
            store_id=found.store.id, **body.validated_data, by=self.actor(), now=self.now
        )
        return Response(scanned(result, found.store.id, found.store.zone, self.now))

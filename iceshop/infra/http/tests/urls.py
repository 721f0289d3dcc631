"""The project's addresses and some that go wrong on purpose."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path
from rest_framework import serializers
from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.request import Request
from rest_framework.response import Response

from iceshop.infra.http.api import ApiView
from iceshop.infra.http.responses import page, see
from iceshop.infra.http.serializers import StrictSerializer
from iceshop.kernel import errors

SECRET = "kök parola 4711"
FAULTS: dict[str, Exception] = {
    "invalid": errors.Invalid("clock.rate", allowed="1, 10, 60"),
    "not-allowed": errors.NotAllowed("clock.fixed"),
    "not-found": errors.NotFound("window.unknown"),
    "conflict": errors.Conflict("window.full"),
    "limit": errors.LimitReached("request.throttled", retry_after_seconds=30),
    "expired": errors.Expired("ask.expired"),
    "unavailable": errors.Unavailable("request.failed"),
    "http-404": Http404(SECRET),
    "forbidden": PermissionDenied(SECRET),
    "bad": BadRequest(SECRET),
    "media": UnsupportedMediaType("text/x-strange"),
    "bug": RuntimeError(SECRET),
}


class TwoNumbers(serializers.Serializer[Any]):
    """The inner part of a body."""

    low = serializers.IntegerField()
    high = serializers.IntegerField(max_value=9)


class Body(StrictSerializer):
    """A body with fields, an inner object and a list."""

    name = serializers.CharField(max_length=5)
    inner = TwoNumbers()
    marks = serializers.ListField(child=serializers.IntegerField(), max_length=3)


class FaultyApi(ApiView):
    """Raises the fault of its address; takes a body."""

    throttle_classes = ()

    def get(self, request: Request, fault: str) -> Response:
        """Go wrong."""
        raise FAULTS[fault]

    def post(self, request: Request, fault: str) -> Response:
        """Check the body."""
        body = Body(data=request.data)
        body.is_valid(raise_exception=True)
        return Response(body.validated_data)


def faulty_page(request: HttpRequest, fault: str) -> HttpResponse:
    """Raise the fault of the address."""
    raise FAULTS[fault]


def two_parts(request: HttpRequest, fragment: str = "") -> HttpResponse:
    """A page, or the part of it that the address names."""
    return page(request, "probe.html", {"word": "kış"}, fragment=fragment or None, status=201)


def deed(request: HttpRequest) -> HttpResponse:
    """Answer a deed."""
    return see(request, "language", code="tr")


urlpatterns = [
    path("probe/api/<slug:fault>", FaultyApi.as_view()),
    path("api/probe/<slug:fault>", FaultyApi.as_view()),
    path("probe/page/<slug:fault>", faulty_page),
    path("probe/parts", two_parts),
    path("probe/parts/<slug:fragment>", two_parts),
    path("probe/deed", deed),
    path("", include("iceshop.urls")),
]

handler400 = "iceshop.infra.http.errors.bad_request"
handler403 = "iceshop.infra.http.errors.forbidden"
handler404 = "iceshop.infra.http.errors.not_found"
handler500 = "iceshop.infra.http.errors.server_error"

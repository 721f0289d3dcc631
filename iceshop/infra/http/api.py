"""The base of API views: language of the answers, and how often one may ask."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from iceshop.infra.http.middleware import TimedRequest
from iceshop.infra.http.serializers import PlainJSONParser
from iceshop.infra.ratelimit.services import Bucket, take


def asked_language(request: HttpRequest) -> str:
    """``tr`` when the header prefers Turkish to English, else ``en``: programs speak English."""
    for code, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        short = code.split("-")[0]
        if short in ("tr", "en"):
            return short
    return "en"


class BucketThrottle(BaseThrottle):
    """A token bucket for each principal; its size is in the settings."""

    _wait = 0.0

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Take one from the principal's bucket."""
        bucket = Bucket(settings.API_BURST, settings.API_PER_SECOND)
        self._wait = take(key=f"api:{request.user.id}", bucket=bucket)
        return self._wait == 0

    def wait(self) -> float:
        """Seconds until the next request passes."""
        return self._wait


class ApiView(APIView):
    """A view of the published API: JSON in and out, problems as problem documents."""

    parser_classes = (PlainJSONParser,)
    throttle_classes: Sequence[type[BaseThrottle]] = (BucketThrottle,)
    idempotency_id: int | None = None

    @property
    def now(self) -> datetime:
        """The request's moment."""
        return cast(TimedRequest, self.request).now

    @property
    def request_id(self) -> str:
        """What the logs call this request."""
        return cast(TimedRequest, self.request).request_id

    @property
    def language(self) -> str:
        """``tr`` or ``en``."""
        return str(cast(TimedRequest, self.request).LANGUAGE_CODE)

    def initialize_request(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Request:
        """Choose the language before anything can go wrong."""
        language = asked_language(request)
        request.LANGUAGE_CODE = language
        translation.activate(language)
        return super().initialize_request(request, *args, **kwargs)


@extend_schema(exclude=True)
class NoSuchAddress(ApiView):
    """What no other address of the API is: a problem document instead of a page."""

    throttle_classes = ()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse whatever the method is."""
        raise NotFound

"""One ``now`` and one id for each request."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import structlog
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.log import log_response

from iceshop.infra import clock
from iceshop.infra.http.errors import domain_error
from iceshop.kernel.errors import DomainError
from iceshop.kernel.ids import new_id


class TimedRequest(HttpRequest):
    """A request after the middleware: ``now`` is the product's clock when it came."""

    now: datetime
    request_id: str


def _say_refused(request: HttpRequest, response: HttpResponse) -> None:
    """Log an answer of 400 and above, as Django does; it marks the response as logged."""
    log_response("%s: %s", response.reason_phrase, request.path, response=response, request=request)


class RequestContextMiddleware:
    """Give the request its ``now`` and ``request_id``, and bind the id to the logs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Handle one request."""
        request.now = clock.now()  # type: ignore[attr-defined]  # TimedRequest describes it
        request.request_id = str(new_id())  # type: ignore[attr-defined]
        with structlog.contextvars.bound_contextvars(request_id=request.request_id):  # type: ignore[attr-defined]
            response = self.get_response(request)
            if response.status_code >= 400:
                # Django says so after all middleware, when the line would be without its id.
                _say_refused(request, response)
        response.headers["X-Request-Id"] = request.request_id  # type: ignore[attr-defined]
        response.headers.setdefault(
            "Permissions-Policy", "camera=(self), geolocation=(self), microphone=()"
        )
        patch_vary_headers(response, ("HX-Request", "HX-Target"))
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal that a page's view let through; other errors stay Django's."""
        return domain_error(request, exception) if isinstance(exception, DomainError) else None

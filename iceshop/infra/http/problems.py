"""Errors of HTTP interfaces as problem documents (RFC 9457)."""

from __future__ import annotations

from math import ceil
from typing import Any

import structlog
from django.conf import settings
from django.http import Http404, HttpRequest
from rest_framework.exceptions import APIException, Throttled, ValidationError
from rest_framework.response import Response

from iceshop.infra.http.wording import say
from iceshop.kernel import errors

log = structlog.get_logger(__name__)

STATUS_BY_KIND: dict[type[errors.DomainError], int] = {
    errors.Invalid: 422,
    errors.NotAllowed: 403,
    errors.NotFound: 404,
    errors.Conflict: 409,
    errors.LimitReached: 429,
    errors.Expired: 410,
    errors.Unavailable: 503,
}
CONTENT_TYPE = "application/problem+json"


def status_of(error: errors.DomainError) -> int:
    """HTTP status of a domain error's kind."""
    return next((status for kind, status in STATUS_BY_KIND.items() if isinstance(error, kind)), 500)


def document(
    request: HttpRequest,
    *,
    status: int,
    code: str,
    params: dict[str, Any] | None = None,
    field_errors: list[dict[str, str]] | None = None,
) -> dict[str, Any]:
    """Build the problem document for ``code``, worded in the request's language.

    The parameter ``candidates`` (what might have been meant) becomes a member of its own.
    """
    params = dict(params or {})
    candidates = params.pop("candidates", None)
    body: dict[str, Any] = {
        "type": f"{settings.PUBLIC_URL}/problems/{code}",
        "title": say(code, getattr(request, "LANGUAGE_CODE", "en"), params),
        "status": status,
        "code": code,
        "instance": request.path,
        "request_id": getattr(request, "request_id", ""),
    }
    if params:
        body["params"] = {name: str(value) for name, value in params.items()}
    if candidates is not None:
        body["candidates"] = [str(candidate) for candidate in candidates]
    if field_errors:
        body["errors"] = field_errors
    return body


def problem(
    request: HttpRequest,
    *,
    status: int,
    code: str,
    params: dict[str, Any] | None = None,
    field_errors: list[dict[str, str]] | None = None,
) -> Response:
    """Answer with the problem document for ``code`` and the headers that go with it."""
    body = document(request, status=status, code=code, params=params, field_errors=field_errors)
    response = Response(body, status=status, content_type=CONTENT_TYPE)
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    if params and "retry_after_seconds" in params:
        response.headers["Retry-After"] = str(params["retry_after_seconds"])
    return response


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """Turn what an API view raised into a problem document; ``None`` lets Django answer 500."""
    request = context["request"]._request  # noqa: SLF001  DRF wraps Django's request
    if isinstance(error, errors.DomainError):
        return problem(request, status=status_of(error), code=error.code, params=error.params)
    if isinstance(error, ValidationError):
        found = list(_flat(error.detail, ""))
        return problem(request, status=422, code="request.invalid", field_errors=found)
    if isinstance(error, Http404):
        return problem(request, status=404, code="request.not_found")
    if isinstance(error, Throttled):
        seconds = getattr(error, "wait", None) or 1
        wait = {"retry_after_seconds": max(1, ceil(seconds))}
        return problem(request, status=429, code="request.throttled", params=wait)
    if isinstance(error, APIException):
        return problem(request, status=error.status_code, code=f"request.{error.default_code}")
    return None


def _flat(detail: Any, pointer: str) -> Any:
    if isinstance(detail, dict):
        for name, inner in detail.items():
            yield from _flat(inner, f"{pointer}/{name}")
    elif isinstance(detail, list):
        for index, inner in enumerate(detail):
            deeper = isinstance(inner, (dict, list))
            yield from _flat(inner, f"{pointer}/{index}" if deeper else pointer)
    else:
        yield {"pointer": pointer, "code": detail.code, "detail": str(detail)}

"""Error pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from iceshop.infra.http.problems import CONTENT_TYPE, document, status_of
from iceshop.kernel.errors import DomainError, LimitReached

# The page that tells about a kind of error which has none of its own.
_PAGE_BY_STATUS = {410: 404, 503: 500}


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return render(request, "errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return render(request, "errors/403.html", status=403)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token is missing or old, for example after a long break."""
    return render(request, "errors/400.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return render(request, "errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; shows the request id, under which the log has the cause."""
    if request.path.startswith("/api/"):
        body = document(request, status=500, code="request.failed")
        return JsonResponse(body, status=500, content_type=CONTENT_TYPE)
    return render(request, "errors/500.html", status=500)


def domain_error(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The page for a refusal that no view answered itself, under the status of its kind."""
    status = status_of(error)
    response = render(
        request,
        f"errors/{_PAGE_BY_STATUS.get(status, status)}.html",
        {"code": error.code},
        status=status,
    )
    if isinstance(error, LimitReached):
        response.headers["Retry-After"] = str(error.retry_after_seconds)
    return response

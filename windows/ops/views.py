"""The operator's page."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from iceshop.infra.http.middleware import TimedRequest
from iceshop.infra.http.responses import page
from iceshop.infra.templatetags.words import language
from windows.ops import queries
from windows.ops.twin import twins


@require_safe
@login_required
def today(request: TimedRequest) -> HttpResponse:
    """Windows at risk first; for operators and administrators."""
    if not (request.user.is_staff or request.user.is_superuser):
        raise PermissionDenied
    day = queries.day(language=language(), now=request.now)
    response = page(request, "windows/ops/today.html", {"day": day}, fragment="day")
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Now"] = request.now.isoformat()
    return response


@require_safe
@login_required
def twin(request: TimedRequest) -> HttpResponse:
    """How far off the twins were, and windows to look at on other terms; for operators."""
    if not (request.user.is_staff or request.user.is_superuser):
        raise PermissionDenied
    shown = twins(language=language(), now=request.now)
    response = page(request, "windows/ops/twin.html", {"twins": shown})
    response.headers["Cache-Control"] = "private, no-store"
    return response

"""The operator's pages."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from iceshop.infra.http.middleware import TimedRequest
from iceshop.infra.http.responses import page
from iceshop.infra.templatetags.words import language
from windows.learning import queries as learning
from windows.ops import drawing, queries, words
from windows.ops.twin import twins


@require_safe
@login_required
def today(request: TimedRequest) -> HttpResponse:
    """Windows at risk first; for operators and administrators."""
    _only_for_the_house(request)
    day = queries.day(language=language(), now=request.now)
    return _fresh(page(request, "windows/ops/today.html", {"day": day}, fragment="day"), request)


@require_safe
@login_required
def calibration(request: TimedRequest) -> HttpResponse:
    """What was said of windows and what happened; versions with their reasons."""
    _only_for_the_house(request)
    found = learning.calibration(now=request.now)
    shown = {
        "found": found,
        "bars": drawing.bars(found.bars),
        "drift": words.DRIFTS[found.drift],
        "kind": words.KINDS[found.show_kind],
        "versions": [
            (one, words.MODELS[one.model], words.KINDS[one.kind], words.REASONS[one.reason])
            for one in found.versions
        ],
    }
    return _fresh(page(request, "windows/ops/calibration.html", shown), request)


@require_safe
@login_required
def twin(request: TimedRequest) -> HttpResponse:
    """How far off the twins were, and windows to look at on other terms; for operators."""
    _only_for_the_house(request)
    shown = twins(language=language(), now=request.now)
    return _fresh(page(request, "windows/ops/twin.html", {"twins": shown}), request)


def _only_for_the_house(request: TimedRequest) -> None:
    if not (request.user.is_staff or request.user.is_superuser):
        raise PermissionDenied


def _fresh(response: HttpResponse, request: TimedRequest) -> HttpResponse:
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Now"] = request.now.isoformat()
    return response

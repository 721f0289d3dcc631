"""The operator's pages about rounds: which decisions were made, and why."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from iceshop.infra.http.middleware import TimedRequest
from iceshop.infra.http.responses import page, see
from iceshop.infra.templatetags.words import language
from iceshop.kernel.actors import Actor
from windows.engine.types import Action
from windows.rounds import history, services
from windows.rounds.forms import FilterForm, ModeForm
from windows.rounds.queries import record_of


def for_operators(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let operators and administrators in; what they see is kept by no cache."""

    @login_required
    @wraps(view)
    def run(request: TimedRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not (request.user.is_staff or request.user.is_superuser):
            raise PermissionDenied
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return run


@require_safe
@for_operators
def rounds(request: TimedRequest) -> HttpResponse:
    """The rounds that decided something, newest first; ``?action=``, ``?day=``, ``?wish=``."""
    form = FilterForm(request.GET)
    form.is_valid()
    wanted = {name: value for name, value in form.cleaned_data.items() if value}
    found = history.rounds(language=language(), **wanted)
    last = found[-1].id if len(found) == history.PAGE else None
    context: dict[str, Any] = {
        "rounds": found,
        "mode": history.mode_view(now=request.now),
        "actions": [(action, action == wanted.get("action")) for action in Action],
        "wanted": wanted,
        "older": request.GET.copy() if last else None,
    }
    if last:
        context["older"]["before"] = str(last)
    return page(request, "windows/rounds/rounds.html", context)


@require_safe
@for_operators
def show_round(request: TimedRequest, round_id: UUID) -> HttpResponse:
    """One round with all its decisions."""
    found = history.round_view(round_id, language=language())
    if found is None:
        raise Http404
    return page(request, "windows/rounds/round.html", {"round": found})


@require_safe
@for_operators
def show_decision(request: TimedRequest, decision_id: UUID) -> HttpResponse:
    """Why one match was or was not made."""
    found = history.decision_view(decision_id, language=language())
    if found is None:
        raise Http404
    return page(request, "windows/rounds/decision.html", {"found": found})


@require_safe
@for_operators
def export(request: TimedRequest, round_id: UUID) -> HttpResponse:
    """What the round knew and decided, as ``manage.py round export`` writes it."""
    text = record_of(round_id)
    if text is None:
        raise Http404
    response = HttpResponse(text, content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="round-{round_id}.json"'
    return response


@require_POST
@for_operators
def switch_mode(request: TimedRequest) -> HttpResponse:
    """Switch to the plain rule or back to the search, with a reason; for administrators."""
    if not request.user.is_superuser:
        raise PermissionDenied
    form = ModeForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("Write why, so that others can follow."))
        return see(request, "ops:rounds")
    services.switch_mode(
        mode=form.cleaned_data["mode"],
        reason=form.cleaned_data["reason"],
        by=Actor.staff(request.user.pk),
        now=request.now,
    )
    messages.success(request, gettext("Switched. The next round is decided so."))
    return see(request, "ops:rounds")

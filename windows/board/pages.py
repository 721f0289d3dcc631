"""How the board answers: who may see it, live parts, and refusals in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import resolve_url
from django_htmx.http import HttpResponseClientRedirect

from commerce.places.access import access_store, access_store_terms, may_decide, stores_for
from commerce.places.queries import StoreCard
from iceshop.infra.http.middleware import TimedRequest
from iceshop.infra.http.responses import page
from iceshop.infra.http.wording import say
from iceshop.infra.realtime import tokens
from iceshop.infra.realtime.topics import board_topic
from iceshop.infra.templatetags.words import language
from iceshop.kernel.actors import Actor
from iceshop.kernel.errors import DomainError, NotAllowed, NotFound
from iceshop.kernel.time import show_clock
from windows.negotiation.queries import live_asks

# A view of a store gets the store where the address has its id; types cannot tell that.
View = Callable[..., HttpResponse]


def seller_page(view: View) -> View:
    """Let only people who are logged in through; others are led to the log-in and back."""

    @wraps(view)
    def run(request: TimedRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.user.is_authenticated:
            return _worded(view, request, *args, **kwargs)
        htmx = getattr(request, "htmx", None)
        if htmx:
            # A part of a page cannot show the log-in: the whole page goes there.
            return HttpResponseClientRedirect(redirect_to_login(htmx.current_url_abs_path).url)
        back = request.get_full_path() if request.method == "GET" else resolve_url("board:stores")
        return redirect_to_login(back)

    return run


def store_page(view: View) -> View:
    """Give the view the store of the address; 404 where the account has no business there."""

    @seller_page
    @wraps(view)
    def run(request: TimedRequest, store_id: UUID, **kwargs: object) -> HttpResponse:
        return view(request, access_store(request.user, store_id), **kwargs)

    return run


def decider_page(view: View) -> View:
    """Like ``store_page``, for what binds the shop: 403 for staff who only serve."""

    @seller_page
    @wraps(view)
    def run(request: TimedRequest, store_id: UUID, **kwargs: object) -> HttpResponse:
        return view(request, access_store_terms(request.user, store_id), **kwargs)

    return run


def actor(request: TimedRequest) -> Actor:
    """Who acts."""
    return Actor.staff(request.user.pk)


def frame(request: TimedRequest, store: StoreCard, section: str) -> dict[str, Any]:
    """What every page of a store needs; ``section`` is its entry in the navigation."""
    return {
        "store": store,
        "section": section,
        "decides": may_decide(request.user, store),
        "has_other_stores": len(stores_for(request.user)) > 1,
        "asks_waiting": len(live_asks(now=request.now, store_ids=[store.id])),
        "live_topic": board_topic(store.id),
        "live_token": tokens.issue([board_topic(store.id)]),
    }


def live_page(
    request: TimedRequest,
    template: str,
    context: dict[str, Any],
    *,
    shown: object,
    fragment: str,
    status: int = 200,
) -> HttpResponse:
    """Answer a page, or its live part; 304 when the reader has what ``shown`` says already.

    Only parts carry a tag, and nothing is stored: a browser that kept the whole page would take a
    304 for the part as leave to show the whole page inside of itself.
    """
    is_part = bool(getattr(request, "htmx", False))
    tag = f'"{sha256(f"{language()} {fragment} {shown!r}".encode()).hexdigest()[:32]}"'
    if is_part and request.headers.get("If-None-Match") == tag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = page(request, template, context, fragment=fragment, status=status)
    if is_part and status == 200:
        response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Now"] = request.now.isoformat()
    return response


def sentence(error: DomainError, store: StoreCard) -> str:
    """The words of a refusal, with times by the store's clock."""
    params = {
        name: show_clock(value, store.zone, language()) if isinstance(value, datetime) else value
        for name, value in error.params.items()
    }
    return say(error.code, language(), params)


def _worded(view: View, request: TimedRequest, *args: object, **kwargs: object) -> HttpResponse:
    try:
        return view(request, *args, **kwargs)
    except NotFound as error:
        raise Http404(error.code) from error
    except NotAllowed as error:
        raise PermissionDenied(say(error.code, language(), error.params)) from error

"""How the board answers: who may see it, live parts, and refusals in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from hashlib import sha256
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.contrib.auth.models import AbstractUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import resolve_url
from django_htmx.http import HttpResponseClientRedirect

from commerce.places.access import access_store, may_decide, stores_for
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

P = ParamSpec("P")


class SellerRequest(TimedRequest):
    """A request of somebody who is logged in."""

    user: AbstractUser


def seller_page(
    view: Callable[Concatenate[SellerRequest, P], HttpResponse],
) -> Callable[Concatenate[SellerRequest, P], HttpResponse]:
    """Let only people who are logged in through; others are led to the log-in and back."""

    @wraps(view)
    def run(request: SellerRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.user.is_authenticated:
            return _worded(view, request, *args, **kwargs)
        htmx = getattr(request, "htmx", None)
        if htmx:
            # A part of a page cannot show the log-in: the whole page goes there.
            return HttpResponseClientRedirect(redirect_to_login(htmx.current_url_abs_path).url)
        back = request.get_full_path() if request.method == "GET" else resolve_url("board:stores")
        return redirect_to_login(back)

    return run


def store_page(
    view: Callable[Concatenate[SellerRequest, StoreCard, P], HttpResponse],
) -> Callable[Concatenate[SellerRequest, UUID, P], HttpResponse]:
    """Give the view the store of the address; 404 where the account has no business there."""

    @seller_page
    @wraps(view)
    def run(
        request: SellerRequest, store_id: UUID, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        store = access_store(request.user, store_id)
        return view(request, store, *args, **kwargs)

    return run


def decider_page(
    view: Callable[Concatenate[SellerRequest, StoreCard, P], HttpResponse],
) -> Callable[Concatenate[SellerRequest, UUID, P], HttpResponse]:
    """Like ``store_page``, for what binds the shop: 403 for staff who only serve."""

    @store_page
    @wraps(view)
    def run(
        request: SellerRequest, store: StoreCard, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        if not may_decide(request.user, store):
            raise NotAllowed("store.not_decider")
        return view(request, store, *args, **kwargs)

    return run


def actor(request: SellerRequest) -> Actor:
    """Who acts."""
    return Actor.staff(request.user.pk)


def frame(request: SellerRequest, store: StoreCard, section: str) -> dict[str, Any]:
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
    request: SellerRequest,
    template: str,
    context: dict[str, Any],
    *,
    shown: object,
    fragment: str,
    status: int = 200,
) -> HttpResponse:
    """Answer a page with a live part; 304 when the reader has what ``shown`` says already."""
    tag = f'"{sha256(f"{language()} {shown!r}".encode()).hexdigest()[:32]}"'
    if getattr(request, "htmx", False) and request.headers.get("If-None-Match") == tag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = page(request, template, context, fragment=fragment, status=status)
    if status == 200:
        response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Now"] = request.now.isoformat()
    return response


def sentence(error: DomainError, store: StoreCard) -> str:
    """The words of a refusal, with times by the store's clock."""
    params = {
        name: show_clock(value, store.zone, language()) if isinstance(value, datetime) else value
        for name, value in error.params.items()
    }
    return say(error.code, language(), params)


def _worded(
    view: Callable[Concatenate[SellerRequest, P], HttpResponse],
    request: SellerRequest,
    *args: P.args,
    **kwargs: P.kwargs,
) -> HttpResponse:
    try:
        return view(request, *args, **kwargs)
    except NotFound as error:
        raise Http404(error.code) from error
    except NotAllowed as error:
        raise PermissionDenied(say(error.code, language(), error.params)) from error

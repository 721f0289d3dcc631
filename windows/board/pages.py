"""How the board answers: who may see it, live parts, and refusals in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import resolve_url
from django_htmx.http import HttpResponseClientRedirect

from commerce.places.access import access_store, access_store_terms, may_decide, stores_for
from commerce.places.queries import StoreCard, store_card
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
from windows.tills.links import till_of_shift
from windows.tills.queries import TillCard

# A view of a store gets the store where the address has its id; types cannot tell that.
View = Callable[..., HttpResponse]

BROWSER_COOKIE = "iceshop_till"
SHIFT_COOKIE = "iceshop_till_shift"
ONE_YEAR_SECONDS = 31_536_000
_KEY_LENGTH = 22


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


@dataclass(frozen=True, slots=True)
class Desk:
    """Who works at the check-in: somebody of the shop, or a phone with its PIN.

    ``device`` is what scans of this browser carry.
    """

    by: Actor
    device: str
    till: TillCard | None


def till_page(view: View) -> View:
    """Give the view the store and its ``Desk``, for people of the shop and for its tills."""

    @wraps(view)
    def run(request: TimedRequest, store_id: UUID, **kwargs: object) -> HttpResponse:
        till = till_of_shift(request.COOKIES.get(SHIFT_COOKIE, ""))
        if request.user.is_authenticated or till is None or till.store_id != store_id:
            return with_browser(view)(request, store_id=store_id, **kwargs)
        desk = Desk(Actor.staff(f"till:{till.id}"), till.key, till)
        deed = _turn_away if till.is_revoked else view
        return _worded(deed, request, store_card(store_id), desk, **kwargs)

    return run


def with_browser(view: View) -> View:
    """Like ``store_page``, with the name of the browser as a till; a new one where it has none."""

    @store_page
    @wraps(view)
    def run(request: TimedRequest, store: StoreCard, **kwargs: object) -> HttpResponse:
        known = request.COOKIES.get(BROWSER_COOKIE, "")
        is_ours = len(known) == _KEY_LENGTH and known.replace("-", "").replace("_", "").isalnum()
        device = known if is_ours else token_urlsafe(16)
        response = view(request, store, Desk(actor(request), device, None), **kwargs)
        if not is_ours:
            keep_cookie(request, response, BROWSER_COOKIE, device, ONE_YEAR_SECONDS)
        return response

    return run


def keep_cookie(
    request: TimedRequest, response: HttpResponse, name: str, value: str, seconds: int
) -> None:
    """Keep something in the browser that no script reads."""
    response.set_cookie(
        name, value, max_age=seconds, httponly=True, samesite="Lax", secure=request.is_secure()
    )


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
        "desk_till": None,
        "decides": may_decide(request.user, store),
        "has_other_stores": len(stores_for(request.user)) > 1,
        "asks_waiting": len(live_asks(now=request.now, store_ids=[store.id])),
        "live_topic": board_topic(store.id),
        "live_token": tokens.issue([board_topic(store.id)]),
    }


def till_frame(request: TimedRequest, store: StoreCard, till: TillCard) -> dict[str, Any]:
    """What the check-in page of a phone needs, which shows nothing else of the shop."""
    return {
        "store": store,
        "section": "till",
        "desk_till": till,
        "decides": False,
        "has_other_stores": False,
        "asks_waiting": 0,
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


def _turn_away(request: TimedRequest, store: StoreCard, desk: Desk, **_: object) -> HttpResponse:
    """A phone that the owner has ended."""
    raise NotAllowed("till.revoked")


def _worded(view: View, request: TimedRequest, *args: object, **kwargs: object) -> HttpResponse:
    try:
        return view(request, *args, **kwargs)
    except NotFound as error:
        raise Http404(error.code) from error
    except NotAllowed as error:
        raise PermissionDenied(say(error.code, language(), error.params)) from error

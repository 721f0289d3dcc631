"""Phones as tills: the owner lets them in and ends them; the phone asks for its PIN."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from commerce.places.queries import StoreCard, store_card
from iceshop.infra.http.middleware import TimedRequest
from iceshop.infra.http.problems import status_of
from iceshop.infra.http.responses import page, see
from iceshop.infra.http.wording import say
from iceshop.infra.templatetags.words import language
from iceshop.kernel.errors import DomainError
from windows.board.forms import TillForm
from windows.board.pages import (
    SHIFT_COOKIE,
    actor,
    decider_page,
    frame,
    keep_cookie,
    sentence,
)
from windows.tills import services
from windows.tills.links import SHIFT_SECONDS, shift_token, till_link, till_of_link
from windows.tills.queries import linked_tills


@require_http_methods(["GET", "HEAD", "POST"])
@decider_page
def tills(request: TimedRequest, store: StoreCard) -> HttpResponse:
    """Show the phones that are let in, and let in one more."""
    if request.method != "POST":
        return _page(request, store)
    form = TillForm(request.POST)
    if not form.is_valid():
        return _page(request, store, error=say("till.pin_weak", language(), {}), status=422)
    try:
        services.add_till(
            store_id=store.id,
            name=form.cleaned_data["name"],
            pin=form.cleaned_data["pin"],
            by=actor(request),
            now=request.now,
        )
    except DomainError as error:
        return _page(request, store, error=sentence(error, store), status=status_of(error))
    messages.success(request, gettext("Scan the square with that phone."))
    return see(request, "board:tills", store.id)


@require_POST
@decider_page
def set_pin(request: TimedRequest, store: StoreCard, till_id: UUID) -> HttpResponse:
    """Give a phone another PIN."""
    form = TillForm(request.POST)
    pin = form.cleaned_data["pin"] if form.is_valid() else ""
    try:
        services.set_pin(
            till_id=till_id, store_id=store.id, pin=pin, by=actor(request), now=request.now
        )
    except DomainError as error:
        return _page(request, store, error=sentence(error, store), status=status_of(error))
    messages.success(request, gettext("The phone asks for the new PIN now."))
    return see(request, "board:tills", store.id)


@require_POST
@decider_page
def end(request: TimedRequest, store: StoreCard, till_id: UUID) -> HttpResponse:
    """End a phone as a till, at once."""
    services.revoke_till(till_id=till_id, store_id=store.id, by=actor(request), now=request.now)
    messages.success(request, gettext("That phone can no longer check anybody in."))
    return see(request, "board:tills", store.id)


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: TimedRequest, token: str) -> HttpResponse:
    """Ask a phone for its PIN, and begin its shift."""
    till = till_of_link(token)
    if till is None:
        raise Http404(say("till.unknown", language(), {}))
    store = store_card(till.store_id)
    context = {"till": till, "store": store, "error": ""}
    if request.method != "POST":
        return render(request, "windows/board/enter.html", context)
    try:
        till = services.enter_pin(
            till_id=till.id, pin=request.POST.get("pin", "")[:8], now=request.now
        )
    except DomainError as error:
        context["error"] = sentence(error, store)
        return render(request, "windows/board/enter.html", context, status=status_of(error))
    response = redirect("board:check_in", store.id)
    keep_cookie(request, response, SHIFT_COOKIE, shift_token(till), SHIFT_SECONDS)
    return response


def _page(
    request: TimedRequest, store: StoreCard, *, error: str = "", status: int = 200
) -> HttpResponse:
    context = {
        **frame(request, store, "till"),
        "tills": [(till, till_link(till)) for till in linked_tills(store.id)],
        "error": error,
    }
    return page(request, "windows/board/tills.html", context, status=status)

"""The board of the day and what can be done about a window."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commerce.places.access import may_open_store, stores_for
from commerce.places.queries import StoreCard
from iceshop.infra.db import run_operation
from iceshop.infra.http.middleware import TimedRequest
from iceshop.infra.http.problems import status_of
from iceshop.infra.http.responses import page, see
from iceshop.infra.templatetags.words import language
from iceshop.kernel.errors import DomainError, Invalid
from windows.board import queries
from windows.board.forms import REASON_LENGTH, CancelForm, StockForm
from windows.board.pages import (
    actor,
    decider_page,
    frame,
    live_page,
    seller_page,
    sentence,
    store_page,
)
from windows.flash import services as flash
from windows.flash.domain import LIVE_WINDOWS
from windows.flash.queries import people_counts

_BOARD = "windows/board/today.html"


@require_safe
@seller_page
def stores(request: TimedRequest) -> HttpResponse:
    """Choose a store; who has only one is taken there."""
    cards = stores_for(request.user)
    if len(cards) == 1:
        return see(request, "board:today", cards[0].id)
    context = {"stores": cards, "may_open": may_open_store(request.user)}
    return page(request, "windows/board/stores.html", context)


@require_safe
@store_page
def today(request: TimedRequest, store: StoreCard) -> HttpResponse:
    """The window that runs, or the next one, and the rest of the day."""
    return _board(request, store, None)


@require_safe
@store_page
def window(request: TimedRequest, store: StoreCard, window_id: UUID) -> HttpResponse:
    """The board with one window in front."""
    return _board(request, store, window_id)


@require_POST
@store_page
def pause(request: TimedRequest, store: StoreCard, window_id: UUID) -> HttpResponse:
    """Take no new people."""
    return _do(request, store, window_id, lambda: _set_joins(request, window_id, is_paused=True))


@require_POST
@store_page
def resume(request: TimedRequest, store: StoreCard, window_id: UUID) -> HttpResponse:
    """Take new people again."""
    return _do(request, store, window_id, lambda: _set_joins(request, window_id, is_paused=False))


@require_POST
@decider_page
def keep(request: TimedRequest, store: StoreCard, window_id: UUID) -> HttpResponse:
    """Hold the window however small its group stays."""

    def deed() -> str:
        run_operation(flash.keep_window, window_id=window_id, by=actor(request), now=request.now)
        return gettext("The window takes place in any case")

    return _do(request, store, window_id, deed)


@require_POST
@store_page
def limit_stock(request: TimedRequest, store: StoreCard, window_id: UUID) -> HttpResponse:
    """The shop says how many pieces are left."""
    form = StockForm(request.POST)

    def deed() -> str:
        if not form.is_valid():
            raise Invalid("stock.quantity")
        short = run_operation(
            flash.limit_stock,
            window_id=window_id,
            left=form.cleaned_data["left"],
            by=actor(request),
            now=request.now,
        )
        return _stock_words(form.cleaned_data["left"], short)

    return _do(request, store, window_id, deed)


@require_http_methods(["GET", "HEAD", "POST"])
@decider_page
def cancel(request: TimedRequest, store: StoreCard, window_id: UUID) -> HttpResponse:
    """Show whom a cancelling would affect; cancel after a yes with a reason."""
    card = queries.store_window(store, window_id, now=request.now)
    form = CancelForm(request.POST if request.method == "POST" else None)
    error, status = "", 200
    if form.is_valid():
        try:
            told = run_operation(
                flash.cancel_window,
                window_id=window_id,
                reason=form.cleaned_data["reason"],
                by=actor(request),
                now=request.now,
            )
        except DomainError as refusal:
            error, status = sentence(refusal, store), status_of(refusal)
        else:
            messages.success(request, _cancel_words(told))
            return see(request, "board:window", store.id, window_id)
    elif form.is_bound:
        status = 422
    context = {
        **frame(request, store, "today"),
        "window": card,
        "is_live": card.state in LIVE_WINDOWS,
        "counts": people_counts([window_id], now=request.now)[window_id],
        "form": form,
        "reason_length": REASON_LENGTH,
        "error": error,
    }
    return page(request, "windows/board/cancel.html", context, status=status)


def _board(
    request: TimedRequest,
    store: StoreCard,
    window_id: UUID | None,
    *,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    """The board, or its live part; without ``window_id`` the window in front changes by itself."""
    board = queries.board(store, window_id=window_id, language=language(), now=request.now)
    context = {
        **frame(request, store, "today"),
        "board": board,
        "hero": board.hero,
        "error": error,
        "path": _address(store, window_id),
        "follows": window_id is None,
    }
    shown = (board, context["decides"], error)
    return live_page(request, _BOARD, context, shown=shown, fragment="live", status=status)


def _set_joins(request: TimedRequest, window_id: UUID, *, is_paused: bool) -> str:
    run_operation(
        flash.set_joins_paused,
        window_id=window_id,
        is_paused=is_paused,
        by=actor(request),
        now=request.now,
    )
    return gettext("Joining stopped") if is_paused else gettext("Joining is open again")


def _do(
    request: TimedRequest, store: StoreCard, window_id: UUID, deed: Callable[[], str]
) -> HttpResponse:
    """Do it and show how things stand, or say on the board why not."""
    queries.store_window(store, window_id, now=request.now)
    front = None if "follows" in request.POST else window_id
    try:
        said = deed()
    except DomainError as error:
        return _board(request, store, front, error=sentence(error, store), status=status_of(error))
    messages.success(request, said)
    return redirect(_address(store, front))


def _address(store: StoreCard, window_id: UUID | None) -> str:
    if window_id is None:
        return reverse("board:today", args=[store.id])
    return reverse("board:window", args=[store.id, window_id])


def _stock_words(left: int, short: int) -> str:
    said = ngettext("%(count)d left", "%(count)d left", left) % {"count": left}
    if not short:
        return said
    nothing = ngettext(
        "nothing is left for %(count)d person with a place",
        "nothing is left for %(count)d people with a place",
        short,
    )
    return f"{said}; {nothing % {'count': short}}"


def _cancel_words(told: int) -> str:
    words = ngettext(
        "Cancelled; %(count)d person is being told",
        "Cancelled; %(count)d people are being told",
        told,
    )
    return words % {"count": told}

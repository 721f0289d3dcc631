"""Asks: what they mean, and the answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from accounts.credentials.services import is_password_again
from commerce.places.access import may_decide
from commerce.places.queries import StoreCard
from iceshop.infra.db import run_operation
from iceshop.infra.http.middleware import TimedRequest
from iceshop.infra.http.problems import status_of
from iceshop.infra.http.responses import see
from iceshop.infra.http.wording import say
from iceshop.infra.templatetags.words import clock, language, locative
from iceshop.kernel.errors import DomainError, NotAllowed, NotFound
from iceshop.kernel.money import Money, show
from windows.board import queries
from windows.board.forms import PriceForm
from windows.board.pages import (
    actor,
    decider_page,
    frame,
    live_page,
    sentence,
    store_page,
)
from windows.flash import services as flash
from windows.flash.queries import WindowCard
from windows.negotiation import services as negotiation

_PAGE = "windows/board/offers.html"
_LIST = "offers-list"


@require_safe
@store_page
def offers(request: TimedRequest, store: StoreCard) -> HttpResponse:
    """Asks that wait, and those that are answered."""
    return _page(request, store, None)


@require_safe
@store_page
def offer(request: TimedRequest, store: StoreCard, ask_id: UUID) -> HttpResponse:
    """One ask; ``?percent=`` or ``?price=`` shows it at another discount."""
    form = PriceForm(request.GET, currency=store.currency)
    chosen = form.cleaned_data if form.is_valid() else {}
    return _page(
        request,
        store,
        ask_id,
        percent=chosen.get("percent"),
        price_minor=chosen.get("price"),
        error=_unreadable(form),
    )


@sensitive_post_parameters("password")
@require_POST
@decider_page
def accept(request: TimedRequest, store: StoreCard, ask_id: UUID) -> HttpResponse:
    """Yes to what was asked."""
    return _open(
        request,
        store,
        ask_id,
        lambda is_confirmed: run_operation(
            flash.accept_ask,
            ask_id=ask_id,
            is_confirmed=is_confirmed,
            by=actor(request),
            now=request.now,
        ),
    )


@sensitive_post_parameters("password")
@require_POST
@decider_page
def counter(request: TimedRequest, store: StoreCard, ask_id: UUID) -> HttpResponse:
    """Other terms: a unit price, or a discount in percent."""
    form = PriceForm(request.POST, currency=store.currency)
    if not form.is_valid():
        return _page(request, store, ask_id, error=_unreadable(form), status=422)
    price, percent = form.cleaned_data["price"], form.cleaned_data["percent"]
    return _open(
        request,
        store,
        ask_id,
        lambda is_confirmed: run_operation(
            flash.counter_ask,
            ask_id=ask_id,
            is_confirmed=is_confirmed,
            unit_minor=price,
            percent_bp=None if percent is None or price is not None else percent * 100,
            by=actor(request),
            now=request.now,
        ),
        price_minor=price,
        percent=percent,
    )


@require_POST
@decider_page
def refuse(request: TimedRequest, store: StoreCard, ask_id: UUID) -> HttpResponse:
    """No."""
    _must_be_of(store, ask_id)
    try:
        run_operation(negotiation.refuse, ask_id=ask_id, by=actor(request), now=request.now)
    except DomainError as error:
        return _refused(request, store, ask_id, error)
    messages.success(request, gettext("Refused; nothing follows from it"))
    return see(request, "board:offers", store.id)


def _open(
    request: TimedRequest,
    store: StoreCard,
    ask_id: UUID,
    deed: Callable[[bool], WindowCard],
    *,
    price_minor: int | None = None,
    percent: int | None = None,
) -> HttpResponse:
    """Agree and go to the window; a refusal is told where the price stands."""
    _must_be_of(store, ask_id)
    try:
        window = deed(_is_confirmed(request))
    except DomainError as error:
        return _refused(request, store, ask_id, error, price_minor=price_minor, percent=percent)
    said = gettext("Agreed; the window opens at %(time)s")
    messages.success(request, said % {"time": locative(clock(window.starts_at, store.zone))})
    return see(request, "board:window", store.id, window.id)


def _is_confirmed(request: TimedRequest) -> bool:
    """Whether the password was given again. Raises NotAllowed("password.wrong") for a wrong one."""
    password = request.POST.get("password", "")
    if not password:
        return False
    is_right = is_password_again(
        user_id=request.user.pk,
        password=password,
        address=request.META.get("REMOTE_ADDR", ""),
        now=request.now,
    )
    if not is_right:
        raise NotAllowed("password.wrong")
    return True


def _refused(
    request: TimedRequest,
    store: StoreCard,
    ask_id: UUID,
    error: DomainError,
    *,
    price_minor: int | None = None,
    percent: int | None = None,
) -> HttpResponse:
    return _page(
        request,
        store,
        ask_id,
        price_minor=price_minor,
        percent=None if price_minor is not None else percent,
        error=sentence(error, store),
        status=status_of(error),
    )


def _page(
    request: TimedRequest,
    store: StoreCard,
    ask_id: UUID | None,
    *,
    percent: int | None = None,
    price_minor: int | None = None,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    shown = queries.offer_page(
        store,
        ask_id=ask_id,
        percent=percent,
        price_minor=price_minor,
        decides=may_decide(request.user, store),
        language=language(),
        now=request.now,
    )
    context = {
        **frame(request, store, "offers"),
        "shown": shown,
        "front": shown.front,
        "offer": shown.offer,
        "is_list": ask_id is None,
        **(_amount(shown.offer.price) if shown.offer else {}),
        "error": error,
    }
    htmx = getattr(request, "htmx", None)
    is_pull = bool(htmx and htmx.target == _LIST)
    return live_page(
        request,
        _PAGE,
        context,
        shown=(shown.waiting, shown.finished) if is_pull else (shown, error),
        fragment="list" if is_pull else "offer",
        status=status,
    )


def _amount(price: Money) -> dict[str, str]:
    """The price as it is typed, and the sign of its currency."""
    written = show(price, language())
    return {
        "price_text": re.sub(r"[^\d.,]", "", written),
        "price_sign": re.sub(r"[\d.,\s]", "", written),
    }


def _must_be_of(store: StoreCard, ask_id: UUID) -> None:
    """Raise NotFound("ask.unknown") for another store's ask."""
    if not negotiation.is_of_store(ask_id=ask_id, store_id=store.id):
        raise NotFound("ask.unknown")


def _unreadable(form: PriceForm) -> str:
    return "" if form.is_valid() else say("money.unreadable", language(), {})

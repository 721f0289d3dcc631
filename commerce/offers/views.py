"""The seller's product pages: list, add, edit, pause."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from commerce.catalog.access import access_offering_terms
from commerce.catalog.services import switch_offering
from commerce.offers.forms import OfferForm, currency_sign
from commerce.offers.queries import offer_card, offers_of
from commerce.offers.services import add_offer, change_offer
from commerce.places.access import access_store_terms, decided_by, stores_for
from commerce.places.queries import StoreCard
from commerce.pricing.queries import LOOKBACK_DAYS, before_price, price_history
from iceshop.infra.http.middleware import TimedRequest
from iceshop.infra.http.responses import page, see
from iceshop.kernel.actors import Actor
from iceshop.kernel.errors import DomainError
from iceshop.kernel.money import Money
from iceshop.kernel.time import local_day

_OFFER = "commerce/products/offer.html"


@login_required
@require_GET
def show_list(request: TimedRequest) -> HttpResponse:
    """All products of the account's stores."""
    stores = stores_for(request.user)
    return page(
        request,
        "commerce/products/list.html",
        {
            "groups": offers_of(stores),
            "decides": decided_by(request.user, stores),
            "shop": _shop(stores),
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: TimedRequest, store_id: UUID) -> HttpResponse:
    """Put a product on sale in a store."""
    store = access_store_terms(request.user, store_id)
    if request.method != "POST":
        return _form_page(request, store, OfferForm.empty(store))
    form = OfferForm.sent(request.POST)
    if form.is_valid():
        try:
            add_offer(
                store_id=store.id,
                change=form.change(),
                by=Actor.staff(request.user.pk),
                source_key=form.source_key,
                now=request.now,
            )
        except DomainError as error:
            form.refuse(error)
        else:
            return _saved(request)
    return _form_page(request, store, form, status=422)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: TimedRequest, offering_id: UUID) -> HttpResponse:
    """Change a product of a store: price, stock, ladder, limits."""
    offering, store = access_offering_terms(request.user, offering_id)
    if request.method != "POST":
        form = OfferForm.of(offer_card(offering.id), store)
        return _form_page(request, store, form, offering_id=offering.id)
    form = OfferForm.sent(request.POST)
    if form.is_valid():
        try:
            change_offer(
                offering_id=offering.id,
                change=form.change(),
                by=Actor.staff(request.user.pk),
                source_key=form.source_key,
                now=request.now,
            )
        except DomainError as error:
            form.refuse(error)
        else:
            return _saved(request)
    return _form_page(request, store, form, offering_id=offering.id, status=422)


@login_required
@require_POST
def switch(request: TimedRequest, offering_id: UUID) -> HttpResponse:
    """Pause a product or put it back on sale."""
    offering, _ = access_offering_terms(request.user, offering_id)
    switch_offering(
        offering_id=offering.id,
        is_active=request.POST.get("is_active") == "1",
        by=Actor.staff(request.user.pk),
        now=request.now,
    )
    return _saved(request)


def _form_page(
    request: TimedRequest,
    store: StoreCard,
    form: OfferForm,
    *,
    offering_id: UUID | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, object] = {
        "store": store,
        "shop": store,
        "form": form,
        "offering_id": offering_id,
        "sign": currency_sign(store.currency),
        "lookback_days": LOOKBACK_DAYS,
    }
    if offering_id is not None:
        offer = offer_card(offering_id)
        context["offer"] = offer
        context["title"] = offer.offering.name(get_language() or "tr")
        context["history"] = [
            (local_day(record.valid_from, store.zone), Money(record.price_minor, record.currency))
            for record in price_history(offering_id, limit=6)
        ]
        context["before"] = before_price(offering_id, request.now)
    return page(request, _OFFER, context, status=status)


def _saved(request: TimedRequest) -> HttpResponse:
    messages.success(request, gettext("Saved"))
    return see(request, "products:list")


def _shop(stores: tuple[StoreCard, ...]) -> StoreCard | None:
    """The shop named in the bar: only where there is no choice."""
    return stores[0] if len(stores) == 1 else None

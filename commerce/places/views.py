"""The page of a shop: open one, change what it says about itself, pause it."""

from __future__ import annotations

import secrets
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from commerce.places.access import access_store_terms, may_add_sellers, sellers_decided_by
from commerce.places.domain import LogIn, StoreState
from commerce.places.forms import NewStoreForm, StoreForm
from commerce.places.queries import StoreCard
from commerce.places.services import change_store, open_store, set_store_state
from iceshop.infra.http.middleware import TimedRequest
from iceshop.infra.http.responses import page, see
from iceshop.kernel.actors import Actor
from iceshop.kernel.errors import DomainError

_SHOP = "commerce/shops/shop.html"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: TimedRequest) -> HttpResponse:
    """Open a shop: the house for any seller, owners and managers for their own."""
    sellers, may_add = sellers_decided_by(request.user), may_add_sellers(request.user)
    if not (sellers or may_add):
        raise PermissionDenied
    if request.method != "POST":
        form = NewStoreForm.empty().offer_sellers(sellers, may_add=may_add)
        return _form_page(request, form, may_add=may_add)
    form = NewStoreForm(request.POST).offer_sellers(sellers, may_add=may_add)
    if form.is_valid():
        username = form.cleaned_data["owner_username"] if may_add else ""
        log_in = LogIn(username, secrets.token_urlsafe(12)) if username else None
        try:
            opened = open_store(
                store_id=form.cleaned_data["form_key"],
                seller=form.whose(),
                plan=form.plan(),
                weekly=form.cleaned_data["weekly"],
                owner_phone=form.cleaned_data["owner_phone"] if may_add else "",
                owner_log_in=log_in,
                by=Actor.staff(request.user.pk),
                now=request.now,
            )
        except DomainError as error:
            form.refuse(error)
        else:
            return _opened(request, opened.store, log_in if opened.is_new else None)
    return _form_page(request, form, may_add=may_add, status=422)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: TimedRequest, store_id: UUID) -> HttpResponse:
    """Change a shop's name, place, hours and limits."""
    store = access_store_terms(request.user, store_id)
    if request.method != "POST":
        return _form_page(request, StoreForm.of(store), store)
    form = StoreForm(request.POST)
    if form.is_valid():
        try:
            change_store(
                store_id=store.id,
                plan=form.plan(external_id=store.external_id),
                weekly=form.cleaned_data["weekly"],
                by=Actor.staff(request.user.pk),
                now=request.now,
            )
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, gettext("Saved"))
            return see(request, "shops:edit", store.id)
    return _form_page(request, form, store, status=422)


@login_required
@require_POST
def switch(request: TimedRequest, store_id: UUID) -> HttpResponse:
    """Take a shop out of new rounds, or let it take part again."""
    store = access_store_terms(request.user, store_id)
    state = StoreState.ACTIVE if request.POST.get("is_active") == "1" else StoreState.PAUSED
    set_store_state(
        store_id=store.id, state=state, by=Actor.staff(request.user.pk), now=request.now
    )
    messages.success(request, gettext("Saved"))
    return see(request, "shops:edit", store.id)


def _opened(request: TimedRequest, store: StoreCard, log_in: LogIn | None) -> HttpResponse:
    """Go on to the shop's products; a new password is shown this once and stored nowhere."""
    if log_in is None:
        messages.success(request, gettext("Saved"))
        return see(request, "products:add", store.id)
    response = page(request, "commerce/shops/opened.html", {"store": store, "log_in": log_in})
    response.headers["Cache-Control"] = "no-store"
    return response


def _form_page(
    request: TimedRequest,
    form: StoreForm,
    store: StoreCard | None = None,
    *,
    may_add: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {"store": store, "shop": store, "form": form, "may_add": may_add}
    return page(request, _SHOP, context, status=status)

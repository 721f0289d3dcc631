"""What is to be expected around the store."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from commerce.places.queries import StoreCard
from iceshop.infra.http.middleware import TimedRequest
from iceshop.infra.http.responses import page
from iceshop.infra.templatetags.words import language
from windows.board import queries
from windows.board.forms import DemandForm
from windows.board.pages import frame, store_page


@require_safe
@store_page
def demand(request: TimedRequest, store: StoreCard) -> HttpResponse:
    """The coming days by hour, for all products or for ``?offering=``."""
    form = DemandForm(request.GET)
    offering_id = form.cleaned_data["offering"] if form.is_valid() else None
    shown = queries.demand_page(
        store, offering_id=offering_id, language=language(), now=request.now
    )
    context = {**frame(request, store, "demand"), "shown": shown}
    return page(request, "windows/board/demand.html", context)

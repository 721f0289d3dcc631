"""What a window would be on other terms."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from commerce.places.queries import StoreCard
from iceshop.infra.http.middleware import TimedRequest
from iceshop.infra.http.responses import page
from iceshop.infra.templatetags.words import language
from windows.board import queries
from windows.board.forms import LATER_MINUTES, LENGTH_MINUTES, TermsForm
from windows.board.pages import decider_page, frame


@require_safe
@decider_page
def twin(request: TimedRequest, store: StoreCard, window_id: UUID) -> HttpResponse:
    """One window beside itself: ``?percent=``, ``?later=`` and ``?length=`` are the other terms."""
    form = TermsForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    shown = queries.twin_page(
        store,
        window_id,
        percent=chosen.get("percent"),
        later_minutes=chosen.get("later"),
        length_minutes=chosen.get("length"),
        language=language(),
        now=request.now,
    )
    lengths = sorted({*LENGTH_MINUTES, shown.change.length_minutes})
    context = {
        **frame(request, store, "results"),
        "shown": shown,
        "window": shown.window,
        "later_choices": LATER_MINUTES,
        "length_choices": lengths,
    }
    response = page(request, "windows/board/twin.html", context)
    response.headers["Cache-Control"] = "private, no-store"
    return response

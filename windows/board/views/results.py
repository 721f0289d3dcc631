"""What came of the windows."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from commerce.places.queries import StoreCard
from iceshop.infra.http.middleware import TimedRequest
from iceshop.infra.http.responses import page
from iceshop.infra.templatetags.words import language
from windows.board import queries
from windows.board.forms import PeriodForm
from windows.board.pages import frame, store_page
from windows.board.queries.results import PERIODS_WEEKS


@require_safe
@store_page
def results(request: TimedRequest, store: StoreCard) -> HttpResponse:
    """Figures and a table of the last weeks; ``?weeks=`` is 4, 12 or 52."""
    form = PeriodForm(request.GET)
    weeks = form.cleaned_data["weeks"] if form.is_valid() else PERIODS_WEEKS[0]
    context = {
        **frame(request, store, "results"),
        "results": queries.results(store, weeks=weeks, language=language(), now=request.now),
        "periods": PERIODS_WEEKS,
    }
    return page(request, "windows/board/results.html", context)

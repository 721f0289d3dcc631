"""How buyers answer to prices."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from commerce.places.queries import StoreCard
from iceshop.infra.http.middleware import TimedRequest
from iceshop.infra.http.responses import page
from iceshop.infra.templatetags.words import language
from windows.board.pages import decider_page, frame
from windows.board.queries.acceptance import acceptance_curve


@require_safe
@decider_page
def acceptance(request: TimedRequest, store: StoreCard, offering_id: UUID) -> HttpResponse:
    """The acceptance curve of an offering: a page, or the part that the product page takes in."""
    context = {
        **frame(request, store, "products"),
        "curve": acceptance_curve(store, offering_id, language=language()),
    }
    response = page(request, "windows/board/acceptance.html", context, fragment="curve")
    response.headers["Cache-Control"] = "private, no-store"
    return response

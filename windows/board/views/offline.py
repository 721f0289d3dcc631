"""For a till's script: the signed roster, and a door for what it did without connection."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_GET, require_POST

from commerce.places.queries import StoreCard
from iceshop.infra.http.middleware import TimedRequest
from windows.board.pages import Desk, till_page
from windows.board.telling import told_scans
from windows.tills import services as tills
from windows.tills.queries import roster as roster_of
from windows.tills.signing import signature


def _for_scripts(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer 401 where a person would be led to the log-in."""

    @wraps(view)
    def run(request: TimedRequest, **kwargs: object) -> HttpResponse:
        response = view(request, **kwargs)
        if response.status_code == 302:
            return JsonResponse({"code": "till.closed"}, status=401)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return run


@require_GET
@_for_scripts
@till_page
def roster(request: TimedRequest, store: StoreCard, desk: Desk) -> HttpResponse:
    """Whom a till may admit, as one text and its signature."""
    text = roster_of(store.id, now=request.now).text()
    return JsonResponse({"roster": text, "signature": signature(text)})


@require_POST
@_for_scripts
@till_page
def sync(request: TimedRequest, store: StoreCard, desk: Desk) -> HttpResponse:
    """Keep what the till did without connection; answers for each nonce that is kept."""
    scans = told_scans(request.body, store_id=store.id, device=desk.device, now=request.now)
    if scans is None:
        return JsonResponse({"code": "request.invalid"}, status=422)
    if desk.till is None:
        tills.know_till(store_id=store.id, key=desk.device, now=request.now)
    kept = tills.sync(scans=[scan for _, scan in scans], by=desk.by, now=request.now)
    return JsonResponse(
        {
            "kept": [
                {"nonce": nonce, "question": synced.question}
                for (nonce, _), synced in zip(scans, kept, strict=True)
                if synced is not None
            ]
        }
    )

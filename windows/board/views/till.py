"""Check-in at the till: camera, code, words or name; taking back and disputing."""

from __future__ import annotations

from functools import partial
from secrets import token_urlsafe
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from commerce.places.queries import StoreCard
from iceshop.infra.http.middleware import TimedRequest
from iceshop.infra.http.problems import status_of
from iceshop.infra.http.wording import say
from iceshop.infra.templatetags.words import language
from iceshop.kernel.errors import DomainError, NotFound
from windows.board import queries
from windows.board.domain import scan_key
from windows.board.forms import DisputeForm, ScanForm, UndoForm
from windows.board.pages import Desk, frame, live_page, sentence, till_frame, till_page
from windows.board.queries import Till
from windows.board.scans import answer, offline_answers
from windows.flash import services as flash
from windows.flash.domain import UndoReason
from windows.tills import services as tills
from windows.tills.signing import public_key

_PAGE = "windows/board/check_in.html"
_PEOPLE = "till-people"


@require_http_methods(["GET", "HEAD", "POST"])
@till_page
def check_in(request: TimedRequest, store: StoreCard, desk: Desk) -> HttpResponse:
    """Show who is expected; judge a scan and show its answer under an address of its own."""
    if request.method == "POST":
        return _judge(request, store, desk)
    return _page(request, store, desk, nonce=request.GET.get("scan", "")[:60])


@require_POST
@till_page
def undo(request: TimedRequest, store: StoreCard, desk: Desk) -> HttpResponse:
    """Take back an admission of this till, and show that."""
    form = UndoForm(request.POST)
    if not form.is_valid():
        raise NotFound("scan.unknown")
    nonce = form.cleaned_data["nonce"]
    try:
        undone = tills.undo(
            store_id=store.id,
            device=desk.device,
            nonce=nonce,
            reason=UndoReason(form.cleaned_data["reason"]),
            by=desk.by,
            now=request.now,
        )
    except DomainError as error:
        words = sentence(error, store)
        return _page(request, store, desk, nonce=nonce, error=words, status=status_of(error))
    return _shown(store, undone.nonce)


@require_POST
@till_page
def dispute(request: TimedRequest, store: StoreCard, desk: Desk) -> HttpResponse:
    """Leave to the owner who used a pass."""
    form = DisputeForm(request.POST)
    if not form.is_valid():
        raise NotFound("scan.unknown")
    nonce = form.cleaned_data["nonce"]
    tills.dispute(store_id=store.id, device=desk.device, nonce=nonce, now=request.now)
    return _shown(store, nonce)


def _judge(request: TimedRequest, store: StoreCard, desk: Desk) -> HttpResponse:
    form = ScanForm(request.POST, currency=store.currency)
    if not form.is_valid():
        error = say("scan.incomplete", language(), {})
        return _page(request, store, desk, error=error, status=422)
    nonce = scan_key(form.cleaned_data["nonce"], form.cleaned_data["code"])
    if desk.till is None:
        tills.know_till(store_id=store.id, key=desk.device, now=request.now)
    flash.check_in(
        store_id=store.id,
        code=form.cleaned_data["code"],
        nonce=nonce,
        device=desk.device,
        by=desk.by,
        now=request.now,
        told=form.told(),
    )
    return _shown(store, nonce)


def _shown(store: StoreCard, nonce: str) -> HttpResponse:
    address = reverse("board:check_in", args=[store.id])
    return redirect(f"{address}?{urlencode({'scan': nonce})}")


def _page(
    request: TimedRequest,
    store: StoreCard,
    desk: Desk,
    *,
    nonce: str = "",
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    till = queries.till(store, device=desk.device, nonce=nonce, now=request.now)
    htmx = getattr(request, "htmx", None)
    is_pull = bool(htmx and htmx.target == _PEOPLE)
    context = _context(request, store, desk, till) | {"is_pull": is_pull, "error": error}
    shown = _shown_people(till) if is_pull else (till, nonce, error, context["nonce"])
    fragment = "people" if is_pull else "answer"
    return live_page(request, _PAGE, context, shown=shown, fragment=fragment, status=status)


def _context(request: TimedRequest, store: StoreCard, desk: Desk, till: Till) -> dict[str, Any]:
    worded = partial(answer, store=store, tills=till.names, now=request.now)
    is_whole = not getattr(request, "htmx", False)
    page = till_frame(request, store, desk.till) if desk.till else frame(request, store, "till")
    return {
        **page,
        "till": till,
        "taps": [(tap, token_urlsafe(16)) for tap in till.expected],
        "answer": worded(till.shown) if till.shown else None,
        "last": [worded(scan) for scan in till.scans],
        "nonce": token_urlsafe(16),
        "offline_answers": offline_answers() if is_whole else (),
        "roster_key": public_key(),
    }


def _shown_people(till: Till) -> object:
    return till.windows, till.expected, till.came, till.confirmed, till.scans, till.questions

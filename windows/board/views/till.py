"""Check-in at the till: camera, code or name."""

from __future__ import annotations

from hashlib import sha256
from secrets import token_urlsafe
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from commerce.places.queries import StoreCard
from iceshop.infra.http.middleware import TimedRequest
from iceshop.infra.http.wording import say
from iceshop.infra.templatetags.words import language
from iceshop.kernel.ids import normal_code
from windows.board import queries
from windows.board.forms import ScanForm
from windows.board.pages import actor, frame, live_page, store_page
from windows.board.queries import Till
from windows.board.scans import answer
from windows.flash import services as flash

_PAGE = "windows/board/check_in.html"
_PEOPLE = "till-people"
_DEVICE = "iceshop_till"
_DEVICE_LENGTH = 22
_ONE_YEAR_SECONDS = 31_536_000


@require_http_methods(["GET", "HEAD", "POST"])
@store_page
def check_in(request: TimedRequest, store: StoreCard) -> HttpResponse:
    """Show who is expected; judge a scan and show its answer under an address of its own."""
    device = _device(request)
    response = (
        _judge(request, store, device)
        if request.method == "POST"
        else _page(request, store, device, nonce=request.GET.get("scan", "")[:60])
    )
    if request.COOKIES.get(_DEVICE) != device:
        response.set_cookie(
            _DEVICE,
            device,
            max_age=_ONE_YEAR_SECONDS,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )
    return response


def _judge(request: TimedRequest, store: StoreCard, device: str) -> HttpResponse:
    form = ScanForm(request.POST)
    if not form.is_valid():
        error = say("scan.incomplete", language(), {})
        return _page(request, store, device, error=error, status=422)
    nonce = scan_key(form.cleaned_data["nonce"], form.cleaned_data["code"])
    flash.check_in(
        store_id=store.id,
        code=form.cleaned_data["code"],
        nonce=nonce,
        device=device,
        by=actor(request),
        now=request.now,
    )
    address = reverse("board:check_in", args=[store.id])
    return redirect(f"{address}?{urlencode({'scan': nonce})}")


def scan_key(nonce: str, code: str) -> str:
    """The key of one scan: the form's nonce and the code.

    A form that is sent twice has one effect, but a second pass that the camera reads before the
    page has its next form must never get the first one's answer.
    """
    return f"{nonce[:40]}.{sha256(normal_code(code).encode()).hexdigest()[:12]}"


def _device(request: TimedRequest) -> str:
    """The name of this browser as a till; a new one where it has none or a strange one."""
    known = request.COOKIES.get(_DEVICE, "")
    is_ours = len(known) == _DEVICE_LENGTH and known.replace("-", "").replace("_", "").isalnum()
    return known if is_ours else token_urlsafe(16)


def _page(
    request: TimedRequest,
    store: StoreCard,
    device: str,
    *,
    nonce: str = "",
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    till = queries.till(store, device=device, nonce=nonce, now=request.now)
    htmx = getattr(request, "htmx", None)
    is_pull = bool(htmx and htmx.target == _PEOPLE)
    context = {
        **frame(request, store, "till"),
        "till": till,
        "taps": [(tap, token_urlsafe(16)) for tap in till.expected],
        "answer": answer(till.shown, store) if till.shown else None,
        "last": [answer(scan, store) for scan in till.scans],
        "nonce": token_urlsafe(16),
        "is_pull": is_pull,
        "error": error,
    }
    shown = _shown_people(till) if is_pull else (till, nonce, error, context["nonce"])
    fragment = "people" if is_pull else "answer"
    return live_page(request, _PAGE, context, shown=shown, fragment=fragment, status=status)


def _shown_people(till: Till) -> object:
    return till.windows, till.expected, till.came, till.confirmed, till.scans

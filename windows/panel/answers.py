"""How the panel answers: the page in the person's language, or what has not changed."""

from __future__ import annotations

from hashlib import sha256
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import translation

from iceshop.infra import clock
from iceshop.infra.http.middleware import TimedRequest
from iceshop.infra.http.responses import page
from iceshop.infra.http.wording import say
from iceshop.infra.realtime import tokens
from iceshop.infra.realtime.topics import window_topic
from iceshop.kernel.errors import DomainError
from windows.panel.domain import PanelState
from windows.panel.queries import PanelView, ShopFace
from windows.passes.queries import qr_text
from windows.passes.words import words_of

# Refusals that the page itself tells once it shows how things stand now.
_TOLD_BY = {
    "window.full": PanelState.FULL,
    "window.joins_paused": PanelState.PAUSED,
    "window.cancelled": PanelState.CANCELLED,
    "window.too_small": PanelState.CANCELLED,
    "window.closed": PanelState.EXPIRED,
    "invite.expired": PanelState.EXPIRED,
}
PARTS = "panel"
# Two thirds of the half minute for which a QR code is the current one.
_QR_SECONDS = 20


def panel_page(
    request: TimedRequest, token: str, view: PanelView, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    """The panel, whole or as its live part; 304 when the reader has it already.

    Only parts carry a tag: a browser that kept the whole page would take a 304 for the part as
    leave to show the whole page inside of itself.
    """
    tag = _tag(view)
    htmx = getattr(request, "htmx", None)
    wants_part = bool(htmx)
    if wants_part and not refusal and request.headers.get("If-None-Match") == tag:
        return _finished(request, HttpResponseNotModified(), tag)
    context = {
        **frame(token, view),
        **pass_face(request, view),
        "refusal": refusal,
        "live_token": tokens.issue([window_topic(view.window.id)]),
        "live_topic": window_topic(view.window.id),
        "state_template": f"windows/panel/states/{view.state}.html",
        # Only an answer to the reader's own deed moves the focus; a live pull never does.
        "moves_focus": htmx is not None and wants_part and htmx.trigger != PARTS,
    }
    response = page(request, "windows/panel/show.html", context, fragment=PARTS, status=status)
    return _finished(request, response, tag if wants_part and not refusal else "")


def frame(token: str, view: PanelView) -> dict[str, object]:
    """What every page of the panel needs."""
    return {
        "view": view,
        "token": token,
        "directions": directions_url(view.shop),
        # The stand-in's phones are no WhatsApp chats.
        "chat_url": "" if settings.SIMULATOR_ENABLED else _chat_url(),
    }


def pass_face(request: TimedRequest, view: PanelView) -> dict[str, object]:
    """What the pass shows at this moment; its QR code is asked for again as long as it is seen."""
    if not view.code:
        return {}
    rate = clock.rate()
    return {
        "qr_payload": qr_text(code=view.code, window_id=view.window.id, now=request.now),
        "qr_seconds": max(1, int(_QR_SECONDS / rate)),
        "words": words_of(view.code, view.language),
    }


def speak_language(request: HttpRequest, view: PanelView) -> None:
    """Write this answer in the person's language."""
    translation.activate(view.language)
    request.LANGUAGE_CODE = view.language


def refusal_text(error: DomainError, view: PanelView) -> str:
    """The sentence for a refusal; empty where the page tells it anyway."""
    if _TOLD_BY.get(error.code) is view.state:
        return ""
    if error.code == "window.full" and view.most_people > 0:
        return say("party.no_room", view.language, {"most": view.most_people})
    return say(error.code, view.language, error.params)


def directions_url(shop: ShopFace) -> str:
    """A link that opens the phone's map app with the way to the shop."""
    point = shop.point
    query = {
        "api": "1",
        "destination": f"{point.latitude:.6f},{point.longitude:.6f}",
        "travelmode": "walking",
    }
    return f"https://www.google.com/maps/dir/?{urlencode(query)}"


def _chat_url() -> str:
    return f"https://wa.me/{settings.WHATSAPP['NUMBER']}"


def _tag(view: PanelView) -> str:
    return f'"{sha256(repr(view).encode()).hexdigest()[:32]}"'


def _finished(request: TimedRequest, response: HttpResponse, tag: str) -> HttpResponse:
    if tag:
        response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["X-Now"] = request.now.isoformat()
    return response

"""The buyer's panel. A GET changes nothing: chat programs open every link that they show."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from iceshop.infra.http.middleware import TimedRequest
from iceshop.infra.http.problems import status_of
from iceshop.infra.http.responses import page, see
from iceshop.infra.templatetags.drawings import qr
from iceshop.infra.templatetags.words import money
from iceshop.kernel.errors import DomainError
from windows.panel import services
from windows.panel.answers import (
    frame,
    panel_page,
    pass_face,
    refusal_text,
    speak_language,
)
from windows.panel.calendar import CONTENT_TYPE, CalendarEntry, calendar_file
from windows.panel.forms import GiveUpForm, PartyForm
from windows.panel.links import PanelKey, read_token
from windows.panel.queries import PanelView, panel_view
from windows.passes.queries import show_code


def deed(
    view: Callable[[TimedRequest, str], HttpResponse],
) -> Callable[[TimedRequest, str], HttpResponse]:
    """Let only a POST through; who opens the address of a deed is shown the panel."""

    @wraps(view)
    def run(request: TimedRequest, token: str) -> HttpResponse:
        if request.method != "POST":
            return see(request, "panel:show", token)
        return view(request, token)

    return run


@require_safe
def show(request: TimedRequest, token: str) -> HttpResponse:
    """The panel as it stands now."""
    _, view = access_panel(request, token)
    return panel_page(request, token, view)


@require_safe
def code(request: TimedRequest, token: str) -> HttpResponse:
    """The QR code of this half minute, for the page that shows it; alone it leads there."""
    _, view = access_panel(request, token)
    if not (getattr(request, "htmx", False) and view.is_seated):
        return see(request, "panel:show", token)
    response = HttpResponse(qr(str(pass_face(request, view)["qr_payload"])))
    response.headers["Cache-Control"] = "private, no-store"
    return response


@deed
def confirm(request: TimedRequest, token: str) -> HttpResponse:
    """Yes."""
    key, _ = access_panel(request, token)
    form = PartyForm(request.POST)
    people = form.cleaned_data["people"] if form.is_valid() else None
    return _do(request, token, lambda: services.confirm(key=key, people=people, now=request.now))


@deed
def decline(request: TimedRequest, token: str) -> HttpResponse:
    """No."""
    key, _ = access_panel(request, token)
    return _do(request, token, lambda: services.decline(key=key, now=request.now))


@deed
def yes(request: TimedRequest, token: str) -> HttpResponse:
    """Yes to the seat that came free."""
    key, _ = access_panel(request, token)
    return _do(request, token, lambda: services.confirm_seat(key=key, now=request.now))


@deed
def leave_list(request: TimedRequest, token: str) -> HttpResponse:
    """Wait no longer; the wish stays open."""
    key, _ = access_panel(request, token)
    return _do(request, token, lambda: services.give_up(key=key, keeps_wish=True, now=request.now))


@deed
def on_way(request: TimedRequest, token: str) -> HttpResponse:
    """On the way."""
    key, _ = access_panel(request, token)
    return _do(request, token, lambda: services.set_off(key=key, now=request.now))


@deed
def seen(request: TimedRequest, token: str) -> HttpResponse:
    """The messages on the panel were read."""
    key, _ = access_panel(request, token)
    return _do(request, token, lambda: services.see_notices(key=key, now=request.now))


@require_http_methods(["GET", "HEAD", "POST"])
def party(request: TimedRequest, token: str) -> HttpResponse:
    """Choose how many people come."""
    key, view = access_panel(request, token)
    if request.method != "POST":
        if not (view.is_seated or view.can_join):
            return see(request, "panel:show", token)
        return _party_page(request, token, view)
    form = PartyForm(request.POST)
    people = form.cleaned_data["people"] if form.is_valid() else None
    if people is None:
        return _party_page(request, token, view, status=422)
    try:
        services.come_with(key=key, people=people, now=request.now)
    except DomainError as error:
        _, view = access_panel(request, token)
        if not (view.is_seated or view.can_join):
            return _refused(request, token, view, error)
        refusal = refusal_text(error, view)
        return _party_page(request, token, view, refusal=refusal, status=status_of(error))
    return see(request, "panel:show", token)


@require_http_methods(["GET", "HEAD", "POST"])
def release(request: TimedRequest, token: str) -> HttpResponse:
    """Give the seat back, after saying what becomes of the wish."""
    key, view = access_panel(request, token)
    form = GiveUpForm(request.POST)
    if request.method == "POST" and form.is_valid():
        keeps_wish = form.cleaned_data["wish"] == "keep"
        return _do(
            request,
            token,
            lambda: services.give_up(key=key, keeps_wish=keeps_wish, now=request.now),
        )
    if not view.is_seated:
        return see(request, "panel:show", token)
    return page(request, "windows/panel/release.html", frame(token, view))


@deed
def language(request: TimedRequest, token: str) -> HttpResponse:
    """Change the language of the panel and of the messages."""
    key, _ = access_panel(request, token)
    chosen = request.POST.get("language", "")
    return _do(request, token, lambda: services.speak(key=key, language=chosen))


@require_safe
def calendar(request: TimedRequest, token: str) -> HttpResponse:
    """The window as a calendar file, for who holds a seat."""
    _, view = access_panel(request, token)
    if not view.is_seated:
        raise Http404
    entry = CalendarEntry(
        uid=str(view.window.id),
        starts_at=view.window.starts_at,
        ends_at=view.window.ends_at,
        title=f"{view.shop.name}: {view.product}",
        place=", ".join(filter(None, (view.shop.name, view.shop.address, view.shop.neighbourhood))),
        point=view.shop.point,
        note=gettext("Code %(code)s. You pay %(total)s at the till.")
        % {"code": show_code(view.code), "total": money(view.total)},
        url=settings.PUBLIC_URL + reverse("panel:show", args=[token]),
        stamp=request.now,
    )
    response = HttpResponse(calendar_file(entry), content_type=CONTENT_TYPE)
    response.headers["Content-Disposition"] = 'attachment; filename="iceshop.ics"'
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def access_panel(request: HttpRequest, token: str) -> tuple[PanelKey, PanelView]:
    """Who the token stands for and what they see; 404 for a forged or too old one.

    From here on the answer is in that person's language.
    """
    key = read_token(token)
    view = panel_view(key, now=request.now) if key else None  # type: ignore[attr-defined]
    if key is None or view is None:
        raise Http404
    speak_language(request, view)
    return key, view


def _do(request: TimedRequest, token: str, deed: Callable[[], None]) -> HttpResponse:
    """Do it and show how things stand; a refusal is told on the page where it happened."""
    try:
        deed()
    except DomainError as error:
        _, view = access_panel(request, token)
        return _refused(request, token, view, error)
    return see(request, "panel:show", token)


def _refused(
    request: TimedRequest, token: str, view: PanelView, error: DomainError
) -> HttpResponse:
    refusal = refusal_text(error, view)
    return panel_page(request, token, view, refusal=refusal, status=status_of(error))


def _party_page(
    request: TimedRequest, token: str, view: PanelView, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    context = {**frame(token, view), "refusal": refusal, "is_wrong": status == 422}
    return page(request, "windows/panel/party.html", context, status=status)

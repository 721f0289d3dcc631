"""The style page and the choice of language."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET

from iceshop.infra.style import examples
from iceshop.infra.templatetags.drawings import AWNINGS, FOODS

THEMES = ("light", "dark", "contrast")
ONE_YEAR_SECONDS = 31_536_000


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Show every component; ``?theme=`` forces a theme. 404 where the simulator is off."""
    if not settings.SIMULATOR_ENABLED:
        raise Http404
    theme = request.GET.get("theme", "")
    language = "en" if (translation.get_language() or "tr").startswith("en") else "tr"
    context = {
        "theme": theme if theme in THEMES else "",
        "now": examples.NOW,
        "clock_rate": 1,
        "starts": examples.STARTS_AT,
        "ends": examples.ENDS_AT,
        "grace": examples.ENDS_AT + timedelta(minutes=5),
        "early": examples.STARTS_AT - timedelta(minutes=42),
        "late": examples.ENDS_AT + timedelta(minutes=2),
        "over": examples.ENDS_AT + timedelta(minutes=6),
        "group": examples.group(),
        "steps": examples.steps(language),
        "near_steps": [(2, "%10"), (3, "%15"), (12, "%20")],
        "arrivals": examples.arrivals(),
        "states": examples.all_states(),
        "full": ("taken",) * 18,
        "many": ("taken",) * 52,
        "colours": examples.COLOURS,
        "awnings": AWNINGS,
        "foods": FOODS,
        "shop": examples.SHOP,
        "buyer": examples.BUYER,
        "history": [3, 5, 4, 8, 7, 10, 14],
    }
    return render(request, "style/overview.html", context)


@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    """The page that the service worker shows when it has no copy of what was asked for."""
    return render(request, "errors/offline.html")


@require_GET
def service_worker(request: HttpRequest) -> FileResponse:
    """The service worker, served from the root so that it may answer for every page."""
    script = Path(str(finders.find("js/sw.js")))
    response = FileResponse(script.open("rb"), content_type="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    return response


@require_GET
def choose_language(request: HttpRequest, code: str) -> HttpResponse:
    """Keep the reader's language in a cookie and go back to ``next``, never to another host."""
    if code not in dict(settings.LANGUAGES):
        raise Http404
    back = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = redirect(back)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=ONE_YEAR_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return response

"""The start page."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from iceshop.infra.http.responses import page


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what people can do here; a chat is offered only where messages really arrive."""
    chat_url = "" if settings.SIMULATOR_ENABLED else f"https://wa.me/{settings.WHATSAPP['NUMBER']}"
    return page(request, "home.html", {"chat_url": chat_url})

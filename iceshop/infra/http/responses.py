"""The two ways in which views answer: a page or its fragment, and a redirect after a deed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django_htmx.middleware import HtmxDetails


def page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    fragment: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render ``template`` whole, or only its ``fragment`` when htmx asked for a part."""
    name = f"{template}#{fragment}" if fragment and _wants_part(request) else template
    return render(request, name, context, status=status)


def _wants_part(request: HttpRequest) -> bool:
    """Whether htmx will swap a part; for "back" and for followed links it needs the whole page."""
    htmx: HtmxDetails | None = getattr(request, "htmx", None)
    if htmx is None or not htmx:
        return False
    return not (htmx.history_restore_request or htmx.boosted)


def see(request: HttpRequest, url_name: str, *args: object, **kwargs: object) -> HttpResponse:
    """Send the reader to a page after a deed; htmx follows it and swaps what it shows."""
    return redirect(reverse(url_name, args=args, kwargs=kwargs))

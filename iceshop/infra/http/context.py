"""What every template may use."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from iceshop.infra import clock


def page_context(request: HttpRequest) -> dict[str, Any]:
    """The request's ``now``, how fast the clock runs, and whether the simulator is on."""
    return {
        "now": getattr(request, "now", None) or clock.now(),
        "clock_rate": clock.rate(),
        "simulator_enabled": settings.SIMULATOR_ENABLED,
    }

"""System checks of the installation."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register(deploy=True)
def simulator_is_absent(**_: Any) -> list[CheckMessage]:
    """Refuse the simulator beside a production environment."""
    if settings.SIMULATOR_ENABLED:
        return [Error("The simulator is switched on.", id="iceshop.E001")]
    return []

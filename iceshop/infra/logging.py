"""What never reaches a log."""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from typing import Any

_FORBIDDEN_KEYS = frozenset(
    {
        "phone",
        "wa_id",
        "text",
        "body",
        "message",
        "name",
        "token",
        "secret",
        "password",
        "code_text",
    }
)
# Ten digits and more are phone numbers unless they stand inside a longer id.
_PHONE = re.compile(r"(?<![\w-])\+?\d{10,15}(?![\w-])")
# A panel's address opens it, also where the framework logs a refused request.
_PANEL = re.compile(r"(?<=/w/)[^/\s?]+")


def drop_personal(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Remove fields that hold personal data by their name, phone numbers and links of panels."""
    for key in _FORBIDDEN_KEYS & event.keys():
        event[key] = "[removed]"
    for key, value in event.items():
        if isinstance(value, str) and key != "timestamp":
            event[key] = _PHONE.sub("[number]", _PANEL.sub("[link]", value))
    return event

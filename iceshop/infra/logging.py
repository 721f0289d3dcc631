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
# The database quotes the refused row, over several lines if its texts have them:
# "DETAIL:  Failing row contains (7, Ayşe, ...)".
_ROW = re.compile(
    r"\b(DETAIL|CONTEXT):.*?(?=\n\n(?:The above|During handling) |\nTraceback |\Z)", re.DOTALL
)


def drop_personal(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Remove fields that hold personal data by their name, phone numbers and links of panels.

    Comes after the traceback has become text, so that nothing stays in there either.
    """
    for key, value in event.items():
        if key in _FORBIDDEN_KEYS:
            event[key] = "[removed]"
        elif key != "timestamp":
            event[key] = _scrubbed(value)
    return event


def _scrubbed(value: Any) -> Any:
    if isinstance(value, str):
        text = _PANEL.sub("[link]", _ROW.sub(r"\1: [removed]", value))
        return _PHONE.sub("[number]", text)
    if isinstance(value, dict):
        return {
            key: "[removed]" if key in _FORBIDDEN_KEYS else _scrubbed(inner)
            for key, inner in value.items()
        }
    if isinstance(value, list | tuple | set | frozenset):
        return [_scrubbed(inner) for inner in value]
    return value

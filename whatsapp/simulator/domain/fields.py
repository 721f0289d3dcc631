"""Reading values out of a request, refusing what the platform refuses."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import cast

from whatsapp.simulator.domain.codes import Json, Refusal

_LINK = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_AFTER_LINK = ".,;:!?)]}'\N{RIGHT SINGLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"


def storable(body: Json) -> None:
    """Refuse what no database keeps: NUL and halves of character pairs."""
    written = json.dumps(body, ensure_ascii=False)
    if "\\u0000" in written or any("\ud800" <= sign <= "\udfff" for sign in written):
        raise Refusal(100, "The request contains characters that are not allowed.")


def missing(name: str) -> Refusal:
    """The refusal of a request without ``name``."""
    return Refusal(131008, f"Parameter '{name}' is mandatory.")


def wrong(details: str) -> Refusal:
    """The refusal of a value."""
    return Refusal(131009, details)


def group(body: Json, name: str, *, path: str = "") -> Json:
    """The object under ``name``, which must be there."""
    value = body.get(name)
    if value is None:
        raise missing(_path(path, name))
    if not isinstance(value, dict):
        raise Refusal(100, f"Param {_path(path, name)} must be a JSON object.")
    return cast(Json, value)


def rows(body: Json, name: str, *, path: str = "") -> list[Json]:
    """The list of objects under ``name``; absent is empty."""
    value = body.get(name, [])
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise Refusal(100, f"Param {_path(path, name)} must be an array of JSON objects.")
    return cast(list[Json], value)


def text(body: Json, name: str, *, most: int, path: str = "", label: str = "") -> str:
    """The text under ``name``, of 1 to ``most`` signs."""
    value = body.get(name)
    full = label or _path(path, name)
    if value is None:
        raise missing(_path(path, name))
    if not isinstance(value, str):
        raise Refusal(100, f"Param {_path(path, name)} must be a string.")
    if not value.strip() or len(value) > most:
        raise wrong(f"{full} length invalid. Min length: 1, Max length: {most}")
    return value


def optional_text(body: Json, name: str, *, most: int, path: str = "", label: str = "") -> str:
    """The text under ``name``, or empty when it is absent."""
    if body.get(name) in (None, ""):
        return ""
    return text(body, name, most=most, path=path, label=label)


def number(body: Json, name: str, *, low: float, high: float, path: str = "") -> float:
    """The number under ``name``, also written as text, within its range."""
    value = body.get(name)
    if value is None:
        raise missing(_path(path, name))
    try:
        parsed = float(value) if isinstance(value, (int, float, str)) else float("nan")
    except ValueError:
        parsed = float("nan")
    if not low <= parsed <= high:
        raise wrong(f"Param {_path(path, name)} must be a number between {low} and {high}.")
    return parsed


def distinct(values: Sequence[str], *, what: str) -> None:
    """Refuse ``values`` when one comes twice."""
    if len(set(values)) != len(values):
        raise wrong(f"Duplicated {what} are not allowed.")


def web_address(value: str, *, what: str) -> str:
    """``value`` when it is an absolute address of the web."""
    if re.fullmatch(r"https?://[^\s/]+\S*", value) is None:
        raise wrong(f"{what} is not a valid URL.")
    return value


def links_in(*texts: str) -> tuple[str, ...]:
    """Every web address in ``texts``, once, in order, without the punctuation after it."""
    found = [match.rstrip(_AFTER_LINK) for part in texts for match in _LINK.findall(part)]
    return tuple(dict.fromkeys(found))


def _path(path: str, name: str) -> str:
    return f"{path}['{name}']" if path else name

"""Readers of single fields: any JSON value in, a safe value out."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TypeGuard

from iceshop.kernel.text import TEXT_CAP, clean
from iceshop.kernel.time import UTC
from whatsapp.gateway.codes import Flag, Reason
from whatsapp.gateway.refused import Refused

Object = Mapping[str, object]
Flags = list[Flag]

ID_CAP = 256  # documented ids are below 100 characters
_PRINTABLE = re.compile(r"[\x21-\x7e]+")
_DIGITS = re.compile(r"[0-9]{1,32}")
_PHONE_MARKS = re.compile(r"[\s()+.\-]")
_PHONE = re.compile(r"[0-9]{7,15}")  # E.164
_USER_ID = re.compile(r"[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}")
_SECONDS = re.compile(r"[0-9]{1,12}")
# Clocks of two data centres differ by less; beyond it a time in the future is remarkable.
_SKEW = timedelta(seconds=60)


def is_object(value: object) -> TypeGuard[Object]:
    """Tell whether the value is a JSON object."""
    return isinstance(value, dict)


def member(parent: Object, name: str) -> Object:
    """Return the object under ``name``, or an empty one."""
    value = parent.get(name)
    return value if is_object(value) else {}


def identifier(value: object, cap: int = ID_CAP) -> str:
    """Return a printable ASCII id of at most ``cap`` characters, else the empty text."""
    if isinstance(value, str) and len(value) <= cap and _PRINTABLE.fullmatch(value):
        return value
    return ""


def required_id(parent: Object, name: str) -> str:
    """Return the id under ``name``, by which an item is known from now on."""
    value = parent.get(name)
    if value is None or value == "":
        raise Refused(Reason.ID_MISSING)
    found = identifier(value)
    if not found:
        raise Refused(Reason.ID_UNFIT)
    return found


def digits(value: object) -> str:
    """Return an id made of digits, given as text or as a number, else the empty text."""
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    return text if isinstance(text, str) and _DIGITS.fullmatch(text) else ""


def number(value: object) -> int | None:
    """Return a whole number of at most nine digits, given as such or as text."""
    text = digits(value)
    return int(text) if text and len(text) <= 9 else None


def line(value: object, cap: int = 256) -> str:
    """Return cleaned text on one line; the empty text when it is no text."""
    return " ".join(clean(value[: cap * 8], cap).split()) if isinstance(value, str) else ""


def words(value: str, flags: Flags) -> str:
    """Return cleaned text, cut at the platform's cap (then flagged)."""
    kept = clean(value[: TEXT_CAP * 8])
    if len(value) > TEXT_CAP and len(clean(value[: TEXT_CAP * 8], cap=TEXT_CAP * 8)) > len(kept):
        flags.append(Flag.TEXT_CUT)
    return kept


def phone(value: object, flags: Flags) -> str:
    """Return the digits of a phone, given formatted, as digits or as a number."""
    if value is None or value == "":
        return ""
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    bare = _PHONE_MARKS.sub("", text) if isinstance(text, str) and len(text) <= 40 else ""
    if _PHONE.fullmatch(bare):
        return bare
    flags.append(Flag.PHONE_UNREADABLE)
    return ""


def user_id(value: object, flags: Flags) -> str:
    """Return a business-scoped id (country, dot, letters and digits), case kept."""
    if value is None or value == "":
        return ""
    if isinstance(value, str) and _USER_ID.fullmatch(value):
        return value
    flags.append(Flag.USER_ID_UNREADABLE)
    return ""


def instant(value: object, received_at: datetime, flags: Flags) -> datetime:
    """Return the time of Unix seconds (text or number), never after ``received_at``.

    What is absent or unreadable counts as ``received_at`` and is flagged.
    """
    if value is None:
        flags.append(Flag.TIME_MISSING)
        return received_at
    moment = moment_or_none(value)
    if moment is None:
        flags.append(Flag.TIME_UNREADABLE)
        return received_at
    if moment > received_at + _SKEW:
        flags.append(Flag.TIME_IN_FUTURE)
    return min(moment, received_at)


def moment_or_none(value: object) -> datetime | None:
    """Return the time of positive Unix seconds up to the year 9999, else None."""
    text = digits(value)
    if not _SECONDS.fullmatch(text) or not 0 < int(text) < 253_402_300_800:
        return None
    return datetime.fromtimestamp(int(text), UTC)


def degrees(value: object) -> float | None:
    """Return a finite number, given as such or as text with a dot."""
    if isinstance(value, str) and len(value) <= 24 and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value):
        return float(value)
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return float(value)
    return None


def bounded(value: object, depth: int = 8) -> object:
    """Return the value as JSON that any store takes: texts cleaned, depth and sizes capped."""
    if isinstance(value, str):
        return clean(value[: TEXT_CAP * 2], TEXT_CAP)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value if abs(value) < 10**18 else str(value)[:40]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if depth == 0:
        return None
    if isinstance(value, list):
        return [bounded(part, depth - 1) for part in value[:200]]
    if isinstance(value, dict):
        pairs = list(value.items())[:200]
        return {clean(str(name)[:256], 128): bounded(part, depth - 1) for name, part in pairs}
    return None


def details_of(value: Object) -> Object:
    """Return an object as ``bounded`` does."""
    kept = bounded(value)
    return kept if is_object(kept) else {}


def digest(*parts: object) -> str:
    """Return the SHA-256 of JSON values in canonical form, as hex."""
    canonical = json.dumps([bounded(part) for part in parts], sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(canonical.encode()).hexdigest()

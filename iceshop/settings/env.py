"""Typed readers of environment variables.

Each reader registers its variable, so that ``.env.example`` is generated from the code. A secret
may also be given as ``<NAME>_FILE``, the path of a file that holds it. Errors name the variable.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class Variable:
    """One environment variable as the documentation shows it."""

    name: str
    group: str
    default: str
    effect: str


REGISTER: dict[str, Variable] = {}


def _raw(name: str, group: str, default: str | None, effect: str) -> str:
    REGISTER[name] = Variable(name, group, default or "", effect)
    path = os.environ.get(f"{name}_FILE")
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE cannot be read: {error.strerror}.") from error
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"{name} is not set. {effect}")
    return value


def text(name: str, *, group: str, effect: str, default: str | None = None) -> str:
    """Read a text; without a default the variable is required."""
    return _raw(name, group, default, effect)


def flag(name: str, *, group: str, effect: str, default: bool) -> bool:
    """Read yes or no."""
    value = _raw(name, group, "1" if default else "0", effect).lower()
    if value in ("1", "true", "yes", "on"):
        return True
    if value in ("0", "false", "no", "off", ""):
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}; it must be 1 or 0.")


def number(name: str, *, group: str, effect: str, default: int) -> int:
    """Read a whole number."""
    value = _raw(name, group, str(default), effect)
    try:
        return int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be a whole number.") from error


def words(name: str, *, group: str, effect: str, default: str = "") -> list[str]:
    """Read a comma-separated list."""
    return [word.strip() for word in _raw(name, group, default, effect).split(",") if word.strip()]

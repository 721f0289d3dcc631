"""Sentences for error codes in both languages, from ``codes.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def codes() -> dict[str, dict[str, str]]:
    """Every code with its sentences: ``{"window.full": {"tr": ..., "en": ...}}``."""
    with Path(__file__).with_name("codes.toml").open("rb") as file:
        return tomllib.load(file)


def say(code: str, language: str, params: dict[str, Any]) -> str:
    """The sentence for ``code`` in ``language`` with ``params`` filled in; the code if unknown."""
    sentences = codes().get(code)
    if sentences is None:
        return code
    template = sentences["tr" if language.startswith("tr") else "en"]
    return template.format_map(params)

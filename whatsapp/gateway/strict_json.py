"""JSON as the standard says it: no NaN, no recursion failure; of equal keys the last one counts."""

from __future__ import annotations

import json
import re

# Deeper than any documented body by far; what lies below is dropped when a body nests too deep.
MAX_DEPTH = 64
_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)

UNREADABLE = object()


def load(text: str) -> object:
    """Parse JSON text; ``UNREADABLE`` when it is not JSON."""
    try:
        return _parse(text)
    except RecursionError:
        pass
    try:
        return _parse(_shallow(text))
    except RecursionError:
        return UNREADABLE


def _parse(text: str) -> object:
    try:
        return json.loads(text, parse_constant=_refuse)
    except ValueError:
        return UNREADABLE


def _refuse(literal: str) -> object:
    raise ValueError(literal)


def _shallow(text: str) -> str:
    """Return the text with everything below ``MAX_DEPTH`` replaced by null."""
    kept: list[str] = []
    depth, start = 0, 0
    for token in _TOKENS.finditer(text):
        sign = token.group()
        if sign in "[{":
            depth += 1
            if depth == MAX_DEPTH + 1:
                kept.append(text[start : token.start()] + "null")
        elif sign in "]}":
            depth -= 1
            if depth == MAX_DEPTH:
                start = token.end()
    return "".join(kept) + (text[start:] if depth <= MAX_DEPTH else "")

"""What a handler may answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Sent:
    """Done; ``reference`` is the other side's id."""

    reference: str = ""


@dataclass(frozen=True)
class Retry:
    """Not done; worth another try after ``after_seconds`` (``None``: the usual back-off)."""

    code: str
    after_seconds: int | None = None


@dataclass(frozen=True)
class Refused:
    """Not done and never will be."""

    code: str


@dataclass(frozen=True)
class Unknown:
    """It left, the answer was lost: it may have happened, so it is not repeated."""

    code: str
    reference: str = ""


@dataclass(frozen=True)
class Later:
    """Not yet: its moment was moved to ``at``; what is behind it in its lane goes on."""

    at: datetime


Result = Sent | Retry | Refused | Unknown | Later

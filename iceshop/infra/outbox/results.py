"""What a handler may answer."""

from __future__ import annotations

from dataclasses import dataclass


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


Result = Sent | Retry | Refused | Unknown

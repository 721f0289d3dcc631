"""A product named in a message."""

from __future__ import annotations

from dataclasses import dataclass, field

from whatsapp.nlu.quantity import Amount


@dataclass(slots=True)
class Named:
    """A product, with its place in the canonical line and what narrows it, by place too."""

    name: str
    start: int
    end: int
    ending: str = ""
    amount: Amount | None = None
    narrowed: list[tuple[int, int]] = field(default_factory=list)

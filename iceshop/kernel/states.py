"""State machines as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

StateT = TypeVar("StateT", bound=StrEnum)
EventT = TypeVar("EventT", bound=StrEnum)


@dataclass(frozen=True)
class Machine(Generic[StateT, EventT]):
    """Which event leads from which states to which state."""

    transitions: Mapping[EventT, tuple[frozenset[StateT], StateT]]

    def sources(self, event: EventT) -> frozenset[StateT]:
        """States in which ``event`` may happen."""
        return self.transitions[event][0]

    def target(self, event: EventT) -> StateT:
        """State after ``event``."""
        return self.transitions[event][1]

    def can(self, state: StateT, event: EventT) -> bool:
        """Whether ``event`` may happen in ``state``."""
        return state in self.sources(event)

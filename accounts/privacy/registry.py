"""Who keeps something about people, and how it is erased."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeper:
    """One app's part.

    ``erase(person_id, now)`` removes what is personal and returns how many rows it changed, in the
    caller's transaction. ``is_busy(person_id, now)``: something runs that should end first.
    ``forget(before, limit)`` removes words older than ``before``; at most ``limit`` rows of a kind.
    """

    name: str
    erase: Callable[[UUID, datetime], int]
    is_busy: Callable[[UUID, datetime], bool]
    forget: Callable[[datetime, int], int]


_keepers: dict[str, Keeper] = {}


def register(keeper: Keeper) -> None:
    """Add a keeper; once for each name."""
    _keepers[keeper.name] = keeper


def keepers() -> tuple[Keeper, ...]:
    """All keepers, the highest app first, so that nothing points at what is gone."""
    return tuple(_keepers[name] for name in sorted(_keepers, reverse=True))

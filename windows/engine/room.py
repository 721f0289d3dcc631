"""Room in the stores over time: people at once and windows at once."""

from __future__ import annotations

from windows.engine.types import Store


class Room:
    """Keep what is held in one store and say what is still free.

    Windows hold their room for their whole length; free room in ``[start, end)`` is the least over
    its minutes, so it is enough to look where something begins.
    """

    def __init__(self, store: Store) -> None:
        """Begin with an empty store."""
        self._store = store
        self._held: list[tuple[int, int, int]] = []

    @property
    def is_used(self) -> bool:
        """Tell whether the store holds anything."""
        return bool(self._held)

    @property
    def held(self) -> tuple[tuple[int, int, int], ...]:
        """Return (start, end, load) of every window here."""
        return tuple(self._held)

    def hold(self, start: int, end: int, load: int) -> None:
        """Take room for one window."""
        self._held.append((start, end, load))

    def releases(self) -> tuple[int, ...]:
        """Return the minutes at which room may grow."""
        overrides = self._store.capacity_overrides
        edges = {edge for start, end, _ in overrides for edge in (start, end)}
        return tuple(sorted(edges | {end for _, end, _ in self._held}))

    def free(self, start: int, end: int) -> int:
        """Return the load that fits into every slot of ``[start, end)``; 0 when no window may."""
        load, windows = self.left(start, end)
        return load if windows else 0

    def left(self, start: int, end: int) -> tuple[int, int]:
        """Return the load and the number of windows that fit into every slot of a stretch."""
        overlapping = [one for one in self._held if one[0] < end and start < one[1]]
        edges = {start}
        edges.update(held for held, _, _ in overlapping if held > start)
        for since, until, _ in self._store.capacity_overrides:
            edges.update(edge for edge in (since, until) if start < edge < end)
        free = [self._left_at(minute, overlapping) for minute in edges]
        return min(load for load, _ in free), min(windows for _, windows in free)

    def _left_at(self, minute: int, overlapping: list[tuple[int, int, int]]) -> tuple[int, int]:
        loads = [load for start, end, load in overlapping if start <= minute < end]
        windows = max(0, self._store.max_parallel - len(loads))
        return max(0, self._capacity_at(minute) - sum(loads)), windows

    def _capacity_at(self, minute: int) -> int:
        for start, end, capacity in self._store.capacity_overrides:
            if start <= minute < end:
                return capacity
        return self._store.capacity_per_slot

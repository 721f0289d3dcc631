"""Two threads for kernels that do not touch the same things."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Any, Self, TypeVar

T = TypeVar("T")
HANDS = 2
"""Kernels that may run at once."""


class Crew:
    """Runs calls at once, or one after the other; what they find is the same."""

    def __init__(self, hands: int = HANDS) -> None:
        """Begin with so many threads in all; the caller's own is one of them."""
        self.hands = hands
        self._pool = ThreadPoolExecutor(hands - 1, "search") if hands > 1 else None

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Let the threads go."""
        if self._pool:
            self._pool.shutdown()

    def together(self, function: Callable[..., T], calls: Sequence[Sequence[Any]]) -> list[T]:
        """Call a function with each of the arguments; return the results in order."""
        if self._pool is None:
            return [function(*one) for one in calls]
        others = [self._pool.submit(function, *one) for one in calls[1:]]
        first = [function(*one) for one in calls[:1]]
        return [*first, *(one.result() for one in others)]

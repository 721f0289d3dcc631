"""Several deeds in the same moment, each with a connection and commits of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connections

from iceshop.kernel.errors import DomainError

# Fewer than the connections of a PostgreSQL as distributions set it up.
_MOST_THREADS = 40
_PATIENCE_SECONDS = 60


def together(deeds: Sequence[Callable[[], Any]]) -> list[Any]:
    """Do ``deeds`` at once; what each returned, or the code of its refusal, in their order.

    Up to 40 begin in the same moment; with more, 40 are at work at any time.
    """
    threads = min(len(deeds), _MOST_THREADS)
    barrier = Barrier(threads)

    def work(place: int) -> Any:
        try:
            if place < threads:
                barrier.wait(timeout=_PATIENCE_SECONDS)
            return deeds[place]()
        except DomainError as error:
            return error.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(work, range(len(deeds))))

"""Taking parts of the market, each for one worker at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from zlib import crc32

from django.db import connection

from windows.rounds.desk import Open
from windows.rounds.models import RoundPart

# Any constant will do; it names these locks in the database.
_LOCKS = 0x1CE501


@contextmanager
def claimed(wanted: Sequence[Open]) -> Iterator[list[Open]]:
    """Hold those of the parts that are free, and that nobody decided since they were looked at.

    A part is held by the names of all it consists of, so two parts that share anything are never
    held by two. The locks go with the connection if the process dies.
    """
    with holding({tie for one in wanted for tie in one.part.ties}) as mine:
        free = [one for one in wanted if mine.issuperset(one.part.ties)]
        keys = [one.part.key for one in free]
        rows = RoundPart.objects.filter(key__in=keys).values_list("key", "decided_at")
        decided = dict(rows) if keys else {}
        yield [one for one in free if decided.get(one.part.key) == one.before]


@contextmanager
def holding(ties: Iterable[str]) -> Iterator[set[str]]:
    """Hold what is free of ``ties``; two names may share a lock, which only makes others wait."""
    number = {tie: crc32(tie.encode()) >> 1 for tie in ties}
    locks = sorted(set(number.values()))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT key, pg_try_advisory_lock(%s, key) FROM unnest(%s::int[]) AS key",
            [_LOCKS, locks],
        )
        held = {key for key, is_mine in cursor.fetchall() if is_mine}
    try:
        yield {tie for tie, key in number.items() if key in held}
    finally:
        if held:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_advisory_unlock(%s, key) FROM unnest(%s::int[]) AS key",
                    [_LOCKS, sorted(held)],
                )

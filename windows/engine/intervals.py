"""Arithmetic of half-open integer intervals, disjoint and ascending where several are given."""

from __future__ import annotations

from collections.abc import Iterable

from windows.engine.types import Interval

Intervals = tuple[Interval, ...]


def merged(parts: Iterable[Interval]) -> Intervals:
    """Unite intervals in any order; those that touch become one, empty ones vanish.

    >>> merged([(5, 9), (0, 3), (3, 5), (7, 7)])
    ((0, 9),)
    """
    result: list[Interval] = []
    for start, end in sorted(part for part in parts if part[0] < part[1]):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return tuple(result)


def common(left: Intervals, right: Intervals) -> Intervals:
    """Intersect two ascending lists.

    >>> common(((0, 5), (8, 12)), ((3, 9),))
    ((3, 5), (8, 9))
    """
    result: list[Interval] = []
    i = j = 0
    while i < len(left) and j < len(right):
        start, end = max(left[i][0], right[j][0]), min(left[i][1], right[j][1])
        if start < end:
            result.append((start, end))
        if left[i][1] < right[j][1]:
            i += 1
        else:
            j += 1
    return tuple(result)


def without(base: Intervals, holes: Iterable[Interval]) -> Intervals:
    """Take holes out of an ascending list.

    >>> without(((0, 10),), [(2, 4), (9, 12)])
    ((0, 2), (4, 9))
    """
    for hole_start, hole_end in holes:
        if hole_start >= hole_end:
            continue
        pieces: list[Interval] = []
        for start, end in base:
            if hole_end <= start or end <= hole_start:
                pieces.append((start, end))
                continue
            if start < hole_start:
                pieces.append((start, hole_start))
            if hole_end < end:
                pieces.append((hole_end, end))
        base = tuple(pieces)
    return base

"""Groups of cubes: the ladder of price steps, the expected range, the slots of arrival."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# Rows longer than this have cells too narrow for a label of their own.
_CROWDED_CELLS = 12
_FIRST_CELLS = 3

STATES = (
    "empty",
    "unanswered",
    "confirmed",
    "coming",
    "arrived",
    "redeemed",
    "you",
    "you-confirmed",
    "first",
    "no-show",
    "taken",
    "stock",
)


@dataclass(frozen=True, slots=True)
class Tick:
    """A price step below its cube: how many people unlock it, and where its label stands."""

    people: int
    text: str
    second_row: bool
    from_start: bool


@dataclass(frozen=True, slots=True)
class LadderCell:
    """One cube of a ladder with the piece of line below it."""

    state: str
    part: str
    tick: Tick | None


def ladder(
    *, people: int, room: int, steps: Sequence[tuple[int, str]], you: int = 0
) -> tuple[LadderCell, ...]:
    """Lay out ``room`` cubes, ``people`` of them taken, the last ``you`` of these being the reader.

    ``steps`` are ``(people needed, label)``. The line leads to the highest step that is reached, or
    to the first when none is: ``part`` is ``done``, ``current`` or ``ahead``.
    """
    ordered = sorted(step for step in steps if step[0] <= room)
    reached = [needed for needed, _ in ordered if needed <= people]
    current_end = reached[-1] if reached else (ordered[0][0] if ordered else 0)
    current_start = reached[-2] if len(reached) > 1 else 0
    ticks = _ticks(ordered, room)
    return tuple(
        LadderCell(
            state=_state(index, people, you),
            part=_part(index, current_start, current_end),
            tick=ticks.get(index),
        )
        for index in range(1, room + 1)
    )


def _ticks(ordered: Sequence[tuple[int, str]], room: int) -> dict[int, Tick]:
    ticks: dict[int, Tick] = {}
    # Cells between two labels below which they would touch each other.
    near = 2 if room <= _CROWDED_CELLS // 2 else 3 if room <= _CROWDED_CELLS else 4
    last_first_row = -near
    for needed, text in ordered:
        crowded = room > _CROWDED_CELLS
        second = needed - last_first_row < near
        if not second:
            last_first_row = needed
        ticks[needed] = Tick(needed, text, second, crowded and needed <= _FIRST_CELLS)
    return ticks


def _state(index: int, people: int, you: int) -> str:
    if index > people:
        return "empty"
    return "you" if index > people - you else "taken"


def _part(index: int, current_start: int, current_end: int) -> str:
    if index > current_end:
        return "ahead"
    return "current" if index > current_start else "done"


@dataclass(frozen=True, slots=True)
class RangeCell:
    """One cell of a range; ``label`` is empty where nothing is written below."""

    kind: str
    expected: bool
    label: str


def range_cells(*, low: int, expected: int, high: int, room: int) -> tuple[RangeCell, ...]:
    """Cells 1 to ``room``: filled to ``low``, pale to ``high``, outlined above.

    A bound that stands directly beside the expected number keeps its cell but not its label.
    """
    cells = max(room, high, expected, 1)
    return tuple(
        RangeCell(
            kind="low" if index <= low else "high" if index <= high else "open",
            expected=index == expected,
            label=_range_label(index, low, expected, high, cells),
        )
        for index in range(1, cells + 1)
    )


def _range_label(index: int, low: int, expected: int, high: int, cells: int) -> str:
    if index == expected:
        return str(index)
    beside = cells > _CROWDED_CELLS and abs(index - expected) < 2
    return str(index) if index in (low, high) and not beside else ""


def states_from_counts(
    *,
    room: int = 0,
    redeemed: int = 0,
    arrived: int = 0,
    coming: int = 0,
    confirmed: int = 0,
    unanswered: int = 0,
    no_show: int = 0,
    taken: int = 0,
) -> tuple[str, ...]:
    """States of cubes, those nearest to the till first; empty ones up to ``room``."""
    states = (
        ["redeemed"] * redeemed
        + ["arrived"] * arrived
        + ["coming"] * coming
        + ["taken"] * taken
        + ["confirmed"] * confirmed
        + ["unanswered"] * unanswered
        + ["no-show"] * no_show
    )
    return tuple(states + ["empty"] * max(0, room - len(states)))

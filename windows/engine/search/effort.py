"""How much work a search does, as one number that a replay repeats.

A *step number* is ``1000 blocks + 100 level + cooling``: ``blocks`` of a thousand moves were made;
``level`` names the rounds of prices; ``cooling`` names the blocks that one cooling takes, 0 for
coolings that double in length. So a number that ends in zeros is simply a number of moves, and more
of them never lower the result.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

BLOCK = 1000
ROUNDS = (40, 8, 16, 30, 60, 100, 150, 220, 320, 100)
GROWTH = 1.13
COOLINGS = 100
FIRST_CYCLE = 8
"""Blocks of the first cooling when coolings double."""


@dataclass(frozen=True, slots=True)
class Effort:
    """Blocks of moves, level of prices and length of the cooling; see above.

    At level ``UNPROVEN`` no component is solved exactly.
    """

    UNPROVEN: ClassVar[int] = 9

    blocks: int
    level: int = 0
    cooling: int = 0

    @property
    def rounds(self) -> int:
        """Return the rounds of prices."""
        return ROUNDS[self.level]

    @property
    def steps(self) -> int:
        """Return the step number.

        >>> Effort(25, 3, 41).steps, Effort.of(25_341) == Effort(25, 3, 41)
        (25341, True)
        """
        return 1000 * self.blocks + 100 * self.level + self.cooling

    @staticmethod
    def of(steps: int) -> Effort:
        """Read a step number."""
        return Effort(steps // 1000, steps // 100 % 10, steps % 100)

    def cycles(self) -> Iterator[int]:
        """Yield the blocks of one cooling after the other, without end."""
        length = FIRST_CYCLE if self.cooling == 0 else cooling_blocks(self.cooling)
        while True:
            yield length
            length = 2 * length if self.cooling == 0 else max(1, cooling_blocks(self.cooling) // 3)


def cooling_blocks(cooling: int) -> int:
    """Return the blocks that a named cooling takes."""
    return max(cooling, round(GROWTH**cooling))


def cooling_within(blocks: float) -> int:
    """Return the name of the longest cooling within so many blocks, at least 1."""
    return max(
        (name for name in range(1, COOLINGS) if cooling_blocks(name) <= blocks),
        default=1,
    )


def level_within(rounds: float) -> int:
    """Return the level with the most rounds within so many, at least 1."""
    return max((name for name in range(1, Effort.UNPROVEN) if ROUNDS[name] <= rounds), default=1)

"""From chances to what is told: who may still come, how many, how many to invite. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import accumulate

from windows.engine.expect import distribution

# Chances are whole permilles between these: nobody is sure before the till says so.
_LEAST_PERMILLE, _MOST_PERMILLE = 5, 995
# How often all invited people together may say yes to more seats than there are.
_TOO_MANY = 0.1


def permille_of(chance: float) -> int:
    """A chance as whole permilles; neither none nor sure."""
    return min(_MOST_PERMILLE, max(_LEAST_PERMILLE, round(chance * 1000)))


def still_to_come(permille: int, *, starts_at: datetime, ends_at: datetime, now: datetime) -> int:
    """The chance of somebody who is not there yet, while the window passes.

    Who comes does so at any moment of the window alike; who has not come yet is the less likely to
    come, the less of it is left.

    >>> from datetime import UTC
    >>> start, end = datetime(2026, 1, 5, 12, tzinfo=UTC), datetime(2026, 1, 5, 12, 20, tzinfo=UTC)
    >>> [still_to_come(800, starts_at=start, ends_at=end, now=start.replace(minute=at))
    ...     for at in (0, 10, 20)]
    [800, 667, 0]
    """
    length = (ends_at - starts_at).total_seconds()
    left = min(1.0, max(0.0, (ends_at - now).total_seconds() / length))
    comes, stays = permille * left, 1000 - permille
    return round(1000 * comes / (comes + stays)) if comes else 0


def room_kept(parties: Sequence[int], *, accept_permille: int, shock_milli: int) -> int:
    """Seats to keep for invited people who have not answered, of so many people each.

    The others may be offered to more people: only in one of ten cases do more say yes than there
    is room for, and they are told so; a seat is never given twice.

    >>> room_kept([1], accept_permille=350, shock_milli=400)
    1
    >>> room_kept([1] * 10, accept_permille=350, shock_milli=400)
    6
    """
    chances = distribution([(people, accept_permille) for people in parties], shock_milli)
    return next(count for count, up_to in enumerate(accumulate(chances)) if 1 - up_to <= _TOO_MANY)

"""What makes a window or an ask need somebody's eye. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

# From here on a group that is too small hardly grows any more.
_NEAR = timedelta(minutes=30)


class Risk(StrEnum):
    """Why a window may go wrong; the worst first."""

    FEW = "few"
    NOBODY_CAME = "nobody_came"
    PAUSED = "paused"
    NONE = "none"


def window_risk(
    *,
    starts_at: datetime,
    ends_at: datetime,
    confirmed: int,
    came: int,
    min_people: int,
    is_paused: bool,
    now: datetime,
) -> Risk:
    """Judge one live window.

    Fewer confirmed people than the shop was promised count when the start is within half an hour;
    that nobody came counts in the second half of the window.
    """
    if now >= starts_at and now - starts_at >= (ends_at - starts_at) / 2 and confirmed and not came:
        return Risk.NOBODY_CAME
    if confirmed < min_people and starts_at - now <= _NEAR:
        return Risk.FEW
    return Risk.PAUSED if is_paused else Risk.NONE


def is_silent(*, asked_at: datetime, answer_by: datetime, now: datetime) -> bool:
    """Whether a shop has let more than half of its time to answer pass."""
    return now - asked_at >= (answer_by - asked_at) / 2

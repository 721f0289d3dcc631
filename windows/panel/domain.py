"""Which face the panel shows, and what a walk means for it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from windows.flash.domain import LIVE_SEATS, InviteState, SeatState, WindowState


class PanelState(StrEnum):
    """The faces of the panel; each has a template of its name."""

    INVITED = "invited"
    FULL = "full"
    LISTED = "listed"
    FREED = "freed"
    PAUSED = "paused"
    CONFIRMED = "confirmed"
    RUNNING = "running"
    HERE = "here"
    FINISHED = "finished"
    MISSED = "missed"
    DECLINED = "declined"
    RELEASED = "released"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


# The reader holds a seat that counts.
SEATED = frozenset({PanelState.FREED, PanelState.CONFIRMED, PanelState.RUNNING})
# The reader may still take or take back a place, if one is free.
ASIDE = frozenset({PanelState.DECLINED, PanelState.RELEASED})
# Faces that are told in one card, without actions or a map beside it.
ALONE = ASIDE | {
    PanelState.HERE,
    PanelState.FINISHED,
    PanelState.MISSED,
    PanelState.EXPIRED,
    PanelState.CANCELLED,
}

# An unhurried walk of 4.5 km/h.
METRES_PER_MINUTE = 75


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the face depends on; all states are the ones in force."""

    window: WindowState
    seats_free: int
    joins_paused: bool
    invite: InviteState | None
    seat: SeatState | None
    waits_for_yes: bool = False


def panel_state(standing: Standing) -> PanelState:
    """The one face for a person in a window."""
    is_over = standing.window in (WindowState.CLOSED, WindowState.CANCELLED)
    if standing.seat is SeatState.CHECKED_IN:
        return PanelState.FINISHED if is_over else PanelState.HERE
    if standing.window is WindowState.CANCELLED:
        return PanelState.CANCELLED
    if standing.seat is SeatState.MISSED or (is_over and standing.seat in LIVE_SEATS):
        return PanelState.MISSED
    if standing.seat is SeatState.HELD and standing.waits_for_yes:
        return PanelState.FREED
    if standing.seat in LIVE_SEATS:
        is_open = standing.window is WindowState.OPEN
        return PanelState.RUNNING if is_open else PanelState.CONFIRMED
    return _without_seat(standing, is_over=is_over)


def _without_seat(standing: Standing, *, is_over: bool) -> PanelState:
    if standing.seat is SeatState.RELEASED:
        return PanelState.RELEASED
    if standing.seat is SeatState.WAITING:
        return PanelState.EXPIRED if is_over else PanelState.LISTED
    if standing.invite is InviteState.DECLINED:
        return PanelState.DECLINED
    if is_over or standing.invite in (InviteState.EXPIRED, InviteState.WITHDRAWN):
        return PanelState.EXPIRED
    if standing.seats_free <= 0:
        return PanelState.FULL
    return PanelState.PAUSED if standing.joins_paused else PanelState.INVITED


def told_metres(metres: int) -> int:
    """An estimated way as it is told: to ten metres, to a hundred from one kilometre on.

    >>> told_metres(347), told_metres(3), told_metres(1_149)
    (350, 10, 1100)
    """
    grain = 10 if metres < 1000 else 100
    return max(10, round(metres / grain) * grain)


def walk_minutes(metres: int) -> int:
    """Minutes to walk ``metres``, rounded up.

    >>> walk_minutes(350), walk_minutes(10)
    (5, 1)
    """
    return max(1, -(-metres // METRES_PER_MINUTE))


def leave_at(starts_at: datetime, metres: int | None, now: datetime) -> datetime | None:
    """When to leave to be there at the start; ``None`` when unknown or already past."""
    if metres is None:
        return None
    moment = starts_at - timedelta(minutes=walk_minutes(metres))
    return moment if moment > now else None


def can_make_it(ends_at: datetime, metres: int, now: datetime) -> bool:
    """Whether somebody who leaves now arrives before the end.

    >>> from datetime import UTC
    >>> end = datetime(2025, 11, 19, 11, 20, tzinfo=UTC)
    >>> can_make_it(end, 350, end - timedelta(minutes=6)), can_make_it(end, 350, end)
    (True, False)
    """
    return now + timedelta(minutes=walk_minutes(metres)) < ends_at

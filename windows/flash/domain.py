"""States of windows, invites and seats; plans and refusals. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from iceshop.kernel.states import Machine
from iceshop.kernel.time import TimeRange, ceil_to


class WindowState(StrEnum):
    """``scheduled`` and ``open`` are live."""

    SCHEDULED = "scheduled"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class WindowMove(StrEnum):
    """What can happen to a window; the last seven change no state."""

    SCHEDULE = "schedule"
    OPEN = "open"
    CLOSE = "close"
    CANCEL = "cancel"
    SEAT = "seat"
    RELEASE = "release"
    PROMOTE = "promote"
    PAUSE_JOINS = "pause_joins"
    RESUME_JOINS = "resume_joins"
    LIMIT = "limit"
    KEEP = "keep"


WINDOW: Machine[WindowState, WindowMove] = Machine(
    {
        WindowMove.OPEN: (frozenset({WindowState.SCHEDULED}), WindowState.OPEN),
        WindowMove.CLOSE: (
            frozenset({WindowState.SCHEDULED, WindowState.OPEN}),
            WindowState.CLOSED,
        ),
        WindowMove.CANCEL: (
            frozenset({WindowState.SCHEDULED, WindowState.OPEN}),
            WindowState.CANCELLED,
        ),
    }
)
LIVE_WINDOWS = frozenset({WindowState.SCHEDULED, WindowState.OPEN})


class InviteState(StrEnum):
    """``invited`` waits for an answer."""

    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class InviteMove(StrEnum):
    """What can happen to an invite; a no may still become a yes."""

    ACCEPT = "accept"
    DECLINE = "decline"
    EXPIRE = "expire"
    WITHDRAW = "withdraw"


_INVITED = frozenset({InviteState.INVITED})
INVITE: Machine[InviteState, InviteMove] = Machine(
    {
        InviteMove.ACCEPT: (
            _INVITED | {InviteState.DECLINED, InviteState.WITHDRAWN},
            InviteState.ACCEPTED,
        ),
        InviteMove.DECLINE: (_INVITED | {InviteState.ACCEPTED}, InviteState.DECLINED),
        InviteMove.EXPIRE: (_INVITED, InviteState.EXPIRED),
        InviteMove.WITHDRAW: (_INVITED, InviteState.WITHDRAWN),
    }
)


class SeatState(StrEnum):
    """``held`` and ``on_way`` are live; ``checked_in`` was used, ``released`` given back.

    ``waiting`` is a place on the waiting list: it counts for nothing until it is promoted.
    """

    WAITING = "waiting"
    HELD = "held"
    ON_WAY = "on_way"
    CHECKED_IN = "checked_in"
    RELEASED = "released"
    MISSED = "missed"


class SeatMove(StrEnum):
    """What can happen to a seat; one that was given back may be taken or waited for again.

    A till that had no connection tells late whom it admitted.
    """

    WAIT_AGAIN = "wait_again"
    PROMOTE = "promote"
    LEAVE_LIST = "leave_list"
    TAKE_AGAIN = "take_again"
    SET_OFF = "set_off"
    CHECK_IN = "check_in"
    RELEASE = "release"
    MISS = "miss"
    UNDO = "undo"
    ADMIT_LATE = "admit_late"


LIVE_SEATS = frozenset({SeatState.HELD, SeatState.ON_WAY})
SEAT: Machine[SeatState, SeatMove] = Machine(
    {
        SeatMove.WAIT_AGAIN: (frozenset({SeatState.RELEASED}), SeatState.WAITING),
        SeatMove.PROMOTE: (frozenset({SeatState.WAITING}), SeatState.HELD),
        SeatMove.LEAVE_LIST: (frozenset({SeatState.WAITING}), SeatState.RELEASED),
        SeatMove.TAKE_AGAIN: (frozenset({SeatState.RELEASED}), SeatState.HELD),
        SeatMove.SET_OFF: (frozenset({SeatState.HELD}), SeatState.ON_WAY),
        SeatMove.CHECK_IN: (LIVE_SEATS, SeatState.CHECKED_IN),
        SeatMove.RELEASE: (LIVE_SEATS, SeatState.RELEASED),
        SeatMove.MISS: (LIVE_SEATS, SeatState.MISSED),
        SeatMove.UNDO: (frozenset({SeatState.CHECKED_IN}), SeatState.HELD),
        SeatMove.ADMIT_LATE: (frozenset({SeatState.MISSED}), SeatState.CHECKED_IN),
    }
)
# Seats that count against the cap.
TAKEN_SEATS = LIVE_SEATS | {SeatState.CHECKED_IN, SeatState.MISSED}
# Who is promoted from the waiting list says yes within this, or the next one is asked.
CONFIRM_WITHIN = timedelta(minutes=5)

# A buyer who arrives with less than this left cannot count on being served.
LEAST_LEFT = timedelta(minutes=5)
_SOON = timedelta(minutes=30)
_ANSWER_AHEAD = timedelta(minutes=10)
_LEAST_TO_ANSWER = timedelta(minutes=5)
# Why a window was given up whose group stayed too small; a code among the sellers' own words.
GROUP_NOT_REACHED = "group.not_reached"
# How long an offering is left in peace after that: the same people would be asked again.
REST_AFTER_SMALL_GROUP = timedelta(minutes=60)
GET_READY_AHEAD = timedelta(minutes=5)
REMIND_AHEAD = timedelta(minutes=15)
LAST_CALL_AHEAD = timedelta(minutes=5)
LAST_CALL_USEFUL = timedelta(minutes=4)
# A percentage is not shown below one percent: it would read as 0 %.
_ONE_PERCENT_BP = 100


def effective_state(state: WindowState, span: TimeRange, now: datetime) -> WindowState:
    """The state at ``now``, even where the tick is late."""
    if state not in LIVE_WINDOWS:
        return state
    if now >= span.end:
        return WindowState.CLOSED
    return WindowState.OPEN if now >= span.start else WindowState.SCHEDULED


def planned_span(
    *, asked: TimeRange, lead: timedelta, slot_minutes: int, now: datetime
) -> TimeRange:
    """When an agreed window runs: as asked, or as soon after as the store's lead time allows."""
    start = max(asked.start, ceil_to(now + lead, slot_minutes))
    return TimeRange(start, start + (asked.end - asked.start))


def invite_answer_by(span: TimeRange, now: datetime) -> datetime:
    """Until when an invite can be answered.

    For a window that starts soon the answer may come until too little of it would be left; for a
    later one, until ten minutes before it, so that the store knows whom to expect.
    """
    if span.start - now <= _SOON:
        return max(span.end - LEAST_LEFT, now + timedelta(minutes=1))
    return span.start - _ANSWER_AHEAD


def list_ends_at(span: TimeRange, now: datetime) -> datetime:
    """Until when somebody who joins the waiting list now may be promoted: as an invite counts."""
    return invite_answer_by(span, now)


def confirm_by(list_ends: datetime, now: datetime) -> datetime:
    """Until when somebody promoted now must say yes; never after the list itself has ended."""
    return min(now + CONFIRM_WITHIN, list_ends)


def decision_at(span: TimeRange, now: datetime) -> datetime | None:
    """When a window that is opened now is given up if it is short of its smallest group.

    With the last moment to answer, at the latest at the start; but five minutes to answer are left
    to everybody. ``None`` where that is too late to be of use.
    """
    moment = max(min(invite_answer_by(span, now), span.start), now + _LEAST_TO_ANSWER)
    return moment if moment < span.end - LEAST_LEFT else None


def discount_bp(before_minor: int | None, price_minor: int) -> int | None:
    """The discount in basis points, or ``None`` where it must not be shown.

    >>> discount_bp(14500, 11800)
    1862
    """
    if before_minor is None or before_minor <= price_minor:
        return None
    share = (before_minor - price_minor) * 10_000 // before_minor
    return share if share >= _ONE_PERCENT_BP else None


class Refusal(StrEnum):
    """Why somebody is not admitted at the till."""

    UNKNOWN = "pass.unknown"
    WRONG_STORE = "pass.wrong_store"
    TOO_EARLY = "pass.too_early"
    TOO_LATE = "pass.too_late"
    USED = "pass.used"
    RELEASED = "pass.released"
    CANCELLED = "pass.cancelled"
    STALE = "pass.stale"
    NO_ROOM = "pass.no_room"


ADMITTED = "pass.admitted"
UNDONE = "pass.undone"
# How long a till may take back what it admitted.
UNDO_WITHIN = timedelta(minutes=2)


class UndoReason(StrEnum):
    """Why an admission is taken back."""

    WRONG_PERSON = "wrong_person"
    BY_MISTAKE = "by_mistake"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class ScannedSeat:
    """What check-in judges: the seat, its window, where it was shown and how.

    ``still_expected`` people of the party have not come yet; ``is_stale`` is the picture of a code
    that has changed since.
    """

    seat_state: SeatState
    window_state: WindowState
    span: TimeRange
    is_this_store: bool
    still_expected: int
    is_stale: bool


def judge_scan(scanned: ScannedSeat | None, now: datetime) -> Refusal | None:
    """``None`` admits; otherwise the one reason that matters most to the person."""
    if scanned is None:
        return Refusal.UNKNOWN
    if not scanned.is_this_store:
        return Refusal.WRONG_STORE
    if scanned.seat_state is SeatState.CHECKED_IN and not scanned.still_expected:
        return Refusal.USED
    if scanned.window_state is WindowState.CANCELLED:
        return Refusal.CANCELLED
    if scanned.seat_state in (SeatState.RELEASED, SeatState.WAITING):
        return Refusal.RELEASED
    if now < scanned.span.start:
        return Refusal.TOO_EARLY
    if now >= scanned.span.end or scanned.seat_state is SeatState.MISSED:
        return Refusal.TOO_LATE
    return Refusal.STALE if scanned.is_stale else None

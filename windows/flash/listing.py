"""Windows page by page, and the people that were listed for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from windows.flash.domain import LIVE_WINDOWS, WindowState
from windows.flash.models import Invite, Seat, Window
from windows.flash.queries import InviteCard, WindowCard, card_of_invite, window_of_row

Mark = tuple[datetime, UUID]
"""Start and id of the last window of a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowFilter:
    """Which windows are wanted; None means any. ``state`` is the one in force."""

    store_ids: frozenset[UUID] | None = None
    state: WindowState | None = None
    starts_from: datetime | None = None
    starts_before: datetime | None = None


def window_page(
    wanted: WindowFilter, *, after: Mark | None, limit: int, now: datetime
) -> tuple[WindowCard, ...]:
    """Windows from the latest start to the earliest, those after the mark. One query."""
    rows = _filtered(wanted, now)
    if after is not None:
        starts_at, window_id = after
        rows = rows.filter(Q(starts_at__lt=starts_at) | Q(starts_at=starts_at, pk__lt=window_id))
    return tuple(window_of_row(row, now) for row in rows.order_by("-starts_at", "-pk")[:limit])


def window_of_source(source_key: str, *, now: datetime) -> WindowCard | None:
    """The window that was opened under a source key. One query."""
    row = Window.objects.filter(source_key=source_key).first()
    return window_of_row(row, now) if row else None


def listed_people(window_ids: Iterable[UUID]) -> dict[UUID, int]:
    """How many people each window was opened for or invited since. One query."""
    rows = Invite.objects.filter(window_id__in=list(window_ids)).values_list("window_id")
    return dict(rows.annotate(people=Count("pk")))


def invites_of_windows(
    window_ids: Iterable[UUID], *, now: datetime
) -> dict[UUID, tuple[InviteCard, ...]]:
    """Invites of each window, the oldest first. One query."""
    wanted = list(window_ids)
    found: dict[UUID, list[InviteCard]] = {key: [] for key in wanted}
    for row in Invite.objects.filter(window_id__in=wanted).order_by("created_at", "pk"):
        found[row.window_id].append(card_of_invite(row, now))
    return {key: tuple(cards) for key, cards in found.items()}


def _filtered(wanted: WindowFilter, now: datetime) -> QuerySet[Window]:
    rows = Window.objects.all()
    if wanted.store_ids is not None:
        rows = rows.filter(store_id__in=wanted.store_ids)
    if wanted.starts_from is not None:
        rows = rows.filter(starts_at__gte=wanted.starts_from)
    if wanted.starts_before is not None:
        rows = rows.filter(starts_at__lt=wanted.starts_before)
    return rows if wanted.state is None else rows.filter(_in_force(wanted.state, now))


def _in_force(state: WindowState, now: datetime) -> Q:
    """``domain.effective_state`` as a condition: the times decide, even where the tick is late."""
    live = Q(state__in=LIVE_WINDOWS)
    return {
        WindowState.SCHEDULED: live & Q(starts_at__gt=now),
        WindowState.OPEN: live & Q(starts_at__lte=now, ends_at__gt=now),
        WindowState.CLOSED: Q(state=WindowState.CLOSED) | (live & Q(ends_at__lte=now)),
        WindowState.CANCELLED: Q(state=WindowState.CANCELLED),
    }[state]


def windows_of_seats(seat_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """The window of each seat. One query."""
    return dict(Seat.objects.filter(pk__in=list(seat_ids)).values_list("pk", "window_id"))

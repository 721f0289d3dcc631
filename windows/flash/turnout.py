"""What is known of seats before their people come, and of the answers to invites."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from iceshop.kernel.geo import Point
from windows.flash.domain import LIVE_SEATS, LIVE_WINDOWS, InviteState, SeatState
from windows.flash.models import Invite, Seat

_COUNTED = (SeatState.HELD, SeatState.ON_WAY, SeatState.CHECKED_IN, SeatState.MISSED)
_COLUMNS = (
    *("id", "window_id", "person_id", "state", "party_size", "people_in"),
    *("starts_at", "ends_at", "held_at", "on_way_at", "checked_in_at"),
    *("window__timezone", "window__store__latitude", "window__store__longitude"),
    *("intent__latitude", "intent__longitude"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatFacts:
    """A seat that counts, with where its window is and where its person set out from.

    ``people_in`` of the party are there.
    """

    seat_id: UUID
    window_id: UUID
    person_id: UUID
    state: SeatState
    party_size: int
    people_in: int
    starts_at: datetime
    ends_at: datetime
    held_at: datetime
    on_way_at: datetime | None
    checked_in_at: datetime | None
    timezone: str
    store_point: Point
    from_point: Point | None


@dataclass(frozen=True, slots=True)
class Answers:
    """How many invites were answered with yes, of those that are no longer open."""

    accepted: int
    answered: int


def facts_of_windows(window_ids: Iterable[UUID]) -> tuple[SeatFacts, ...]:
    """Seats of several windows, whatever became of them, without those given back. One query."""
    return _facts(window_id__in=list(window_ids), state__in=_COUNTED)


def facts_of_begun(*, now: datetime) -> tuple[SeatFacts, ...]:
    """Seats whose window runs and whose people are not there yet. One query."""
    return _facts(
        state__in=LIVE_SEATS,
        starts_at__lte=now,
        ends_at__gt=now,
        window__state__in=LIVE_WINDOWS,
    )


def answers(*, since: datetime, until: datetime) -> Answers:
    """Answers to the invites of ``since`` up to ``until``; one that ran out is a no. One query."""
    rows = Invite.objects.filter(created_at__gte=since, created_at__lt=until)
    yes = Q(state=InviteState.ACCEPTED)
    no = Q(state__in=(InviteState.DECLINED, InviteState.EXPIRED))
    row = rows.aggregate(yes=Count("pk", filter=yes), no=Count("pk", filter=no))
    return Answers(accepted=row["yes"], answered=row["yes"] + row["no"])


def _facts(**where: Any) -> tuple[SeatFacts, ...]:
    rows = Seat.objects.filter(**where).order_by("held_at", "pk").values(*_COLUMNS)
    return tuple(_fact(row) for row in rows)


def _fact(row: dict[str, Any]) -> SeatFacts:
    latitude, longitude = row["intent__latitude"], row["intent__longitude"]
    is_known = latitude is not None and longitude is not None
    return SeatFacts(
        seat_id=row["id"],
        window_id=row["window_id"],
        person_id=row["person_id"],
        state=SeatState(row["state"]),
        party_size=row["party_size"],
        people_in=row["people_in"],
        starts_at=row["starts_at"],
        ends_at=row["ends_at"],
        held_at=row["held_at"],
        on_way_at=row["on_way_at"],
        checked_in_at=row["checked_in_at"],
        timezone=row["window__timezone"],
        store_point=Point(row["window__store__latitude"], row["window__store__longitude"]),
        from_point=Point(latitude, longitude) if is_known else None,
    )

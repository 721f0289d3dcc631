"""Reading tills, and the roster that they work by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext

from accounts.identity import queries as identity
from accounts.identity.domain import short_name
from iceshop.kernel.time import TimeRange
from windows.flash import queries as flash
from windows.flash.domain import LIVE_SEATS, LIVE_WINDOWS, SeatState
from windows.passes import queries as passes
from windows.passes.domain import window_secret
from windows.passes.rotation import keys
from windows.passes.words import LANGUAGES, words_of
from windows.tills.domain import (
    ROSTER_AHEAD,
    ROSTER_BEHIND,
    Roster,
    RosterPass,
    RosterWindow,
)
from windows.tills.models import TillDevice

_ADMITTABLE = LIVE_SEATS | {SeatState.CHECKED_IN}


@dataclass(frozen=True, slots=True, kw_only=True)
class TillCard:
    """A till."""

    id: UUID
    store_id: UUID
    number: int
    name: str
    key: str
    is_linked: bool
    pin_version: int
    created_at: datetime
    seen_at: datetime | None
    is_revoked: bool

    @property
    def label(self) -> str:
        """Its name, or its number, in the language of the page."""
        return self.name or gettext("Till %(number)s") % {"number": self.number}


def till_card(till_id: UUID) -> TillCard | None:
    """One till, or ``None``. One query."""
    row = TillDevice.objects.filter(pk=till_id).first()
    return _card(row) if row else None


def linked_tills(store_id: UUID) -> tuple[TillCard, ...]:
    """Phones that the owner let in and did not end, by number. One query."""
    rows = TillDevice.objects.filter(store_id=store_id, is_linked=True, revoked_at__isnull=True)
    return tuple(_card(row) for row in rows.order_by("number"))


def till_names(store_id: UUID) -> dict[str, str]:
    """What each till of a store is called, by the key that its scans carry. One query."""
    rows = TillDevice.objects.filter(store_id=store_id)
    return {row.key: _card(row).label for row in rows}


def roster(store_id: UUID, *, now: datetime) -> Roster:
    """Whom the store's tills may admit from now on. Five queries, however many people there are."""
    near = TimeRange(now - ROSTER_BEHIND, now + ROSTER_AHEAD)
    windows = {
        window.id: window
        for window in flash.windows_of_store(store_id, within=near, now=now)
        if window.state in LIVE_WINDOWS
    }
    seats = [one for one in flash.seats_of_windows(windows) if one.state in _ADMITTABLE]
    codes = passes.codes_of_seats(seat.id for seat in seats)
    people = identity.people({seat.person_id for seat in seats})
    secrets = keys().by_id
    return Roster(
        store_id=store_id,
        made_at=now,
        windows=tuple(
            RosterWindow(
                id=window.id,
                starts_at=window.starts_at,
                ends_at=window.ends_at,
                currency=window.currency,
                secrets={name: window_secret(key, window.id) for name, key in secrets.items()},
            )
            for window in windows.values()
        ),
        passes=tuple(
            RosterPass(
                window_id=seat.window_id,
                code=codes[seat.id],
                words=tuple(words_of(codes[seat.id], language) for language in LANGUAGES),
                name=short_name(people[seat.person_id].display_name),
                people=seat.party_size,
                people_in=seat.people_in,
                price_minor=seat.price_minor,
            )
            for seat in seats
            if seat.id in codes
        ),
    )


def _card(row: TillDevice) -> TillCard:
    return TillCard(
        id=row.id,
        store_id=row.store_id,
        number=row.number,
        name=row.name,
        key=row.key,
        is_linked=row.is_linked,
        pin_version=row.pin_version,
        created_at=row.created_at,
        seen_at=row.seen_at,
        is_revoked=row.revoked_at is not None,
    )

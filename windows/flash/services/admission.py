"""What an admission does to a seat and its window; shared by all that admit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F

from iceshop.infra.db import step
from iceshop.kernel.actors import Actor
from iceshop.kernel.errors import Invalid
from windows.flash.domain import SEAT, SeatMove, SeatState
from windows.flash.models import Seat, Window
from windows.flash.services import waitlist
from windows.flash.services.events import touch
from windows.flash.services.room import free_seats, take_seats
from windows.intents import services as intents
from windows.intents.domain import MAX_PARTY, IntentMove
from windows.notices import services as notices


@step
def fit_party(seat: Seat, *, told: int | None, rest_comes: bool, now: datetime) -> int:
    """How many people to admit; more than expected take free places, fewer give theirs back.

    Of fewer, those who ``rest_comes`` keep their places. ``seat`` is locked and changed in place.
    Raises: Invalid("party.too_large"), Conflict("window.full") and what else ``join`` raises about
    the window.
    """
    expected = seat.party_size - seat.people_in
    people = expected if told is None else told
    if people < 1 or seat.people_in + people > MAX_PARTY:
        raise Invalid("party.too_large", most=MAX_PARTY)
    more = people - expected
    if more > 0:
        take_seats(window_id=seat.window_id, people=more, now=now)
    elif more < 0 and not rest_comes:
        free_seats(window_id=seat.window_id, people=-more)
        waitlist.promote(seat.window_id, now=now)
    else:
        return people
    seat.party_size += more
    return people


@step
def admit(seat: Seat, *, people: int, by: Actor, now: datetime) -> dict[str, Any]:
    """Let ``people`` of a locked seat in; returns what the till shows."""
    booked = seat.party_size
    is_late = seat.state == SeatState.MISSED
    move = SeatMove.ADMIT_LATE if is_late else SeatMove.CHECK_IN
    Seat.objects.filter(pk=seat.pk, state__in=SEAT.sources(move) | {SeatState.CHECKED_IN}).update(
        state=SeatState.CHECKED_IN,
        checked_in_at=seat.checked_in_at or now,
        people_in=F("people_in") + people,
        party_size=seat.party_size,
    )
    Window.objects.filter(pk=seat.window_id).update(version=F("version") + 1)
    if seat.intent_id is not None:
        intents.move(intent_id=seat.intent_id, move=IntentMove.FULFIL, by=by, now=now)
    notices.withdraw(subject_kind="seat", subject_id=seat.id, now=now)
    touch(seat.window_id, store_id=seat.window.store_id)
    return {
        "people": people,
        "still_to_come": booked - seat.people_in - people,
        "unit_price_minor": seat.price_minor,
        "to_pay_minor": seat.price_minor * people,
        "currency": seat.window.currency,
        "person_id": str(seat.person_id),
        "window_id": str(seat.window_id),
        "at": now.isoformat(),
    }

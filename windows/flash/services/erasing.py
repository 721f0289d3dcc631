"""What windows keep of a person who wants to be erased."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from iceshop.infra.db import outside, run_operation, step
from iceshop.kernel.actors import Actor
from windows.flash.domain import LIVE_SEATS
from windows.flash.models import Seat
from windows.flash.services.invites import withdraw_invites
from windows.flash.services.seats import release_seat
from windows.flash.services.waitlist import leave_lists
from windows.intents import erasing
from windows.intents import queries as intent_queries
from windows.intents import services as intents
from windows.intents.domain import IntentMove
from windows.negotiation import services as negotiation
from windows.notices import services as notices

_REASON = "person.erased"


@step
def erase_person(*, person_id: UUID, now: datetime) -> int:
    """End what runs for the person and take what is personal of it; returns how many rows.

    Held seats are given back, invites and wishes end. Seats, outcomes and results stay.
    """
    by = Actor.person(person_id)
    for seat in Seat.objects.filter(person_id=person_id, state__in=LIVE_SEATS, ends_at__gt=now):
        release_seat(seat_id=seat.id, person_id=person_id, keeps_intent=False, by=by, now=now)
    withdraw_invites(person_id=person_id, now=now)
    leave_lists(person_id=person_id, now=now)
    for intent in intent_queries.live_intents(person_id):
        negotiation.leave(intent_id=intent.id, now=now)
        intents.move(intent_id=intent.id, move=IntentMove.CANCEL, by=by, now=now, reason=_REASON)
    return erasing.erase_wishes(person_id=person_id) + notices.erase_notes(person_id=person_id)


@outside
def forget_old(*, before: datetime, limit: int) -> int:
    """Take words and places that are older than ``before``; at most ``limit`` of each kind."""
    return run_operation(erasing.forget_places, before=before, limit=limit) + run_operation(
        notices.forget_notes, before=before, limit=limit
    )

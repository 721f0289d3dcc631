"""Giving and forgiving strikes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from iceshop.infra.audit import services as audit
from iceshop.infra.db import operation, step
from iceshop.kernel.actors import SYSTEM, Actor
from iceshop.kernel.errors import Conflict, Invalid, NotFound
from windows.strikes import domain
from windows.strikes.domain import Because
from windows.strikes.models import Strike
from windows.strikes.queries import card_of, standing_of, strikes_of


@dataclass(frozen=True, slots=True)
class Heard:
    """What became of an excuse: ``ends_at`` is set where the strike stays."""

    is_accepted: bool
    ends_at: datetime | None
    live: int


@step
def give(*, person_id: UUID, seat_id: UUID, missed_at: datetime) -> None:
    """Note a missed seat; the same seat again changes nothing."""
    Strike.objects.get_or_create(
        seat_id=seat_id,
        defaults={
            "person_id": person_id,
            "missed_at": missed_at,
            "ends_at": missed_at + domain.LASTS,
        },
    )


@step
def hear(*, seat_id: UUID, person_id: UUID, is_stores_fault: bool, now: datetime) -> Heard:
    """Hear why somebody did not come; the same excuse again gets the same answer.

    A fault of the store never counts against the buyer. Raises: NotFound("strike.unknown").
    """
    row = Strike.objects.select_for_update(no_key=True).filter(seat_id=seat_id).first()
    if row is None or row.person_id != person_id:
        raise NotFound("strike.unknown")
    strike = card_of(row)
    accepted = is_stores_fault or domain.accepts_excuse(strike, strikes_of(person_id, now=now), now)
    if strike.forgiven is None and accepted:
        because = Because.STORE if is_stores_fault else Because.EXCUSE
        _forgive(row, because, by=Actor.person(person_id), now=now)
    is_accepted = row.forgiven_at is not None
    live = standing_of(person_id, now=now).live
    return Heard(is_accepted, None if is_accepted else row.ends_at, live)


@step
def reward(*, person_id: UUID, now: datetime) -> None:
    """A visit takes the oldest live strike away."""
    live = [strike for strike in strikes_of(person_id, now=now) if strike.is_live(now)]
    if live:
        _forgive(Strike.objects.get(pk=live[0].id), Because.VISIT, by=SYSTEM, now=now)


@step
def withdraw(*, seat_id: UUID, now: datetime) -> None:
    """Take a strike away that was none: the buyer came, and the till told it late."""
    row = Strike.objects.filter(seat_id=seat_id, forgiven_at=None).first()
    if row is not None:
        _forgive(row, Because.STORE, by=SYSTEM, now=now)


@operation
def forgive(*, strike_id: UUID, note: str, by: Actor, now: datetime) -> None:
    """An operator takes a strike away after an appeal; the reason is kept.

    Raises: NotFound("strike.unknown"), Invalid("strike.no_reason"),
    Conflict("strike.forgiven") when it was forgiven before.
    """
    if not note.strip():
        raise Invalid("strike.no_reason")
    row = Strike.objects.select_for_update(no_key=True).filter(pk=strike_id).first()
    if row is None:
        raise NotFound("strike.unknown")
    if row.forgiven_at is not None:
        raise Conflict("strike.forgiven")
    _forgive(row, Because.STAFF, by=by, now=now, note=note.strip())
    audit.record(
        by=by,
        action="strike.forgiven",
        object_kind="strike",
        object_key=row.id,
        reason=note.strip(),
        now=now,
    )


def _forgive(row: Strike, because: Because, *, by: Actor, now: datetime, note: str = "") -> None:
    row.forgiven_at, row.forgiven_because = now, because
    row.forgiven_by, row.note = f"{by.kind}:{by.key}", note
    row.save(update_fields=("forgiven_at", "forgiven_because", "forgiven_by", "note"))

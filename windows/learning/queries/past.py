"""What is known of people and regions from outcomes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q

from commerce.forecast.numerics.chance import Offset as Belief
from commerce.forecast.numerics.chance import new_offset
from iceshop.kernel.geo import walk_m
from windows.flash.turnout import SeatFacts
from windows.learning.domain.circumstances import Circumstances, region_of
from windows.learning.models import Offset

# A region's offset moves slowly at first: it speaks for everybody there.
REGION_VARIANCE = 0.25


@dataclass(frozen=True, slots=True)
class History:
    """What is known of a person or region from outcomes."""

    offset: Belief
    came: int = 0
    missed: int = 0


NEW_PERSON = History(new_offset())
NEW_REGION = History(new_offset(REGION_VARIANCE))


def histories(
    person_ids: Iterable[UUID], regions: Iterable[str], *, now: datetime
) -> tuple[dict[UUID, History], dict[str, History]]:
    """What is known of people and regions; those never seen are left out. One query."""
    rows = Offset.objects.filter(Q(person_id__in=set(person_ids)) | Q(region__in=set(regions)))
    people: dict[UUID, History] = {}
    places: dict[str, History] = {}
    for row in rows:
        if row.person_id is not None:
            belief = Belief(row.mean, row.precision, NEW_PERSON.offset.prior_precision)
            people[row.person_id] = History(belief, row.came, row.missed)
        else:
            belief = Belief(row.mean, row.precision, NEW_REGION.offset.prior_precision)
            days = (now - row.moved_at).total_seconds() / 86_400
            places[row.region] = History(belief.decayed(days), row.came, row.missed)
    return people, places


@dataclass(frozen=True, slots=True)
class Known:
    """What a chance is made of: circumstances with history, and the offsets."""

    circumstances: Circumstances
    shift: float


@dataclass(frozen=True, slots=True)
class Past:
    """Histories of people and regions, with what is assumed of those never seen."""

    people: dict[UUID, History]
    regions: dict[str, History]

    def known(self, person_id: UUID, region: str, now_known: Circumstances) -> Known:
        """What is known of somebody in a region, with what is known of this time."""
        person = self.people.get(person_id, NEW_PERSON)
        place = self.regions.get(region, NEW_REGION)
        return Known(
            replace(now_known, came=person.came, missed=person.missed),
            person.offset.mean + place.offset.mean,
        )

    def of_seat(self, seat: SeatFacts) -> Known:
        """What is known of the people of a seat."""
        start = seat.starts_at
        return self.known(
            seat.person_id,
            region_of(seat.store_point),
            Circumstances(
                party_size=seat.party_size,
                lead_minutes=(start - seat.held_at).total_seconds() / 60,
                distance_m=_walk(seat),
                starts_local=start.astimezone(ZoneInfo(seat.timezone)),
                is_late=seat.held_at > start,
                is_on_way=seat.on_way_at is not None,
            ),
        )


def past(person_ids: Iterable[UUID], regions: Iterable[str], *, now: datetime) -> Past:
    """What is known of these people and regions; an empty region is none. One query."""
    people, places = histories(person_ids, filter(None, regions), now=now)
    return Past(people, places)


def _walk(seat: SeatFacts) -> int | None:
    return None if seat.from_point is None else walk_m(seat.from_point, seat.store_point)

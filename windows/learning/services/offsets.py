"""Outcomes move the offsets of their people and region, each result once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import numpy as np
import structlog
from django.db import DatabaseError

from commerce.forecast.numerics import attendance
from commerce.forecast.numerics.chance import Offset as Belief
from iceshop.infra.db import operation, outside
from iceshop.kernel.errors import DomainError
from windows.learning.models import Offset, RangeCheck
from windows.learning.queries.past import NEW_PERSON, NEW_REGION, History, histories
from windows.outcomes import lessons as taught
from windows.outcomes import services as outcomes
from windows.outcomes.lessons import Lesson

log = structlog.get_logger(__name__)

_BATCH = 50
_MILLI, _PPM = 1000, 1_000_000


@outside
def learn_due(*, now: datetime) -> int:
    """Learn from every result that nothing was learned from; returns from how many windows."""
    learned = 0
    for window_id in taught.unlearned(limit=_BATCH):
        try:
            learned += learn(window_id=window_id, now=now)
        except (DomainError, DatabaseError):
            log.exception("window.not_learned", window=str(window_id))
    return learned


@operation
def learn(*, window_id: UUID, now: datetime) -> bool:
    """Move the offsets by one result, and note where it lies in its range; once.

    Each offset learns beside what the other one knew before, so that an outcome is not explained
    twice.
    """
    if not outcomes.mark_lesson(window_id=window_id):
        return False
    lessons = taught.lessons_of(window_id)
    if not lessons:
        return True
    people, regions = histories(
        (one.person_id for one in lessons), {one.region for one in lessons}, now=now
    )
    _note_range(window_id, lessons, now)
    for one in lessons:
        place = regions.get(one.region, NEW_REGION)
        _learn_person(one, people.get(one.person_id, NEW_PERSON), place, now)
    by_region: dict[str, list[Lesson]] = defaultdict(list)
    for one in lessons:
        by_region[one.region].append(one)
    for region, of_region in by_region.items():
        known = [people.get(one.person_id, NEW_PERSON).offset.mean for one in of_region]
        _learn_region(region, of_region, known, regions.get(region, NEW_REGION), now)
    return True


def _learn_person(lesson: Lesson, person: History, place: History, now: datetime) -> None:
    base = lesson.base_milli / _MILLI + place.offset.mean
    moved = person.offset.updated([base], [float(lesson.came)])
    Offset.objects.update_or_create(
        person_id=lesson.person_id,
        defaults={
            **_row(moved, now),
            "came": person.came + lesson.came,
            "missed": person.missed + (not lesson.came),
        },
    )


def _learn_region(
    region: str, lessons: Sequence[Lesson], known: Sequence[float], place: History, now: datetime
) -> None:
    base = [one.base_milli / _MILLI + person for one, person in zip(lessons, known, strict=True)]
    moved = place.offset.updated(base, [float(one.came) for one in lessons])
    came = sum(one.came for one in lessons)
    Offset.objects.update_or_create(
        region=region,
        person=None,
        defaults={
            **_row(moved, now),
            "came": place.came + came,
            "missed": place.missed + len(lessons) - came,
        },
    )


def _row(moved: Belief, now: datetime) -> dict[str, object]:
    return {"mean": moved.mean, "precision": moved.precision, "moved_at": now}


def _note_range(window_id: UUID, lessons: Sequence[Lesson], now: datetime) -> None:
    sizes = [one.party_size for one in lessons]
    chances = np.array([one.permille / _MILLI for one in lessons])
    counts = attendance.distribution(chances, lessons[0].shock_milli / _MILLI, sizes)
    came = sum(one.people_in for one in lessons)
    place = attendance.place_of(counts, came)
    usual, nearly_always = (attendance.count_range(counts, level) for level in (0.8, 0.9))
    RangeCheck.objects.create(
        window_id=window_id,
        version=max(one.version for one in lessons),
        people=sum(sizes),
        came=came,
        mean_milli=sum(one.party_size * one.permille for one in lessons),
        low_80=usual.low,
        high_80=usual.high,
        low_90=nearly_always.low,
        high_90=nearly_always.high,
        below_ppm=min(_PPM, round(place.below * _PPM)),
        up_to_ppm=min(_PPM, round(place.up_to * _PPM)),
        at=now,
    )

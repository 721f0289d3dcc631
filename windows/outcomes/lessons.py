"""What can be learned from windows that are over: what was said of each seat, and who came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max, QuerySet

from windows.outcomes.domain import SeatOutcomeKind
from windows.outcomes.models import SeatEstimate, SeatOutcome, WindowResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A seat of which something was said (``at``), and how many of its party came.

    Nothing was said of people who joined a party later: they do not count.

    Lessons stand in the order in which they were said, so that the order tells nothing of who came.
    """

    window_id: UUID
    person_id: UUID
    party_size: int
    people_in: int
    at: datetime
    version: int
    kind: str
    figures: tuple[float, ...]
    base_milli: int
    permille: int
    shock_milli: int
    region: str

    @property
    def came(self) -> bool:
        """Whether somebody of the party came."""
        return self.people_in > 0


def unlearned(*, limit: int) -> tuple[UUID, ...]:
    """Windows whose result has not been learned from, the oldest first. One query."""
    rows = WindowResult.objects.filter(is_learned=False).order_by("recorded_at", "pk")
    return tuple(rows.values_list("pk", flat=True)[:limit])


def lessons_of(window_id: UUID) -> tuple[Lesson, ...]:
    """The lessons of one window. Two queries."""
    return _lessons(SeatEstimate.objects.filter(window_id=window_id).order_by("made_at", "pk"))


def latest_lessons(*, limit: int) -> tuple[Lesson, ...]:
    """The newest lessons of all windows, the oldest of them first. Two queries."""
    return _lessons(_taught().order_by("-made_at", "-pk")[:limit])[::-1]


def lessons_through() -> datetime | None:
    """When the newest lesson was said. One query."""
    found: datetime | None = _taught().aggregate(at=Max("made_at"))["at"]
    return found


def by_window(lessons: Iterable[Lesson]) -> dict[UUID, tuple[Lesson, ...]]:
    """Lessons of each window, in their order."""
    found: dict[UUID, list[Lesson]] = defaultdict(list)
    for one in lessons:
        found[one.window_id].append(one)
    return {key: tuple(rows) for key, rows in found.items()}


def _taught() -> QuerySet[SeatEstimate]:
    return SeatEstimate.objects.filter(pk__in=SeatOutcome.objects.values("pk"))


def _lessons(rows: Iterable[SeatEstimate]) -> tuple[Lesson, ...]:
    estimates = list(rows)
    outcomes = SeatOutcome.objects.in_bulk([row.pk for row in estimates])
    return tuple(
        Lesson(
            window_id=one.window_id,
            person_id=row.person_id,
            party_size=one.party_size,
            people_in=_came(one, row),
            at=one.made_at,
            version=one.version,
            kind=one.kind,
            figures=tuple(one.figures),
            base_milli=one.base_milli,
            permille=one.permille,
            shock_milli=one.shock_milli,
            region=one.region,
        )
        for one in estimates
        if (row := outcomes.get(one.pk)) is not None
    )


def _came(said: SeatEstimate, ended: SeatOutcome) -> int:
    came = ended.people if ended.kind == SeatOutcomeKind.REDEEMED else 0
    return min(came, said.party_size)

"""Counting wishes, hour by hour, and those that nobody served."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from commerce.forecast import cells
from commerce.forecast.domain import HOUR, LEAST_PEOPLE, Level, Unserved, Wanted, floor_hour
from commerce.forecast.models import CountedHour, DemandCount, UnservedDemand
from iceshop.infra.db import operation
from iceshop.kernel.errors import Invalid

# Older hours weigh less than a twentieth in a fit.
_KEPT = timedelta(days=182)
_LEVELS = (Level.CELL, Level.QUARTER, Level.DISTRICT)


@operation
def record_demand(*, hour_at: datetime, wishes: Sequence[Wanted], now: datetime) -> int:
    """Store all wishes that were wanted from some moment of an hour on; returns how many.

    What was stored of the hour is replaced, so counting again changes nothing.
    Raises: Invalid("demand.hour_open") while the hour is not over, Invalid("demand.hour") where it
    does not begin on the hour.
    """
    if hour_at != floor_hour(hour_at):
        raise Invalid("demand.hour")
    if hour_at + HOUR > now:
        raise Invalid("demand.hour_open")
    counted = Counter((one.timezone, one.kind, cells.cell_of(one.point)) for one in wishes)
    hour, _ = CountedHour.objects.update_or_create(
        at=hour_at, defaults={"wishes": counted.total(), "counted_at": now}
    )
    DemandCount.objects.filter(hour=hour).delete()
    DemandCount.objects.bulk_create(
        DemandCount(hour=hour, timezone=timezone, kind=kind, cell=cell, wishes=count)
        for (timezone, kind, cell), count in sorted(counted.items())
    )
    return counted.total()


@operation
def record_unserved(*, wishes: Sequence[Unserved], now: datetime) -> int:
    """Store where wishes of the last weeks were not served; returns how many lines there are.

    A line needs `LEAST_PEOPLE` different people. Wishes of a cell with fewer go to the wider cell
    around it, without those that have a line already, so that no two lines tell one by difference.
    What was stored before is replaced. Who wished is not stored.
    """
    UnservedDemand.objects.all().delete()
    rest: list[Unserved] = list(wishes)
    made: list[UnservedDemand] = []
    for level in _LEVELS:
        by_cell: dict[tuple[str, str], list[Unserved]] = defaultdict(list)
        for one in rest:
            by_cell[one.kind, cells.cell_of(one.point, level)].append(one)
        rest = []
        for (kind, cell), held in sorted(by_cell.items()):
            people: set[UUID] = {one.person_id for one in held}
            if len(people) < LEAST_PEOPLE:
                rest += held
                continue
            line = UnservedDemand(kind=kind, cell=cell, level=level, counted_at=now)
            line.wishes, line.people = len(held), len(people)
            made.append(line)
    UnservedDemand.objects.bulk_create(made)
    return len(made)


@operation
def forget_old(*, now: datetime) -> int:
    """Delete hours that no fit looks at any more; returns how many."""
    old = CountedHour.objects.filter(at__lt=now - _KEPT)
    count = old.count()
    old.delete()
    return count

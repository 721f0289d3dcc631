from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import h3
import numpy as np
import pytest
from django.db import IntegrityError, transaction

from commerce.catalog.models import Concept
from commerce.forecast import cells, queries, services
from commerce.forecast.domain import HOUR, Level, Unserved, Wanted, slots
from commerce.forecast.models import (
    CountedHour,
    DemandCount,
    DemandFit,
    ForeseenWeek,
    UnservedDemand,
)
from commerce.forecast.tests.test_backtest import history
from iceshop.infra.db import violated_constraint
from iceshop.kernel.errors import Invalid
from iceshop.kernel.geo import Point
from iceshop.kernel.time import TimeRange

pytestmark = pytest.mark.django_db

ISTANBUL = "Europe/Istanbul"
KADIKOY, NEXT_DOOR, ANKARA = Point(40.99, 29.03), Point(40.9902, 29.0302), Point(39.92, 32.85)
# Monday, midnight in Istanbul.
BEGUN = datetime(2026, 3, 1, 21, tzinfo=UTC)


def wanted(count: int = 1, *, kind: str = "coffee", point: Point = KADIKOY) -> list[Wanted]:
    return [Wanted(kind=kind, point=point, timezone=ISTANBUL)] * count


def record(hour: int, wishes: list[Wanted]) -> int:
    at = BEGUN + hour * HOUR
    return services.record_demand(hour_at=at, wishes=wishes, now=at + HOUR)


def record_days(days: int, per_hour: Callable[[int], int], point: Point = KADIKOY) -> datetime:
    """``per_hour`` says how many coffees are wanted at an hour of the day; returns the end."""
    for hour in range(24 * days):
        record(hour, wanted(per_hour(hour % 24), point=point))
    return BEGUN + 24 * days * HOUR


def at_noon(hour: int) -> int:
    return {11: 2, 12: 6, 13: 3}.get(hour, 0)


# --- counting ----------------------------------------------------------------------------------


def test_counting_an_hour_again_replaces_it() -> None:
    assert record(3, [*wanted(2), *wanted(point=NEXT_DOOR), *wanted(kind="tea")]) == 4
    assert record(3, wanted(3)) == 3
    assert list(DemandCount.objects.values_list("kind", "cell", "wishes")) == [
        ("coffee", cells.cell_of(KADIKOY), 3)
    ]
    assert CountedHour.objects.get().wishes == 3


def test_hour_without_wishes_was_observed() -> None:
    record(5, [])
    assert queries.counted_until() == BEGUN + 6 * HOUR


@pytest.mark.parametrize(
    ("begin", "code"),
    [(BEGUN, "demand.hour_open"), (BEGUN + timedelta(minutes=1), "demand.hour")],
)
def test_hour_that_is_not_over_is_not_counted(begin: datetime, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        services.record_demand(hour_at=begin, wishes=[], now=BEGUN + timedelta(minutes=59))
    assert refused.value.code == code
    assert not CountedHour.objects.exists()


def test_hours_that_no_fit_looks_at_are_forgotten() -> None:
    record(0, wanted())
    record(1, wanted())
    assert services.forget_old(now=BEGUN + timedelta(days=182, hours=1)) == 1
    assert DemandCount.objects.count() == 1


# --- what nobody served ------------------------------------------------------------------------


def missed(people: list[UUID], point: Point = KADIKOY, kind: str = "coffee") -> list[Unserved]:
    return [Unserved(kind=kind, point=point, person_id=one) for one in people]


def somebody(count: int) -> list[UUID]:
    return [uuid4() for _ in range(count)]


def lines() -> list[tuple[str, int, int]]:
    return [(one.level, one.wishes, one.people) for one in queries.unserved_demand(KADIKOY)]


def test_fewer_than_five_people_are_never_spoken_of() -> None:
    few = missed(somebody(4))
    assert services.record_unserved(wishes=few * 3, now=BEGUN) == 0
    assert lines() == []
    assert services.record_unserved(wishes=few + missed(somebody(1)), now=BEGUN) == 1
    assert lines() == [("cell", 5, 5)]


def test_one_person_who_asks_often_stays_one() -> None:
    services.record_unserved(wishes=missed(somebody(1) * 50), now=BEGUN)
    assert lines() == []


def test_few_people_are_told_with_those_around_them_and_not_by_difference() -> None:
    """Four in another cell of the district are not added to a line that names the first five."""
    far = Point(40.978, 29.045)
    assert cells.cell_of(far) != cells.cell_of(KADIKOY)
    assert cells.cell_of(far, Level.DISTRICT) == cells.cell_of(KADIKOY, Level.DISTRICT)
    wishes = missed(somebody(5)) + missed(somebody(4), far)
    assert services.record_unserved(wishes=wishes, now=BEGUN) == 1
    assert lines() == [("cell", 5, 5)]
    assert services.record_unserved(
        wishes=missed(somebody(3)) + missed(somebody(2), far), now=BEGUN
    )
    assert [people for _, _, people in lines()] == [5]
    assert lines()[0][0] in ("quarter", "district")


def test_what_was_not_served_far_away_is_not_told_here() -> None:
    services.record_unserved(wishes=missed(somebody(9), ANKARA), now=BEGUN)
    assert lines() == []


# --- fitting and reading -----------------------------------------------------------------------


def foreseen(*kinds: str, point: Point = KADIKOY) -> queries.Foreseen:
    found = queries.demand(kinds or ("coffee",), point=point, timezone=ISTANBUL)
    assert found is not None
    return found


def test_nothing_is_said_before_a_day_is_full() -> None:
    record(0, wanted(4))
    assert services.fit_due(now=BEGUN + HOUR) == 0
    assert queries.demand(["coffee"], point=KADIKOY, timezone=ISTANBUL) is None


def test_first_fit_is_of_ranges_only_and_says_why_trees_are_silent() -> None:
    now = record_days(3, at_noon)
    assert services.fit_due(now=now) == 1
    fit = DemandFit.objects.get()
    assert (fit.version, fit.hours, fit.wishes, fit.series) == (1, 61, 33, 1)
    assert (fit.trees_serve, fit.reason, fit.weeks) == (False, "too_short", [])
    assert foreseen().is_early


def test_fit_is_made_once_a_day_and_the_next_is_a_new_version() -> None:
    now = record_days(2, at_noon)
    assert [services.fit_due(now=now), services.fit_due(now=now + 19 * HOUR)] == [1, 0]
    assert services.fit_due(now=now + 21 * HOUR) == 1
    assert sorted(DemandFit.objects.values_list("version", flat=True)) == [1, 2]
    assert set(ForeseenWeek.objects.values_list("fit__version", flat=True)) == {2}


def test_noon_is_foreseen_from_the_noons_before() -> None:
    now = record_days(15, at_noon)
    services.fit_due(now=now)
    found = foreseen()
    tuesday = TimeRange(now + 11 * HOUR, now + 14 * HOUR)
    night = TimeRange(now + 2 * HOUR, now + 5 * HOUR)
    outlook = found.outlook([tuesday, night])
    assert (outlook.level, found.is_early) == (Level.CELL, False)
    assert outlook.ranges[0].low <= 11 <= outlook.ranges[0].high
    assert outlook.ranges[0].mean == pytest.approx(11, rel=0.2)
    assert outlook.ranges[1].high <= 1


def test_best_time_is_noon_within_opening_times() -> None:
    now = record_days(15, at_noon)
    services.fit_due(now=now)
    opens = [TimeRange(now + 9 * HOUR, now + 18 * HOUR)]
    best, *_ = foreseen().best_times(opens, minutes=20, most=1)
    assert timedelta(hours=12) <= best.span.start - now <= timedelta(hours=13)
    assert best.expected.low <= best.expected.mean <= best.expected.high
    assert best.level is Level.CELL


def test_level_widens_until_a_wish_is_expected_and_is_named() -> None:
    """Each cell has a wish every ten days; only the city has one a day."""
    source = np.random.default_rng(5)
    points = [Point(40.9 + 0.01 * (n % 10), 28.9 + 0.012 * (n // 10)) for n in range(60)]
    for hour in range(24 * 15):
        asked = [one for one in points if hour % 24 == 12 and source.random() < 0.1]
        record(hour, [one for point in asked for one in wanted(point=point)])
    now = BEGUN + 360 * HOUR
    services.fit_due(now=now)
    near = points[30]
    noon = foreseen(point=near).outlook([TimeRange(now + 10 * HOUR, now + 14 * HOUR)])
    assert noon.level in (Level.DISTRICT, Level.CITY)
    assert noon.ranges[0].mean >= 1


def test_wider_cells_are_the_sums_of_those_within() -> None:
    home = cells.ladder(KADIKOY)
    others = h3.cell_to_children(home[Level.DISTRICT], cells.RESOLUTION[Level.CELL])
    other = Point(*h3.cell_to_latlng(next(one for one in others if one != home[Level.CELL])))
    for hour in range(48):
        record(hour, [*wanted(at_noon(hour % 24)), *wanted(point=other)])
    services.fit_due(now=BEGUN + 48 * HOUR)
    weeks = {
        cell: np.frombuffer(rates, np.float32)
        for cell, rates in ForeseenWeek.objects.values_list("cell", "rates")
    }
    within = weeks[home[Level.CELL]] + weeks[cells.cell_of(other)]
    assert weeks[home[Level.DISTRICT]] == pytest.approx(within, rel=1e-5)
    assert weeks[home[Level.CITY]] == pytest.approx(within, rel=1e-5)


def concept(key: str, parent: Concept | None = None) -> Concept:
    return Concept.objects.create(key=key, name_tr=key, name_en=key, parent=parent)


def test_wishes_for_what_is_above_are_met_too() -> None:
    drink = concept("drink")
    concept("coffee", drink)
    concept("tea", drink)
    assert queries.wishes_met_by(["coffee"]) == {"coffee", "drink"}


def test_slots_of_a_day_are_those_of_the_opening_times() -> None:
    now = record_days(15, at_noon)
    services.fit_due(now=now)
    found = foreseen()
    spans = slots([TimeRange(now + 9 * HOUR, now + 18 * HOUR)], 3, found.zone)
    means = [one.mean for one in found.outlook(spans).ranges]
    assert means.index(max(means)) == 1


@pytest.mark.slow
def test_trees_that_were_better_twice_foresee_the_coming_week() -> None:
    """Ten weeks in which places surge for two weeks at a time: what the last one told holds on."""
    counts = history(10, surge=True).counts
    source = [Point(40.95 + 0.02 * place, 29.03) for place in range(5)]
    for hour in range(counts.shape[1]):
        wishes = [
            Wanted(kind=f"kind-{row % 4}", point=source[row // 4], timezone=ISTANBUL)
            for row in range(20)
            for _ in range(int(counts[row, hour]))
        ]
        record(hour, wishes)
    now = BEGUN + counts.shape[1] * HOUR
    services.fit_due(now=now)
    fit = DemandFit.objects.get()
    assert (fit.trees_serve, fit.reason, len(fit.weeks)) == (True, "better_twice", 2)
    weeks = np.array([np.frombuffer(one, np.float32) for one in foreseen_rates()])
    rhythm = weeks / weeks.mean(axis=1, keepdims=True)
    assert np.isfinite(weeks).all()
    assert weeks.min() > 0
    assert np.corrcoef(rhythm)[0, 1] < 0.999


def foreseen_rates() -> list[bytes]:
    cell = cells.cell_of(Point(40.95, 29.03))
    rows = ForeseenWeek.objects.filter(cell=cell).order_by("kind")
    return [bytes(one) for one in rows.values_list("rates", flat=True)]


# --- constraints -------------------------------------------------------------------------------


def refused(model: type, **changes: object) -> str:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        model.objects.update(**changes)  # type: ignore[attr-defined]
    return violated_constraint(caught.value)


def test_wrong_rows_are_refused() -> None:
    now = record_days(2, at_noon)
    services.fit_due(now=now)
    services.record_unserved(wishes=missed(somebody(5)) + missed(somebody(5), kind="tea"), now=now)
    assert [
        refused(DemandCount, wishes=0),
        refused(DemandCount, hour=BEGUN + 12 * HOUR),
        refused(UnservedDemand, people=4),
        refused(UnservedDemand, level="moon"),
        refused(UnservedDemand, kind="tea"),
        refused(DemandFit, reason="mood"),
        refused(DemandFit, dispersion=-1),
        refused(ForeseenWeek, cell="x"),
    ] == [
        "demand_count_some",
        "demand_count_once",
        "unserved_demand_enough_people",
        "unserved_demand_level",
        "unserved_demand_once",
        "demand_fit_reason",
        "demand_fit_spread",
        "foreseen_week_once",
    ]
    services.fit_due(now=now + 21 * HOUR)
    assert refused(DemandFit, version=1) == "demand_fit_version"

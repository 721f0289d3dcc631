from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iceshop.kernel.errors import Invalid
from iceshop.kernel.time import (
    OpeningHours,
    TimeRange,
    at_local,
    ceil_to,
    day_range,
    ensure_aware,
    join,
    local_day,
    show_clock,
    show_range,
)

ISTANBUL = ZoneInfo("Europe/Istanbul")
BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
ZONES = (ISTANBUL, BERLIN, NEW_YORK, ZoneInfo("Asia/Kathmandu"))
ALL_WEEK = OpeningHours(tuple((day, 0, 1440) for day in range(1, 8)))

instants = st.integers(0, 10 * 365 * 86_400 * 10**6).map(
    lambda microseconds: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
)
days = st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 1, 1))
ranges = st.builds(
    lambda start, seconds: TimeRange(start, start + timedelta(seconds=seconds)),
    st.integers(0, 500).map(lambda minute: at(3, 1, 0) + timedelta(minutes=minute)),
    st.integers(60, 7200),
)


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def span(start: datetime, end: datetime) -> TimeRange:
    return TimeRange(start, end)


# --- ranges ------------------------------------------------------------------------------------


def test_instant_without_offset_is_refused() -> None:
    with pytest.raises(Invalid) as refusal:
        ensure_aware(datetime.fromisoformat("2026-03-01T10:00"))
    assert refusal.value.code == "time.naive"


def test_instant_of_another_offset_becomes_utc() -> None:
    given_at = datetime(2026, 3, 1, 14, tzinfo=timezone(timedelta(hours=3)))
    assert ensure_aware(given_at).isoformat() == "2026-03-01T11:00:00+00:00"


@pytest.mark.parametrize("minutes", [0, -1])
def test_range_without_length_is_refused(minutes: int) -> None:
    with pytest.raises(Invalid) as refusal:
        span(at(3, 1, 10), at(3, 1, 10) + timedelta(minutes=minutes))
    assert refusal.value.code == "time.empty_range"


def test_range_is_half_open() -> None:
    flash = span(at(3, 1, 10), at(3, 1, 10, 20))
    assert flash.contains(flash.start)
    assert flash.contains(flash.end - timedelta(microseconds=1))
    assert not flash.contains(flash.end)
    assert flash.seconds == 1200


def test_ranges_that_touch_share_nothing() -> None:
    one, next_one = span(at(3, 1, 10), at(3, 1, 11)), span(at(3, 1, 11), at(3, 1, 12))
    assert not one.overlaps(next_one)
    assert one.intersection(next_one) is None


def test_intersection_is_what_both_share() -> None:
    one, other = span(at(3, 1, 10), at(3, 1, 12)), span(at(3, 1, 11), at(3, 1, 13))
    assert one.intersection(other) == span(at(3, 1, 11), at(3, 1, 12))
    assert one.covers(span(at(3, 1, 10), at(3, 1, 12)))
    assert not one.covers(other)


@given(ranges, ranges)
def test_intersection_is_there_exactly_when_ranges_overlap(
    one: TimeRange, other: TimeRange
) -> None:
    shared = one.intersection(other)
    assert (shared is not None) == one.overlaps(other) == other.overlaps(one)
    assert shared == other.intersection(one)
    assert shared is None or (one.covers(shared) and other.covers(shared))


def test_join_unites_what_touches() -> None:
    parts = [
        span(at(3, 1, 12), at(3, 1, 13)),
        span(at(3, 1, 9), at(3, 1, 10)),
        span(at(3, 1, 10), at(3, 1, 11)),
    ]
    assert join(parts) == (span(at(3, 1, 9), at(3, 1, 11)), span(at(3, 1, 12), at(3, 1, 13)))


@given(st.lists(ranges, max_size=8), st.integers(0, 700))
def test_join_covers_the_same_instants(parts: list[TimeRange], minute: int) -> None:
    joined = join(parts)
    instant = at(3, 1, 0) + timedelta(minutes=minute, seconds=30)
    assert any(p.contains(instant) for p in parts) == any(j.contains(instant) for j in joined)
    assert all(one.end < other.start for one, other in pairwise(joined))
    assert join(reversed(parts)) == join(joined) == joined


# --- wall clocks -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "day", "minute", "utc"),
    [
        (ISTANBUL, date(2026, 3, 29), 150, "2026-03-28T23:30"),
        (ISTANBUL, date(2026, 10, 25), 150, "2026-10-24T23:30"),
        # The gap: 2.30 does not exist and becomes 3.30.
        (BERLIN, date(2026, 3, 29), 119, "2026-03-29T00:59"),
        (BERLIN, date(2026, 3, 29), 120, "2026-03-29T01:00"),
        (BERLIN, date(2026, 3, 29), 150, "2026-03-29T01:30"),
        (BERLIN, date(2026, 3, 29), 180, "2026-03-29T01:00"),
        (NEW_YORK, date(2026, 3, 8), 150, "2026-03-08T07:30"),
        (NEW_YORK, date(2026, 3, 8), 180, "2026-03-08T07:00"),
        # The fold: 2.30 comes twice, the first one is meant.
        (BERLIN, date(2026, 10, 25), 150, "2026-10-25T00:30"),
        (BERLIN, date(2026, 10, 25), 180, "2026-10-25T02:00"),
        (NEW_YORK, date(2026, 11, 1), 90, "2026-11-01T05:30"),
        (NEW_YORK, date(2026, 11, 1), 120, "2026-11-01T07:00"),
        # Minutes beyond the day.
        (ISTANBUL, date(2026, 12, 31), 1440, "2026-12-31T21:00"),
        (BERLIN, date(2026, 3, 28), 1440 + 240, "2026-03-29T02:00"),
        (ISTANBUL, date(2026, 1, 1), -60, "2025-12-31T20:00"),
    ],
)
def test_wall_time_becomes_an_instant(zone: ZoneInfo, day: date, minute: int, utc: str) -> None:
    assert at_local(day, minute, zone) == datetime.fromisoformat(utc + "+00:00")


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        (BERLIN, date(2026, 3, 29), 23),
        (BERLIN, date(2026, 10, 25), 25),
        (NEW_YORK, date(2026, 3, 8), 23),
        (NEW_YORK, date(2026, 11, 1), 25),
        (ISTANBUL, date(2026, 3, 29), 24),
        (ISTANBUL, date(2026, 10, 25), 24),
        # Before 2016 Turkey changed its clocks as well.
        (ISTANBUL, date(2015, 3, 29), 23),
    ],
)
def test_day_has_the_hours_of_its_zone(zone: ZoneInfo, day: date, hours: int) -> None:
    assert day_range(day, zone).seconds == hours * 3600


@given(days, st.sampled_from(ZONES))
def test_days_follow_each_other_without_gap(day: date, zone: ZoneInfo) -> None:
    assert day_range(day, zone).end == day_range(day + timedelta(days=1), zone).start


@given(instants, st.sampled_from(ZONES))
def test_instant_lies_in_its_local_day(instant: datetime, zone: ZoneInfo) -> None:
    assert day_range(local_day(instant, zone), zone).contains(instant)


def test_local_day_is_the_shops_and_not_utcs() -> None:
    late = at(3, 1, 22, 30)
    assert local_day(late, ISTANBUL) == date(2026, 3, 2)
    assert local_day(late, NEW_YORK) == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("minute", "second", "expected"),
    [(0, 0, 0), (0, 1, 15), (14, 59, 15), (15, 0, 15), (59, 59, 60)],
)
def test_ceil_goes_to_the_next_quarter(minute: int, second: int, expected: int) -> None:
    instant = at(3, 1, 10, minute) + timedelta(seconds=second)
    assert ceil_to(instant, 15) == at(3, 1, 10) + timedelta(minutes=expected)


@given(instants, st.sampled_from([1, 5, 10, 15, 20, 30, 60]))
def test_ceil_is_the_first_step_at_or_after(instant: datetime, minutes: int) -> None:
    step = ceil_to(instant, minutes)
    assert timedelta(0) <= step - instant < timedelta(minutes=minutes)
    assert (step.timestamp() / 60) % minutes == 0
    assert ceil_to(step, minutes) == step


# --- opening hours -----------------------------------------------------------------------------


def hours_open(hours: OpeningHours, day: date, zone: ZoneInfo, days_long: int = 1) -> list[str]:
    within = TimeRange(at_local(day, 0, zone), at_local(day, 1440 * days_long, zone))
    return [
        f"{part.start.astimezone(zone):%a %H:%M}-{part.end.astimezone(zone):%a %H:%M}"
        for part in hours.open_ranges(within, zone)
    ]


def test_opening_past_midnight_reaches_into_the_next_day() -> None:
    friday_night = OpeningHours(((5, 1080, 1560),))
    assert hours_open(friday_night, date(2026, 3, 6), ISTANBUL, 2) == ["Fri 18:00-Sat 02:00"]
    assert hours_open(friday_night, date(2026, 3, 7), ISTANBUL) == ["Sat 00:00-Sat 02:00"]
    assert hours_open(friday_night, date(2026, 3, 8), ISTANBUL) == []


def test_two_openings_a_day_stay_apart() -> None:
    lunch_and_dinner = OpeningHours(((1, 1080, 1320), (1, 690, 870)))
    assert hours_open(lunch_and_dinner, date(2026, 3, 2), ISTANBUL) == [
        "Mon 11:30-Mon 14:30",
        "Mon 18:00-Mon 22:00",
    ]


def test_whole_days_unite_to_the_whole_week() -> None:
    assert hours_open(ALL_WEEK, date(2026, 3, 2), ISTANBUL, 7) == ["Mon 00:00-Mon 00:00"]


@given(instants, st.integers(60, 10**6), st.sampled_from(ZONES))
def test_shop_that_never_closes_is_open_all_the_time(
    start: datetime, seconds: int, zone: ZoneInfo
) -> None:
    within = TimeRange(start, start + timedelta(seconds=seconds))
    assert ALL_WEEK.open_ranges(within, zone) == (within,)


@pytest.mark.parametrize(
    ("zone", "sunday", "seconds"),
    [
        (BERLIN, date(2026, 3, 29), 7 * 3600),
        (BERLIN, date(2026, 10, 25), 9 * 3600),
        (NEW_YORK, date(2026, 3, 8), 7 * 3600),
        (NEW_YORK, date(2026, 11, 1), 9 * 3600),
        (ISTANBUL, date(2026, 3, 29), 8 * 3600),
    ],
)
def test_night_shift_over_the_change_keeps_its_wall_times(
    zone: ZoneInfo, sunday: date, seconds: int
) -> None:
    saturday = sunday - timedelta(days=1)
    night = OpeningHours(((6, 1320, 1800),))
    within = TimeRange(at_local(saturday, 720, zone), at_local(sunday, 720, zone))
    (opened,) = night.open_ranges(within, zone)
    assert show_range(opened, zone, "en") == "22:00–06:00"
    assert opened.seconds == seconds


def test_hours_inside_the_gap_move_with_it() -> None:
    in_the_gap = OpeningHours(((7, 135, 165),))
    assert hours_open(in_the_gap, date(2026, 3, 29), BERLIN) == ["Sun 03:15-Sun 03:45"]


def test_closing_minute_is_not_open() -> None:
    hours = OpeningHours(((7, 600, 660),))
    day = date(2026, 3, 1)
    closing = TimeRange(at_local(day, 660, ISTANBUL), at_local(day, 700, ISTANBUL))
    assert hours.open_ranges(closing, ISTANBUL) == ()
    last_minute = TimeRange(at_local(day, 659, ISTANBUL), at_local(day, 700, ISTANBUL))
    assert [part.seconds for part in hours.open_ranges(last_minute, ISTANBUL)] == [60]


@given(
    st.lists(st.tuples(st.integers(1, 7), st.integers(0, 1439), st.integers(1, 1440)), max_size=6),
    days,
    st.sampled_from(ZONES),
)
def test_open_ranges_are_ordered_apart_and_inside(
    weekly: list[tuple[int, int, int]], day: date, zone: ZoneInfo
) -> None:
    hours = OpeningHours(tuple((d, opens, opens + length) for d, opens, length in weekly))
    within = TimeRange(at_local(day, 300, zone), at_local(day, 5000, zone))
    found = hours.open_ranges(within, zone)
    assert all(within.covers(part) for part in found)
    assert all(one.end < other.start for one, other in pairwise(found))


# --- words -------------------------------------------------------------------------------------


def test_clock_is_written_as_each_language_does() -> None:
    assert show_clock(at(3, 1, 6, 5), ISTANBUL, "tr") == "09.05"
    assert show_clock(at(3, 1, 6, 5), ISTANBUL, "en") == "09:05"


def test_range_over_midnight_shows_both_wall_times() -> None:
    late = span(at(3, 1, 20, 50), at(3, 1, 21, 10))
    assert show_range(late, ISTANBUL, "tr") == "23.50–00.10"
    assert show_range(late, BERLIN, "en") == "21:50–22:10"

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from commerce.forecast import domain
from iceshop.kernel.time import TimeRange

ISTANBUL = ZoneInfo("Europe/Istanbul")
# Monday, 09:00 in Istanbul.
MONDAY = datetime(2026, 3, 2, 6, tzinfo=UTC)


def week(**rates: float) -> list[float]:
    """Rates by hour of the week: ``h9=2`` is Monday from 9 to 10."""
    return [rates.get(f"h{hour}", 0.0) for hour in range(168)]


def span(begin: float, end: float) -> TimeRange:
    return TimeRange(MONDAY + timedelta(hours=begin - 9), MONDAY + timedelta(hours=end - 9))


def test_hour_of_week_goes_by_the_clock_of_the_place() -> None:
    assert domain.hour_of_week(MONDAY, ISTANBUL) == 9
    assert domain.hour_of_week(MONDAY - timedelta(hours=10), ISTANBUL) == 167


def test_part_of_an_hour_brings_its_part() -> None:
    rates = week(h9=4, h10=2)
    assert domain.mean_within(rates, span(9, 11), ISTANBUL) == pytest.approx(6)
    assert domain.mean_within(rates, span(9.5, 10.25), ISTANBUL) == pytest.approx(2.5)


def test_slots_end_at_full_hours_of_the_day_and_at_closing_time() -> None:
    cut = domain.slots([span(8.5, 13)], 3, ISTANBUL)
    assert cut == (span(8.5, 9), span(9, 12), span(12, 13))


def test_slots_of_a_night_pass_midnight() -> None:
    cut = domain.slots([span(22, 26)], 3, ISTANBUL)
    assert cut == (span(22, 24), span(24, 26))


def test_rate_between_two_hours_lies_on_a_line() -> None:
    rates = week(h9=4, h10=2)
    assert domain.rate_at(rates, span(9.5, 10).start, ISTANBUL) == pytest.approx(4)
    assert domain.rate_at(rates, span(10, 11).start, ISTANBUL) == pytest.approx(3)


def test_best_start_is_around_the_highest_rate_within_opening_times() -> None:
    rates = week(h11=1, h12=4, h13=9, h18=20)
    found = domain.best_starts(rates, [span(9, 15)], 20, ISTANBUL, 2)
    assert found[0] == span(13 + 1 / 3, 13 + 2 / 3)
    assert abs(found[1].start - found[0].start) >= timedelta(hours=1)


def test_nothing_is_best_where_the_window_does_not_fit() -> None:
    assert domain.best_starts(week(h9=1), [span(9, 9.2)], 20, ISTANBUL, 3) == ()


def test_smoothing_goes_around_the_week_and_keeps_the_sum() -> None:
    smooth = domain.smoothed(week(h167=4))
    assert (smooth[166], smooth[167], smooth[0]) == (1, 2, 1)
    assert sum(smooth) == pytest.approx(4)

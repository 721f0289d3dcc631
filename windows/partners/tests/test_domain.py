from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from iceshop.kernel.money import Money
from iceshop.kernel.time import TimeRange
from windows.partners.domain import Room, benefit, busy, earliest

NOON = datetime(2025, 12, 9, 12, 0, tzinfo=UTC)
TEN = timedelta(minutes=10)


def span(start: int, end: int) -> TimeRange:
    return TimeRange(NOON + timedelta(minutes=start), NOON + timedelta(minutes=end))


def first(
    *,
    opens: tuple[TimeRange, ...] = (span(0, 600),),
    own: tuple[TimeRange, ...] = (),
    others: tuple[TimeRange, ...] = (),
    most_parallel: int = 2,
    seconds: int = 0,
) -> TimeRange | None:
    room = Room(opens=opens, own=own, others=others, most_parallel=most_parallel)
    return earliest(room, not_before=NOON + timedelta(seconds=seconds), length=TEN)


def test_window_starts_at_once_where_nothing_is_in_the_way() -> None:
    assert first() == span(0, 10)


def test_window_starts_on_a_whole_minute() -> None:
    assert first(seconds=1) == span(1, 11)


def test_window_waits_for_the_opening_and_needs_to_end_before_closing() -> None:
    assert first(opens=(span(0, 9), span(30, 60))) == span(30, 40)


def test_window_never_overlaps_one_of_its_offering() -> None:
    assert first(own=(span(5, 15), span(20, 30))) == span(30, 40)


def test_window_fits_between_two_of_its_offering() -> None:
    assert first(own=(span(0, 15), span(25, 30))) == span(15, 25)


def test_window_may_run_beside_others_up_to_the_stores_limit() -> None:
    assert first(others=(span(0, 20),)) == span(0, 10)
    assert first(others=(span(0, 20), span(5, 30))) == span(20, 30)
    assert first(others=(span(0, 20),), most_parallel=1) == span(20, 30)


def test_window_without_any_time_is_none() -> None:
    assert first(opens=()) is None
    assert first(own=(span(0, 600),)) is None


def test_busy_tells_own_windows_from_others() -> None:
    assert busy([(span(0, 1), True), (span(1, 2), False)]) == ((span(0, 1),), (span(1, 2),))


@pytest.mark.parametrize(
    ("base", "price", "words", "tr", "en"),
    [
        (10_000, 9_000, "", "%10 indirim", "10% discount"),
        (10_000, 8_750, "", "%12,5 indirim", "12.5% discount"),
        (14_500, 11_800, "", "%18,6 indirim", "18.6% discount"),
        (1_000_000, 999_950, "", "0,50 ₺ indirim", "₺0.50 off"),
        (10_000, 10_000, "", "Normal fiyat", "Regular price"),
        (10_000, 10_000, "çay bizden", "çay bizden", "çay bizden"),
    ],
)
def test_benefit_in_words(base: int, price: int, words: str, tr: str, en: str) -> None:
    said = {
        language: benefit(
            base=Money(base, "TRY"), price=Money(price, "TRY"), words=words, language=language
        )
        for language in ("tr", "en")
    }
    assert {name: text.replace("\N{NO-BREAK SPACE}", " ") for name, text in said.items()} == {
        "tr": tr,
        "en": en,
    }

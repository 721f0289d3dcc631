"""Days, weeks and months: the calendar arithmetic behind the words for them."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

_LONGEST_RUN = 92
_FARTHEST = 3660


@dataclass(frozen=True, slots=True)
class Days:
    """Days as said.

    ``by_week`` marks a weekday that may move on a week when its time has passed, ``is_today``
    the current day, ``repeats`` days that each have the time said, ``is_date`` a day of the month,
    ``is_feast`` one that may only be the reason, ``any_day`` that every day will do.
    """

    days: tuple[date, ...]
    by_week: bool = False
    is_today: bool = False
    repeats: bool = False
    is_date: bool = False
    is_feast: bool = False
    any_day: bool = False


NO_DAYS = Days(())


def one(day: date | None) -> Days | None:
    """A single date, or ``None``."""
    return Days((day,), is_date=True) if day is not None else None


def monday(today: date, weeks: int = 0) -> date:
    """Monday of the week of ``today``, or of one so many weeks later."""
    return today - timedelta(days=today.weekday()) + timedelta(weeks=weeks)


def run(first: date, count: int) -> tuple[date, ...]:
    """``count`` days from ``first`` on."""
    return tuple(first + timedelta(days=n) for n in range(count))


def later(today: date, days: float) -> date:
    """The date so many days on, at most ten years."""
    return today + timedelta(days=int(min(days, _FARTHEST)))


def months_later(today: date, months: int) -> date:
    """The same day of a later month, or its last day."""
    months = min(months, _FARTHEST // 31)
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    return date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))


def first_of_month(today: date, ahead: int = 0) -> date:
    """The first of this month or of one so many months later."""
    return months_later(today.replace(day=1), ahead)


def month_days(first: date) -> tuple[date, ...]:
    """All days of the month that begins with ``first``."""
    return run(first, calendar.monthrange(first.year, first.month)[1])


def coming_month(month: int, today: date) -> date:
    """The first of the nearest month of that number that is not over."""
    return date(today.year + (month < today.month), month, 1)


def exact_date(day: int, month: int, year: int) -> date | None:
    """That date, or ``None`` when there is none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def coming_date(day: int, month: int, year: int, today: date) -> date | None:
    """The date; without a year (0) the next one from ``today`` on."""
    years = (year,) if year else range(today.year, today.year + 9)
    dates = (exact_date(day, month, y) for y in years)
    return next((d for d in dates if d is not None and (d >= today or year)), None)


def coming_day_of_month(day: int, today: date) -> date | None:
    """The next date with that number."""
    for ahead in range(13):
        first = first_of_month(today, ahead)
        found = exact_date(day, first.month, first.year)
        if found is not None and found >= today:
            return found
    return None


def coming_weekday(number: int, today: date, *, not_today: bool = False) -> date:
    """The nearest day of that ISO number."""
    ahead = (number - today.isoweekday()) % 7
    return today + timedelta(days=7 if not ahead and not_today else ahead)


def weekday_with_number(number: int, day: int, today: date) -> date | None:
    """The next date with that ISO weekday and that day of the month."""
    for ahead in range(24):
        first = first_of_month(today, ahead)
        found = exact_date(day, first.month, first.year)
        if found is not None and found >= today and found.isoweekday() == number:
            return found
    return None


def weekday_of_month(nth: int, number: int, first: date) -> date | None:
    """The nth (-1 the last) day of that ISO number in the month that begins with ``first``."""
    days = [day for day in month_days(first) if day.isoweekday() == number]
    return days[nth - 1 if nth > 0 else nth] if -5 <= nth <= len(days) and nth else None


def week_of_month(nth: int, first: date) -> tuple[date, ...]:
    """Seven days: the first week is the 1st to the 7th, the others begin on a Monday.

    The week of a month is the one that holds its Thursday, so that the last is nth -1.
    """
    if nth == 1:
        return run(first, 7)
    thursday = weekday_of_month(nth, 4, first)
    return run(monday(thursday), 7) if thursday is not None else ()


def working_days_later(today: date, count: int) -> tuple[date, ...]:
    """The next ``count`` days from Monday to Friday after ``today``."""
    days: list[date] = []
    day = today
    while len(days) < min(count, 60):
        day += timedelta(days=1)
        if day.isoweekday() <= 5:
            days.append(day)
    return tuple(days)


def between(first: Days | None, last: Days | None) -> Days | None:
    """All days from one to another, both included; ``None`` when they are too far apart."""
    if first is None or last is None or not first.days or not last.days:
        return None
    start, end = first.days[0], last.days[-1]
    if end < start and last.by_week:
        end += timedelta(weeks=1)
    if end < start and first.is_date:
        start = months_later(start, -12)
    count = (end - start).days + 1
    return Days(run(start, count)) if 1 < count <= _LONGEST_RUN else None


def easter(year: int) -> date:
    """Easter Sunday of the western churches (anonymous Gregorian computus)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)

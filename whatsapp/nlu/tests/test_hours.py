"""Opening hours as sellers say them."""

from __future__ import annotations

from typing import Any

import pytest

from whatsapp.nlu.tests.said import said

WEEK, WORKING, WEEKEND = [1, 2, 3, 4, 5, 6, 7], [1, 2, 3, 4, 5], [6, 7]


def week(hours: list[dict[str, Any]]) -> dict[int, str]:
    """Day to its hours; closed days are left out."""
    return {
        day: f"{entry['open']}-{entry['close']}"
        for entry in hours
        if not entry.get("closed")
        for day in entry["days"]
    }


def on(*parts: tuple[list[int], str]) -> dict[int, str]:
    return {day: hours for days, hours in parts for day in days}


SIX = [1, 2, 3, 4, 5, 6]
CASES = {
    "her gün 10-22 arası açığız": on((WEEK, "10:00-22:00")),
    "hafta içi 9-18 hafta sonu kapalıyız": on((WORKING, "09:00-18:00")),
    "hafta ici 08.30-17.30 cumartesi 09.00-13.00": on(
        (WORKING, "08:30-17:30"), ([6], "09:00-13:00")
    ),
    "pazartesi cuma arası 9 6, cumartesi 10 4, pazar kapalı": on(
        (WORKING, "09:00-18:00"), ([6], "10:00-16:00")
    ),
    "sabah 8'den akşam 8'e kadar açığız pazar hariç": on((SIX, "08:00-20:00")),
    "sabah 9 akşam 9, salı hariç": on(([1, 3, 4, 5, 6, 7], "09:00-21:00")),
    "pazar hariç her gün 9-20": on((SIX, "09:00-20:00")),
    "pazartesiden cumartesiye 9 19 arası": on((SIX, "09:00-19:00")),
    "pazartesileri kapalı diğer günler 10 ile 20 arası": on(([2, 3, 4, 5, 6, 7], "10:00-20:00")),
    "öğlen 12 gece 12 arası açığız": on((WEEK, "12:00-24:00")),
    "11den gece yarısına kadar her gün": on((WEEK, "11:00-24:00")),
    "akşam 6 gece 2 arası": on((WEEK, "18:00-02:00")),
    "sabah 9da açıp akşam 10da kapatıyoruz": on((WEEK, "09:00-22:00")),
    "7 gün 24 saat açığız": on((WEEK, "00:00-24:00")),
    "24 saat açık": on((WEEK, "00:00-24:00")),
    "hafta içi 10-20, cuma cumartesi gece 1'e kadar": on(
        ([1, 2, 3, 4, 5], "10:00-20:00"), ([5, 6], "10:00-01:00")
    ),
    "mon-fri 9am-6pm, sat 10-4, closed sundays": on((WORKING, "09:00-18:00"), ([6], "10:00-16:00")),
    "we open at 8 and close at 10 every day": on((WEEK, "08:00-22:00")),
    "open 8 to 8 on weekdays, 10 to 6 at weekends": on(
        (WORKING, "08:00-20:00"), (WEEKEND, "10:00-18:00")
    ),
    "closed mondays, otherwise 12 to 11pm": on(([2, 3, 4, 5, 6, 7], "12:00-23:00")),
    "every day but sunday 9-7": on((SIX, "09:00-19:00")),
    "mon to sat 10am - 8pm": on((SIX, "10:00-20:00")),
    "9 am until 1 am daily": on((WEEK, "09:00-01:00")),
    "tuesday and thursday noon to midnight": on(([2, 4], "12:00-24:00")),
    "we're open around the clock": on((WEEK, "00:00-24:00")),
    "open from 7 in the morning till 11 at night": on((WEEK, "07:00-23:00")),
}


@pytest.mark.parametrize(("text", "expected"), CASES.items(), ids=list(CASES))
def test_hours_are_read(text: str, expected: dict[int, str]) -> None:
    assert week(said(text, role="seller", ask="s_hours").get("hours", [])) == expected


@pytest.mark.parametrize(
    ("text", "days"), [("salı günleri kapalıyız", [2]), ("we are closed on sundays", [7])]
)
def test_closed_days_alone_are_closed(text: str, days: list[int]) -> None:
    assert said(text, role="seller", ask="s_hours")["hours"] == [{"days": days, "closed": True}]


@pytest.mark.parametrize(
    "text", ["12 adet kaldı", "tanesi 45 lira", "0532 123 45 67", "3. kat no 5", "yes", "5-6 kişi"]
)
def test_other_numbers_are_no_hours(text: str) -> None:
    assert "hours" not in said(text, role="seller")

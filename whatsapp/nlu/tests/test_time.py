from __future__ import annotations

from datetime import datetime

import pytest

from whatsapp.nlu.corpus import ZONE
from whatsapp.nlu.tests.said import read, times


def at(day: str, start: str, end: str) -> str:
    return f"{day} {start}/{day} {end}"


WED, THU, FRI, SAT, SUN = "09-17", "09-18", "09-19", "09-20", "09-21"

CASES = {
    # days
    "bugün": ["09-17 13:20/09-18 00:00"],
    "tomorrow": ["09-18 00:00/09-19 00:00"],
    "öbür gün": ["09-19 00:00/09-20 00:00"],
    "3 gün sonra": ["09-20 00:00/09-21 00:00"],
    "the day after tomorrow": ["09-19 00:00/09-20 00:00"],
    # parts of the day
    "yarın sabah": [at(THU, "06:00", "12:00")],
    "akşamüstü": [at(WED, "16:00", "18:00")],
    "iş çıkışı": [at(WED, "18:00", "20:00")],
    "early morning": [at(THU, "06:00", "09:00")],
    "friday night": ["09-19 18:00/09-20 00:00"],
    "bu gece": ["09-17 22:00/09-18 02:00"],
    # clock times
    "yarın 7'de": [at(THU, "19:00", "19:30")],
    "8 9 gibi": [at(WED, "19:30", "21:30")],
    "5'e çeyrek kala": [at(WED, "16:45", "17:15")],
    "half past three": [at(WED, "15:30", "16:00")],
    "around 7": [at(WED, "18:30", "19:30")],
    "saat on birde": [at(WED, "23:00", "23:30")],
    # half of the day
    "sabah 9'da": [at(THU, "09:00", "09:30")],
    "9'da": [at(WED, "21:00", "21:30")],
    "gece 12'de": ["09-18 00:00/09-18 00:30"],
    "10-2 arası cuma": [at(FRI, "10:00", "14:00")],
    "at 8 in the evening": [at(WED, "20:00", "20:30")],
    # open ends
    "5'ten sonra": ["09-17 17:00/09-18 00:00"],
    "3'e kadar": [at(WED, "13:20", "15:00")],
    "cumaya kadar": ["09-17 13:20/09-20 00:00"],
    "before friday": ["09-17 13:20/09-19 00:00"],
    "akşama kadar": [at(WED, "13:20", "18:00")],
    # weekdays and weeks
    "cuma": ["09-19 00:00/09-20 00:00"],
    "haftaya cuma": ["09-26 00:00/09-27 00:00"],
    "next wednesday": ["09-24 00:00/09-25 00:00"],
    "hafta sonu": ["09-20 00:00/09-22 00:00"],
    "bu hafta": ["09-17 13:20/09-22 00:00"],
    "next week": ["09-22 00:00/09-29 00:00"],
    "friday to sunday": ["09-19 00:00/09-22 00:00"],
    # several
    "cumartesi ya da pazar sabahı": [at(SAT, "06:00", "12:00"), at(SUN, "06:00", "12:00")],
    "cumartesi bütün gün, pazar sadece sabah": [
        "09-20 00:00/09-21 00:00",
        at(SUN, "06:00", "12:00"),
    ],
    "yarın 10-12 arası veya 15'ten sonra": [at(THU, "10:00", "12:00"), "09-18 15:00/09-19 00:00"],
    "tomorrow at 5ish but friday same time works too": [
        at(THU, "16:30", "17:30"),
        at(FRI, "16:30", "17:30"),
    ],
    # from now
    "şimdi": [at(WED, "13:20", "14:20")],
    "asap": [at(WED, "13:20", "14:20")],
    "2 saat içinde": [at(WED, "13:20", "15:20")],
    "yarım saate oradayım": [at(WED, "13:50", "14:20")],
    "in an hour": [at(WED, "14:20", "14:50")],
    # dates
    "ayın 20'si": ["09-20 00:00/09-21 00:00"],
    "03/10 öğleden sonra": [at("10-03", "12:00", "18:00")],
    "5 ekim": ["10-05 00:00/10-06 00:00"],
    "on the 22nd at 14:00": [at("09-22", "14:00", "14:30")],
    "ay sonuna kadar": ["09-17 13:20/10-01 00:00"],
    "3-5 ekim arası": ["10-03 00:00/10-06 00:00"],
}


@pytest.mark.parametrize(("text", "expected"), CASES.items(), ids=list(CASES))
def test_time_in_answer_to_when(text: str, expected: list[str]) -> None:
    assert times(text, ask="ask_time") == expected


@pytest.mark.parametrize(
    ("text", "days"), [("her gün", 7), ("hafta sonu hariç her akşam", 5), ("weekday mornings", 4)]
)
def test_repeated_times_fill_the_seven_days_from_today(text: str, days: int) -> None:
    spans = read(text, ask="ask_time").intervals

    assert sum(-(-span.seconds // 86_400) for span in spans) == days


@pytest.mark.parametrize(
    "text", ["fark etmez", "ne zaman olursa", "whenever", "any time works", "i don't mind"]
)
def test_any_time_will_do(text: str) -> None:
    reading = read(text, ask="ask_time")

    assert reading.any_time
    assert reading.intervals == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("gece 1'de", ["11-22 01:00/11-22 01:30"]),
        ("akşam 7'de", ["11-22 19:00/11-22 19:30"]),
        ("10 dakika içinde", ["11-21 23:30/11-21 23:40"]),
        ("gece", ["11-21 23:30/11-22 02:00"]),
        ("45 dk sonra", ["11-22 00:15/11-22 00:45"]),
        ("tonight", ["11-21 23:30/11-22 00:00"]),
    ],
)
def test_time_shortly_before_midnight(text: str, expected: list[str]) -> None:
    now = datetime(2026, 11, 21, 23, 30, tzinfo=ZONE)

    assert times(text, ask="ask_time", now=now) == expected


def test_night_that_began_yesterday_goes_on() -> None:
    now = datetime(2026, 11, 22, 0, 30, tzinfo=ZONE)

    assert times("gece", ask="ask_time", now=now) == ["11-22 00:30/11-22 02:00"]


@pytest.mark.parametrize(
    "text",
    [
        "2 kişilik pizza 250 tl",
        "5 kilo portakal en fazla 300",
        "42 numara ayakkabı",
        "iphone 13 kılıfı",
        "6 yumurta",
        "coffee for 4, 120 each",
    ],
)
def test_counts_and_prices_are_no_hours(text: str) -> None:
    assert times(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("yarın değil cuma", ["09-19 00:00/09-20 00:00"]),
        ("pazar öğlene alalım mı bu akşam yetişemiyorum", ["09-21 11:30/09-21 14:00"]),
        ("can't tomorrow, saturday same time?", ["09-20 19:00/09-20 19:30"]),
    ],
)
def test_rejected_times_are_left_out(text: str, expected: list[str]) -> None:
    assert times(text, ask="offer") == expected

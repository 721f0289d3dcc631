"""Ranges, several windows, repetition and exclusion; Wednesday 17 September 2025, 13:20."""

from __future__ import annotations

import pytest

from whatsapp.nlu.tests.said import times

RANGES = {
    "5 ile 7 arası": ["09-17 17:00/09-17 19:00"],
    "5le 7 arasında": ["09-17 17:00/09-17 19:00"],
    "5-7": ["09-17 17:00/09-17 19:00"],
    "5 7 arası": ["09-17 17:00/09-17 19:00"],
    "beşten yediye kadar": ["09-17 17:00/09-17 19:00"],
    "17.00 - 19.00": ["09-17 17:00/09-17 19:00"],
    "17:00 ile 19:30 arasında yarın": ["09-18 17:00/09-18 19:30"],
    "yarın sabah 9'dan öğlene kadar": ["09-18 09:00/09-18 12:00"],
    "yarın sabah 10 akşam 6 arası": ["09-18 10:00/09-18 18:00"],
    "cuma 10'dan 2'ye kadar": ["09-19 10:00/09-19 14:00"],
    "yarın akşam 10'dan gece 2'ye kadar": ["09-18 22:00/09-19 02:00"],
    "cuma 11 buçuk 1 arası": ["09-19 11:30/09-19 13:00"],
    "yarın sabahtan akşama kadar": ["09-18 06:00/09-18 18:00"],
    "between 5 and 7": ["09-17 17:00/09-17 19:00"],
    "from five till seven": ["09-17 17:00/09-17 19:00"],
    "5 to 7pm": ["09-17 17:00/09-17 19:00"],
    "tomorrow 9-11am": ["09-18 09:00/09-18 11:00"],
    "11am-2pm on friday": ["09-19 11:00/09-19 14:00"],
    "friday from 10 to 2": ["09-19 10:00/09-19 14:00"],
    "noon to 3 tomorrow": ["09-18 12:00/09-18 15:00"],
    "10pm to midnight": ["09-17 22:00/09-18 00:00"],
    "friday 10pm to 2am": ["09-19 22:00/09-20 02:00"],
    "between 2:00 tomorrow and 4:00": ["09-18 14:00/09-18 16:00"],
    "from 10 for 3 hours on friday": ["09-19 10:00/09-19 13:00"],
    "cuma akşamından pazar öğlene kadar": ["09-19 18:00/09-21 12:00"],
    "friday 6pm until sunday noon": ["09-19 18:00/09-21 12:00"],
    "from 9 am saturday to 2 pm sunday": ["09-20 09:00/09-21 14:00"],
    "ayın 5'i ile 10'u arası": ["10-05 00:00/10-11 00:00"],
    "13 00 15 00 arası yarın": ["09-18 13:00/09-18 15:00"],
    "1-2 saate": ["09-17 14:20/09-17 15:50"],
    "in 1 or 2 hours": ["09-17 14:20/09-17 15:50"],
    "24 sept, between 3 & 5": ["09-24 15:00/09-24 17:00"],
    "now until 5": ["09-17 13:20/09-17 17:00"],
    "yarın 20:00'den cuma 10:00'a kadar": ["09-18 20:00/09-19 10:00"],
}
SEVERAL = {
    "yarın sabah ya da cuma akşamı": ["09-18 06:00/09-18 12:00", "09-19 18:00/09-19 23:00"],
    "yarın 5'te veya cuma 6'da": ["09-18 17:00/09-18 17:30", "09-19 18:00/09-19 18:30"],
    "perşembe cuma 6dan sonra": ["09-18 18:00/09-19 00:00", "09-19 18:00/09-20 00:00"],
    "cumartesi 10-12 pazar 14-16": ["09-20 10:00/09-20 12:00", "09-21 14:00/09-21 16:00"],
    "bu akşam 7 gibi olmazsa yarın 8de": ["09-17 18:30/09-17 19:30", "09-18 08:00/09-18 08:30"],
    "tomorrow morning or saturday after 3": [
        "09-18 06:00/09-18 12:00",
        "09-20 15:00/09-21 00:00",
    ],
    "tomorrow at 5 or friday at 6": ["09-18 17:00/09-18 17:30", "09-19 18:00/09-19 18:30"],
    "sat and sun mornings": ["09-20 06:00/09-20 12:00", "09-21 06:00/09-21 12:00"],
    "friday 6-8, saturday all day": ["09-19 18:00/09-19 20:00", "09-20 00:00/09-21 00:00"],
    "haftaya salı ya da perşembe akşamı": [
        "09-23 18:00/09-23 23:00",
        "09-25 18:00/09-25 23:00",
    ],
    "next mon or wed at 6pm": ["09-22 18:00/09-22 18:30", "09-24 18:00/09-24 18:30"],
    "hafta sonu, cumartesi akşamı": ["09-20 18:00/09-20 23:00"],
    "3-5 tmrw or fri": ["09-18 15:00/09-18 17:00", "09-19 15:00/09-19 17:00"],
    "tomorrow 10 to 12 or 4 to 6": ["09-18 10:00/09-18 12:00", "09-18 16:00/09-18 18:00"],
}
# The days of September on which something repeats, and its hours.
REPEATED = {
    "her sabah": ([18, 19, 20, 21, 22, 23], "06:00/12:00"),
    "hergun 5 6 arasi": ([17, 18, 19, 20, 21, 22, 23], "17:00/18:00"),
    "hafta içi her gün 6'dan sonra": ([17, 18, 19, 22, 23], "18:00/00:00"),
    "her akşam ama cuma hariç": ([17, 18, 20, 21, 22, 23], "18:00/23:00"),
    "cumartesi pazar hariç her akşam": ([17, 18, 19, 22, 23], "18:00/23:00"),
    "salı ve perşembe dışında her akşam": ([17, 19, 20, 21, 22], "18:00/23:00"),
    "every evening except friday": ([17, 18, 20, 21, 22, 23], "18:00/23:00"),
    "every evening apart from sat and sun": ([17, 18, 19, 22, 23], "18:00/23:00"),
    "weekdays after 6": ([17, 18, 19, 22, 23], "18:00/00:00"),
    "weekday lunch breaks": ([17, 18, 19, 22, 23], "11:30/14:00"),
    "akşamları": ([17, 18, 19, 20, 21, 22, 23], "18:00/23:00"),
    "evenings only": ([17, 18, 19, 20, 21, 22, 23], "18:00/23:00"),
    "salıdan perşembeye her akşam": ([23, 24, 25], "18:00/23:00"),
    "7'den sonra herhangi bir gün": ([17, 18, 19, 20, 21, 22, 23], "19:00/00:00"),
    "daily at 5pm": ([17, 18, 19, 20, 21, 22, 23], "17:00/17:30"),
    "from monday to wednesday between 6 and 8": ([22, 23, 24], "18:00/20:00"),
}
REJECTED = {
    "yarın olmaz cuma olur": ["09-19 00:00/09-20 00:00"],
    "bugün gelemem yarın akşam gelirim": ["09-18 18:00/09-18 23:00"],
    "cuma değil cumartesi 5'te": ["09-20 17:00/09-20 17:30"],
    "cuma yerine pazar akşamı": ["09-21 18:00/09-21 23:00"],
    "yarın 6 değil 7": ["09-18 19:00/09-18 19:30"],
    "bu akşam müsait değilim yarın sabah olsun": ["09-18 06:00/09-18 12:00"],
    "cumartesi olmaz mı": ["09-20 00:00/09-21 00:00"],
    "bugün olmadı yarın akşam": ["09-18 18:00/09-18 23:00"],
    "saat 7 bana geç 6 olsa": ["09-17 18:00/09-17 18:30"],
    "8 erken 10 daha iyi yarın": ["09-18 10:00/09-18 10:30"],
    "not tomorrow, friday": ["09-19 00:00/09-20 00:00"],
    "tomorrow doesn't work, how about saturday at 5": ["09-20 17:00/09-20 17:30"],
    "sunday instead of saturday": ["09-21 00:00/09-22 00:00"],
    "i can't make it on friday but saturday is fine": ["09-20 00:00/09-21 00:00"],
    "7 rather than 6 tomorrow": ["09-18 19:00/09-18 19:30"],
}


@pytest.mark.parametrize(("text", "expected"), RANGES.items(), ids=list(RANGES))
def test_ranges_are_read(text: str, expected: list[str]) -> None:
    assert times(text, ask="ask_time") == expected


@pytest.mark.parametrize(("text", "expected"), SEVERAL.items(), ids=list(SEVERAL))
def test_several_windows_are_kept_apart(text: str, expected: list[str]) -> None:
    assert times(text, ask="ask_time") == expected


@pytest.mark.parametrize(("text", "expected"), REPEATED.items(), ids=list(REPEATED))
def test_repeated_times_have_one_interval_a_day(text: str, expected: tuple[list[int], str]) -> None:
    days, hours = expected
    start, end = hours.split("/")
    spans = []
    for day in days:
        begun = day == 17 and start < "13:20" < end
        last = day + 1 if end == "00:00" else day
        spans.append(f"09-{day} {'13:20' if begun else start}/09-{last} {end}")

    assert times(text, ask="ask_time") == spans


@pytest.mark.parametrize(("text", "expected"), REJECTED.items(), ids=list(REJECTED))
def test_refused_times_are_left_out(text: str, expected: list[str]) -> None:
    assert times(text, ask="ask_time") == expected

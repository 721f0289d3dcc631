"""Days, weeks and dates in many wordings; Wednesday 17 September 2025, 13:20, Istanbul."""

from __future__ import annotations

import pytest

from whatsapp.nlu.tests.said import times


def days(first: str, last: str) -> list[str]:
    """Whole days: from one midnight to another."""
    return [f"{first} 00:00/{last} 00:00"]


CASES = {
    # days from today
    "yarına": days("09-18", "09-19"),
    "yarinki gun": days("09-18", "09-19"),
    "öbürgün": days("09-19", "09-20"),
    "ertesi gün": days("09-18", "09-19"),
    "iki gün sonra": days("09-19", "09-20"),
    "on gun sonraya": days("09-27", "09-28"),
    "bir hafta sonra": days("09-24", "09-25"),
    "two days from now": days("09-19", "09-20"),
    "10 days later": days("09-27", "09-28"),
    "in a week": days("09-24", "09-25"),
    "in two weeks' time": days("10-01", "10-02"),
    "a fortnight from today": days("10-01", "10-02"),
    "three days after tomorrow": days("09-21", "09-22"),
    "yarından itibaren 3 gün sonra": days("09-21", "09-22"),
    "bir ay sonra": days("10-17", "10-18"),
    "two weeks from friday": days("10-03", "10-04"),
    # weekdays
    "persembe": days("09-18", "09-19"),
    "bu cuma günü": days("09-19", "09-20"),
    "önümüzdeki çarşamba": days("09-24", "09-25"),
    "haftaya bugün": days("09-24", "09-25"),
    "gelecek pazartesiye": days("09-22", "09-23"),
    "gelecek hafta salı": days("09-23", "09-24"),
    "salı, haftaya": [*days("09-23", "09-24")],
    "öbür hafta cuma": days("10-03", "10-04"),
    "this thurs": days("09-18", "09-19"),
    "friday next week": days("09-26", "09-27"),
    "the friday after next": days("10-03", "10-04"),
    "this coming wednesday": days("09-24", "09-25"),
    "tuesday of next week": days("09-23", "09-24"),
    "two mondays from now": days("09-29", "09-30"),
    "cuma ve pazartesi": ["09-19 00:00/09-20 00:00", "09-22 00:00/09-23 00:00"],
    "mon, tue or fri": ["09-19 00:00/09-20 00:00", "09-22 00:00/09-24 00:00"],
    # the nth weekday, weeks of a month
    "ayın ilk pazartesisi": days("10-06", "10-07"),
    "ayin son cumasi": days("09-26", "09-27"),
    "ekimin ikinci cumartesisi": days("10-11", "10-12"),
    "gelecek ayın ilk cuması": days("10-03", "10-04"),
    "first monday of november": days("11-03", "11-04"),
    "the last friday of the month": days("09-26", "09-27"),
    "second tuesday of next month": days("10-14", "10-15"),
    "kasımın ilk haftası": days("11-01", "11-08"),
    "the third week of october": days("10-13", "10-20"),
    "the last week of this month": days("09-22", "09-29"),
    "the week of october 8": days("10-06", "10-13"),
    # dates
    "5 Ekim'de": days("10-05", "10-06"),
    "05.10.2025": days("10-05", "10-06"),
    "2025-10-05": days("10-05", "10-06"),
    "5/10": days("10-05", "10-06"),
    "5 - 10 - 2025": days("10-05", "10-06"),
    "10/25": days("10-25", "10-26"),
    "on the fifth of october": days("10-05", "10-06"),
    "Oct 5th": days("10-05", "10-06"),
    "5 eki": days("10-05", "10-06"),
    "october the 5th, 2025": days("10-05", "10-06"),
    "yirmi dokuz ekim": days("10-29", "10-30"),
    "ayın 3'ünde": days("10-03", "10-04"),
    "25'inde": days("09-25", "09-26"),
    "on the 3rd": days("10-03", "10-04"),
    "the 20th of next month": days("10-20", "10-21"),
    "gelecek ayın 4'ü": days("10-04", "10-05"),
    "cumartesi 27 eylül": days("09-27", "09-28"),
    "tuesday the 30th": days("09-30", "10-01"),
    "mon 13th": days("10-13", "10-14"),
    "17 eylül": ["09-17 13:20/09-18 00:00"],
    # runs and lists of days
    "20-22 eylül": days("09-20", "09-23"),
    "eylülün 20'sinden 22'sine kadar": days("09-20", "09-23"),
    "20 eylülden 22 eylüle": days("09-20", "09-23"),
    "between the 20th and the 22nd of september": days("09-20", "09-23"),
    "from september 20 to 22": days("09-20", "09-23"),
    "29 eylül 2 ekim arası": days("09-29", "10-03"),
    "20 ve 25 eylül": ["09-20 00:00/09-21 00:00", "09-25 00:00/09-26 00:00"],
    "cumadan pazartesiye": days("09-19", "09-23"),
    "cumayla pazar arası": days("09-19", "09-22"),
    "cuma-pazar": days("09-19", "09-22"),
    "mon-wed": days("09-22", "09-25"),
    "thu through sat": days("09-18", "09-21"),
    "yarından cumaya kadar": days("09-18", "09-20"),
    "20 aralık - 3 ocak": days("12-20", "01-04"),
    # weeks, weekends, months
    "haftasonu": days("09-20", "09-22"),
    "gelecek hafta sonu": days("09-27", "09-29"),
    "wknd": days("09-20", "09-22"),
    "the weekend after next": days("10-04", "10-06"),
    "haftaya": days("09-22", "09-29"),
    "the week after next": days("09-29", "10-06"),
    "bu haftanın geri kalanı": ["09-17 13:20/09-22 00:00"],
    "rest of the week": ["09-17 13:20/09-22 00:00"],
    "bu ay içinde": ["09-17 13:20/10-01 00:00"],
    "ekim ayında": days("10-01", "11-01"),
    "gelecek ay": days("10-01", "11-01"),
    "sometime in october": days("10-01", "11-01"),
    "next month": days("10-01", "11-01"),
    # feasts
    "cumhuriyet bayramında": days("10-29", "10-30"),
    "christmas": days("12-25", "12-26"),
    "yılbaşı gecesi": ["12-31 22:00/01-01 02:00"],
    # until and from a day
    "pazartesiye kadar": ["09-17 13:20/09-23 00:00"],
    "en geç cuma": ["09-17 13:20/09-20 00:00"],
    "yılbaşından önce": ["09-17 13:20/12-31 00:00"],
    "cumadan önce": ["09-17 13:20/09-19 00:00"],
    "by next friday": ["09-17 13:20/09-27 00:00"],
    "until the 25th": ["09-17 13:20/09-26 00:00"],
    "no later than sunday": ["09-17 13:20/09-22 00:00"],
    "by the end of the month": ["09-17 13:20/10-01 00:00"],
    "haftanın sonuna kadar": ["09-17 13:20/09-22 00:00"],
    "en geç pazar öğlen 12": ["09-17 13:20/09-21 12:00"],
    "haftanın başında": days("09-22", "09-24"),
    "eylülün yirmi üçü": days("09-23", "09-24"),
    "within 3 days": ["09-17 13:20/09-20 13:20"],
    "1 ay içinde": ["09-17 13:20/10-17 13:20"],
}


@pytest.mark.parametrize(("text", "expected"), CASES.items(), ids=list(CASES))
def test_days_are_read(text: str, expected: list[str]) -> None:
    assert times(text, ask="ask_time") == expected

"""Times of the day in many wordings; Wednesday 17 September 2025, 13:20, Istanbul."""

from __future__ import annotations

import pytest

from whatsapp.nlu.tests.said import times


def on(day: str, start: str, end: str) -> list[str]:
    """One span; an end at or before the start is on the next day."""
    following = f"{day[:3]}{int(day[3:]) + 1:02d}"
    return [f"{day} {start}/{day if end > start else following} {end}"]


TODAY, THU, FRI, SAT = "09-17", "09-18", "09-19", "09-20"
CASES = {
    # exact
    "saat 5": on(TODAY, "17:00", "17:30"),
    "5te": on(TODAY, "17:00", "17:30"),
    "beşte": on(TODAY, "17:00", "17:30"),
    "5 te": on(TODAY, "17:00", "17:30"),
    "saat 17.45'te": on(TODAY, "17:45", "18:15"),
    "yarın 9:15": on(THU, "09:15", "09:45"),
    "yarın saat 12de": on(THU, "12:00", "12:30"),
    "cuma 11 buçukta": on(FRI, "11:30", "12:00"),
    "yarın öğlen 12": on(THU, "12:00", "12:30"),
    "bu gece 11": on(TODAY, "23:00", "23:30"),
    "yarın gece 1'de": [f"{FRI} 01:00/{FRI} 01:30"],
    "sabah 8de yarın": on(THU, "08:00", "08:30"),
    "yarın akşamüstü 5'te": on(THU, "17:00", "17:30"),
    "at 5": on(TODAY, "17:00", "17:30"),
    "5pm": on(TODAY, "17:00", "17:30"),
    "5 p.m. tomorrow": on(THU, "17:00", "17:30"),
    "tomorrow 17h": on(THU, "17:00", "17:30"),
    "at 7:30 in the morning": on(THU, "07:30", "08:00"),
    "tonight at 8": on(TODAY, "20:00", "20:30"),
    "saturday 10 am": on(SAT, "10:00", "10:30"),
    "at eleven": on(TODAY, "23:00", "23:30"),
    "yarın birde": on(THU, "13:00", "13:30"),
    "20h30": on(TODAY, "20:30", "21:00"),
    "akşam 19 30 da": on(TODAY, "19:30", "20:00"),
    "at 1900": on(TODAY, "19:00", "19:30"),
    "0900 tomorrow": on(THU, "09:00", "09:30"),
    "at 3 30 pm": on(TODAY, "15:30", "16:00"),
    "26.09. 16:00": on("09-26", "16:00", "16:30"),
    "at midnight": on(THU, "00:00", "00:30"),
    "12 noon tomorrow": on(THU, "12:00", "12:30"),
    # quarters and halves
    "beşi çeyrek geçe": on(TODAY, "17:15", "17:45"),
    "altıya yirmi var": on(TODAY, "17:40", "18:10"),
    "yarın 10'a 5 kala": on(THU, "09:55", "10:25"),
    "half six": on(TODAY, "18:30", "19:00"),
    "quarter past 4": on(TODAY, "16:15", "16:45"),
    "quarter to six": on(TODAY, "17:45", "18:15"),
    "twenty past five": on(TODAY, "17:20", "17:50"),
    "ten minutes to six": on(TODAY, "17:50", "18:20"),
    # rough
    "5 civarı": on(TODAY, "16:30", "17:30"),
    "yarın 5e doğru": on(THU, "16:30", "17:30"),
    "6 sularında": on(TODAY, "17:30", "18:30"),
    "iki üç gibi yarın": on(THU, "13:30", "15:30"),
    "yarın 5 buçuk gibi": on(THU, "17:00", "18:00"),
    "around 5ish": on(TODAY, "16:30", "17:30"),
    "friday 6-ish": on(FRI, "17:30", "18:30"),
    "about half past six": on(TODAY, "18:00", "19:00"),
    "at roughly 8 in the evening": on(TODAY, "19:30", "20:30"),
    "2 or 3 ish": on(TODAY, "13:30", "15:30"),
    # parts of the day
    "öğleden sonra": on(TODAY, "13:20", "18:00"),
    "yarın öğleden önce": on(THU, "06:00", "12:00"),
    "cuma sabah erken": on(FRI, "06:00", "09:00"),
    "yarın ikindi vakti": on(THU, "16:00", "18:00"),
    "yarın mesai çıkışı": on(THU, "18:00", "20:00"),
    "sabaha karşı": on(THU, "03:00", "06:00"),
    "thursday night": on(THU, "18:00", "00:00"),
    "saturday over lunch": on(SAT, "11:30", "14:00"),
    "late tomorrow afternoon": on(THU, "12:00", "18:00"),
    "tomorrow, late afternoon": on(THU, "16:00", "18:00"),
    "friday AM": on(FRI, "06:00", "12:00"),
    "the next morning": on(THU, "06:00", "12:00"),
    "ertesi sabah": on(THU, "06:00", "12:00"),
    # open ends
    "5ten sonra": on(TODAY, "17:00", "00:00"),
    "yarın 17:00'den itibaren": on(THU, "17:00", "00:00"),
    "cuma öğlenden sonra 3e kadar": on(FRI, "00:00", "15:00"),
    "6'dan önce": on(TODAY, "13:20", "18:00"),
    "yarın en geç 11": on(THU, "00:00", "11:00"),
    "öğlene kadar yarın": on(THU, "00:00", "12:00"),
    "yarın akşama kadar": on(THU, "00:00", "18:00"),
    "en erken saat 6": on(TODAY, "18:00", "00:00"),
    "6dan erken olmasın": on(TODAY, "18:00", "00:00"),
    "saat 4'ten önce gelemem": on(TODAY, "16:00", "00:00"),
    "8'den geç olmasın": on(TODAY, "13:20", "20:00"),
    "3'ten sonra 6'dan önce": on(TODAY, "15:00", "18:00"),
    "after 5 but before 8": on(TODAY, "17:00", "20:00"),
    "no earlier than 3 tomorrow": on(THU, "15:00", "00:00"),
    "after 9pm": on(TODAY, "21:00", "00:00"),
    "from 7 onwards": on(TODAY, "19:00", "00:00"),
    "until 4 tomorrow": on(THU, "00:00", "16:00"),
    "tomorrow before noon": on(THU, "06:00", "12:00"),
    "any time after 8 on friday": on(FRI, "08:00", "00:00"),
    "by 6": on(TODAY, "13:20", "18:00"),
    # counted from now
    "10 dakikaya": on(TODAY, "13:30", "14:00"),
    "1 saat 15 dakika sonra": on(TODAY, "14:35", "15:05"),
    "bir buçuk saat içinde": on(TODAY, "13:20", "14:50"),
    "within the hour": on(TODAY, "13:20", "14:20"),
    "in an hour and a half": on(TODAY, "14:50", "15:20"),
    "in the next 2 hrs": on(TODAY, "13:20", "15:20"),
    "önümüzdeki 3 saatte": on(TODAY, "13:20", "16:20"),
    "az sonra": on(TODAY, "13:20", "14:20"),
}


@pytest.mark.parametrize(("text", "expected"), CASES.items(), ids=list(CASES))
def test_times_of_the_day_are_read(text: str, expected: list[str]) -> None:
    assert times(text, ask="ask_time") == expected

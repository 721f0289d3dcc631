"""Times without Turkish letters, with slips, joined, voice; and words that are no times."""

from __future__ import annotations

import pytest

from whatsapp.nlu.tests.said import times

THU = "09-18"
SLIPS = {
    "yarn sabh": [f"{THU} 06:00/{THU} 12:00"],
    "ogleden snra yarın": [f"{THU} 12:00/{THU} 18:00"],
    "yarin aksm 8 gbi": [f"{THU} 19:30/{THU} 20:30"],
    "yrn ogln": [f"{THU} 11:30/{THU} 14:00"],
    "perşmbe 5 te": [f"{THU} 17:00/{THU} 17:30"],
    "prşembeye": [f"{THU} 00:00/09-19 00:00"],
    "cumartsi sabahi": ["09-20 06:00/09-20 12:00"],
    "carşmba aksami": ["09-17 18:00/09-17 23:00"],
    "pazrtesi": ["09-22 00:00/09-23 00:00"],
    "hftsonu": ["09-20 00:00/09-22 00:00"],
    "haftaya sali ogleden sonra": ["09-23 12:00/09-23 18:00"],
    "bgn 6da": ["09-17 18:00/09-17 18:30"],
    "5e kadr": ["09-17 13:20/09-17 17:00"],
    "eylull 20": ["09-20 00:00/09-21 00:00"],
    "onumzdeki cuma": ["09-19 00:00/09-20 00:00"],
    "10 dkya": ["09-17 13:30/09-17 14:00"],
    "tmrw mornin": [f"{THU} 06:00/{THU} 12:00"],
    "2moro arvo": [f"{THU} 12:00/{THU} 18:00"],
    "tommorrow @ 5": [f"{THU} 17:00/{THU} 17:30"],
    "2nite": ["09-17 18:00/09-18 00:00"],
    "satuday b4 noon": ["09-20 06:00/09-20 12:00"],
    "wendesday nite": ["09-17 18:00/09-18 00:00"],
    "withn 2 hours": ["09-17 13:20/09-17 15:20"],
    "nxt friday": ["09-26 00:00/09-27 00:00"],
    "this wkend": ["09-20 00:00/09-22 00:00"],
    "thursdy evning": [f"{THU} 18:00/{THU} 23:00"],
    "yarın akşam sekiz buçukta": [f"{THU} 20:30/{THU} 21:00"],
    "ayın yirmi ikisinde saat on dörtte": ["09-22 14:00/09-22 14:30"],
    "on friday at half past eight in the evening": ["09-19 20:30/09-19 21:00"],
    "cuma 🙂 18:00 👍": ["09-19 18:00/09-19 18:30"],
    "tomorrow akşam 7": [f"{THU} 19:00/{THU} 19:30"],
    "yarın after 5": [f"{THU} 17:00/09-19 00:00"],
}
NO_TIMES = (
    "2 kişilik pizza 250 tl",
    "5 kilo portakal en fazla 300",
    "42 numara ayakkabı",
    "no 5 daire 3",
    "3. kat",
    "3. kattaki büfe",
    "7/24 açık bakkal",
    "4K televizyon",
    "1+1 ev",
    "0532 123 45 67",
    "05321234567",
    "90 tl 2 adet",
    "5-6 kişiyiz",
    "10-12 tane simit",
    "2 ile 3 kilo arası elma",
    "1,5 litre su",
    "xl beden 2 tişört",
    "iphone 13 kılıfı",
    "6 yumurta",
    "coffee for 4, 120 each",
    "size 8 shoes",
    "flat 5, 10 baker street",
    "2nd hand bike",
    "3rd floor",
    "4th levent",
    "5 to 6 people",
    "a 10 to 12 kg turkey",
    "merry christmas",
    "pazar yerinde",
    "çarşamba semti",
    "gece lambası 1 adet",
    "night cream",
    "the first 3 seasons on dvd",
    "black friday indirimi",
    "the sun is shining",
    "windows 11 lisansı",
    "24 rolls of paper",
)


@pytest.mark.parametrize(("text", "expected"), SLIPS.items(), ids=list(SLIPS))
def test_slips_and_mixed_languages_are_read(text: str, expected: list[str]) -> None:
    assert times(text, ask="ask_time") == expected


@pytest.mark.parametrize("text", NO_TIMES)
def test_counts_sizes_prices_and_names_are_no_times(text: str) -> None:
    assert times(text) == []

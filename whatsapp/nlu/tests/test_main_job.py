from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from whatsapp.nlu.corpus import ZONE
from whatsapp.nlu.reading import Act, Budget
from whatsapp.nlu.tests.said import read

SENTENCES = """
bir saat içinde Kadıköy'de kahve, en fazla 200 TL
1 saat içinde kadıköyde kahve en fazla 200 tl
kadikoyde 1 saat icinde kahve max 200
Kadıköy'de bir saat içinde kahve istiyorum, bütçem 200 lira
kahve, kadıköy, 1 saat içinde, 200 TL
Bir saat içinde Kadıköy’de bir kahve içmek istiyorum en fazla 200 TL
200 liraya kadar kahve istiyorum kadıköyde bir saat içinde
KADIKÖY'DE 1 SAAT İÇİNDE KAHVE, EN FAZLA 200 TL
Kadıköy'e yakın, 60 dakika içinde kahve, 200₺ altı
kadıköyde kahve lazım bir saate kadar 200 tl'yi geçmesin
merhaba, kadıköyde kahve arıyorum, 1 saat içinde, en çok 200 ₺
bir saat içinde kadıköyde kahveye iki yüz lira veririm
coffee in Kadıköy within an hour, at most 200 TL
coffee in kadikoy within 1 hour, max 200 tl
I want coffee in Kadikoy in the next hour, under 200 lira
Within an hour, coffee, Kadıköy, up to ₺200
need a coffee near Kadıköy within the next hour, no more than 200
Looking for coffee in Kadıköy within one hour, budget 200 TL
hi! can I get a coffee in kadıköy within 60 minutes for less than 200 TL?
kadıköy coffee within an hour 200 max
I'd like a coffee within an hour in Kadıköy. My budget is 200 TL.
Coffee, Kadıköy, next hour, 200 TL
""".strip().splitlines()


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("minute", [0, 30, 59])
def test_wish_of_the_main_job_is_read_at_every_hour(sentence: str, minute: int) -> None:
    for hour in range(24):
        now = datetime(2026, 11, 21, hour, minute, tzinfo=ZONE)
        reading = read(sentence, now=now)

        assert reading.act is Act.DECLARE
        assert reading.product in ("kahve", "coffee")
        assert reading.place is not None
        assert reading.place.names == ("Kadıköy",)
        assert reading.budget == Budget(20_000, "TRY", "total")
        (span,) = reading.intervals
        assert (span.start, span.end) == (now, now + timedelta(hours=1))
        assert reading.group_size is None
        assert reading.variant == ()


def test_interval_passes_midnight() -> None:
    now = datetime(2026, 11, 21, 23, 30, tzinfo=ZONE)

    (span,) = read("bir saat içinde kahve", now=now).intervals

    assert span.end == datetime(2026, 11, 22, 0, 30, tzinfo=ZONE)

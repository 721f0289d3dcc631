"""Case endings as somebody who grew up with Turkish writes them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iceshop.kernel.text import ablative, dative, locative

GAP = "\N{NO-BREAK SPACE}"

# What is written, then the ending of: to, at.
TABLE = """
    00.00 'a 'da        00.30 'a 'da        05.00 'e 'te        06.00 'ya 'da
    07.00 'ye 'de       08.00 'e 'de        9.00 'a 'da         09.05 'e 'te
    10.00 'a 'da        11.00 'e 'de        12.00 'ye 'de       13.00 'e 'te
    13.40 'a 'ta        13.55 'e 'te        14.00 'e 'te        14:00 'e 'te
    14.03 'e 'te        14.06 'ya 'da       14.10 'a 'da        14.20 'ye 'de
    14.30 'a 'da        14.40 'a 'ta        14.50 'ye 'de       14.59 'a 'da
    16.00 'ya 'da       19.00 'a 'da        20.00 'ye 'de       23.59 'a 'da
    24.00 'e 'te        14.00–14.20 'ye 'de 13.30–15.00 'e 'te  22.11.2026 'ya 'da
    118_₺ 'ya 'da       118,50_₺ 'ya 'da    1.250_₺ 'ya 'da     90_TL 'ya 'da
    20_€ 'ya 'da        100_$ 'a 'da        15_£ 'e 'de         5_JPY 'ye 'de
    %10 'a 'da          %12,5 'e 'te        %20 'ye 'de         %40 'a 'ta
    0 'a 'da            1 'e 'de            3 'e 'te            4 'e 'te
    5 'e 'te            6 'ya 'da           9 'a 'da            30 'a 'da
    60 'a 'ta           70 'e 'te           80 'e 'de           90 'a 'da
    100 'e 'de          150 'ye 'de         1.000 'e 'de        12.000 'e 'de
    1000000 'a 'da      2.000.000 'a 'da    3.000.000.000 'a 'da
    350_m 'ye 'de       1,1_km 'ye 'de
    Moda 'ya 'da        Kadıköy 'e 'de      KADIKÖY 'e 'de      Üsküdar 'a 'da
    Beşiktaş 'a 'ta     Fatih 'e 'te        Kabataş 'a 'ta      Taksim 'e 'de
    Bebek 'e 'te        Levent 'e 'te       4._Levent 'e 'te    Göztepe 'ye 'de
    Şişli 'ye 'de       Sultanbeyli 'ye 'de Halkalı 'ya 'da     Bostancı 'ya 'da
    Kumkapı 'ya 'da     Kapalıçarşı 'ya 'da Çarşı 'ya 'da       Beşiktaş_Çarşı 'ya 'da
    Kurtuluş 'a 'ta     Ulus 'a 'ta         Beykoz 'a 'da       Eyüpsultan 'a 'da
    Beyoğlu 'na 'nda    Nişantaşı 'na 'nda  Eminönü 'ne 'nde    Beylikdüzü 'ne 'nde
    Zeytinburnu 'na 'nda  Kozyatağı 'na 'nda  Koşuyolu 'na 'nda  Yeldeğirmeni 'ne 'nde
    Beylerbeyi 'ne 'nde Konyaaltı 'na 'nda  Kaleiçi 'ne 'nde    Tepebaşı 'na 'nda
    Odunpazarı 'na 'nda Çayyolu 'na 'nda    Rumeli_Hisarı 'na 'nda
    Bağdat_Caddesi 'ne 'nde  Galata_Kulesi 'ne 'nde  Mısır_Çarşısı 'na 'nda
    Anadolu_Yakası 'na 'nda  Aksaray_İli 'ne 'nde  Galata_Köprüsü 'ne 'nde
    Emirgan_Korusu 'na 'nda  Gezi_Parkı 'na 'nda  Moda_Sahili 'ne 'nde
    Kırklareli 'ne 'nde Kocaeli 'ne 'nde    Tunceli 'ye 'de     Denizli 'ye 'de
    Ağrı 'ya 'da        Uşak 'a 'ta         Elazığ 'a 'da       Gaziantep 'e 'te
    Hakkâri 'ye 'de     Iğdır 'a 'da        Muş 'a 'ta          Sinop 'a 'ta
    Zorlu_Center 'a 'da Pierre_Loti 'ye 'de Marmara_Forum 'a 'da İstinyePark 'a 'ta
    Moda_Kahve 'ye 'de  Moda_Kahvaltı 'ya 'da  Bahariye_Pizza 'ya 'da
    Nişantaşı_Espresso 'ya 'da  Karaköy_Burger 'e 'de  Café_Nero 'ya 'da
    Yeldeğirmeni_Fırını 'na 'nda  Çarşı_Fırını 'na 'nda  Bostancı_Manavı 'na 'nda
    Üsküdar_Baklavacısı 'na 'nda  Kahve_Dünyası 'na 'nda  Simit_Sarayı 'na 'nda
    Pasta_Evi 'ne 'nde  Moda_Kitabevi 'ne 'nde  Göksu 'ya 'da  Maden_Suyu 'na 'nda
    A101 'e 'de         BİM 'e 'de          AVM 'ye 'de         Cevahir_AVM 'ye 'de
    THY 'ye 'de         Studio_54 'e 'te    Yılmaz_A.Ş. 'ye 'de Fırın_(2) 'ye 'de
    İstiklal 'e 'de     Kemal 'e 'de        İmamoğlu 'na 'nda   Kuğu 'ya 'da
    7F3K92 'ye 'de
"""
ROWS = re.findall(r"(\S+) +('\S+) +('\S+)", TABLE)
CASES = {row[0].replace("_", space): row[1:] for row in ROWS for space in (" ", GAP)}


@pytest.mark.parametrize("written", CASES)
def test_ending_is_the_natives(written: str) -> None:
    to, at = CASES[written]
    assert dative(written) == f"{written}{to}"
    assert locative(written) == f"{written}{at}"
    assert ablative(written) == f"{written}{at}n"


def test_whole_table_is_read() -> None:
    assert len(ROWS) * 3 == len(TABLE.split())


@given(st.integers(0, 23), st.integers(0, 59))
def test_every_time_of_the_day_has_an_ending(hour: int, minute: int) -> None:
    turkish, english = f"{hour:02}.{minute:02}", f"{hour:02}:{minute:02}"
    assert re.fullmatch(r"'y?[ae]", dative(turkish).removeprefix(turkish))
    assert re.fullmatch(r"'[dt][ae]", locative(turkish).removeprefix(turkish))
    assert dative(turkish).partition("'")[2] == dative(english).partition("'")[2]


@given(st.text(min_size=1, max_size=20))
def test_any_text_gets_an_ending(text: str) -> None:
    assert re.fullmatch(r"'[ny]?[ae]", dative(text).removeprefix(text))
    assert re.fullmatch(r"'(?:nd|d|t)[ae]", locative(text).removeprefix(text))
    assert ablative(text) == locative(text) + "n"

"""What a seller has, in many words and both languages.

Items are written ``name stock[unit] @price[/per]``, parted by semicolons; ``@`` leads the price.
"""

from __future__ import annotations

from typing import Any

import pytest

from whatsapp.nlu.tests.said import said


def spoken(items: list[dict[str, Any]]) -> str:
    """Items of the corpora as the tables here write them."""
    return "; ".join(map(_item, items))


def _item(item: dict[str, Any]) -> str:
    parts = [item["product"]] if "product" in item else []
    parts += [f"{item['stock']:g}{item.get('unit', '')}"] if "stock" in item else []
    if "price" in item:
        price = item["price"]
        per = f"/{price['per']}" if price["per"] != "each" else ""
        parts += [f"@{price['amount']:g}{per}"]
    return " ".join(parts)


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("simit 15 poğaça 20 lira", "simit @15; poğaça @20"),
        ("40 adet çilekli pasta kaldı tanesi 180", "pasta 40 @180"),
        ("domates 35 biber 40 kilosu", "domates @35/kg; biber @40/kg"),
        ("we've 20 bagels at 40 each and 15 muffins for 55", "bagel 20 @40; muffin 15 @55"),
        ("ayran tükendi, limonata var 20 tane", "ayran 0; limonata 20"),
        ("poğaça kalmadı", "poğaça 0"),
        ("son 3 simit", "simit 3"),
        ("3 cakes left", "cake 3"),
        ("20 simit 15 lira 30 poğaça 20 lira", "simit 20 @15; poğaça 30 @20"),
        ("20 simit 15, 30 poğaça 20", "simit 20 @15; poğaça 30 @20"),
        ("çay 15, kahve 40, tost 90", "çay @15; kahve @40; tost @90"),
        ("elma 30, armut 45 kilosu", "elma @30/kg; armut @45/kg"),
        ("10 kasa domates var kasası 250 lira", "domates 10crate @250/crate"),
        ("14 crates of peaches in, 500 a crate", "peach 14crate @500/crate"),
        ("fresh bread 25 lira each, 60 loaves", "bread 60 @25"),
        ("50 porsiyon kuru fasulye çıktı porsiyonu 120", "kuru fasulye 50portion @120"),
        ("lahmacun 60 lira, ayran 20 lira, 100 lahmacun var", "lahmacun 100 @60; ayran @20"),
        ("no more brownies today", "brownie 0"),
        ("we ran out of lemonade", "lemonade 0"),
        ("simit ve poğaça bitti", "simit 0; poğaça 0"),
        ("30 pairs of socks, 50 a pair", "socks 30pair @50/pair"),
        ("elimde 8 pasta var 350 lira", "pasta 8 @350"),
        (
            "çilek kilosu 80, kiraz kilosu 120, 20 kilo kiraz var",
            "çilek @80/kg; kiraz 20kg @120/kg",
        ),
        ("40 liraya simit var", "simit @40"),
        ("zeytin 200 lira kilo, 30 kilo var", "zeytin 30kg @200/kg"),
        ("kilo 90 mandalina", "mandalina @90/kg"),
        ("peynir kalmadı ama zeytin var 10 kilo", "peynir 0; zeytin 10kg"),
        ("50 muffins @ 45, 30 brownies @ 60", "muffin 50 @45; brownie 30 @60"),
        ("elimde 25 kg levrek var kilosu 420 lira", "levrek 25kg @420/kg"),
        ("got 30 kilos of sea bream, 390 a kilo", "sea bream 30kg @390/kg"),
        ("baklavanın kilosu 600 oldu", "baklava @600/kg"),
        ("200 gr kahve 180 lira 50 paket", "kahve 50pack @180"),
        ("masaj 60 dk 800 lira", "masaj @800"),
        ("muhallebi kalmadı, sütlaçtan 8 tane var", "muhallebi 0; sütlaç 8"),
        (
            "30 kutu lokum, kutusu 200 lira; 20 kutu baklava, kutusu 400",
            "lokum 30box @200/box; baklava 20box @400/box",
        ),
    ],
)
def test_goods(text: str, items: str) -> None:
    assert spoken(said(text, role="seller").get("items", [])) == items


@pytest.mark.parametrize(
    ("text", "ask", "items"),
    [
        ("kişi başı 400", "s_price", "@400/person"),
        ("a head it's 325", "s_price", "@325/person"),
        ("95 for a kilo", "s_price", "@95/kg"),
        ("çifti 280", "s_price", "@280/pair"),
        ("it's 45 per kilo not 54, typo", "s_confirm", "@45/kg"),
        ("make it 130 a piece, not 150", "s_confirm", "@130"),
        ("eski fiyat 100, şimdi 80", "s_price", "@80"),
        ("80, used to be 100", "s_price", "@80"),
        ("100dü 80 yaptık", "s_price", "@80"),
        ("kişi başı kahvaltı 350", "s_price", "kahvaltı @350/person"),
        ("kalmadı", "s_stock", "0"),
        ("bugünlük bitti", "", "0"),
        ("tükendi hepsi", "", "0"),
        ("all sold out for today", "", "0"),
        ("none left", "s_stock", "0"),
        ("25, 30 lira each", "s_stock", "25 @30"),
        ("down to the last 17", "s_stock", "17"),
        ("yirmi iki kasa geldi bugün", "s_stock", "22crate"),
        ("40 civarı", "s_stock", "40"),
        ("antalya kepez toptancı hali", "s_place", ""),
        ("20 adet kaldı, %10", "s_discount", "20"),
    ],
)
def test_goods_in_answer(text: str, ask: str, items: str) -> None:
    assert spoken(said(text, role="seller", ask=ask).get("items", [])) == items


def test_each_of_the_goods_has_its_own_narrowing_words() -> None:
    items = said("taze simit 15, peynirli poğaça 25", role="seller")["items"]

    assert [item["variant"] for item in items] == [["taze"], ["peynirli"]]

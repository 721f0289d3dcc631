"""What a buyer pays, in many words and both languages.

Budgets are written ``most [per] [currency] [from least]``; ``-`` is none.
"""

from __future__ import annotations

import pytest

from whatsapp.nlu.tests.said import said


def spoken(budget: object) -> str:
    """A budget of the corpora as the tables here write it."""
    if not isinstance(budget, dict):
        return str(budget or "-")
    parts = [f"{budget['amount']:g}"]
    parts += [budget["per"]] if budget["per"] != "total" else []
    parts += [budget["currency"]] if budget["currency"] != "TRY" else []
    parts += [f"from {budget['min']:g}"] if "min" in budget else []
    return " ".join(parts)


@pytest.mark.parametrize(
    ("text", "budget"),
    [
        ("yarın kadıköyde pizza 250ye kadar", "250"),
        ("bu akşam 8'e kadar beşiktaşta dürüm 120 tl", "120"),
        ("moda sahilde 2 kahve, 200-250 arası", "250 from 200"),
        ("coffee in moda between 100 and 150", "150 from 100"),
        ("kadıköyde sushi 600ü geçmesin 400den aşağı da olmasın", "600 from 400"),
        ("en az 200 en çok 300 liralık çiçek", "300 from 200"),
        ("looking for a bike, I can spend 2 grand", "2000"),
        ("a bike, under a grand", "1000"),
        ("bisiklet bakıyorum 4 bin 500 lira", "4500"),
        ("bisiklet bakıyorum bir buçuk bine kadar", "1500"),
        ("earbuds 40 quid or less", "40 GBP"),
        ("earbuds for 40€", "40 EUR"),
        ("shoes not exceeding 1.250,00", "1250"),
        ("ayakkabı en çok yüzelli dolar", "150 USD"),
        ("kiraz kilosu doksan", "90 kg"),
        ("kiraz 2 kilo, kilosu 90ı geçmesin", "90 kg"),
        ("100 papele kadar kulaklık", "100"),
        ("mugs, 15 of them, sixty lira each", "60 each"),
        ("yemek kişi başına en fazla üç yüz elli lira", "350 person"),
        ("dinner for 4 tonight, 25 euros per person max", "25 person EUR"),
        ("kahve makinesi 5000-6000", "6000 from 5000"),
        ("kahve makinesi beş altı bin arası", "6000 from 5000"),
        ("çorap çifti 40, 5 çift", "40 pair"),
        ("halı m2si 300", "300 m2"),
        ("curtains 200 per square metre max", "200 m2"),
        ("kahve 2 tane 90ar lira", "90 each"),
        ("pizza 200 değil 250 olsun", "250"),
        ("pizza two fifty max", "250"),
        ("cheap pizza please 180ish", "180"),
        ("saat 5te kadıköy simit 20", "-"),
        ("iphone 13 kılıf 150", "150"),
        ("çiçek 100 liralık", "100"),
        ("birthday balloons tomorrow in nisantasi, spend about 700", "700"),
        ("need a taxi van for 7, airport, 45-50 euros", "50 EUR from 45"),
        ("cebimde 300 lira var dürüm yicez 3 kişi", "300"),
        ("1000tl altında kulaklık", "1000"),
        ("not more than fifty bucks for headphones", "50 USD"),
        ("between twenty and thirty euros, a mug set", "30 EUR from 20"),
        ("sushi for two, £25 each max", "25 each GBP"),
        ("şarj aleti lazım yüz elli iki yüz lira", "200 from 150"),
        ("everything together max 600, 4 burgers", "600"),
        ("I wouldn't pay more than 80 for that haircut", "80"),
        ("taksi 500 metre", "-"),
        ("30. yıl dönümü çiçeği", "-"),
        ("2 kilo kuşbaşı, kilo 650den", "650 kg"),
        ("kanka 6 kişi kebap yicez kişi 350 den fazla vermeyiz", "350 person"),
        ("2 kilo elma 90 lira", "90"),
        ("3 kişi 200 tl kahve", "200"),
        ("laptop bag please, i've got 1500 to spend", "1500"),
        ("cheapest possible sim card, 200 cap", "200"),
        ("toplam bütçe 3 bin 5 kişi", "3000"),
        ("numaram 0532 123 45 67", "-"),
        ("goggles, 2 pairs, within 30 minuts", "-"),
        ("dog food 15 kg, Yenişehir", "-"),
        ("24 Aralık'ta pasta 900", "900"),
        ("pasta beşyüzü geçmesin", "500"),
        ("pasta tanesi20tl", "20 each"),
        ("pasta en fzla 250", "250"),
        ("pasta 250 lirya kadar", "250"),
        ("cake for my son - 300 lira - moda", "300"),
        ("pasta moda 300 yarın akşam", "300"),
        ("15 avroya kupa", "15 EUR"),
        ("kahve en fazla bin lira tanesine", "1000 each"),
        ("lamp at most bin lira", "1000"),
        ("hammock, seventeen hundred at most", "1700"),
        ("two and a half thousand for a table", "2500"),
    ],
)
def test_budget(text: str, budget: str) -> None:
    assert spoken(said(text).get("budget")) == budget


@pytest.mark.parametrize(
    "text",
    [
        "para önemli değil, en iyi pasta olsun şişlide",
        "balon alıcam ne tutarsa tutsun",
        "bütçe sıkıntı değil, 10 kişilik pasta",
        "I need a cake tomorrow, no limit on price",
        "flowers for my mom, money is no object",
        "I dont care how much it costs, sushi in bebek",
        "whatever it costs, i need a plumber in moda",
        "price doesnt matter. birthday cake, 12 people",
        "cost isn't an issue, sushi tonight",
        "fiyat sınırı yok, pasta",
        "sınırsız bütçe, pasta",
        "kaç paraysa veririm pasta olsun",
    ],
)
def test_money_is_no_matter(text: str) -> None:
    assert said(text).get("budget") == "any"


@pytest.mark.parametrize(
    ("text", "budget"),
    [
        ("iki yüz elliye kadar çıkarım", "250"),
        ("max 200 kişi başı", "200 person"),
        ("8-9 yüz arası", "900 from 800"),
        ("100 150 arası bişey", "150 from 100"),
        ("a hundred and eighty", "180"),
        ("couple hundred", "200"),
        ("twelve fifty", "1250"),
        ("yüzelli yeter de artar", "150"),
        ("1.500ün altı", "1500"),
        ("150 yok 200 olsun", "200"),
        ("as cheap as possible, maybe 100", "100"),
        ("bilmiyorum 400 diyelim", "400"),
        ("3 kişi için 600", "600"),
        ("15er lira", "15 each"),
        ("adam başı 100 çok 80 olsun", "80 person"),
        ("budget should be 60 not 50", "60"),
        ("money's not an issue", "any"),
        ("ne kadarsa o kadar", "any"),
        ("whatever", "any"),
        ("yok", "any"),
    ],
)
def test_budget_in_answer(text: str, budget: str) -> None:
    assert spoken(said(text, ask="ask_budget").get("budget")) == budget


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("üç tane", 3),
        ("iki düzine", 24),
        ("bir tane yeter", 1),
        ("2 değil 3", 3),
        ("ten please", 10),
    ],
)
def test_quantity_in_answer(text: str, quantity: int) -> None:
    assert said(text, ask="ask_quantity").get("quantity") == quantity

"""A seller's terms, in many words and both languages.

Tiers are written ``benefit/condition``: ``10%/5`` is 10 % from 5 people, ``38/50x`` the price 38
from 50 pieces, ``-30`` a sum of 30 off.
"""

from __future__ import annotations

from typing import Any

import pytest

from whatsapp.nlu.tests.said import asking, read, said

GROUP = "20 kişilik grup için %20 indirim yapar mısın?"


def spoken(tiers: list[dict[str, Any]]) -> str:
    """Tiers of the corpora as the tables here write them."""
    return " ".join(map(_tier, tiers))


def _tier(tier: dict[str, Any]) -> str:
    benefit = (
        f"{tier['percent']:g}%"
        if "percent" in tier
        else f"-{tier['amount_off']:g}"
        if "amount_off" in tier
        else f"{tier['unit_price']:g}"
    )
    people = f"/{tier['min_people']}" if "min_people" in tier else ""
    return benefit + people + (f"/{tier['min_quantity']}x" if "min_quantity" in tier else "")


@pytest.mark.parametrize(
    ("text", "tiers"),
    [
        ("5 kişiye yüzde beş 10 kişiye on", "5%/5 10%/10"),
        ("5 kişiye beş 10 kişiye on 20 kişiye on beş", "5%/5 10%/10 15%/20"),
        ("8 kişiden fazla gelirse yüzde 12", "12%/9"),
        ("20 üstü alırlarsa 35", "35/20x"),
        ("20+ olursa tanesi 40", "40/20x"),
        ("40tan fazla alırlarsa tanesini 70e bırakırım", "70/41x"),
        ("kişi başı 30 düşerim", "-30"),
        ("38 e bırakırım 50 alırlarsa", "38/50x"),
        ("ten percent for ten people, 15 for 20", "10%/10 15%/20"),
        ("50 off per head if 12 come", "-50/12"),
        ("120den 100e inerim", "100"),
        ("15 kişi olurlarsa %10 ikram da ederim", "10%/15"),
        ("150ye olur", "150"),
        ("%25 olmaz ama %15 yaparım", "15%"),
        ("%30 olmaz 15 olur", "15%"),
        ("30 is not possible but 15 is", "15%"),
        ("can't do 20 but 12 works", "12%"),
        ("20 percent is too steep, 10 max", "10%"),
        ("20 olmaz 10 kişi gelirse 10 olur", "10%/10"),
        ("yüzde 10dan fazla olmaz", "10%"),
        ("yüzde yedi buçuk", "7.5%"),
        ("three and a half percent at most", "3.5%"),
        ("10 kişi toplarsan 90 liraya veririm", "90/10"),
        ("90 lira yaparım 10 kişi olursanız", "90/10"),
        ("at least 8 people and i'll do 12 percent", "12%/8"),
        ("if you get 25 people i can do 18% off", "18%/25"),
        ("130 per person if it's 10 or more", "130/10"),
        ("220 each if they're at least 16 people", "220/16"),
        ("for 30 or more pieces i'd charge 62 each", "62/30x"),
        ("take 30 lira off each for groups over 15", "-30/16"),
        ("5-10 kişi %5, 10 üstü %10", "5%/5 10%/10"),
        ("10 adet ve üzeri siparişte yüzde 8", "8%/10x"),
        ("8 for 8%, 16 for 15%", "8%/8 15%/16"),
        ("15 kişilik gruba %12", "12%/15"),
        ("6dan fazlaysa yüzde sekiz, 6 kişiye kadar olmaz", "8%/7"),
        ("10 kişi altına indirim yok 10 kişi ve üstü %10", "10%/10"),
        ("half price if 30 come", "50%/30"),
        ("200 yerine 170 olur", "170"),
        ("fiyatı 180e çekerim", "180"),
        ("we could go down to 95", "95"),
        ("95 each for 40 or more", "95/40x"),
        ("15% ama en az 20 kişi şart", "15%/20"),
        ("10 kişi için 10 lira, 20 kişi için 20 lira indirim", "-10/10 -20/20"),
        ("3 kg üstü alana kilosu 90", "90/3x"),
        ("90dan aşağı kurtarmaz", "90"),
        ("can't go below 80", "80"),
        ("kişi başı 200 yerine 175", "175"),
        ("175 kişi başı, 20den az olmazsa", "175/20"),
        ("10un üstünde %12", "12%/10"),
        ("85 apiece, minimum 30", "85/30x"),
        ("15 olursanız 15", "15%/15"),
        ("grup 10u geçerse %12", "12%/11"),
    ],
)
def test_counter_to_the_discount_asked(text: str, tiers: str) -> None:
    reading = said(text, role="seller", question=asking("s_discount", GROUP))

    assert (reading["act"], spoken(reading["discounts"])) == ("counter_discount", tiers)


@pytest.mark.parametrize(
    ("text", "tiers"),
    [
        ("tulumba kilosu 300, 3 kilo ve üstüne 270", "270/3x"),
        ("apple pies 450 each, 3 or more at 400", "400/3x"),
        ("simit 15 lira 50 alana 12 lira", "12/50x"),
        ("kahve 60 lira, 10 kişi gelirse %10", "10%/10"),
        ("fiyatı 220ye düşürdük", ""),
    ],
)
def test_terms_beside_goods(text: str, tiers: str) -> None:
    assert spoken(said(text, role="seller").get("discounts", [])) == tiers


@pytest.mark.parametrize(
    ("text", "gift"), [("1 alana 1 bedava", "1 alana 1 bedava"), ("çay bizden", "çay bizden")]
)
def test_gift_is_kept_in_words(text: str, gift: str) -> None:
    reading = read(text, role="seller", question=asking("s_discount", GROUP))

    assert [tier.gift for tier in reading.discounts] == [gift]

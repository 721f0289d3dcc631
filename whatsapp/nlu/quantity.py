"""How many pieces, or how much of what measure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from whatsapp.nlu.reading import Question
from whatsapp.nlu.scan import Scan

_MOST = 1_000_000
# Units that say how big one piece is, when pieces are counted too.
MEASURES = frozenset(("kg", "g", "l"))
UNITS: tuple[tuple[str, str], ...] = (
    ("kg", r"kg|kgs|kilo(?:gram)?s?|kilogram"),
    ("g", r"g|gr|gram|grams"),
    ("l", r"l|lt|litre|liter|litres|liters"),
    ("portion", r"porsiyon|portions?|servings?|tabak|plates?"),
    ("box", r"kutu|koli|box|boxes|cartons?"),
    ("pack", r"paket|packs?|packets?|packages?"),
    ("crate", r"kasa|crates?"),
    ("glass", r"bardak|glass|glasses|cups?"),
    ("bowl", r"kase|bowls?"),
    ("scoop", r"top|scoops?"),
    ("pair", r"cift|pairs?"),
    ("m2", r"m ?2|metrekare|square met(?:re|er)s?|sqm"),
    (
        "",
        r"tane|tanesi|adet|pieces?|pcs|pc|x|units?|of them|dal|demet|bunch(?:es)?|sise|bottles?"
        r"|kavanoz|jars?|cans?|tins?|dilim|slices?|lo(?:af|aves)|teneke|tepsi|trays?|tup|tube?s?|bidon",
    ),
)
_ANY = "|".join(words for _, words in UNITS)
_SUFFIX = r"(?:'?(?:lik|luk|i|u|si|sini|e|a))?"
# Measures that are never bought by: they tell one model or bottle from another.
_WHOLE_SIZE = (
    r"(?P<size>\d+(?:\.\d+)?(?:'l[iu]k?)? ?(?:ml|cl|cm|mm|mt|metre|met(?:er|re)s?|inc"
    r"|inch|inches|gb|tb|mah|watt|volt|mg)"
    r"|\d\d m|\d+ x \d+(?: x \d+)?(?: cm)?|\d+ / \d+(?: r ?\d+)?|\d+ pack(?= ones?)|\d+'l[iu]"
    r"|\d+ mevsim|(?:[a-z]+ )?kids? size|[a-z]\d+ model)(?:'?l[iu]k)?(?: ones?)?"
)
AMOUNT = rf"(?P<n>\d+(?:\.\d+)?)(?:'[a-z]+)? (?!l[ae] )(?P<u>{_ANY}){_SUFFIX}(?: of(?! us))?"
# "a kilo of feta", but not "400 a kilo of it".
_ONE = rf"(?<!\d )(?<!tl )(?<!usd )(?<!eur )(?<!gbp )an? (?P<u>{_ANY}) of(?! us)"
_TIMES = r"x ?(?P<n>\d{1,3})(?= (?:$|[,.!?]))"
_QUARTER = r"ceyrek (?P<u>kilo|litre|porsiyon)"


@dataclass(frozen=True, slots=True)
class Amount:
    """``quantity`` of ``unit``, pieces when it is ``None``; where in the line it stands."""

    quantity: float
    unit: str | None = None
    start: int = -1
    end: int = -1


def unit_of(words: str) -> str | None:
    """The unit that ``words`` name, ``None`` for pieces."""
    for name, pattern in UNITS:
        if re.fullmatch(pattern, words):
            return name or None
    return None


def read_amounts(scan: Scan) -> list[Amount]:
    """Take all numbers that carry a unit out of ``scan``."""
    scan.take_all(rf"\d+ (?:{_ANY}) degil", "rejected")
    found = [
        Amount(float(m["n"]), unit_of(m["u"]), m.start(), m.end())
        for m in scan.take_all(AMOUNT, "quantity")
        if 0 < float(m["n"]) <= _MOST
    ]
    found += [
        Amount(float(m["n"]), None, m.start(), m.end())
        for m in scan.take_all(_TIMES, "quantity")
        if float(m["n"]) > 0
    ]
    for pattern, quantity in ((_ONE, 1.0), (_QUARTER, 0.25)):
        found.extend(
            Amount(quantity, unit_of(m["u"]), m.start(), m.end())
            for m in scan.take_all(pattern, "quantity")
        )
    return sorted(found, key=lambda amount: amount.start)


def read_sizes(scan: Scan) -> tuple[str, ...]:
    """Take sizes of one piece out of ``scan``: "250 gr'lık paket", "1.5 litrelik"."""
    lik = (
        r"(?P<size>\d+(?:\.\d+)? (?:kg|kilo|g|gr|gram|l|lt|litre|ml|cl|cm|top))(?:'?l[iu]k"
        r"| l[iu]k)"
    )
    pack = (
        r"(?P<size>\d+(?:\.\d+)? (?:kg|g|gr|l|lt|ml|cl|litre|liter))(?= (?:packs?|boxes"
        r"|bottles?|cans?|jars?|paket|sise|kavanoz))"
    )
    found = [*scan.take_all(lik, "variant"), *scan.take_all(pack, "variant")]
    found += scan.take_all(_WHOLE_SIZE, "variant")
    return tuple(
        scan.surface(*match.span("size")).removesuffix("lik").removesuffix("lık") for match in found
    )


def read_answer(scan: Scan, question: Question | None) -> Amount | None:
    """A bare number, when the quantity was asked."""
    if question is None or question.ask != "ask_quantity":
        return None
    found = scan.take(r"(\d+(?:\.\d+)?)(?:'[a-z]+)?", "quantity")
    if found is None and scan.has(r"bir|one|tek|just one"):
        return Amount(1)
    return Amount(float(found.group(1))) if found and 0 < float(found.group(1)) <= _MOST else None

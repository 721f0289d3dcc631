"""The lowest price that a seller will ever take: ``80'in altına inmem``, ``not below 80``."""

from __future__ import annotations

from whatsapp.nlu.money import minor
from whatsapp.nlu.reading import Budget
from whatsapp.nlu.scan import Scan

_N = r"(?P<n>\d+(?:\.\d+)?)"
_END = r"(?:'[a-z]+)?"
_MONEY = rf"{_N}{_END}(?: (?:tl|lira[a-z]*){_END})?"
_REFUSES = (
    r"(?:in(?:mem|meyiz|emem|emeyiz|miyor\w*|ilmez|mesin)|dus(?:mem|meyiz|emem|mesin|ulmez)"
    r"|sat(?:mam|mayiz|amam|ilmaz)|ver(?:mem|meyiz|emem|ilmez)|olmaz|olmasin|yok|kurtarmaz"
    r"|anlas\w*ma\w*|kabul etme\w*)"
)
_NAMED = (
    r"(?:taban(?: fiyat\w*)?|(?:en )?dip fiyat\w*|en dusuk(?: fiyat\w*)?|alt sinir\w*"
    r"|asgari fiyat\w*)"
)
_FORMS = (
    rf"{_NAMED}(?: (?:olarak|olsun|bu|su))? {_MONEY}(?: olsun| yaz\w*)?",
    rf"{_MONEY} (?:alti(?:na)?|asagi(?:ya|sina)?)(?: \w+)? {_REFUSES}",
    rf"{_MONEY} {_NAMED}",
    rf"(?:my |our |the )?(?:lowest(?: price)?|floor(?: price)?|minimum price|bottom line)"
    rf"(?: i (?:take|accept)| we (?:take|accept))?(?: is| should be| at|:)? {_MONEY}",
    rf"(?:never |not |don'?t (?:go |sell )?|won'?t (?:go |sell )?|no )"
    rf"(?:it )?(?:below|under|less than|lower than|cheaper than) {_MONEY}",
)


def read_floor(scan: Scan) -> Budget | None:
    """Take the lowest price out of ``scan``; of several the last one counts."""
    found = [match for form in _FORMS for match in scan.take_all(form, "floor")]
    if not found:
        return None
    last = max(found, key=lambda match: match.start())
    return Budget(minor(float(last["n"]), "TRY"), "TRY", "each")

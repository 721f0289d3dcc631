"""How many of each product, and the words that narrow it."""

from __future__ import annotations

import re

from iceshop.kernel.text import tr_lower
from whatsapp.nlu import product_words as words
from whatsapp.nlu.named import Named
from whatsapp.nlu.quantity import MEASURES, Amount
from whatsapp.nlu.scan import Scan, rule

_MADE = r"[a-z]{3,}(?:l[iu]|s[iu]z)"
_NARROWING = rf"{words.VARIANT}|{words.BESIDE}|{_MADE}"
_LISTED = rf"{words.VARIANT}|{words.BESIDE}"
_LEFT = re.compile(rf" (?P<word>{_NARROWING}|[sml]) $")
_RIGHT = re.compile(rf"(?: ,)? (?P<word>{words.VARIANT}|{_MADE})(?= )")
_EACH = re.compile(rf"(?<= )(?:{_LISTED})(?= |$)")
_NEAR = 40
# A number after one of these belongs to a name or a size.
_MODEL = re.compile(
    r" (?:iphone|galaxy|samsung|redmi|xiaomi|size|numara|no|model|ps|xbox|airpods|pro"
    r"|beden) $"
)
_BEFORE = re.compile(
    rf"(?<= )(\d+(?:\.\d+)?)(?:'s[ae]r)?(?P<between>(?: (?:{_NARROWING}|[sml]|more|extra|good|nice"
    r"|de|da|adet|tane|[a-z]+))*?) $"
)
_FREE = rule(rf"{_NARROWING}|[sml]|more|extra|good|nice|de|da|adet|tane")
_AN_HOUR = re.compile(r" (?:at|by|after|before|until|till|saat|to|and|ile|veya|or|no|numara) $")
# A clause of narrowing words only: ", wooden, " or ", black one".
_CLAUSE = re.compile(
    rf"(?<=[,.;!?(-] )(?P<word>{_LISTED})(?P<more>(?: (?:and |ve |& |, )?(?:{_LISTED}))*)"
    r"(?: (?:ones?|olsun|olursa \w+|if possible|please|olanindan|tercihen|preferably))?"
    r"(?= (?:[,.;!?)#-]|$))|(?<= )(?P<one>[a-z]{3,}) ones?(?= (?:[,.;!?)#-]|$|if |please |for ))"
)
_NO_KIND = frozenset(
    "the this that any good new same other each big nice cheap little last".split()
)
_INNER = rule(r"soguk|sicak|buzlu|iced|cold(?! brew)|dried|serpme|rotisserie|smoked|vegan|scented")
_REJECTED = (
    rf"(?:{words.VARIANT}|[sml]) (?:degil|yerine|olmasin|olmaz)|(?:not|instead of|rather than|no)"
    rf" (?:{words.VARIANT})"
)


def attach_amounts(scan: Scan, named: list[Named], amounts: list[Amount]) -> Amount | None:
    """Give each product its number; returns an amount that belongs to none."""
    for product in named:
        product.amount = _number_before(scan, product)
    left: Amount | None = None
    if _alternate(named, amounts):
        for product, amount in zip(named, amounts, strict=True):
            product.amount = product.amount or amount
        return None
    for amount in amounts:
        after = [n for n in named if n.start >= amount.end and n.amount is None]
        before = [n for n in named if n.end <= amount.start and n.amount is None]
        near = [n for n in after if n.start - amount.end < _NEAR] or before[-1:] or after
        if (
            before
            and _parts(scan, amount.end, near[0].start)
            and before[-1].end + 1 == amount.start
        ):
            near = before[-1:]
        if near:
            near[0].amount = amount
        elif named:
            _second(min(named, key=lambda n: abs(n.start - amount.start)), amount)
        else:
            left = left or amount
    return left


def _alternate(named: list[Named], amounts: list[Amount]) -> bool:
    """Whether every product is followed by its amount: "köfte 1 kilo sucuk yarım kilo"."""
    order = sorted(
        [(product.start, 0) for product in named] + [(amount.start, 1) for amount in amounts]
    )
    return len(named) > 1 and [kind for _, kind in order] == [0, 1] * len(named)


def _parts(scan: Scan, start: int, end: int) -> bool:
    """Whether a comma or the like stands between an amount and the product behind it."""
    return (
        start < end and re.search(r"[,.;+&]| (?:ve|and|bir de) ", scan.whole[start:end]) is not None
    )


def _second(product: Named, amount: Amount) -> None:
    """Of two amounts the one that counts is the quantity, the measure is the size of a piece."""
    first = product.amount
    if first is None or (first.unit in MEASURES) == (amount.unit in MEASURES):
        return
    count, size = (amount, first) if first.unit in MEASURES else (first, amount)
    product.amount = count
    product.narrowed.append((size.start, size.end))


def _number_before(scan: Scan, product: Named) -> Amount | None:
    """A bare number before the name, with only narrowing words between."""
    inner = [start for start, end in product.narrowed if end + 1 == product.start]
    head = scan.text[: min([product.start, *inner])]
    found = _BEFORE.search(head)
    if found is None or float(found.group(1)) <= 0:
        return None
    between = _FREE.sub("", f"{found['between']} ").split()
    if len(between) > 2 or not all(map(words.is_open, between)):
        return None
    if _MODEL.search(head[: found.start()]):
        return None
    if between and _AN_HOUR.search(head[: found.start()]):
        return None
    start = found.start(1)
    scan.cover(start, found.end(1), "quantity", "before product")
    return Amount(float(found.group(1)), None, start, found.end(1))


def read_variants(scan: Scan, named: list[Named]) -> tuple[str, ...]:
    """Take narrowing words out of ``scan``, as written; those inside the names count too."""
    scan.take_all(_REJECTED, "rejected")
    spans = [span for product in named for span in product.narrowed]
    for span in spans:
        scan.cover(*span, "variant", "flavour")
    spans += [match.span() for match in scan.take_all(words.WITH, "variant")]
    for product in named:
        spans += _beside(scan, product)
    spans += [match.span() for match in scan.take_all(words.VARIANT, "variant")]
    if named:
        spans += _clauses(scan)
    for product in named:
        spans += _inside(scan, product)
    said = (tr_lower(scan.surface(*span)) for span in sorted(spans))
    return tuple(dict.fromkeys(said))


def _beside(scan: Scan, product: Named) -> list[tuple[int, int]]:
    """Words right before the name, and right behind it, that narrow it."""
    spans = []
    at = product.start
    while (found := _LEFT.search(scan.text[:at])) is not None and _narrows(found["word"]):
        spans.append(found.span("word"))
        at = found.start("word")
    at = product.end
    while (found := _RIGHT.match(scan.text[at:])) is not None and _narrows(found["word"]):
        spans.append((at + found.start("word"), at + found.end("word")))
        at += found.end()
    for span in spans:
        scan.cover(*span, "variant", "beside product")
    return spans


def _clauses(scan: Scan) -> list[tuple[int, int]]:
    """Narrowing words in a clause of their own, and kinds said with "one"."""
    spans = []
    for found in _CLAUSE.finditer(scan.text):
        if found["one"] is not None:
            if found["one"] not in _NO_KIND and not words.is_common(found["one"]):
                spans.append(found.span("one"))
        else:
            spans.append(found.span("word"))
            shift = found.start("more")
            spans += [(shift + m.start(), shift + m.end()) for m in _EACH.finditer(found["more"])]
    for span in spans:
        scan.cover(*span, "variant", "clause")
    return spans


def _narrows(word: str) -> bool:
    return not words.MADE.fullmatch(word) or words.narrows(word)


def _inside(scan: Scan, product: Named) -> list[tuple[int, int]]:
    """Narrowing words with which a name of several words begins: "iced latte"."""
    line = f" {scan.whole[product.start : product.end]} "
    inner = [match.span() for match in _INNER.finditer(line)]
    shift = product.start - 1
    return [(a + shift, b + shift) for a, b in inner if b < len(line) - 1]

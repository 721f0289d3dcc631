"""How much: the most somebody pays, for what unit, and prices."""

from __future__ import annotations

import re
from dataclasses import dataclass

from iceshop.kernel.money import exponent
from whatsapp.nlu.reading import Budget, Question
from whatsapp.nlu.scan import Scan, rule

# Larger sums are a slip of the finger or a telephone number.
_MOST = 10_000_000
_CURRENCIES = {"tl": "TRY", "usd": "USD", "eur": "EUR", "gbp": "GBP"}
_SUM = r"\d+(?:\.\d+)?(?:'[a-z]+)?"
_CURRENCY = r"(?:tl|usd|eur|gbp)(?:'[a-z]+)?"
# A number after which something other than money is counted.
NOT_MONEY = (
    r"(?! (?:kisi\w*|people|persons?|guests?|km|m|metre\w*|meters?|metres?|minutes?"
    r"|mins?|dakika\w*|saat\w*"
    r"|hours?|days?|gun\w*|hafta|weeks?|tane|adet|pcs|kg|kilo|g|gr|gram|l|lt|litre\w*|pm"
    r"|am|years?|of us|of them"
    r"|porsiyon|portions?|kutu|box\w*|paket|packs?|kasa|beden|numara|no|arkadas\w*|friends?))"
)
PER: tuple[tuple[str, str], ...] = (
    (
        "kg",
        r"kilosu(?:na|nu|nun|n)?|kilogrami(?:na)?|kg'?[is]?i?|a kilo|per kilo\w*|per kg"
        r"|a kg|/ ?kg|kilo basi(?:na)?|the kilo",
    ),
    (
        "person",
        r"kisi ?basi(?:na|nda)?|adam ?basi(?:na)?|kelle basi|kisi bas|per (?:person|head"
        r"|capita)|a (?:head|person)"
        r"|each person|pp|p / p|for each of us|per each person",
    ),
    ("pair", r"cifti(?:ne|ni)?|a pair|per pair"),
    ("m2", r"metrekaresi(?:ne|ni)?|per (?:square met(?:re|er)|m2|sqm)|m2'?si"),
    (
        "each",
        r"tanesi(?:ne|ni|nin)?|tane ?basi(?:na)?|adedi(?:ne|ni)?|adet basi(?:na)?"
        r"|birim(?:i|ine)?|each|apiece|a piece"
        r"|per (?:piece|item|unit)|a pop|the piece",
    ),
)
_PER = "|".join(words for _, words in PER)
_MOST_WORDS = (
    r"max(?:imum)?(?: of)?|maks(?:imum)?|en (?:fazla|cok|yuksek)|azami|at most|up to"
    r"|under|below|less than"
    r"|(?:not|no|never|dont wanna pay|don'?t want to pay) (?:pay )?more than"
    r"|nothing (?:over|above|more than)"
    r"|not (?:over|above|exceeding)|cheaper than|maximum of|upto|tops|limit(?:im"
    r"|imiz)?(?: is| of)?|cap(?: of)?"
)
_SUM_WORDS = (
    r"butce(?:m|miz|si)?(?: olarak)?|(?:my |our |the |total )?budget(?:'?s| is| of"
    r"| around| up to| to)?|toplam(?:da|i)?"
    r"|total(?: of)?|in total|altogether|tutar(?:i)?|fiyat(?:i)?"
    r"|for(?= \d+(?:\.\d+)? (?:tl|usd|eur|gbp))|got|have"
    r"|i(?: can|'ll| will)? pay|is|yaklasik|around|about|ortalama|sadece|only|gunluk"
    r"|daily|its|it's|say|i'?d pay"
)
_AFTER = (
    r"(?:at )?max(?:imum)?|maks(?:imum)?|en (?:fazla|cok)|at (?:the )?most|tops|or less"
    r"|altogether|total|in total|toplam(?:da)?"
    r"|civar\w*|falan|filan|yeter|usd?|budget|butce\w*|max|limit|all in|arasi\w*"
    r"|for (?:both|all)(?: of us)?"
)
_TO = r"(?:-|ile|ila|to|and|veya|ve|or)"
_NO_MATTER = (
    r"(?:para|butce|fiyat|ucret)(?:m|miz|nin|i|si|nin|min)? (?:hic )?(?:fark ?etmez"
    r"|onemli degil|onemi yok|sorun degil"
    r"|dert degil|derdim(?:iz)? yok|sinir(?:im)? yok|limit(?:im)? yok|sinirsiz"
    r"|problem degil|muhim degil)"
    r"|butce derdim yok|ne kadar olursa olsun|kac para olursa olsun|kaca olursa olsun"
    r"|(?:budget|money|price|cost) (?:doesn'?t matter|does not matter|isn'?t (?:an issue"
    r"|important)|is (?:no|not an?)"
    r" (?:object|issue|problem|matter)|no (?:object|issue|problem)|is (?:open|flexible)"
    r"|not important|flexible)"
    r"|no (?:budget|price|upper|spending)? ?limit(?: really| on price)?|any (?:price"
    r"|budget)|whatever (?:the price|it costs)"
    r"|don'?t care about (?:the )?(?:price|money|budget)|money'?s no object"
)
_NO_MATTER_ASKED = (
    r"fark ?etmez|farketmez|farketmiyor|sinir(?:im|imiz)? yok|limit(?:im)? yok"
    r"|onemli degil|onemi yok|sinirsiz|hic fark etmez"
    r"|any(?:thing)?|doesn'?t matter|does not matter|don'?t care|don'?t mind|whatever"
    r"|unlimited|not important|flexible|sorun degil"
)


@dataclass(frozen=True, slots=True)
class Spending:
    """What a buyer said about money; ``any_budget`` when it is no matter."""

    budget: Budget | None = None
    any_budget: bool = False


def minor(amount: float, currency: str) -> int:
    """An amount in minor units of ``currency``."""
    return round(amount * float(10 ** exponent(currency)))


def per_of(words: str, default: str = "total") -> str:
    """What a price is for, from the words around it."""
    for name, pattern in PER:
        if re.search(rf"(?<![a-z])(?:{pattern})(?![a-z])", words):
            return name
    return default


def read_spending(scan: Scan, question: Question | None) -> Spending:
    """Take a buyer's budget out of ``scan``."""
    asked = question is not None and question.ask == "ask_budget"
    if scan.take(_NO_MATTER, "budget"):
        return Spending(any_budget=True)
    scan.take_all(
        rf"{_SUM}(?: {_CURRENCY})?(?: olsun| ,)* (?:yok|pardon|hayir|no wait|wait no|sorry|i mean)"
        r"(?: yok)?(?= \d)",
        "rejected",
    )
    scan.take_all(
        rf"{_SUM}(?: {_CURRENCY})? degil|not {_SUM}(?: {_CURRENCY})?(?! more)", "rejected"
    )
    scan.take_all(
        rf"{_SUM}(?: {_CURRENCY})? (?:vermem|veremem|odemem|cok|pahali|fazla(?! olma"
        r"| verme| etme| odeme)|is too much)(?! \d)",
        "rejected",
    )
    budget = _range(scan, asked=asked) or _stated(scan) or _capped(scan) or _directed(scan)
    if budget is None and asked:
        budget = _bare(scan, rf"(?P<a>{_SUM}){NOT_MONEY}", "asked")
        if budget is None and (
            scan.take(_NO_MATTER_ASKED, "budget") or scan.whole.strip() == "yok"
        ):
            return Spending(any_budget=True)
    return Spending(budget)


def read_left_over(scan: Scan) -> Budget | None:
    """A round number that stands alone and that nothing else explained, as the budget."""
    return _bare(
        scan, r"(?P<a>(?:[3-9]\d|\d{3,5})(?:\.\d+)?(?:'[y]?[ae])?)(?= (?:$|[,.?!)]))", "alone"
    )


def _amount(words: str) -> float:
    return float(words.partition("'")[0])


def _currency(scan: Scan, words: str) -> str:
    found = re.search(r"(?<![a-z])(tl|usd|eur|gbp)(?![a-z])", words) or re.search(
        r" (usd|eur|gbp)(?:'[a-z]+)? ", scan.whole
    )
    return _CURRENCIES[found.group(1)] if found else "TRY"


def _make(scan: Scan, found: re.Match[str], most: str, least: str | None, by: str) -> Budget | None:
    amount = _amount(most)
    if not 0 < amount <= _MOST:
        return None
    start, end = found.span()
    around = scan.text[max(0, start - 30) : end + 24]
    near = re.search(
        rf"(?:(?:{_PER}) (?:en (?:fazla|cok) |max )?)?{re.escape(found.group())}(?: (?:{_PER}))?",
        around,
    )
    words = near.group() if near else found.group()
    per = per_of(words)
    if per == "total" and re.search(r"'s[ae]r", most):
        per = "person"
    offset = around.find(words)
    scan.cover(max(0, start - 30) + offset, max(0, start - 30) + offset + len(words), "budget", by)
    currency = _currency(scan, words)
    low = minor(_amount(least), currency) if least else None
    return Budget(minor(amount, currency), currency, per, low)


def _first(scan: Scan, pattern: str, by: str, least: float = 0) -> Budget | None:
    for found in rule(pattern).finditer(scan.text):
        if _amount(found["a"]) < least:
            continue
        low = found.groupdict().get("low")
        if low and _amount(low) >= _amount(found["a"]):
            low = None
        if (budget := _make(scan, found, found["a"], low, by)) is not None:
            return budget
    return None


_BEFORE = rf"(?:(?:{_PER}|{_MOST_WORDS}|{_SUM_WORDS}|#+) ){{0,5}}"
_BEHIND = rf"(?: (?:{_AFTER}|{_PER}))*"


def _range(scan: Scan, *, asked: bool) -> Budget | None:
    low, high = rf"(?P<low>{_SUM})(?: {_CURRENCY})?", rf"(?P<a>{_SUM})"
    budget = _first(
        scan, rf"{_BEFORE}(?:between |from )?{low} {_TO} {high} {_CURRENCY}{_BEHIND}", "range"
    )
    if budget is None:
        budget = _first(
            scan,
            rf"(?:{_MOST_WORDS}|{_SUM_WORDS}) (?:between "
            rf"|from )?{low} {_TO} {high}{NOT_MONEY}{_BEHIND}",
            "range",
            25,
        )
    if budget is None and asked:
        budget = _first(
            scan, rf"(?:between |from )?{low} (?:{_TO} )?{high}(?: {_CURRENCY})?{_BEHIND}", "range"
        )
    return budget


def _stated(scan: Scan) -> Budget | None:
    """A sum with its currency; one that is called the most goes first."""
    with_cap = _first(
        scan, rf"{_BEFORE}(?:{_MOST_WORDS}) {_BEFORE}(?P<a>{_SUM}) {_CURRENCY}{_BEHIND}", "capped"
    )
    return with_cap or _first(scan, rf"{_BEFORE}(?P<a>{_SUM}) {_CURRENCY}{_BEHIND}", "currency")


def _capped(scan: Scan) -> Budget | None:
    """A sum without currency beside words that say it is money or the most."""
    caps = (
        rf"(?:{_MOST_WORDS}|{_PER}|butce(?:m|miz)?|(?:my |our )?budget(?: is|'s| to)?"
        r"|toplam(?:da)?)"
    )
    before = _first(
        scan, rf"{_BEFORE}{caps} {_BEFORE}(?P<a>{_SUM}){NOT_MONEY}{_BEHIND}", "capped", 10
    )
    after = (
        r"(?:max(?:imum)?|maks|en (?:fazla|cok)|at (?:the )?most|tops|or less|altogether"
        rf"|in total|toplam(?:da)?|total|{_PER}|for (?:both|all)(?: of us)?)"
    )
    return before or _first(scan, rf"(?P<a>{_SUM}) {after}{_BEHIND}", "capped", 10)


def _directed(scan: Scan) -> Budget | None:
    """A sum whose ending says that it is a price or a bound: 200'e olur mu, 120'yi geçmesin."""
    bound = (
        r"(?:gec(?:me\w*)|as(?:ma\w*)|fazla (?:olma\w*|verme\w*|etme\w*)|ustu (?:olma\w*"
        r"|cik\w*)|ustune cik\w*|alti(?:nda)?"
        r"|(?:'?e |'?a )?kadar(?: cikarim| olur)?|veririm|alirim|ver(?:ebilirim|iriz)"
        r"|odeyebilirim|oderim)"
    )
    found = _first(scan, rf"{_BEFORE}(?P<a>{_SUM}) {bound}", "bound", 25)
    found = found or _first(scan, rf"{_BEFORE}(?:{_PER}) {_BEFORE}(?P<a>{_SUM}) {bound}", "bound")
    found = found or _first(scan, rf"(?P<a>{_SUM}) for (?:a|an|the|my|some)", "for", 30)
    return found or _first(
        scan, rf"{_BEFORE}(?P<a>\d+(?:\.\d+)?'(?:y[ae]|[ae])){_BEHIND}", "dative", 32
    )


def _bare(scan: Scan, pattern: str, by: str) -> Budget | None:
    return _first(scan, pattern, by)

"""How much: the most somebody pays, for what unit."""

from __future__ import annotations

import re
from dataclasses import dataclass

from iceshop.kernel.money import exponent
from whatsapp.nlu.money_words import CURRENCIES, CURRENCY
from whatsapp.nlu.no_matter import ASKED, NO_MATTER
from whatsapp.nlu.reading import Budget, Question
from whatsapp.nlu.scan import Scan, rule
from whatsapp.nlu.sums import Sum, join_ranges, read_sums

# Larger sums are a slip of the finger or a telephone number.
_MOST = 10_000_000
_SUM = r"\d+(?:\.\d+)?(?:'[a-z]+)?"
_MONEY = rf"{_SUM}(?: {CURRENCY})?"
_SECOND_THOUGHTS = (
    r"(?:yok|pardon|hayir|no wait|wait no|wait|sorry|i mean|aslinda|actually|or rather)"
)
_REJECTED = (
    rf"{_MONEY}(?: olsun| ,| \.)* {_SECOND_THOUGHTS}(?:(?: yok| ,| \.| {_SECOND_THOUGHTS}))*"
    rf"(?= (?:[a-z']+ ){{0,2}}\d)",
    rf"{_MONEY} (?:degil(?: de)?|yerine)|(?:not|instead of|rather than|forget(?: the)?) {_MONEY}"
    r"(?! more)",
    rf"{_MONEY} olmaz(?: m[iu])?(?= (?:[a-z']+ ){{0,2}}\d)",
    rf"{_MONEY} (?:dedim|demistim|yazdim|yazmisim|diyordum)(?: ama)?(?= .*\d)|(?:i said"
    rf"|was) {_MONEY}"
    r"(?= .*\d)",
    rf"{_MONEY} (?:cok(?! ol)|(?:vermem|veremem|odemem|pahali|is too much"
    r"|fazla(?! ol| ver| et| ode| cik)|(?:would be|sounds) too much)(?! \d))",
    rf"(?:deliver\w*|kargo|teslimat)(?: (?:is|fee|ucreti))? {_MONEY}",
)
_WEIGHTS = {"currency": 8, "per": 5, "cap": 5, "bound": 4, "budget": 5, "about": 1, "hint": 1}
_WEIGHTS |= {"range": 2, "floor": 0, "covered": 0}
_ENOUGH = 4
# Bounds and hints speak of sums only from here on; below, hours and counts are meant.
_SMALL = {"bound": 25, "budget": 10, "cap": 10, "about": 25, "hint": 25, "range": 25}
_DATIVES = ("a", "e", "ya", "ye")
_LEAST_DATIVE = 32
_EACH_ENDINGS = ("er", "ar", "ser", "sar")
_TOLD_OFF = re.compile(
    r" (?:and|ve|ama|but|olsun|olacak\w*|olabilir|yap\w*|yaz\w*|diyelim|not|degil|instead|please"
    r"|lutfen|max)(?= )"
)
_FOR_THING = re.compile(r" for (?:a|an|the|my|some|it|this|that) ")


@dataclass(frozen=True, slots=True)
class Spending:
    """What a buyer said about money; ``any_budget`` when it is no matter."""

    budget: Budget | None = None
    any_budget: bool = False


def minor(amount: float, currency: str) -> int:
    """An amount in minor units of ``currency``."""
    return round(amount * float(10 ** exponent(currency)))


def read_spending(scan: Scan, question: Question | None) -> Spending:
    """Take a buyer's budget out of ``scan``."""
    asked = question is not None and question.ask == "ask_budget"
    for pattern in _REJECTED:
        scan.take_all(pattern, "rejected")
    sums = join_ranges(scan.text, read_sums(scan.text), loose=asked)
    best = _best(scan.text, sums, asked=asked)
    if best is not None:
        return Spending(_taken(scan, best, "asked" if asked else "money"))
    if scan.take(NO_MATTER, "budget"):
        return Spending(any_budget=True)
    if asked and (scan.take(ASKED, "budget") or scan.whole.strip(" .!") == "yok"):
        return Spending(any_budget=True)
    return Spending()


def read_left_over(scan: Scan, *, corrects: bool = False) -> Budget | None:
    """A round number that stands alone and that nothing else explained, as the budget.

    ``corrects``: the message answers a summary, so that the number may be told off by a small word.
    """
    for one in join_ranges(scan.text, read_sums(scan.text), loose=False):
        if "floor" in one.tags or (one.ending and one.ending not in _DATIVES):
            continue
        behind = scan.text[one.number_end :]
        stop = r" (?:$|[,.?!)(;:])" if one.value >= 100 else r" (?:$|[,?!)(;:]|\. ?$)"
        last = re.match(stop, behind) is not None
        last = last or (corrects and _TOLD_OFF.match(behind) is not None)
        if one.least is None and re.search(r"\d $", scan.text[: one.at]):
            continue  # a telephone number in parts
        alone = last or one.end != one.number_end
        inside = one.value >= 100 and re.match(r" #", behind) is not None
        if one.value >= 30 and (alone or (inside and one.value % 10 == 0)):
            return _taken(scan, one, "alone")
    return None


def _best(text: str, sums: list[Sum], *, asked: bool) -> Sum | None:
    """The sum with most words of money beside it; a floor completes it to a range."""
    usable = [one for one in sums if 0 < one.value <= _MOST]
    weighed = [(_weight(text, one), one) for one in usable]
    most = max((weight for weight, one in weighed if not _is_floor(one)), default=0)
    enough = 0 if asked else _ENOUGH
    top = [one for weight, one in weighed if weight == most and not _is_floor(one)]
    if not top or most < enough:
        return next((one for w, one in weighed if w >= _ENOUGH), None) if usable else None
    best = top[0]
    floor = next((one for one in usable if _is_floor(one) and one.value < best.value), None)
    if floor is not None and best.least is None:
        return _with_floor(best, floor)
    return best


def _is_floor(one: Sum) -> bool:
    return "floor" in one.tags and "cap" not in one.tags


def _with_floor(best: Sum, floor: Sum) -> Sum:
    if floor.tags.isdisjoint(("currency", "per")) and floor.value < best.value / 20:
        return best
    return Sum(
        best.value, best.ending, best.currency or floor.currency, best.per or floor.per, best.tags,
        min(best.start, floor.start), best.at, best.number_end, max(best.end, floor.end),
        floor.value,
    )  # fmt: skip


def _weight(text: str, one: Sum) -> int:
    weight = sum(_WEIGHTS[tag] for tag in one.tags if one.value >= _SMALL.get(tag, 0))
    if "cap" in one.tags and "currency" in one.tags:
        weight += 4
    if one.ending in _DATIVES and one.value >= _LEAST_DATIVE:
        weight += 4
    if _FOR_THING.match(text, one.number_end) and one.value >= 30:
        weight += 4
    if "hint" in one.tags and re.search(r" for $", text[: one.at]) and one.value > 40:
        weight += 4
    if "range" in one.tags and one.value >= 100 and "about" in one.tags:
        weight += 3
    if "about" in one.tags and one.value >= 100 and one.value % 10 == 0:
        weight += 3
    return weight


def _taken(scan: Scan, one: Sum, by: str) -> Budget:
    scan.cover(one.start, one.end, "budget", by)
    currency = one.currency or _elsewhere(scan)
    least = None if one.least is None else minor(one.least, currency)
    per = one.per or ("total" if one.ending not in _EACH_ENDINGS else _each(scan))
    return Budget(minor(one.value, currency), currency, per, least)


def _each(scan: Scan) -> str:
    """What "250'şer" is for: each person where people were counted, else each piece."""
    return "person" if any(find.slot == "group_size" for find in scan.finds) else "each"


def _elsewhere(scan: Scan) -> str:
    """The currency named apart from the number, else lira."""
    found = rule(r"(usd|eur|gbp)(?:'[a-z]+)?").search(scan.whole)
    return CURRENCIES[found.group(1)] if found else "TRY"

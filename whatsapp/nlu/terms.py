"""A seller's terms: benefits, and how many must come for each."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from whatsapp.nlu.money import minor
from whatsapp.nlu.reading import DiscountTier, Question
from whatsapp.nlu.scan import Scan, rule

_N = r"\d+(?:\.\d+)?"
_PERCENT = rf"%(?P<v>{_N})(?:'[a-z]+)?"
_PEOPLE = r"(?:kisi\w*|people|persons?|guests?|customers?|buyers?|musteri\w*|of (?:you|them))"
_PIECES = r"(?:tane|adet|pcs|pieces)"
_UP = r"(?:\+|(?:ve |and )?(?:ustu\w*|uzeri\w*|yukari\w*|fazla\w*|up|over|above|more)|or more|plus)"
_COMING = (
    r"(?:gel\w*|ol(?:ursa|sun|unca|duysa)|al(?:ana|irsa\w*|anlara)|icin|toplan\w*|come"
    r"|comes|show(?: up)?|buy|take|order|book|join|turn up)"
)
# How many must come or be bought, with words that show it is a condition.
_CROWD = (
    rf"(?:(?:en az|at least|min(?:imum)?|if|for|from|when|with|you|they|take|buy|eger) )*"
    rf"(?P<n>\d+)(?:'(?:d[ae]n|t[ae]n|[yl]?[aei]))?(?P<up> {_UP})?(?P<who> {_PEOPLE}"
    rf"| {_PIECES})?(?P<up2> {_UP})?(?P<do>(?: {_COMING})*)"
)
_JUST_OL = re.compile(r"ol\w*")
_CONDITION = re.compile(r"^(?:en az|at least|min|if|when|for|eger)")
_MORE_THAN = re.compile(
    rf"(?<= )(?:(?:more than|over) (?P<a>\d+)(?: {_PEOPLE})?|(?P<b>\d+)(?:'[dt][ae]n"
    rf"| kisiden) (?:fazla|cok)\w*(?: {_PEOPLE})?)(?= )"
)
_OFF = (
    rf"(?P<v>{_N})(?:'[a-z]+)?(?: (?:tl|usd|eur|gbp)(?:'[a-z]+)?)? (?:off|dus\w*|indir\w*"
    r"|iner\w*|less"
    r"|discount|kirar\w*|eksik|cheaper)"
)
# A benefit in words: what comes free.
_GIFT = (
    r"(?!kisi|musteri)[a-z]+(?:'[a-z]+)? (?:bizden|ikram\w*|hediye\w*|bedava|ucretsiz|on us"
    r"|on the house|for free|is free)|(?:a )?free [a-z]+|(?:bedava|ucretsiz|ikram) [a-z]+"
)
_GIVE = (
    r"(?:olsun|olur|ver\w*|yap\w*|inerim|ineriz|anca\w*|work\w*|is (?:fine|ok|possible)"
    r"|at most|max|diyelim|yeter)"
)
_FAR = 10_000
# A bare number up to this in answer to "what discount" is a percentage, above it a price.
_PERCENT_BELOW = 60


@dataclass(frozen=True, slots=True)
class Terms:
    """Discount tiers, and whether any discount was ruled out."""

    tiers: tuple[DiscountTier, ...] = ()
    refused: bool = False


@dataclass(frozen=True, slots=True)
class _Crowd:
    """A condition of a tier: how many, whether pieces rather than people, and where it stands.

    ``bought``: the words speak of buying, so that pieces are meant beyond doubt.
    """

    count: int
    pieces: bool
    start: int
    end: int
    bought: bool = False


@dataclass(frozen=True, slots=True)
class _Benefit:
    tier: DiscountTier
    start: int
    end: int


def read_terms(scan: Scan, question: Question | None) -> Terms:
    """Take discount tiers out of ``scan``: each benefit with the condition beside it."""
    asked = question is not None and question.ask == "s_discount"
    scan.take_all(r"%\d+ (?:cok|fazla|is (?:way )?too|too)(?: fazla| much| high)?", "rejected")
    if asked:
        scan.take_all(
            r"\d+ (?:cok(?: fazla)?|fazla|is too much|too much|olmaz|yapamam|veremem)", "rejected"
        )
    crowds = _crowds(scan)
    for crowd in crowds:
        scan.cover(crowd.start, crowd.end, "discounts", "condition")
    benefits = _benefits(scan, crowds, asked=asked)
    if not benefits:
        _uncover(scan, crowds)
        return Terms()
    pairs = zip(benefits, _paired(benefits, crowds), strict=True)
    return Terms(tuple(_with_crowd(benefit.tier, crowd) for benefit, crowd in pairs))


def _crowds(scan: Scan) -> list[_Crowd]:
    found = [
        _Crowd(int(m["a"] or m["b"]) + 1, re.search(_PEOPLE, m.group()) is None, *m.span())
        for m in _MORE_THAN.finditer(scan.text)
    ]
    taken = scan.text
    for crowd in found:
        taken = taken[: crowd.start] + "#" * (crowd.end - crowd.start) + taken[crowd.end :]
    for match in rule(_CROWD).finditer(taken):
        if _is_condition(match, has_percent="%" in scan.text):
            people = re.search(rf"{_PEOPLE}|come|show|gel|join", match.group()) is not None
            bought = re.search(r" (?:al|take|buy|order)", f" {match.group()}") is not None
            found.append(_Crowd(int(match["n"]), not people, *match.span(), bought and not people))
    return sorted(found, key=lambda crowd: crowd.start)


def _is_condition(found: re.Match[str], *, has_percent: bool) -> bool:
    """Whether a number is how many must come, and not a count of goods or a sum."""
    said = bool(found["up"] or found["up2"])
    if not (said or found["who"] or has_percent) and _JUST_OL.fullmatch(found["do"].strip()):
        return False
    if said or found["do"]:
        return True
    if has_percent and re.match(r"for |if |en az |at least |min", found.group()):
        return True
    if not found["who"] or re.search(_PIECES, found["who"]):
        return False
    return has_percent or _CONDITION.match(found.group()) is not None


def _uncover(scan: Scan, crowds: list[_Crowd]) -> None:
    """Give back numbers that turned out to be no condition."""
    for crowd in crowds:
        scan.text = (
            scan.text[: crowd.start] + scan.whole[crowd.start : crowd.end] + scan.text[crowd.end :]
        )


def _benefits(scan: Scan, crowds: list[_Crowd], *, asked: bool) -> list[_Benefit]:
    found = [
        _Benefit(DiscountTier(percent_bp=round(float(match["v"]) * 100)), *match.span())
        for match in rule(_PERCENT).finditer(scan.text)
        if 0 < float(match["v"]) <= 100
    ]
    found += [
        _Benefit(DiscountTier(gift=scan.surface(*match.span())), *match.span())
        for match in rule(_GIFT).finditer(scan.text)
    ]
    found += [
        _Benefit(DiscountTier(amount_off_minor=minor(float(match["v"]), "TRY")), *match.span())
        for match in rule(_OFF).finditer(scan.text)
    ]
    for benefit in found:
        scan.cover(benefit.start, benefit.end, "discounts")
    if not found:
        found = _unit_prices(scan, crowds, asked=asked)
    return sorted(found, key=lambda benefit: benefit.start)


def _unit_prices(scan: Scan, crowds: list[_Crowd], *, asked: bool) -> list[_Benefit]:
    """Prices that hold for many: beside a condition, or as the answer to the question."""
    found = []
    for match in rule(rf"(?P<v>{_N})(?:'[a-z]+)?(?P<c> tl(?:'[a-z]+)?)?(?P<w> {_GIVE})?").finditer(
        scan.text
    ):
        near = [
            c for c in crowds if abs(match.start() - c.end) <= 2 or abs(c.start - match.end()) <= 2
        ]
        if not near and not (asked and (match["c"] or match["w"] or _alone(scan, match))):
            continue
        if not asked and re.search(
            r" (?:tanesi|adedi|fiyat\w*|at|@|for) $", scan.text[: match.start()]
        ):
            continue
        value = float(match["v"])
        as_percent = asked and not match["c"] and value <= _PERCENT_BELOW
        as_percent = as_percent and not any(c.bought for c in near)
        tier = (
            DiscountTier(percent_bp=round(value * 100))
            if as_percent
            else DiscountTier(unit_price_minor=minor(value, "TRY"))
        )
        scan.cover(*match.span(), "discounts", "price")
        found.append(_Benefit(tier, *match.span()))
    return found


def _alone(scan: Scan, match: re.Match[str]) -> bool:
    """Whether the number is the message, or what somebody "can give"."""
    before = scan.text[: match.start()]
    return not re.search(r"[a-z0-9]", scan.text.replace(match.group(), "")) or bool(
        re.search(
            r" (?:give(?: you)?|do|make it|offer|is|max|most|up to|en fazla|ancak|anca) $", before
        )
    )


def _paired(benefits: list[_Benefit], crowds: list[_Crowd]) -> list[_Crowd | None]:
    """The condition of each benefit.

    Conditions stand either before or behind their benefits all through a message; the first pair
    shows which. A condition is not shared, nor looked for beyond the next benefit.
    """
    leads = bool(crowds) and crowds[0].start < benefits[0].start
    free = list(crowds)
    pairs: list[_Crowd | None] = []
    for at, benefit in enumerate(benefits):
        lowest = benefits[at - 1].end if at else 0
        highest = benefits[at + 1].start if at + 1 < len(benefits) else benefit.end + _FAR
        before = [c for c in free if lowest <= c.start < benefit.start]
        behind = [c for c in free if benefit.end <= c.start < highest]
        first, second = (before[-1:], behind[:1]) if leads else (behind[:1], before[-1:])
        pair = next(iter(first or second), None)
        if pair is not None:
            free.remove(pair)
        pairs.append(pair)
    return pairs


def _with_crowd(tier: DiscountTier, crowd: _Crowd | None) -> DiscountTier:
    if crowd is None:
        return tier
    # Where a price is named for "20 and more", pieces are meant; a percentage speaks of people.
    if crowd.bought or (crowd.pieces and tier.percent_bp is None):
        return replace(tier, min_quantity=crowd.count)
    return replace(tier, min_people=crowd.count)


def is_what_was_asked(terms: Terms, question: Question | None) -> bool:
    """Whether the only terms repeat the percentage of the question."""
    if (
        question is None
        or len(terms.tiers) != 1
        or terms.tiers[0].min_people
        or terms.tiers[0].min_quantity
    ):
        return False
    asked = re.search(r"%\s?(\d+)|(\d+)\s?%", question.text)
    percent = terms.tiers[0].percent_bp
    return asked is not None and percent == int(asked.group(1) or asked.group(2)) * 100

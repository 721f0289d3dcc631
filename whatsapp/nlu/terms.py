"""A seller's terms: benefits, and how many must come for each."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from whatsapp.nlu.crowds import Crowd, read_crowds
from whatsapp.nlu.money import minor
from whatsapp.nlu.reading import DiscountTier, Question
from whatsapp.nlu.scan import Scan, rule
from whatsapp.nlu.sums import Sum, read_sums

_N = r"\d+(?:\.\d+)?"
_ENDING = r"(?:'[a-z]+)?"
_CURRENCY = rf"(?: (?:tl|usd|eur|gbp){_ENDING})?"
_PERCENT = rf"%(?P<v>{_N}){_ENDING}"
_TURNED_DOWN = (
    r"(?:(?:is |are |bile |'s |olur |da |de )?(?:way |cok |biraz |a bit )*(?:cok|fazla|too (?:much"
    r"|high|steep)"
    r"|olmaz|olmuyor|yapam\w*|yapmam|verem\w*|vermem|vermiyor\w*|kurtarm\w*|mumkun degil|imkansiz"
    r"|not (?:possible|doable|happening|going to happen|ok|on|realistic)|impossible"
    r"|out of the question"
    r"|zor|degil(?: de)?|yerine|kaldirm\w*|inem\w*|cikam\w*|won'?t work|doesn'?t work|no way"
    r"|isn'?t possible))"
    r"(?: fazla| much)?"
)
_NO = r"(?:olmaz|olmuyor|yapam\w*|yapmam|verem\w*|vermem|kurtarm\w*|mumkun degil|imkansiz|yok)"
_NOT_LESS = r"(?:kurtar\w*|in(?:e?m)\w*|olmaz\w*|verem\w*|verm\w*|yapam\w*|dus(?:e?m)\w*|cik\w*)"
_NOT_FROM = r"(?:'(?![dt][ae]n)[a-z]+)?"
_REJECTED = (
    rf"(?:%{_N}{_NOT_FROM}|{_N}{_NOT_FROM}{_CURRENCY})(?: off| indirim)?(?: icin)? {_TURNED_DOWN}",
    rf"\d+ kisi\w*(?: kadar)? {_NO}|\d+ kisi\w* kadar (?:yok|indirim yok)",
    rf"(?:can'?t|cannot|couldn'?t|won'?t|not|never)(?: \w+)?(?: (?:do|give|go|offer|make|to|for))*"
    rf" (?:%{_N}|{_N})(?! (?:people|persons?|kisi|or less|lira|tl|if|for|off))",
    rf"(?:instead of|rather than|not) (?:%{_N}|{_N})",
)
_OFF_WORDS = (
    r"(?:off|dus(?:er|ur|e|us)\w*|indir\w*|iner\w*|iniyor\w*|less|discount\w*|kirar\w*|kirariz"
    r"|eksi\w*"
    r"|cheaper|iskonto\w*|knocked off|reduction|daha ucuz\w*|tenzilat\w*|reduced)"
)
_OFF = (
    rf"(?P<v>{_N})(?:'(?:er|ar|ser|sar))?{_CURRENCY}(?: (?:kadar|bir|1|lik|daha))* {_OFF_WORDS}"
    rf"|(?<!you )(?<!they )(?:knock|take|shave|drop|cut|deduct) (?P<w>{_N}){_CURRENCY}(?: off)?"
    rf"|(?:discount|indirim)(?: of|:| olarak| miktari)? (?P<x>{_N}) (?:tl|usd|eur|gbp){_ENDING}"
)
_DOWN_TO = (
    rf"(?:{_N}'[dt][ae]n |from {_N}{_CURRENCY} (?:down )?)?(?:(?P<v>{_N})(?:'y?[ae])?{_CURRENCY}"
    rf"|(?P<z>{_N}) tl'y?a)(?: kadar)? (?:in(?:er|eb|di|iy|el)\w*|dus(?:er|ur|eb)\w*|cek(?:er|il"
    rf"|ti)\w*"
    rf"|birak\w*|indir(?:ir|eb)\w*)|(?:drop|go|come|reduce|lower|down)(?: it| the price| as low as"
    rf"| down)* to (?P<y>{_N}){_CURRENCY}(?! people)"
)
_LEAST = (
    rf"(?P<v>{_N})(?:'[dt][ae]n| tl'?d[ae]n) (?:asagi|asagisi|alti|altina|az|azi)(?:ya"
    rf"|na)? (?:\w+ )?"
    rf"{_NOT_LESS}|(?:nothing|not|can'?t|cannot|won'?t)(?: (?:go|do|be))* (?:below|under"
    rf"|lower than|less than)"
    rf" (?P<w>{_N}){_CURRENCY}"
)
_HALF = r"yari (?:fiyat\w*|yariya)|half (?:price|off|the price)|%50'si"
# A benefit in words: what comes free.
_GIFT = (
    r"(?!kisi|musteri)[a-z]+(?:'[a-z]+)? (?:bizden|benden|ikram\w*|hediye\w*|bedava|ucretsiz|on us"
    r"|on the house|for free|is free)|(?:a |one |1 )?free [a-z]+|(?:bedava|ucretsiz|ikram) [a-z]+"
)
_BUNDLE = (
    r"\d alana \d(?! (?:tl|usd|eur|gbp))(?: (?:bedava|hediye|bizden))?|\d al \d ode|buy (?:one"
    r"|\d+) get (?:one|\d+)"
    r"(?: free)?"
)
_GIVE_BEHIND = re.compile(
    r" (?:olsun|olur\w*|ver\w*|yap\w*|inerim|ineriz|anca\w*|work\w*|is(?: (?:fine|ok|okay|possible"
    r"|my|the|all|doable|it))?(?= )|at most|max\w*|diyelim|yeter|birak\w*|uygun\w*|could|can"
    r"|tops|en"
    r" fazla|possible|kabul\w*|olabilir|tamam\w*|sana|size|deriz|derim)"
)
_GIVE_BEFORE = re.compile(
    r" (?:give(?: you| them)?|do|make(?: it)?|offer|is|max\w*|most|up to|en (?:fazla|cok)|ancak"
    r"|anca"
    r"|sadece|only|only|maybe|best|charge|accept|go|for|belki|say|lets say|kisi basi|tanesi(?:ne"
    r"|ni)?"
    r"|how about|ama|but|just|maks\w*|bence|adam basi|each|price|fiyat\w*|olsa|hadi|son|final) $"
)
_FAR = 10_000
# A bare number up to this in answer to "what discount" is a percentage, above it a price.
_PERCENT_BELOW = 60
_NEAR = 34
# "50'den veririm": the price that something goes for.
_FROM = ("den", "dan", "ten", "tan")
_SEPARATOR = re.compile(r" [,.;!?] ")


# A bare number above this, and not far below the known price, is a price of its own.
_BIG_PERCENT = 25
_MOST_KEPT = 0.6
_LIRA = re.compile(r"₺\s?(\d[\d.,]*)|(\d[\d.,]*)\s?₺")


@dataclass(frozen=True, slots=True)
class Terms:
    """Discount tiers, and whether any discount was ruled out."""

    tiers: tuple[DiscountTier, ...] = ()
    refused: bool = False


@dataclass(frozen=True, slots=True)
class _Benefit:
    tier: DiscountTier
    start: int
    end: int


def read_terms(scan: Scan, question: Question | None) -> Terms:
    """Take discount tiers out of ``scan``: each benefit with the condition beside it."""
    asked = question is not None and question.ask == "s_discount"
    if asked:
        for pattern in _REJECTED:
            scan.take_all(pattern, "rejected")
    else:
        scan.take_all(rf"%{_N} {_TURNED_DOWN}", "rejected")
    bundles = _gifts(scan, _BUNDLE)
    crowds = read_crowds(scan.text, asked=asked)
    for crowd in crowds:
        scan.cover(crowd.start, crowd.end, "discounts", "condition")
    price = _known_price(question) if asked else 0.0
    benefits = _benefits(scan, crowds, bundles, price, asked=asked)
    if not benefits:
        for crowd in crowds:
            scan.uncover(crowd.start, crowd.end)
        return Terms()
    pairs = zip(benefits, _paired(benefits, crowds), strict=True)
    return Terms(tuple(_with_crowd(benefit.tier, crowd) for benefit, crowd in pairs))


def _known_price(question: Question | None) -> float:
    """The price that the question states; 0 where it states none."""
    found = _LIRA.search(question.text) if question is not None else None
    if found is None:
        return 0.0
    whole = re.sub(r"[.,](?=\d{3})", "", found[1] or found[2])
    return float(re.split(r"[.,]", whole)[0])


def _benefits(
    scan: Scan, crowds: list[Crowd], bundles: list[_Benefit], price: float, *, asked: bool
) -> list[_Benefit]:
    found = [
        _Benefit(_percent(float(match["v"])), *match.span())
        for match in rule(_PERCENT).finditer(scan.text)
        if 0 < float(match["v"]) <= 100
    ]
    found += [_Benefit(_percent(50), *m.span()) for m in rule(_HALF).finditer(scan.text)]
    for benefit in found:
        scan.cover(benefit.start, benefit.end, "discounts")
    if asked or crowds:
        found += [*_least(scan), *_lowered(scan)]
    found += [*_off(scan), *_gifts(scan, _GIFT), *bundles]
    found.sort(key=lambda benefit: benefit.start)
    found += _prices(scan, crowds, found, asked=asked, known_price=price)
    return sorted(found, key=lambda benefit: benefit.start)


def _percent(value: float) -> DiscountTier:
    return DiscountTier(percent_bp=round(value * 100))


def _price(value: float) -> DiscountTier:
    return DiscountTier(unit_price_minor=minor(value, "TRY"))


def _least(scan: Scan) -> list[_Benefit]:
    """Prices below which somebody does not go: "90'dan aşağı kurtarmaz"."""
    return [
        _Benefit(_price(float(match["v"] or match["w"])), *match.span())
        for match in scan.take_all(_LEAST, "discounts")
    ]


def _lowered(scan: Scan) -> list[_Benefit]:
    """Prices that somebody goes down to: "120'den 100'e inerim"."""
    found = []
    for match in scan.take_all(_DOWN_TO, "discounts"):
        said = match["v"] or match["z"] or match["y"]
        lowered = "'" in match.group() or match["y"] or " kadar " in f" {match.group()} "
        if lowered:
            found.append(_Benefit(_price(float(said)), *match.span()))
        else:
            scan.uncover(*match.span())
    return found


def _off(scan: Scan) -> list[_Benefit]:
    return [
        _Benefit(
            DiscountTier(
                amount_off_minor=minor(float(match["v"] or match["w"] or match["x"]), "TRY")
            ),
            *match.span(),
        )
        for match in scan.take_all(_OFF, "discounts")
    ]


def _gifts(scan: Scan, pattern: str) -> list[_Benefit]:
    return [
        _Benefit(DiscountTier(gift=scan.surface(*match.span())), *match.span())
        for match in scan.take_all(pattern, "discounts")
    ]


def _prices(
    scan: Scan, crowds: list[Crowd], known: list[_Benefit], *, asked: bool, known_price: float
) -> list[_Benefit]:
    """Numbers that hold for many: beside a condition, or as the answer to the question."""
    sums = [one for one in read_sums(scan.text) if one.value > 0]
    paired = _paired(known, crowds)
    chosen: list[tuple[Sum, Crowd | None]] = []
    for crowd in (c for c in crowds if c not in paired):
        near = _nearest(scan, sums, crowd, asked=asked)
        if near is not None:
            sums.remove(near)
            chosen.append((near, crowd))
    if asked and not known and not chosen:
        answers = [one for one in sums if _answers(scan, one)]
        chosen = [(one, crowds[0] if crowds else None) for one in answers[-1:]]
    like = next((b.tier for b in known if not b.tier.gift), None)
    found = []
    for one, condition in chosen:
        scan.cover(one.start, one.end, "discounts", "price")
        is_price = _BIG_PERCENT < one.value < known_price and one.value >= known_price * _MOST_KEPT
        by_percent = asked and not is_price
        found.append(_Benefit(_tier(one, condition, asked=by_percent, like=like), one.at, one.end))
    return found


def _tier(one: Sum, crowd: Crowd | None, *, asked: bool, like: DiscountTier | None) -> DiscountTier:
    """What a number means: as the benefit beside it, else a small bare one is a percentage."""
    bare = one.currency is None and one.per is None and one.ending not in _FROM
    bought = crowd is not None and crowd.bought
    if like is not None and like.amount_off_minor is not None and one.per is None:
        return DiscountTier(amount_off_minor=minor(one.value, "TRY"))
    is_percent = like is not None and like.percent_bp is not None
    if bare and one.value <= _PERCENT_BELOW and (is_percent or (asked and not bought)):
        return _percent(one.value)
    tier = _price(one.value)
    if one.per == "person" and crowd is not None:
        return replace(tier, min_people=crowd.count)
    return tier


def _nearest(scan: Scan, sums: list[Sum], crowd: Crowd, *, asked: bool) -> Sum | None:
    """The number that holds under a condition: behind it, or else right before it."""
    reach = _FAR if asked else _NEAR
    behind = [one for one in sums if 0 <= one.at - crowd.end <= reach]
    if behind and (asked or not _SEPARATOR.search(scan.text[crowd.end - 1 : behind[0].at])):
        return behind[0]
    before = [one for one in sums if 0 <= crowd.start - one.end <= (reach if asked else 2)]
    return before[-1] if before else None


def _answers(scan: Scan, one: Sum) -> bool:
    """Whether the number is what somebody gives: the only one, money, or beside such words."""
    stands_alone = not re.search(r"[a-z]", scan.text[: one.start] + scan.text[one.end :])
    return (
        stands_alone
        or not one.tags.isdisjoint(("currency", "per", "cap", "bound"))
        or _GIVE_BEHIND.match(scan.text, one.number_end) is not None
        or _GIVE_BEFORE.search(scan.text[: one.at]) is not None
    )


def _paired(benefits: list[_Benefit], crowds: list[Crowd]) -> list[Crowd | None]:
    """The condition of each benefit.

    Conditions stand either before or behind their benefits all through a message; the first pair
    shows which. A condition is not shared, nor looked for beyond the next benefit.
    """
    leads = bool(crowds and benefits) and crowds[0].start < benefits[0].start
    free = list(crowds)
    pairs: list[Crowd | None] = []
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


def _with_crowd(tier: DiscountTier, crowd: Crowd | None) -> DiscountTier:
    if crowd is None or tier.min_people is not None:
        return tier
    # Where a price is named for "20 and more", pieces are meant; a percentage speaks of people.
    if crowd.bought or (crowd.pieces and tier.unit_price_minor is not None):
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

"""What a seller says: stock, prices, terms of a discount."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from whatsapp.nlu import act_words as words
from whatsapp.nlu.act import LIKELY, SURE, UNSURE, Decision, is_greeting
from whatsapp.nlu.lexicon import Lexicon
from whatsapp.nlu.money import NOT_MONEY, minor, per_of
from whatsapp.nlu.product import (
    Named,
    attach_amounts,
    read_products,
    read_unknown_product,
    read_variants,
)
from whatsapp.nlu.quantity import UNITS, unit_of
from whatsapp.nlu.reading import Act, Budget, DiscountTier, Question, StockItem
from whatsapp.nlu.scan import Scan, rule

_CURRENCIES = {"tl": "TRY", "usd": "USD", "eur": "EUR", "gbp": "GBP"}
_N = r"\d+(?:\.\d+)?"
_PERCENT = rf"%(?P<v>{_N})(?:'[a-z]+)?"
_PEOPLE = r"(?:kisi\w*|people|persons?|guests?|customers?|buyers?|musteri\w*|of (?:you|them))"
_PIECES = r"(?:tane|adet|pcs|pieces)"
_UP = r"(?:\+|(?:ve |and )?(?:ustu\w*|uzeri\w*|yukari\w*|fazla\w*|up|over|above|more)|or more|plus)"
_COMING = (
    r"(?:gel\w*|ol(?:ursa|sun|unca|duysa)|al(?:ana|irsa\w*|anlara)|icin|toplan\w*|come|comes|show(?: up)?|buy|take|order|book|join|turn up)"
)
# How many must come or be bought, with words that show it is a condition.
_CROWD = (
    rf"(?:(?:en az|at least|min(?:imum)?|if|for|from|when|with|you|they|take|buy|eger) )*"
    rf"(?P<n>\d+)(?:'(?:d[ae]n|t[ae]n|[yl]?[aei]))?(?P<up> {_UP})?(?P<who> {_PEOPLE}| {_PIECES})?(?P<up2> {_UP})?(?P<do>(?: {_COMING})*)"
)
_JUST_OL = re.compile(r"ol\w*")
_CONDITION = re.compile(r"^(?:en az|at least|min|if|when|for|eger)")
_MORE_THAN = re.compile(
    rf"(?<= )(?:(?:more than|over) (?P<a>\d+)(?: {_PEOPLE})?|(?P<b>\d+)(?:'[dt][ae]n| kisiden) (?:fazla|cok)\w*(?: {_PEOPLE})?)(?= )"
)
_NONE = re.compile(r"(?<= )(?:bitti|tukendi|kalmadi|yok(?: artik)?|bitmis|sold out|out of stock|ran out|all gone|no more|finished|(?:we'?re|we are|i'?m) out of)(?= )")
_HAS = re.compile(
    r"(?<= )(?:var|elimde|stok\w*|kaldi|cikar\w*|mevcut|satiyor\w*|satmam|satilik|hazir|taze|gunluk|yaptim|yaptik|i have|we have|have|got|left|in stock|available|selling|i'?ll have|we'?ll have|fresh|baked|made)(?= )"
)
_YES = re.compile(
    r"(?<= )(?:kabul|tamam\w*|olur|yapariz|yaparim|yapabiliri\w*|anlastik|uyar|uygun|evet|okey|ok|okay|deal|yes|yeah|yep|sure|fine|agreed?|accept\w*|works?(?: for us| for me)?|tabii?|hay hay|done|let'?s do it|sounds good|peki|👍|✅)(?= )"
)
_NO = re.compile(
    r"(?<= )(?:hayir|yok|olmaz|kurtarmaz|kurtarmiyor|yapam\w*|yapmam|yapmiyor\w*|veremem\w*|veremeyiz|vermem|vermiyor\w*|mumkun degil|imkansiz|kabul etmi\w*|zarar\w*|no|nope|nah|no way|can'?t|cannot|won'?t|don'?t do|do not|not possible|impossible|lose money|refuse|reject|unfortunately not|sorry)(?= )"
)
_NO_TROUBLE = re.compile(r" (?:sikinti|sorun|problem|dert|mesele) (?:yok|degil|olmaz)| no (?:problem|worries|issue)")
_HOURS = re.compile(r"(?<= )(?:acigiz|aciyor\w*|acik\w*|kapaniyor\w*|kapatiyor\w*|kapali\w*|open(?:ing)?|closed?|calisma saat\w*|7/24|24/7|hours)(?= )")
_PRICE_TALK = re.compile(r"(?<= )(?:fiyat\w*|price\w*|zam)(?= )")
_UNIT_WORDS = "|".join(pattern for _, pattern in UNITS)


@dataclass(frozen=True, slots=True)
class Terms:
    """Discount tiers, and whether any discount was ruled out."""

    tiers: tuple[DiscountTier, ...] = ()
    refused: bool = False


@dataclass(frozen=True, slots=True)
class _Crowd:
    """A condition of a tier: how many, whether pieces rather than people, and where it stands."""

    count: int
    pieces: bool
    start: int
    end: int


def read_terms(scan: Scan, question: Question | None) -> Terms:
    """Take discount tiers out of ``scan``: each benefit with the condition beside it."""
    asked = question is not None and question.ask == "s_discount"
    scan.take_all(r"%\d+ (?:cok|fazla|is (?:way )?too|too)(?: fazla| much| high)?", "rejected")
    if asked:
        scan.take_all(r"\d+ (?:cok(?: fazla)?|fazla|is too much|too much|olmaz|yapamam|veremem)", "rejected")
    crowds = _crowds(scan)
    for crowd in crowds:
        scan.cover(crowd.start, crowd.end, "discounts", "condition")
    benefits = _benefits(scan, crowds, asked=asked)
    if not benefits:
        _uncover(scan, crowds)
        return Terms()
    tiers = []
    free = list(crowds)
    for benefit in benefits:
        crowd = _beside(scan, benefit, free)
        if crowd is not None:
            free.remove(crowd)
        tiers.append(_with_crowd(benefit.tier, crowd))
    return Terms(tuple(tiers))


@dataclass(frozen=True, slots=True)
class _Benefit:
    tier: DiscountTier
    start: int
    end: int


def _crowds(scan: Scan) -> list[_Crowd]:
    found = []
    for match in _MORE_THAN.finditer(scan.text):
        count = int(match["a"] or match["b"]) + 1
        people = re.search(_PEOPLE, match.group()) is not None
        found.append(_Crowd(count, not people, *match.span()))
    taken = scan.text
    for crowd in found:
        taken = taken[: crowd.start] + "#" * (crowd.end - crowd.start) + taken[crowd.end :]
    for match in rule(_CROWD).finditer(taken):
        conditional = _CONDITION.match(match.group()) and match["who"]
        if _JUST_OL.fullmatch(match["do"].strip()) and not (match["up"] or match["up2"] or match["who"]) and "%" not in scan.text:
            continue
        if match["up"] or match["up2"] or match["do"] or conditional or (match["who"] and "%" in scan.text):
            if re.search(_PIECES, match["who"] or "") and not (match["up"] or match["up2"] or match["do"]):
                continue
            people = re.search(rf"{_PEOPLE}|come|show|gel|join", match.group()) is not None
            found.append(_Crowd(int(match["n"]), not people, *match.span()))
    return sorted(found, key=lambda crowd: crowd.start)


def _uncover(scan: Scan, crowds: list[_Crowd]) -> None:
    """Give back numbers that turned out to be no condition."""
    for crowd in crowds:
        scan.text = scan.text[: crowd.start] + scan.whole[crowd.start : crowd.end] + scan.text[crowd.end :]


def _benefits(scan: Scan, crowds: list[_Crowd], *, asked: bool) -> list[_Benefit]:
    found: list[_Benefit] = []
    for match in rule(_PERCENT).finditer(scan.text):
        if 0 < float(match["v"]) <= 100:
            found.append(_Benefit(DiscountTier(percent_bp=round(float(match["v"]) * 100)), *match.span()))
    off = rf"(?P<v>{_N}) (?:tl|usd|eur|gbp)(?:'[a-z]+)? (?:off|dus\w*|indir\w*|iner\w*|less|discount|kirar\w*|eksik|cheaper)"
    for match in rule(_GIFT).finditer(scan.text):
        found.append(_Benefit(DiscountTier(gift=scan.surface(*match.span())), *match.span()))
    for match in rule(off).finditer(scan.text):
        found.append(_Benefit(DiscountTier(amount_off_minor=minor(float(match["v"]), "TRY")), *match.span()))
    for benefit in found:
        scan.cover(benefit.start, benefit.end, "discounts")
    if not found:
        found = _unit_prices(scan, crowds, asked=asked)
    return sorted(found, key=lambda benefit: benefit.start)


def _unit_prices(scan: Scan, crowds: list[_Crowd], *, asked: bool) -> list[_Benefit]:
    """Prices that hold for many: beside a condition, or as the answer to the question."""
    found = []
    for match in rule(rf"(?P<v>{_N})(?:'[a-z]+)?(?P<c> tl(?:'[a-z]+)?)?(?P<w> {_GIVE})?").finditer(scan.text):
        beside = any(abs(match.start() - c.end) <= 2 or abs(c.start - match.end()) <= 2 for c in crowds)
        if not beside and not (asked and (match["c"] or match["w"] or _alone(scan, match))):
            continue
        if not asked and re.search(r" (?:tanesi|adedi|fiyat\w*|at|@|for) $", scan.text[: match.start()]):
            continue
        value = float(match["v"])
        as_percent = asked and not match["c"] and value <= _PERCENT_BELOW
        tier = (
            DiscountTier(percent_bp=round(value * 100))
            if as_percent
            else DiscountTier(unit_price_minor=minor(value, "TRY"))
        )
        scan.cover(*match.span(), "discounts", "price")
        found.append(_Benefit(tier, *match.span()))
    return found


# A benefit in words: what comes free.
_GIFT = (
    r"[a-z]+(?:'[a-z]+)? (?:bizden|ikram\w*|hediye\w*|bedava|ucretsiz|on us|on the house|for free|is free)|(?:a )?free [a-z]+"
)
_GIVE = r"(?:olsun|olur|ver\w*|yap\w*|inerim|ineriz|anca\w*|work\w*|is (?:fine|ok|possible)|at most|max|diyelim|yeter)"


def _alone(scan: Scan, match: re.Match[str]) -> bool:
    """Whether the number is the message, or what somebody "can give"."""
    before = scan.text[: match.start()]
    return not re.search(r"[a-z0-9]", scan.text.replace(match.group(), "")) or bool(
        re.search(r" (?:give(?: you)?|do|make it|offer|is|max|most|up to|en fazla|ancak|anca) $", before)
    )


def _beside(scan: Scan, benefit: _Benefit, crowds: list[_Crowd]) -> _Crowd | None:
    """The condition of a benefit: the nearest in its clause, before it rather than behind."""

    def distance(crowd: _Crowd) -> int:
        behind = crowd.start > benefit.start
        gap = scan.whole[min(crowd.end, benefit.end) : max(crowd.start, benefit.start) + 1]
        return abs(crowd.start - benefit.start) + 500 * (", " in gap) + behind

    return min(crowds, key=distance, default=None)


def _with_crowd(tier: DiscountTier, crowd: _Crowd | None) -> DiscountTier:
    if crowd is None:
        return tier
    # Where a price is named for "20 and more", pieces are meant; a percentage speaks of people.
    if crowd.pieces and tier.percent_bp is None:
        return replace(tier, min_quantity=crowd.count)
    return replace(tier, min_people=crowd.count)


def is_what_was_asked(terms: Terms, question: Question | None) -> bool:
    """Whether the only terms repeat the percentage of the question."""
    if question is None or len(terms.tiers) != 1 or terms.tiers[0].min_people or terms.tiers[0].min_quantity:
        return False
    asked = re.search(r"%\s?(\d+)|(\d+)\s?%", question.text)
    percent = terms.tiers[0].percent_bp
    return asked is not None and percent == int(asked.group(1) or asked.group(2)) * 100


# A bare number up to this in answer to "what discount" is a percentage, above it a price.
_PERCENT_BELOW = 60
_COUNT_WORDS = r"(?:tane|adet|pcs|pieces?|units?)"
_PRICE = re.compile(
    rf"(?<= )(?:(?:tanesi|adedi|kilosu|kasasi|porsiyonu|kutusu|paketi|bardagi|fiyat\w*|price|at|@|for|each|now|its|it's) )*(?P<v>{_N})(?:'[a-z]+)? (?P<c>tl|usd|eur|gbp)(?:'[a-z]+)?"
    r"(?: (?:a kilo|per kilo|a kg|each|apiece|a piece|tanesi|kilosu|per kg|a box|a crate|per \w+))?(?= )"
)
_BARE_PRICE = re.compile(
    rf"(?<= )(?P<w>tanesi|adedi|kilosu|kasasi|porsiyonu|kutusu|paketi|bardagi|fiyat\w*|price|at|@)(?: (?:is|simdi|artik|yanlis|wrong|now|should be|su an))* (?P<v>{_N})(?:'[a-z]+)?(?= )"
)
_UNIT_PRICES = (("crate", "kasasi|a crate"), ("box", "kutusu|a box"), ("pack", "paketi|a pack"))


def read_items(
    scan: Scan, lexicon: Lexicon, language: str, question: Question | None, *, open_vocabulary: bool
) -> tuple[StockItem, ...]:
    """Take what is for sale out of ``scan``: product, stock, price."""
    asked = question.ask if question is not None else ""
    scan.take_all(rf"(?:not )?{_N}(?: tl)? degil|not {_N}(?: tl)?", "rejected")
    scan_for_stock = asked != "s_price" and re.search(r" (?:stok\w*|stock) ", scan.whole) is not None
    stocks = _stocks(scan, asked) if scan_for_stock else []
    prices = _prices(scan, asked)
    stocks = stocks or _stocks(scan, asked)
    named = read_products(scan, lexicon, language, asked=asked == "s_product")
    attach_amounts(scan, named, [])
    variant = read_variants(scan, named)
    gone = _NONE.search(scan.whole) is not None and not stocks
    talks_price = _PRICE_TALK.search(scan.whole) is not None or asked in ("s_stock", "s_price", "s_confirm")
    if not named and open_vocabulary and not talks_price and (stocks or prices or gone):
        unknown = read_unknown_product(scan, language)
        named = [unknown] if unknown is not None else []
    if not (named or stocks or prices) or (gone and not named):
        return ()
    return _items(named, variant, stocks, prices, gone=gone)


@dataclass(frozen=True, slots=True)
class _Priced:
    price: Budget
    at: int


@dataclass(frozen=True, slots=True)
class _Stocked:
    stock: float
    unit: str | None
    at: int


def _prices(scan: Scan, asked: str) -> list[_Priced]:
    found = []
    patterns = [_PRICE, _BARE_PRICE]
    if asked == "s_price":
        patterns.append(re.compile(rf"(?<= )(?P<v>{_N})(?:'[a-z]+)?(?= )"))
    if asked == "s_confirm" or _PRICE_TALK.search(scan.whole):
        patterns.append(re.compile(rf"(?<= )(?:should be |it's |now )*(?P<v>{_N})(?:'[a-z]+)?(?: (?:olacak|oldu|olsun|now))?{NOT_MONEY}(?= )"))
    patterns.append(re.compile(rf"(?<= )(?P<v>{_N})(?:'[dt][ae]n)?(?= (?:$|,|\.))") if _listed(scan) else _PRICE)
    for pattern in patterns:
        for match in pattern.finditer(scan.text):
            value = float(match["v"])
            currency = _CURRENCIES[match.groupdict().get("c") or "tl"]
            if 0 < value <= 10_000_000:
                price = Budget(minor(value, currency), currency, _price_unit(match.group()))
                found.append(_Priced(price, match.start()))
                scan.cover(*match.span(), "items", "price")
    return sorted(found, key=lambda p: p.at)


def _listed(scan: Scan) -> bool:
    """Whether the message lists goods with bare prices: "köfte ekmek 120, ayran 25"."""
    return len(re.findall(r"[a-z] \d+ (?=[,.]|$)", scan.text)) >= 2


def _price_unit(text: str) -> str:
    for name, pattern in _UNIT_PRICES:
        if re.search(pattern, text):
            return name
    return per_of(text, "each")


def _stocks(scan: Scan, asked: str) -> list[_Stocked]:
    found = []
    patterns = [rf"(?:stok\w*|stock|elimde)(?: (?:is|now|su an|artik|sadece|only))* (?P<n>{_N})", rf"(?P<n>{_N})(?:'[a-z]+)? (?P<u>{_UNIT_WORDS})(?:'?lik)?(?: (?:var|kaldi|left|in stock))?", rf"(?P<n>{_N}) (?:var|kaldi|left|in stock|available|mevcut)"]
    if asked == "s_stock":
        patterns.append(rf"(?P<n>{_N})(?:'[a-z]+)?")
    for pattern in patterns:
        for match in scan.take_all(pattern, "items"):
            unit = match.groupdict().get("u")
            found.append(_Stocked(float(match["n"]), unit_of(unit) if unit else None, match.start()))
    return sorted(found, key=lambda s: s.at)


def _items(
    named: list[Named], variant: tuple[str, ...], stocks: list[_Stocked], prices: list[_Priced], *, gone: bool
) -> tuple[StockItem, ...]:
    if not named:
        stock = stocks[0] if stocks else None
        price = prices[0].price if prices else None
        return (StockItem(None, variant, stock.stock if stock else None, stock.unit if stock else None, price),)
    items = []
    for at, product in enumerate(named):
        until = named[at + 1].start if at + 1 < len(named) else 1 << 30
        price = next((p.price for p in prices if product.start <= p.at < until), None)
        if price is None and len(named) == 1 and prices:
            price = prices[0].price
        stock = _stock_of(product, named, stocks)
        items.append(
            StockItem(product.name, variant if at == 0 else (), 0.0 if gone else stock.stock if stock else None, stock.unit if stock else None, price)
        )
    return _united(items)


def _stock_of(product: Named, named: list[Named], stocks: list[_Stocked]) -> _Stocked | None:
    if product.amount is not None:
        return _Stocked(product.amount.quantity, product.amount.unit, product.start)
    if len(named) == 1:
        return stocks[0] if stocks else None
    before = [s for s in stocks if s.at < product.start and not any(s.at < n.start < product.start for n in named)]
    return before[-1] if before else None


def _united(items: list[StockItem]) -> tuple[StockItem, ...]:
    """Join two mentions of the same product: the price of one and the stock of the other."""
    united: list[StockItem] = []
    for item in items:
        same = next((i for i, u in enumerate(united) if _same(u.product, item.product)), None)
        if same is None:
            united.append(item)
            continue
        old = united[same]
        united[same] = replace(
            old, stock=old.stock if old.stock is not None else item.stock, unit=old.unit or item.unit, price=old.price or item.price
        )
    return tuple(united)


def _same(a: str | None, b: str | None) -> bool:
    return a is not None and b is not None and (a == b or a.split()[0] == b.split()[0])


def seller_act(
    scan: Scan,
    question: Question | None,
    *,
    items: bool,
    terms: Terms,
    hours: bool,
    place: bool,
) -> Decision:
    """Decide a seller's act from the words, the question and the slots found."""
    line = scan.whole
    asked = question.ask if question is not None else ""
    if words.COMPLAINT.search(line) and asked != "s_discount":
        return Decision(Act.COMPLAINT, LIKELY)
    if words.OUT_OF_SCOPE.search(line):
        return Decision(Act.OUT_OF_SCOPE, LIKELY)
    if words.CANCEL.search(line) and not words.NO_CANCEL.search(line):
        return Decision(Act.CANCEL, LIKELY)
    if asked == "s_discount":
        return _discount_answer(line, terms, question)
    if hours and (asked == "s_hours" or _HOURS.search(line)):
        return Decision(Act.SET_HOURS, SURE)
    return _other_act(scan, asked, items=items, terms=bool(terms.tiers), place=place)


def _discount_answer(line: str, terms: Terms, question: Question | None) -> Decision:
    line = _NO_TROUBLE.sub(" ", line)
    if terms.tiers and _YES.search(line) and is_what_was_asked(terms, question):
        return Decision(Act.ACCEPT_DISCOUNT, LIKELY)
    if terms.tiers:
        return Decision(Act.COUNTER_DISCOUNT, SURE)
    if words.HELP.search(line) and not _YES.search(line):
        return Decision(Act.ASK_HELP, LIKELY)
    if _NO.search(line):
        return Decision(Act.REFUSE_DISCOUNT, LIKELY)
    if _YES.search(line):
        return Decision(Act.ACCEPT_DISCOUNT, SURE)
    return Decision(Act.ASK_STATUS if words.STATUS.search(line) else Act.OUT_OF_SCOPE, UNSURE)


def _other_act(scan: Scan, asked: str, *, items: bool, terms: bool, place: bool) -> Decision:
    line = scan.whole
    if words.STATUS.search(line):
        return Decision(Act.ASK_STATUS, LIKELY)
    if words.HELP.search(line):
        return Decision(Act.ASK_HELP, LIKELY)
    if items:
        corrects = asked in ("s_price", "s_place", "s_product", "s_confirm") or (_PRICE_TALK.search(line) and not _HAS.search(line))
        return Decision(Act.INFORM if corrects else Act.OFFER_STOCK, SURE if asked or _HAS.search(line) else LIKELY)
    if terms:
        return Decision(Act.COUNTER_DISCOUNT, LIKELY)
    if asked in ("s_confirm", "consent", "ask_cancel", "ask_delete"):
        if words.NO.search(line):
            return Decision(Act.DECLINE, LIKELY)
        if words.YES.search(line):
            return Decision(Act.CONFIRM, SURE)
    if place:
        return Decision(Act.INFORM, LIKELY)
    if is_greeting(scan):
        return Decision(Act.GREETING, SURE)
    return _plain(line)


def _plain(line: str) -> Decision:
    if words.NO.search(line):
        return Decision(Act.DECLINE, UNSURE)
    if words.YES.search(line):
        return Decision(Act.CONFIRM, UNSURE)
    return Decision(Act.OUT_OF_SCOPE, UNSURE / 2)

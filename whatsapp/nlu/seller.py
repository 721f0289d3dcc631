"""What a seller says: stock, prices, terms of a discount."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from whatsapp.nlu import act_words as words
from whatsapp.nlu.act import LIKELY, SURE, UNSURE, Decision, is_greeting
from whatsapp.nlu.lexicon import Lexicon
from whatsapp.nlu.money import minor, per_of
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
_PERCENT = rf"%(?P<pc>{_N})(?:'[a-z]+)?"
_PEOPLE = r"(?:kisi\w*|people|persons?|guests?|customers?|buyers?|musteri\w*)"
_CROWD = (
    rf"(?:en az |at least |min(?:imum)? |if |for |from )*(?P<n>\d+)(?P<suf>'[a-z]+)? ?(?P<plus>\+|ve (?:ustu|uzeri|fazlasi)|or more|plus|and (?:up|over|above)|ustu|uzeri)?"
    rf" ?(?P<who>{_PEOPLE})?(?: (?:ve (?:ustu|uzeri|fazlasi)|and up|or more|ustu|uzeri|icin|olursa|gelirse|gelsin|olsun|alirsa|alana|alanlara|come|show up|buy|take|or more|show|iseniz))*"
)
_MORE_THAN = re.compile(rf"(?:more than|over) (\d+) ?({_PEOPLE})?|(\d+)(?: kisi)?'?(?:den|dan|ten|tan) fazla(?: ({_PEOPLE}))?|(\d+) kisiden fazla")
_PIECES = r"(?:tane|adet|pcs|pieces|alana|alirsa|alanlara|buy|take)"
_NONE = re.compile(r"(?<= )(?:bitti|tukendi|kalmadi|yok(?: artik)?|bitmis|sold out|out of stock|ran out|all gone|no more|finished)(?= )")
_HAS = re.compile(
    r"(?<= )(?:var|elimde|stok\w*|kaldi|cikar\w*|mevcut|satiyor\w*|satmam|satilik|hazir|taze|gunluk|yaptim|yaptik|i have|we have|have|got|left|in stock|available|selling|i'?ll have|we'?ll have|fresh|baked|made)(?= )"
)
_YES = re.compile(
    r"(?<= )(?:kabul|tamam\w*|olur|yapariz|yaparim|yapabiliri\w*|anlastik|uyar|uygun|evet|okey|ok|okay|deal|yes|yeah|yep|sure|fine|agreed?|accept\w*|works?(?: for us| for me)?|tabii?|hay hay|done|let'?s do it|sounds good|peki|👍|✅)(?= )"
)
_NO = re.compile(
    r"(?<= )(?:hayir|yok|olmaz|kurtarmaz|kurtarmiyor|yapam\w*|yapmam|yapmiyor\w*|veremem\w*|veremeyiz|vermem|vermiyor\w*|mumkun degil|imkansiz|kabul etmi\w*|zarar\w*|no|nope|nah|no way|can'?t|cannot|won'?t|don'?t do|do not|not possible|impossible|lose money|refuse|reject|unfortunately not|sorry)(?= )"
)
_HOURS = re.compile(r"(?<= )(?:acigiz|aciyor\w*|acik\w*|kapaniyor\w*|kapatiyor\w*|kapali\w*|open(?:ing)?|closed?|calisma saat\w*|7/24|24/7|hours)(?= )")
_PRICE_TALK = re.compile(r"(?<= )(?:fiyat\w*|price\w*|zam)(?= )")
_UNIT_WORDS = "|".join(pattern for _, pattern in UNITS)


@dataclass(frozen=True, slots=True)
class Terms:
    """Discount tiers, and whether any discount was ruled out."""

    tiers: tuple[DiscountTier, ...] = ()
    refused: bool = False


def _crowd(text: str, *, pieces: bool) -> tuple[int | None, int | None]:
    """``(min_people, min_quantity)`` that a clause demands."""
    more = _MORE_THAN.search(text)
    if more is not None:
        count = int(next(g for g in more.groups() if g and g.isdigit())) + 1
    else:
        found = next((m for m in rule(_CROWD).finditer(text) if _is_crowd(m, text)), None)
        if found is None:
            return None, None
        count = int(found["n"])
    of_pieces = pieces or re.search(rf" {_PIECES} ", text) is not None
    if re.search(rf" {_PEOPLE}| come | show up|gelir|gelsin", text):
        of_pieces = False
    return (None, count) if of_pieces else (count, None)


def _is_crowd(found: re.Match[str], text: str) -> bool:
    words_around = found.group()
    return bool(found["plus"] or found["who"]) or bool(
        re.search(r"en az|at least|min|if |for |from |gelirse|alana|olursa|alirsa|or more|ustu|uzeri|show|come|take|buy", words_around)
    )


def read_terms(scan: Scan, *, asked: bool) -> Terms:
    """Take discount tiers out of ``scan``; each clause with terms is one tier."""
    tiers: list[DiscountTier] = []
    scan.take_all(r"%\d+ (?:cok|fazla|is too|too)(?: fazla| much| high)?", "rejected")
    if asked:
        scan.take_all(r"\d+ (?:cok fazla|is too much|too much)", "rejected")
    for start, end in _clauses(scan):
        clause = f"{scan.text[start:end]} "
        tier = _tier(clause, asked=asked)
        if tier is None:
            continue
        people, pieces = _crowd(clause, pieces=tier.unit_price_minor is not None and not asked)
        tiers.append(replace(tier, min_people=people, min_quantity=pieces))
        scan.cover(start, end, "discounts")
    if len(tiers) == 1 and tiers[0].min_people is None and tiers[0].min_quantity is None:
        people, pieces = _crowd(_without_stock(scan.text), pieces=False)
        tiers = [replace(tiers[0], min_people=people, min_quantity=pieces)]
    return Terms(tuple(tiers))


def _without_stock(text: str) -> str:
    return rule(rf"\d+ (?:{_UNIT_WORDS}) (?:var|kaldi|left)").sub("#", text)


def _clauses(scan: Scan) -> list[tuple[int, int]]:
    """Stretches that hold one percentage or sum each, cut at commas and before numbers of people."""
    cuts = [m.start() for m in re.finditer(r"[,;.](?= )", scan.text)]
    bounds = [0, *cuts, len(scan.text) - 1]
    return [(a if a == 0 else a + 1, b) for a, b in zip(bounds, bounds[1:], strict=False) if b - a > 2]


def _tier(clause: str, *, asked: bool) -> DiscountTier | None:
    percent = re.search(_PERCENT, clause)
    if percent is not None and float(percent["pc"]) <= 100:
        return DiscountTier(percent_bp=round(float(percent["pc"]) * 100))
    off = re.search(rf" (?P<v>{_N}) (?:tl|usd|eur|gbp)(?:'[a-z]+)? (?:off|dus\w*|indir\w*|inerim|ineriz|daha az|less|discount|kirar\w*)", clause)
    if off is not None:
        return DiscountTier(amount_off_minor=minor(float(off["v"]), "TRY"))
    return _unit_price(clause, asked=asked)


def _unit_price(clause: str, *, asked: bool) -> DiscountTier | None:
    tiered = re.search(
        rf" \d+(?:'[a-z]+)? ?(?:\+|(?:ve )?ustu|uzeri)?(?: alana| alirsa| alanlara| olursa| kisi\w*)? (?P<v>{_N})(?:'[a-z]+)?(?: tl(?:'[a-z]+)?)? $", clause
    ) or re.search(rf" (?P<v>{_N})(?: tl)? (?:if (?:you|they|we) (?:take|buy|get)|for) \d+", clause)
    if tiered is not None and (asked or re.search(r"ustu|\+|alana|alirsa|if |or more|uzeri", clause)):
        return DiscountTier(unit_price_minor=minor(float(tiered["v"]), "TRY"))
    if not asked:
        return None
    priced = re.search(rf" (?P<v>{_N})(?:'[a-z]+)? (?P<c>tl|usd|eur|gbp)(?:'[a-z]+)?", clause) or re.search(
        rf" (?P<v>{_N})(?:'[a-z]+)? (?:olsun|olur|veririm|yaparim|yapariz|verebilirim|inerim|work\w*|is (?:fine|ok)|anca)", clause
    ) or re.search(rf"(?:i can (?:give|do)(?: you)?|make it|best i can do is) (?P<v>{_N})", clause)
    if priced is None:
        return None
    value = float(priced["v"])
    if "c" not in priced.groupdict() and value <= _PERCENT_BELOW:
        return DiscountTier(percent_bp=round(value * 100))
    return DiscountTier(unit_price_minor=minor(value, "TRY"))


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
    prices = _prices(scan, asked)
    stocks = _stocks(scan, asked)
    named = read_products(scan, lexicon, language, asked=asked == "s_product")
    attach_amounts(scan, named, [])
    variant = read_variants(scan, named)
    gone = _NONE.search(scan.whole) is not None and not stocks
    if not named and open_vocabulary and (stocks or prices or gone):
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
        patterns.append(re.compile(rf"(?<= )(?:should be |it's |now )*(?P<v>{_N})(?:'[a-z]+)?(?: (?:olacak|oldu|olsun|now))?(?= )"))
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
    patterns = [rf"(?P<n>{_N})(?:'[a-z]+)? (?P<u>{_UNIT_WORDS})(?:'?lik)?(?: (?:var|kaldi|left|in stock))?", rf"(?P<n>{_N}) (?:var|kaldi|left|in stock|available|mevcut)"]
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
    scan: Scan, question: Question | None, *, items: bool, terms: bool, hours: bool, place: bool
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
        return _discount_answer(line, terms=terms)
    if hours and (asked == "s_hours" or _HOURS.search(line)):
        return Decision(Act.SET_HOURS, SURE)
    return _other_act(scan, asked, items=items, terms=terms, place=place)


def _discount_answer(line: str, *, terms: bool) -> Decision:
    if terms:
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

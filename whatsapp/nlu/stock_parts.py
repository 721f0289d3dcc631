"""Parts of what is for sale: how many there are, what one costs, what is sold out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from whatsapp.nlu.money import minor
from whatsapp.nlu.money_words import NOT_MONEY, per_of
from whatsapp.nlu.named import Named
from whatsapp.nlu.quantity import UNITS, unit_of
from whatsapp.nlu.reading import Budget
from whatsapp.nlu.scan import Scan
from whatsapp.nlu.sums import Sum, read_sums

PRICE_TALK = re.compile(r"(?<= )(?:fiyat\w*|price\w*|zam|ucret\w*)(?= )")
_MOST = 10_000_000
_N = r"\d+(?:\.\d+)?"
_UNIT_WORDS = "|".join(pattern.replace("tane|tanesi", "tane") for _, pattern in UNITS)
_LEFT = (
    r"(?:var|kaldi|kalmis|kalan|left|in stock|available|mevcut|remain(?:ing|s)?|hazir|ready"
    r"|geldi|daha"
    r"|duruyor|to (?:sell|go|spare)|cikti|cikar\w*|on hand|to offer)"
)
_HAVE = (
    r"(?:stok\w*|stock|elimde|elimizde|bende|son|last|only|sadece|just|have|got|i've|we've|kalan"
    r"|toplam"
    r"|another|about|around|yaklasik|down to|there's|there are|geriye)"
)
_STOCKS = (
    rf"(?:{_HAVE} (?:(?:is|now|su an|artik|sadece|only|the|son|last|just|about|around|got|all) )*)?"
    rf"(?P<n>{_N})(?:'[a-z]+)? (?P<u>{_UNIT_WORDS})(?:'?l[iu]k)?(?! (?:tl|usd|eur|gbp|icin"
    rf"|per)(?= ))"
    rf"(?: {_LEFT})*",
    rf"(?:stok\w*|stock|elimde|elimizde|son|last|down to|gunde|haftada|daily)"
    rf"(?: (?:is|now|su an|artik|sadece|only|the|last|son|just|at))*"
    rf" (?P<n>{_N})(?:'[a-z]+)?(?! (?:tl|usd|eur|gbp|lira)(?= ))(?: {_LEFT})*",
    rf"(?P<n>{_N})(?: of (?:them|those))? (?:(?:a|per|every|each) (?:day|week)|daily)",
    rf"(?P<n>{_N}) (?:(?:spots?|seats?|slots?|kontenjan\w*)(?: {_LEFT})*"
    rf"|(?:places|(?:kisilik )?yer(?:im|imiz)?)(?: {_LEFT})+)",
    rf"(?P<n>{_N})(?:'[a-z]+)?(?: (?:more|of them|of those))? {_LEFT}(?: {_LEFT})*",
)
# A service has places rather than pieces: "günde 6 kişi alabiliyoruz".
_PLACES = (
    r"(?<!for )(?<!if )(?P<n>\d+) (?:kisi(?:lik|ye|yi)?|musteri\w*|randevu\w*|koltuk\w*"
    r"|masa\w*|yer\w*|seans\w*"
    r"|people|persons?|clients?|customers?|guests?|seats?|spots?|slots?|tables?|appointments?"
    r"|sessions?|bookings?)(?: (?:yer\w*|kapasite\w*|kontenjan\w*))?"
    r"(?! (?:icin|gel\w*|ol\w*s[ae]\w*))"
)
_BEHIND_NAME = re.compile(
    rf"(?: (?:[:=-]|is|are|su an|simdi|now|var|sadece|only|bugun"
    rf"|today))* (?P<v>{_N})(?:'[a-z]+)?{NOT_MONEY}(?= )"
)
_GOES_FOR = ("a", "e", "ya", "ye", "den", "dan", "ten", "tan")
_LEAST_SUM = 30
_BARE_UNIT = re.compile(r"(?<![\d#]) (?:kilo|kg) $")
_UNIT_BEHIND = re.compile(r" (?:kilo|kg)(?= )")
# "kutusu 90": a price, for the unit it names.
_UNIT_NOUN = (
    r"(?:kasasi|kutusu|kolisi|paketi|porsiyonu|bardagi|demeti|dilimi|sisesi|tepsisi|kavanozu|dali"
    r"|bileti|seansi|cuvali|kasesi|tabagi|topu|tenekesi|bidonu|litresi|metresi|biri|saati|dersi|gunlugu|saatligi|haftaligi)"
    r"(?:n[aeiu]|nd[ae]n?|n[iu]n)?"
)
_NOUN_BEFORE = re.compile(rf"(?<= ){_UNIT_NOUN}(?: (?:de|su an|simdi|artik|sadece))* $")
_NOUN_BEHIND = re.compile(
    rf" (?:{_UNIT_NOUN}|(?:an|per) hour|(?:a|per) (?:session|lesson|class|night))(?= )"
)
_UNIT_PRICES = (
    ("kg", r"^ ?(?:kilo|kg) "),
    ("crate", r"kasasi|(?:a|per|the|/) crate|kasa basi"),
    ("box", r"kutusu|kolisi|(?:a|per|the|/) (?:box|carton)"),
    ("each", r"paketi|(?:a|per|the|/) pack(?:et)?"),
)
_SAYS_PRICE = re.compile(r"(?:^| )(?:at|@|for|tanesi\w*|price|fiyat\w*|now|costs?|is|are|ask\w*) $")
# Before a bare number in answer to "how many": a price all the same.
_CALLED = re.compile(
    r"(?:^| )(?:(?:jar|bottle|box|pack|portion|piece|kilo|plate|one)s? (?:is|are|costs?)|at"
    r"|@|costs?|(?:the )?price(?: is)?|tanesi\w*|fiyat\w*) $"
)
_GONE_BEHIND = re.compile(
    r"(?<= )(?:bitti|bitmis|bitik|tukendi|tukenmis|tuken\w*|kalmadi|kalmamis|kalmiyor|satildi"
    r"|sold out"
    r"(?! of)|out of stock|all gone|gone|finished|ran out(?! of)|none left|no longer available"
    r"|(?:is|are)"
    r" (?:all )?out(?! of)|not available|unavailable|run out(?! of)|yok satti)(?= )"
)
_GONE_BEFORE = re.compile(
    r"(?<= )(?:no more|(?:ran|run|sold|we'?re|we are|i'?m|i am|all|fresh)(?: all)? out of"
    r"|out of(?! stock)"
    r"|no(?= \S+(?: \S+)? (?:left|today|anymore|any more))|don'?t have(?: any)?|sold all)(?= )"
)
_STATE = re.compile(
    r"(?<= )(?:k[ai]?ld[iu]|kalmis|remain(?:s|ing)?|duruyor|mevcut|available|in stock|left|ready"
    r"|hazir"
    r"|geldi|cikti|cikard[iu]m|yapt[iu]m|yapt[iu]k|satilik|for sale|satiyor\w*|satmam|selling)(?= )"
)
_ABSENT = re.compile(r"(?: (?:artik|su an|bugun|maalesef|hic|#+))* (?:yok|yoktur)(?= )")
_TIED = re.compile(r"(?: (?:ve|and|ile|,|&|da|de|#+|both|the|\+))*")


@dataclass(frozen=True, slots=True)
class Priced:
    """A price and where it stands in the line; more words of money make it surer."""

    price: Budget
    start: int
    end: int
    surety: int = 0


@dataclass(frozen=True, slots=True)
class Stocked:
    """How much there is and where that stands in the line."""

    stock: float
    unit: str | None
    start: int
    end: int


def read_stocks(scan: Scan, asked: str) -> list[Stocked]:
    """Take numbers that count goods out of ``scan``."""
    found = []
    patterns = list(_STOCKS)
    if asked == "s_price":
        patterns = [_STOCKS[0]]
    for pattern in patterns:
        for match in scan.take_all(pattern, "items"):
            unit = match.groupdict().get("u")
            if unit and float(match["n"]) == 1 and asked != "s_stock":
                scan.uncover(*match.span())
                continue
            found.append(Stocked(float(match["n"]), unit_of(unit) if unit else None, *match.span()))
    if asked == "s_stock" and not found:
        places = scan.take_all(_PLACES, "items")
        found = [Stocked(float(match["n"]), None, *match.span()) for match in places]
    if asked == "s_stock" and not found:
        bare = [
            one
            for one in read_sums(scan.text)
            if _is_bare(one) and not _CALLED.search(scan.text[: one.at])
        ]
        for one in bare[-1:]:
            found.append(Stocked(one.value, None, one.at, one.number_end))
            scan.cover(one.at, one.number_end, "items", "stock")
    return sorted(found, key=lambda s: s.start)


def _is_bare(one: Sum) -> bool:
    return one.tags.isdisjoint(("currency", "per"))


def read_prices(scan: Scan, asked: str) -> list[Priced]:
    """Take numbers that are prices out of ``scan``."""
    talks = asked in ("s_price", "s_confirm") or PRICE_TALK.search(scan.whole) is not None
    found = []
    sums = read_sums(scan.text)
    per = per_of(scan.text, "each") if len(sums) == 1 else "each"
    for one in sums:
        unit, start, end = _unit_beside(scan.text, one)
        called = _SAYS_PRICE.search(scan.text[: one.at]) is not None
        # "800e", "120den": goods go for a sum, and are not counted so.
        goes_for = one.ending in _GOES_FOR and one.value >= _LEAST_SUM
        said = not _is_bare(one) or unit or called or goes_for
        if not (said or talks) or not 0 < one.value <= _MOST:
            continue
        price = _price(one, f"{unit} {scan.text[one.start : one.end]}", per)
        start = min(start, one.start if "hint" not in one.tags else one.at)
        scan.cover(start, max(end, one.end), "items", "price")
        surety = 2 * (one.currency is not None) + called
        found.append(Priced(price, one.at, max(end, one.end), surety))
    return found


def _unit_beside(text: str, one: Sum) -> tuple[str, int, int]:
    """The unit a price is for, beside it, with the span of number and unit: "kutusu 90"."""
    for pattern in (_BARE_UNIT, _NOUN_BEFORE):
        before = pattern.search(text[: one.at])
        if before is not None:
            return before.group(), before.start(), one.number_end
    behind = _NOUN_BEHIND.match(text, one.number_end)
    if behind is None and one.currency is not None:
        behind = _UNIT_BEHIND.match(text, one.number_end)
    return (behind.group(), one.at, behind.end()) if behind else ("", one.at, one.number_end)


def _price(one: Sum, words: str, per: str) -> Budget:
    unit = next((name for name, pattern in _UNIT_PRICES if re.search(pattern, words)), None)
    currency = one.currency or "TRY"
    return Budget(minor(one.value, currency), currency, unit or one.per or per)


def bare_behind(
    scan: Scan, named: list[Named], prices: list[Priced], stocks: list[Stocked], asked: str
) -> tuple[list[Priced], list[Stocked]]:
    """Bare numbers right behind products: prices, or stocks where the price is said.

    A number between two products counts the second, unless the first has neither a number before
    it nor another behind it: "simit 15 poğaça 20".
    """
    behind_prices: list[Priced] = []
    behind_stocks: list[Stocked] = []
    for at, product in enumerate(named):
        match = _BEHIND_NAME.match(scan.text, product.end)
        if match is None or not 0 < float(match["v"]) <= _MOST:
            continue
        following = named[at + 1] if at + 1 < len(named) else None
        until = following.start if following is not None else len(scan.text)
        is_priced = any(product.end <= p.start < until for p in prices)
        counts_next = following is not None and not re.search(
            r"[\d,.;]| ve | and ", scan.text[match.end() : following.start]
        )
        is_counted = _counted_before(scan, product) or any(
            s.end <= product.start and not re.search(r"[,.;]", scan.text[s.end : product.start])
            for s in stocks
        )
        if counts_next and (is_counted or is_priced):
            continue
        place = (match.start("v"), match.end())
        if is_priced or asked == "s_stock":
            behind_stocks.append(Stocked(float(match["v"]), None, *place))
        else:
            price = Budget(minor(float(match["v"]), "TRY"), "TRY", _per_of_list(prices, place[0]))
            behind_prices.append(Priced(price, *place))
        scan.cover(*place, "items", "price")
    return behind_prices, behind_stocks


def _counted_before(scan: Scan, product: Named) -> bool:
    return re.search(r" \d+(?:\.\d+)?(?: [a-z]+){0,2} $", scan.text[: product.start]) is not None


def _per_of_list(prices: list[Priced], at: int) -> str:
    """What a bare price in a list is for: as the next price that says it, "35, 40 kilosu"."""
    return next((p.price.per for p in prices if p.start > at), "each")


def cover_state(scan: Scan) -> None:
    """Take words that say "left" or "sold out" out of ``scan``, so that no name swallows them."""
    for pattern in (_GONE_BEHIND, _GONE_BEFORE, _STATE):
        for match in pattern.finditer(scan.text):
            scan.cover(*match.span(), "items", "state")


def gone_names(scan: Scan, named: list[Named]) -> list[int] | None:
    """Which of ``named`` are sold out, by place; ``None`` where nothing is said to be."""
    gone: set[int] = set()
    said = False
    for match in _GONE_BEHIND.finditer(scan.whole):
        said = True
        before = [n for n, one in enumerate(named) if one.end <= match.start()]
        if before:
            gone.update(_tied(scan, named, before[-1], back=True))
        elif named:
            gone.add(0)
    for match in _GONE_BEFORE.finditer(scan.whole):
        said = True
        after = [n for n, one in enumerate(named) if one.start >= match.end()]
        if after:
            gone.update(_tied(scan, named, after[0], back=False))
    for n, one in enumerate(named):
        if _ABSENT.match(scan.whole, one.end):
            said = True
            gone.update(_tied(scan, named, n, back=True))
    return sorted(gone) if said else None


def _tied(scan: Scan, named: list[Named], at: int, *, back: bool) -> list[int]:
    """The product at ``at`` with those that "and" ties to it."""
    tied = [at]
    step = -1 if back else 1
    while 0 <= at + step < len(named):
        first, second = sorted((at, at + step))
        if not _TIED.fullmatch(scan.whole[named[first].end : named[second].start].rstrip()):
            break
        at += step
        tied.append(at)
    return tied

"""What a seller has for sale: products, how many, at what price."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from whatsapp.nlu.lexicon import Lexicon
from whatsapp.nlu.money import minor
from whatsapp.nlu.money_words import NOT_MONEY, per_of
from whatsapp.nlu.product import (
    Named,
    attach_amounts,
    read_products,
    read_unknown_product,
    read_variants,
)
from whatsapp.nlu.quantity import UNITS, unit_of
from whatsapp.nlu.reading import Budget, Question, StockItem
from whatsapp.nlu.scan import Scan

_N = r"\d+(?:\.\d+)?"
_NONE = re.compile(
    r"(?<= )(?:bitti|tukendi|kalmadi|yok(?: artik)?|bitmis|sold out|out of stock|ran out"
    r"|all gone|no more|finished|(?:we'?re|we are|i'?m) out of)(?= )"
)
PRICE_TALK = re.compile(r"(?<= )(?:fiyat\w*|price\w*|zam)(?= )")
_CURRENCIES = {"tl": "TRY", "usd": "USD", "eur": "EUR", "gbp": "GBP"}
_UNIT_WORDS = "|".join(pattern for _, pattern in UNITS)
_PRICE = re.compile(
    r"(?<= )(?:(?:tanesi|adedi|kilosu|kasasi|porsiyonu|kutusu|paketi|bardagi|fiyat\w*"
    rf"|price|at|@|for|each|now|its|it's) )*(?P<v>{_N})(?:'[a-z]+)? (?P<c>tl|usd|eur"
    r"|gbp)(?:'[a-z]+)?"
    r"(?: (?:a kilo|per kilo|a kg|each|apiece|a piece|tanesi|kilosu|per kg|a box|a crate"
    r"|per \w+))?(?= )"
)
_BARE_PRICE = re.compile(
    r"(?<= )(?P<w>tanesi|adedi|kilosu|kasasi|porsiyonu|kutusu|paketi|bardagi|fiyat\w*"
    r"|price|at|@)(?: (?:is|simdi|artik|yanlis|wrong|now|should be"
    rf"|su an))* (?P<v>{_N})(?:'[a-z]+)?(?= )"
)
_MOST = 10_000_000
_UNIT_PRICES = (("crate", "kasasi|a crate"), ("box", "kutusu|a box"), ("pack", "paketi|a pack"))


@dataclass(frozen=True, slots=True)
class _Priced:
    price: Budget
    at: int


@dataclass(frozen=True, slots=True)
class _Stocked:
    stock: float
    unit: str | None
    at: int


def read_items(
    scan: Scan, lexicon: Lexicon, language: str, question: Question | None, *, open_vocabulary: bool
) -> tuple[StockItem, ...]:
    """Take what is for sale out of ``scan``: product, stock, price."""
    asked = question.ask if question is not None else ""
    scan.take_all(rf"(?:not )?{_N}(?: tl)? degil|not {_N}(?: tl)?", "rejected")
    scan_for_stock = (
        asked != "s_price" and re.search(r" (?:stok\w*|stock) ", scan.whole) is not None
    )
    stocks = _stocks(scan, asked) if scan_for_stock else []
    prices = _prices(scan, asked)
    stocks = stocks or _stocks(scan, asked)
    named = read_products(scan, lexicon, language, asked=asked == "s_product")
    prices += _behind_names(scan, named)
    attach_amounts(scan, named, [])
    variant = read_variants(scan, named)
    gone = _NONE.search(scan.whole) is not None and not stocks
    talks_price = PRICE_TALK.search(scan.whole) is not None or asked in (
        "s_stock",
        "s_price",
        "s_confirm",
    )
    if not named and open_vocabulary and not talks_price and (stocks or prices or gone):
        unknown = read_unknown_product(scan, language)
        named = [unknown] if unknown is not None else []
    if not (named or stocks or prices) or (gone and not named):
        return ()
    return _items(named, variant, stocks, prices, gone=gone)


def _prices(scan: Scan, asked: str) -> list[_Priced]:
    found = []
    patterns = [_PRICE, _BARE_PRICE]
    if asked == "s_price":
        patterns.append(re.compile(rf"(?<= )(?P<v>{_N})(?:'[a-z]+)?(?= )"))
    if asked == "s_confirm" or PRICE_TALK.search(scan.whole):
        patterns.append(
            re.compile(
                rf"(?<= )(?:should be |it's |now )*(?P<v>{_N})(?:'[a-z]+)?(?: (?:olacak|oldu"
                rf"|olsun|now))?{NOT_MONEY}(?= )"
            )
        )
    patterns.append(
        re.compile(rf"(?<= )(?P<v>{_N})(?:'[dt][ae]n)?(?= (?:$|,|\.))") if _listed(scan) else _PRICE
    )
    for pattern in patterns:
        for match in pattern.finditer(scan.text):
            value = float(match["v"])
            currency = _CURRENCIES[match.groupdict().get("c") or "tl"]
            if 0 < value <= _MOST:
                price = Budget(minor(value, currency), currency, _price_unit(match.group()))
                found.append(_Priced(price, match.start()))
                scan.cover(*match.span(), "items", "price")
    return sorted(found, key=lambda p: p.at)


def _behind_names(scan: Scan, named: list[Named]) -> list[_Priced]:
    """Bare numbers right behind a product are its price, before one its stock."""
    found = []
    for product in named:
        match = re.compile(rf" (?P<v>{_N})(?:'[dt][ae]n)?(?= )").match(scan.text, product.end)
        if match is not None and 0 < float(match["v"]) <= _MOST:
            found.append(
                _Priced(Budget(minor(float(match["v"]), "TRY"), "TRY", "each"), match.start())
            )
            scan.cover(match.start() + 1, match.end(), "items", "price")
    return found


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
    patterns = [
        rf"(?:stok\w*|stock|elimde)(?: (?:is|now|su an|artik|sadece|only))* (?P<n>{_N})",
        (
            rf"(?P<n>{_N})(?:'[a-z]+)? (?P<u>{_UNIT_WORDS})(?:'?lik)?(?: (?:var|kaldi|left"
            r"|in stock))?"
        ),
        rf"(?P<n>{_N}) (?:var|kaldi|left|in stock|available|mevcut)",
    ]
    if asked == "s_stock":
        patterns.append(rf"(?P<n>{_N})(?:'[a-z]+)?")
    for pattern in patterns:
        for match in scan.take_all(pattern, "items"):
            unit = match.groupdict().get("u")
            found.append(
                _Stocked(float(match["n"]), unit_of(unit) if unit else None, match.start())
            )
    return sorted(found, key=lambda s: s.at)


def _items(
    named: list[Named],
    variant: tuple[str, ...],
    stocks: list[_Stocked],
    prices: list[_Priced],
    *,
    gone: bool,
) -> tuple[StockItem, ...]:
    if not named:
        stock = stocks[0] if stocks else None
        price = prices[0].price if prices else None
        return (
            StockItem(
                None, variant, stock.stock if stock else None, stock.unit if stock else None, price
            ),
        )
    items = []
    for at, product in enumerate(named):
        until = named[at + 1].start if at + 1 < len(named) else 1 << 30
        price = next((p.price for p in prices if product.start <= p.at < until), None)
        if price is None and len(named) == 1 and prices:
            price = prices[0].price
        stock = _stock_of(product, named, stocks)
        items.append(
            StockItem(
                product.name,
                variant if at == 0 else (),
                0.0 if gone else stock.stock if stock else None,
                stock.unit if stock else None,
                price,
            )
        )
    return _united(items)


def _stock_of(product: Named, named: list[Named], stocks: list[_Stocked]) -> _Stocked | None:
    if product.amount is not None:
        return _Stocked(product.amount.quantity, product.amount.unit, product.start)
    if len(named) == 1:
        return stocks[0] if stocks else None
    before = [
        s
        for s in stocks
        if s.at < product.start and not any(s.at < n.start < product.start for n in named)
    ]
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
            old,
            stock=old.stock if old.stock is not None else item.stock,
            unit=old.unit or item.unit,
            price=old.price or item.price,
        )
    return tuple(united)


def _same(a: str | None, b: str | None) -> bool:
    return a is not None and b is not None and (a == b or a.split()[0] == b.split()[0])

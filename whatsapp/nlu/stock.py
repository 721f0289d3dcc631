"""What a seller has for sale: products, how many, at what price."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TypeVar

from iceshop.kernel.text import tr_lower
from whatsapp.nlu.lexicon import Lexicon
from whatsapp.nlu.product import (
    Named,
    attach_amounts,
    read_products,
    read_unknown_product,
    read_variants,
)
from whatsapp.nlu.quantity import MEASURES
from whatsapp.nlu.reading import Question, StockItem
from whatsapp.nlu.scan import Scan
from whatsapp.nlu.stock_parts import (
    PRICE_TALK,
    Priced,
    Stocked,
    bare_behind,
    cover_state,
    gone_names,
    read_prices,
    read_stocks,
)

__all__ = ["PRICE_TALK", "read_items"]

_N = r"\d+(?:\.\d+)?"
_PRICE_BEFORE = (
    r"(?:eski(?:si|den)?(?: fiyat\w*)?|onceki fiyat\w*|used to be|was|were|originally|previously"
    r"|down from)"
)
_REJECTED = (
    rf"(?:not )?{_N}(?:'[a-z]+)?(?: tl| adet| tane| kilo)? (?:degil|yerine)"
    rf"|(?:not|instead of|rather than) {_N}(?: tl)?"
    rf"|{_PRICE_BEFORE} {_N}(?:'[a-z]+)?(?: tl(?:'[a-z]+)?)?(?=.* \d)"
    rf"|{_N}(?: tl)?'y?[dt][iu](?=.* \d)"
    rf"|(?:,|and|but) {_PRICE_BEFORE} {_N}(?: tl)?"
)
_SEPARATOR = re.compile(r" (?:[,.;:!+&/-]|ve|and|ile|bir de|ayrica|also|plus|ise|then|with) ")
# What answers these names no new product; to the second kind not even a known one, uncounted.
_NO_NEW_PRODUCT = ("s_stock", "s_price", "s_confirm", "s_place", "s_hours", "s_discount")
_OTHER_MATTERS = ("s_place", "s_hours", "s_discount")

_EVERYTHING = ("hepsi", "her şey", "everything", "all")
_COMMA = re.compile(r"[,.;:]|\d")
Part = TypeVar("Part", Stocked, Priced)


def read_items(
    scan: Scan, lexicon: Lexicon, language: str, question: Question | None, *, open_vocabulary: bool
) -> tuple[StockItem, ...]:
    """Take what is for sale out of ``scan``: product, stock, price."""
    asked = question.ask if question is not None else ""
    scan.take_all(_REJECTED, "rejected")
    stocks = read_stocks(scan, asked)
    prices = read_prices(scan, asked)
    counted = stocks if asked == "s_discount" else (*stocks, *prices)
    if asked in _OTHER_MATTERS and not counted:
        return ()
    cover_state(scan)
    named = read_products(scan, lexicon, language, asked=asked == "s_product")
    behind_prices, behind_stocks = bare_behind(scan, named, prices, stocks, asked)
    prices, stocks = [*prices, *behind_prices], [*stocks, *behind_stocks]
    attach_amounts(scan, named, [])
    stocks += [
        Stocked(one.amount.quantity, one.amount.unit, one.amount.start, one.amount.end)
        for one in named
        if one.amount is not None
    ]
    variant = read_variants(scan, named)
    gone = gone_names(scan, named)
    says_gone = gone is not None and not stocks
    talks_price = PRICE_TALK.search(scan.whole) is not None or asked in _NO_NEW_PRODUCT
    if not named and open_vocabulary and not talks_price and (stocks or prices or says_gone):
        unknown = read_unknown_product(scan, language)
        named = [unknown] if unknown is not None and unknown.name not in _EVERYTHING else []
        gone = gone_names(scan, named)
    if says_gone and not named and asked in ("", "s_stock"):
        return (StockItem(stock=0.0),)
    if not (named or stocks or prices):
        return ()
    if not named:
        return (_nameless(variant, stocks, prices),)
    return _items(scan, named, variant, stocks, prices, gone or [])


def _nameless(variant: tuple[str, ...], stocks: list[Stocked], prices: list[Priced]) -> StockItem:
    stock = stocks[0] if stocks else None
    prices = sorted(prices, key=lambda p: -p.surety)
    return StockItem(
        None,
        variant,
        stock.stock if stock else None,
        stock.unit if stock else None,
        prices[0].price if prices else None,
    )


def _items(
    scan: Scan,
    named: list[Named],
    variant: tuple[str, ...],
    stocks: list[Stocked],
    prices: list[Priced],
    gone: list[int],
) -> tuple[StockItem, ...]:
    stock_of = _shared_out(scan, named, sorted(stocks, key=lambda s: s.start), leads=True)
    price_of = _shared_out(scan, named, sorted(prices, key=lambda p: p.start), leads=False)
    narrowed = _narrowing(scan, named, variant)
    items = []
    for at, product in enumerate(named):
        stock, price = stock_of.get(at), price_of.get(at)
        items.append(
            StockItem(
                product.name,
                narrowed.get(at, ()),
                0.0 if at in gone else stock.stock if stock else None,
                stock.unit if stock and at not in gone else None,
                price.price if price else None,
            )
        )
    return _united(items)


def _shared_out(
    scan: Scan, named: list[Named], parts: list[Part], *, leads: bool
) -> dict[int, Part]:
    """Give each product its part: within its clause, before it or behind it.

    ``leads``: between two products and with nothing to tell, a part belongs to the next one if
    the first part of the message stands before the first product.
    """
    first_leads = bool(parts) and parts[0].start < named[0].start
    given: dict[int, Part] = {}
    for part in parts:
        after = next((n for n, one in enumerate(named) if one.start >= part.end), None)
        before = after - 1 if after is not None else len(named) - 1
        if after is None or before < 0:
            owner = before if after is None else after
        else:
            cut_before = _cut(scan, named[before].end, part.start)
            cut_after = _cut(scan, part.end, named[after].start)
            if cut_before != cut_after:
                owner = after if cut_before else before
            elif before in given or (first_leads and not cut_after):
                owner = after
            else:
                owner = before
        if owner not in given or _is_size(given[owner], part):
            given[owner] = part
    return given


def _is_size(one: Priced | Stocked, other: Priced | Stocked) -> bool:
    """Whether ``one`` says how big a piece is and ``other`` how many there are."""
    if isinstance(one, Priced) or isinstance(other, Priced):
        return False
    return one.unit in MEASURES and other.unit not in MEASURES


def _narrowing(
    scan: Scan, named: list[Named], variant: tuple[str, ...]
) -> dict[int, tuple[str, ...]]:
    """The narrowing words of each product: those before it in its clause, or right behind it."""
    pieces = [scan.pieces_between(one.start, one.end) for one in named]
    places = [found[0].start if found else 0 for found in pieces]
    own: dict[int, tuple[str, ...]] = {}
    said = {tr_lower(scan.source[f.start : f.end]): f for f in scan.finds if f.slot == "variant"}
    for words in variant:
        find = said.get(words)
        at = 0
        if find is not None:
            after = [n for n, place in enumerate(places) if place >= find.start]
            before = [n for n, place in enumerate(places) if place < find.start]
            at = after[0] if after else before[-1]
            if after and before and _COMMA.search(scan.source[find.end : places[after[0]]]):
                at = before[-1]
        own[at] = (*own.get(at, ()), words)
    return own


def _cut(scan: Scan, start: int, end: int) -> bool:
    """Whether something parts two places of the line."""
    return _SEPARATOR.search(f" {scan.whole[start:end].strip()} ".replace("  ", " ")) is not None


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

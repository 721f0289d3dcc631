"""What a seller says about goods: added up over messages, and what is still missing of it."""

from __future__ import annotations

from dataclasses import replace

from iceshop.kernel.text import fold
from whatsapp.dialogue.facts import Facts
from whatsapp.dialogue.states import Draft
from whatsapp.nlu.reading import Act, Budget, DiscountTier, Reading, StockItem

OFFER_QUESTIONS = frozenset(
    {
        "offer_product",
        "offer_terms",
        "offer_stock",
        "offer_price",
        "offer_place",
        "offer_discount",
        "offer_confirm",
        "offer_correction",
    }
)


def merged(draft: Draft | None, reading: Reading, asked: str | None) -> Draft:
    """Add what the message says to the goods that are being described."""
    old = draft if draft is not None and draft.kind == "offer" else Draft("offer")
    items = old.items
    for item in said_items(reading, asked):
        renames = asked in OFFER_QUESTIONS and reading.act is Act.INFORM and _is_name(item)
        if renames and len(items) == 1 and not _is_same(item.product, items[0].product):
            items = (replace(items[0], product=item.product, variant=item.variant),)
        else:
            items = _with_item(items, item)
    floor, place = reading.floor or old.floor, reading.place or old.place
    old = replace(old, floor=floor, place=place)
    refuses = reading.no_discount or reading.act is Act.REFUSE_DISCOUNT
    if refuses or (asked == "offer_discount" and reading.act is Act.DECLINE):
        return replace(old, items=items, discounts=(), no_discount=True)
    discounts = _kept_threshold(reading.discounts, old.discounts) or old.discounts
    return replace(
        old,
        items=items,
        discounts=discounts,
        no_discount=old.no_discount and not discounts,
        place=reading.place or old.place,
    )


def said_items(reading: Reading, asked: str | None) -> tuple[StockItem, ...]:
    """The goods that the message names; a bare product or number answers what was asked."""
    if reading.items:
        return reading.items
    if asked == "offer_stock" and reading.quantity is not None:
        return (StockItem(reading.product, reading.variant, reading.quantity, reading.unit),)
    if asked == "offer_price" and reading.budget is not None:
        each = "each" if reading.budget.per == "total" else reading.budget.per
        return (StockItem(price=replace(reading.budget, per=each)),)
    if reading.product or (reading.variant and asked is not None):
        return (StockItem(reading.product, reading.variant, reading.quantity, reading.unit),)
    return ()


def says_goods(reading: Reading, asked: str | None, facts: Facts) -> bool:
    """Whether the message adds anything to a description of goods."""
    if asked == "offer_discount" and reading.act is Act.DECLINE:
        return True
    if facts.store is None and reading.place is not None:
        return True
    return bool(
        (asked in OFFER_QUESTIONS and said_items(reading, asked))
        or reading.items
        or reading.discounts
        or reading.no_discount
        or reading.floor
    )


def missing(draft: Draft, facts: Facts) -> str | None:
    """The first thing to ask about the goods, one of ``OFFER_QUESTIONS``; ``None``: nothing is.

    What the shop already sells has a price; only the first product is asked about.
    """
    first = draft.items[0] if draft.items else StockItem()
    if first.product is None:
        return "offer_product"
    has_terms = bool(draft.discounts or draft.no_discount)
    if is_on_sale(first.product, facts):
        has_figures = any(i.stock is not None or i.price is not None for i in draft.items)
        return None if has_terms or has_figures or draft.floor else "offer_terms"
    if first.stock is None:
        return "offer_stock"
    if first.price is None:
        return "offer_price"
    if facts.store is None and draft.place is None:
        return "offer_place"
    return None if has_terms else "offer_discount"


def is_on_sale(product: str, facts: Facts) -> bool:
    """Whether the shop sells ``product`` already, in any spelling."""
    names = facts.store.products if facts.store is not None else ()
    return fold(product) in {fold(name) for name in names}


def _with_item(items: tuple[StockItem, ...], item: StockItem) -> tuple[StockItem, ...]:
    for index, known in enumerate(items):
        if _is_same(item.product, known.product):
            both = StockItem(
                known.product or item.product,
                item.variant or known.variant,
                known.stock if item.stock is None else item.stock,
                item.unit or known.unit,
                _price(item.price, known.price, item.unit or known.unit),
            )
            return (*items[:index], both, *items[index + 1 :])
    return (*items, item)


def _is_name(item: StockItem) -> bool:
    """Whether nothing is said but what the product is: "açma, not simit"."""
    return item.product is not None and item.stock is None and item.price is None


def _price(said: Budget | None, known: Budget | None, unit: str | None) -> Budget | None:
    """A corrected price is for what the old one was for, unless it says otherwise.

    A price for the pack or the box in which the stock is counted is a price for each.
    """
    if said is not None and said.per == unit and unit in ("pack", "box"):
        said = replace(said, per="each")
    if said is None or known is None:
        return said or known
    return replace(said, per=known.per) if said.per == "each" else said


def _is_same(said: str | None, known: str | None) -> bool:
    """Whether both mean one product: one is unsaid, or a shorter name of the other."""
    if said is None or known is None:
        return True
    words, of = set(fold(said).split()), set(fold(known).split())
    return words <= of or of <= words


def _kept_threshold(
    said: tuple[DiscountTier, ...], known: tuple[DiscountTier, ...]
) -> tuple[DiscountTier, ...]:
    """A corrected single step without a number of people keeps that of the step before."""
    if len(said) != 1 or len(known) != 1:
        return said
    tier, old = said[0], known[0]
    if tier.min_people is not None or tier.min_quantity is not None:
        return said
    return (replace(tier, min_people=old.min_people, min_quantity=old.min_quantity),)

"""A wish, a ladder, stock and opening hours in one line, as they are read back."""

from __future__ import annotations

from itertools import groupby

from iceshop.kernel.money import Money
from iceshop.kernel.text import tr_lower
from whatsapp.dialogue.slots import Slots
from whatsapp.dialogue.wording import Voice, both, either, span
from whatsapp.nlu.reading import Budget, DiscountTier, Hours, StockItem

# More times than these are counted instead of listed, so that a read-back stays readable.
_SPANS_LISTED = 3
_WORDED_UNITS = ("portion", "box", "pack", "crate", "glass", "bowl", "scoop", "pair")


def wish(slots: Slots, voice: Voice) -> str:
    """What is wanted, where, when, for how much and by how many people."""
    parts = [goods(slots, voice), place(slots, voice), times(slots, voice), money(slots, voice)]
    parts.append(voice.say("piece.party", n=slots.party))
    return ", ".join(part for part in parts if part)


def goods(slots: Slots, voice: Voice) -> str:
    """Product with its kind and number, and what goes with it."""
    first = amount(
        " ".join((*slots.variant, slots.product or "")), slots.quantity, slots.unit, voice
    )
    others = (amount(item.product, item.quantity, item.unit, voice) for item in slots.also)
    return both((first, *others), voice)


def amount(product: str, quantity: float | None, unit: str | None, voice: Voice) -> str:
    """So much of ``product``: ``2 kg baklava``."""
    if quantity is None:
        return product
    if unit is None:
        return voice.say("piece.count", n=float(quantity), product=product)
    key = f"unit.{unit}" if unit in _WORDED_UNITS else "unit.plain"
    measure = voice.say(key, n=float(quantity), unit="m²" if unit == "m2" else unit)
    return voice.say("piece.measure", measure=measure, product=product)


def place(slots: Slots, voice: Voice) -> str:
    """Where the wish holds, with its radius."""
    where = slots.place
    if where is None:
        return ""
    if where.special == "any":
        return voice.say("piece.anywhere")
    if where.names:
        name = either(tuple(titled(name) for name in where.names), voice)
    else:
        name = voice.say("piece.pin")
    if slots.radius_m is None:
        return name
    return voice.say("piece.around", place=name, radius=slots.radius_m)


def titled(name: str) -> str:
    """Give a place that is written all small its capitals: ``kadıköy`` to ``Kadıköy``."""
    if name != tr_lower(name):
        return name
    return " ".join(word[:1].replace("i", "İ").upper() + word[1:] for word in name.split(" "))


def times(slots: Slots, voice: Voice) -> str:
    """When: each stretch by its day; after the third only how many more."""
    if slots.any_time:
        return voice.say("piece.any_time")
    listed = [span(period, voice) for period in slots.intervals[:_SPANS_LISTED]]
    more = len(slots.intervals) - len(listed)
    if more > 0:
        listed.append(voice.say("piece.more_times", n=more))
        return both(tuple(listed), voice)
    return either(tuple(listed), voice)


def money(slots: Slots, voice: Voice) -> str:
    """The most that is paid, and for what."""
    if slots.any_budget:
        return voice.say("piece.any_budget")
    return "" if slots.budget is None else budget(slots.budget, voice)


def budget(limit: Budget, voice: Voice) -> str:
    """``tanesi en çok 90 ₺``, or both ends of a range."""
    most = Money(limit.amount_minor, limit.currency)
    if limit.min_minor is None:
        text = voice.say("piece.at_most", most=most)
    else:
        text = voice.say("piece.between", least=Money(limit.min_minor, limit.currency), most=most)
    per = limit.per if limit.per in ("each", "person", "kg", "pair", "m2") else "total"
    return voice.say(f"per.{per}", amount=text)


def ladder(tiers: tuple[DiscountTier, ...], voice: Voice, currency: str = "TRY") -> str:
    """Every step of the terms: ``10 kişiden itibaren %15 indirim``."""
    return "; ".join(_tier(tier, voice, currency) for tier in tiers)


def _tier(tier: DiscountTier, voice: Voice, currency: str) -> str:
    if tier.percent_bp is not None:
        text = voice.say("piece.percent_off", share=tier.percent_bp)
    elif tier.amount_off_minor is not None:
        text = voice.say("piece.amount_off", amount=Money(tier.amount_off_minor, currency))
    else:
        text = voice.say("piece.unit_price", price=Money(tier.unit_price_minor or 0, currency))
    if tier.min_people is not None:
        return voice.say("piece.from_people", terms=text, n=tier.min_people)
    if tier.min_quantity is not None:
        return voice.say("piece.from_pieces", terms=text, n=tier.min_quantity)
    return text


def stock(items: tuple[StockItem, ...], voice: Voice) -> str:
    """What the shop has, with its price."""
    return "; ".join(_item(item, voice) for item in items)


def _item(item: StockItem, voice: Voice) -> str:
    name = " ".join((*item.variant, item.product or ""))
    if item.stock == 0:
        text = voice.say("piece.sold_out", product=name)
    else:
        text = amount(name, item.stock, item.unit, voice)
    if item.price is None:
        return text
    price = Money(item.price.amount_minor, item.price.currency)
    return voice.say("piece.priced", goods=text, price=price)


def opening(hours: tuple[Hours, ...], voice: Voice) -> str:
    """Opening hours by groups of days."""
    return "; ".join(f"{_days(entry.days, voice)} {_open(entry, voice)}" for entry in hours)


def _open(entry: Hours, voice: Voice) -> str:
    if entry.opens is None or entry.closes is None:
        return voice.say("piece.closed")
    mark = "." if voice.language == "tr" else ":"
    ends = (entry.opens, entry.closes if entry.closes <= 1440 else entry.closes - 1440)
    return "\N{EN DASH}".join(f"{minute // 60:02d}{mark}{minute % 60:02d}" for minute in ends)


def _days(days: tuple[int, ...], voice: Voice) -> str:
    runs: list[str] = []
    for _, group in groupby(enumerate(sorted(set(days))), key=lambda pair: pair[1] - pair[0]):
        run = [voice.say(f"day.{number}") for _, number in group]
        runs.append(run[0] if len(run) == 1 else f"{run[0]}\N{EN DASH}{run[-1]}")
    return ", ".join(runs)

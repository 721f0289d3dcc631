"""What a shop's words about a discount come to."""

from __future__ import annotations

import re

from iceshop.kernel.money import Money, parse_amount
from whatsapp.nlu.reading import Act, DiscountTier, Reading

# Half off is more than a shop offers a group; a larger bare number is meant as lira.
_PERCENT_BELOW = 50
_NUMBER = re.compile(r"(?<![\w.,:])\d{1,5}(?:[.,]\d{1,2})?(?![\w.,:]*\d)")


def price_under(tier: DiscountTier, price: Money) -> Money:
    """The price of a piece under ``tier``.

    >>> price_under(DiscountTier(percent_bp=1200), Money(15000, "TRY")).minor
    13200
    """
    if tier.percent_bp is not None:
        return price.scaled_ppm(1_000_000 - tier.percent_bp * 100)
    if tier.amount_off_minor is not None:
        return price - Money(tier.amount_off_minor, price.currency)
    return Money(tier.unit_price_minor or 0, price.currency)


def tiers_said(reading: Reading) -> tuple[DiscountTier, ...]:
    """The terms in ``reading``; a bare sum of money is the price of a piece."""
    if reading.discounts:
        return reading.discounts
    price = reading.budget
    if price is None and reading.items and reading.items[0].price is not None:
        price = reading.items[0].price
    return () if price is None else (DiscountTier(unit_price_minor=price.amount_minor),)


def bare_number(reading: Reading, text: str) -> tuple[DiscountTier, ...]:
    """The only number of an answer that says no more: a percentage below 50, else a price.

    The read-back with its money effect follows, so that a wrong guess does not bind.
    """
    if reading.act not in (Act.INFORM, Act.OUT_OF_SCOPE):
        return ()
    numbers = _NUMBER.findall(text)
    value = reading.quantity
    if value is None and len(numbers) == 1:
        value = parse_amount(numbers[0]) / 100
    if value is None or value <= 0:
        return ()
    if value < _PERCENT_BELOW:
        return (DiscountTier(percent_bp=round(value * 100)),)
    return (DiscountTier(unit_price_minor=round(value * 100)),)


def is_discount(tier: DiscountTier, price: Money) -> bool:
    """Whether ``tier`` lowers ``price`` and leaves something of it."""
    return 0 < price_under(tier, price).minor < price.minor

"""What a shop's words about a discount come to."""

from __future__ import annotations

from iceshop.kernel.money import Money
from whatsapp.nlu.reading import DiscountTier, Reading


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


def bare_number(reading: Reading) -> tuple[DiscountTier, ...]:
    """A number without a unit: a percentage below 100, else the price of a piece.

    The read-back with its money effect follows, so that a wrong guess does not bind.
    """
    if reading.quantity is None or reading.quantity <= 0:
        return ()
    if reading.quantity < 100:
        return (DiscountTier(percent_bp=round(reading.quantity * 100)),)
    return (DiscountTier(unit_price_minor=round(reading.quantity * 100)),)


def is_discount(tier: DiscountTier, price: Money) -> bool:
    """Whether ``tier`` lowers ``price`` and leaves something of it."""
    return 0 < price_under(tier, price).minor < price.minor

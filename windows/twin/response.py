"""The price response in force."""

from __future__ import annotations

from commerce.forecast.numerics.price_acceptance import Acceptance


def acceptance() -> Acceptance:
    """How buyers answer to prices, as it was learned; before that what is believed from day one."""
    return Acceptance()

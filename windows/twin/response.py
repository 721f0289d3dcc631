"""The price response in force."""

from __future__ import annotations

from commerce.forecast.numerics.price_acceptance import Acceptance
from windows.learning.queries.prices import price_response


def acceptance() -> Acceptance:
    """How buyers answer to prices; before anything was learned what is believed from day one."""
    return price_response()

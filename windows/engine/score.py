"""The worth of inviting one intent, and of a group, on one scale."""

from __future__ import annotations

from dataclasses import dataclass

from windows.engine.features import ready_min, travel_cost_minor
from windows.engine.types import Intent, Offer


@dataclass(frozen=True, slots=True)
class Gain:
    """Everything in the gain of a pair that neither tier nor start changes."""

    fixed_milli: int
    units_permille: int
    show_permille: int
    wait_cost_minor_per_hour: int
    ready_min: int

    def at(self, unit_value_minor: int, start: int) -> int:
        """Return the expected gain of inviting the intent (``matching/README.md`` 3.5), in milli.

        ``gain = show (q u + aging - travel - wait) - (1000 - show) q no_show_cost``
        with ``show`` in permille and money in minor units;
        ``wait = wait_cost (start - ready) // 60``.
        """
        wait_minor = self.wait_cost_minor_per_hour * (start - self.ready_min) // 60
        return (
            self.units_permille * unit_value_minor
            + self.fixed_milli
            - self.show_permille * wait_minor
        )


def gain_of(intent: Intent, offer: Offer, distance_m: int) -> Gain:
    """Prepare the gain of one intent at one offer."""
    show = intent.show_permille
    credit_minor = intent.aging_minor - travel_cost_minor(intent, distance_m)
    no_show_minor = intent.quantity * offer.no_show_cost_minor
    return Gain(
        fixed_milli=show * credit_minor - (1000 - show) * no_show_minor,
        units_permille=show * intent.quantity,
        show_permille=show,
        wait_cost_minor_per_hour=intent.wait_cost_minor_per_hour,
        ready_min=ready_min(intent),
    )


def best_milli(intent: Intent, unit_value_minor: int) -> int:
    """Return the gain of an intent that certainly comes, at no distance and without waiting."""
    return 1000 * (intent.quantity * max(0, unit_value_minor) + max(0, intent.aging_minor))


def score_permille(value_milli: int, best_milli: int) -> int:
    """Return which share of the best possible value is left, 0...1000.

    >>> score_permille(820, 1000), score_permille(-5, 1000), score_permille(7, 0)
    (820, 0, 0)
    """
    if best_milli <= 0:
        return 0
    return min(1000, max(0, value_milli) * 1000 // best_milli)

"""The hard rules: who cannot be with what. Each returns None or the reason that forbids it.

Codes and their figures are listed in ``docs/engine.md``.
"""

from __future__ import annotations

from windows.engine.features import price_gap_minor
from windows.engine.types import Intent, Interval, Offer, Parameters, Reason, Tier


def wanted(intent: Intent, offer: Offer) -> Reason | None:
    """Require that the intent accepts the product of the offer."""
    if any(want.product == offer.product for want in intent.wants):
        return None
    return Reason.of("product.not_wanted", product=offer.product)


def limit_minor(intent: Intent, product: str) -> int | None:
    """Return the highest unit price accepted for a product, None for no limit.

    Of several wants for one product the most generous counts.
    """
    limits = [want.max_unit_price_minor for want in intent.wants if want.product == product]
    known = [limit for limit in limits if limit is not None]
    return max(known) if len(known) == len(limits) and known else None


def affordable(limit: int | None, tier: Tier) -> Reason | None:
    """Require a tier's price within the limit; equality passes."""
    gap = price_gap_minor(limit, tier.price_minor)
    if not gap or limit is None:
        return None
    return Reason.of(
        "price.too_high", price_minor=tier.price_minor, limit_minor=limit, missing_minor=gap
    )


def near_enough(intent: Intent, distance_m: int) -> Reason | None:
    """Require the store within the distance; equality passes."""
    if distance_m <= intent.max_distance_m:
        return None
    return Reason.of(
        "distance.too_far",
        distance_m=distance_m,
        limit_m=intent.max_distance_m,
        missing_m=distance_m - intent.max_distance_m,
    )


def not_declined(intent: Intent, offer: Offer) -> Reason | None:
    """Require that the buyer has not said no to this offer."""
    if offer.key not in intent.declined_offers:
        return None
    return Reason.of("offer.declined", offer=offer.key)


def not_blocked(offer: Offer) -> Reason | None:
    """Require that the seller has not just refused or let an ask expire."""
    if offer.blocked_until is None or offer.blocked_until <= 0:
        return None
    return Reason.of("offer.blocked", until=offer.blocked_until)


def party_fits(intent: Intent, offer: Offer) -> Reason | None:
    """Require that the buyer's own party is no larger than the largest group."""
    over = intent.quantity - offer.max_group
    if over <= 0:
        return None
    return Reason.of("party.too_large", limit=offer.max_group, need=intent.quantity, missing=over)


def priced(offer: Offer, usable: int) -> Reason | None:
    """Require at least one tier at or above the seller's floor."""
    return None if usable else Reason.of("price.below_floor", offer=offer.key)


def in_stock(units: int, free: int) -> Reason | None:
    """Require enough units to promise."""
    if units <= free:
        return None
    return Reason.of("stock.short", free=free, need=units, missing=units - free)


def has_room(people: int, free: int) -> Reason | None:
    """Require room for the people in every slot of the window."""
    if people <= free:
        return None
    return Reason.of("store.full", free=free, need=people, missing=people - free)


def large_enough(group_permille: int, tier: Tier) -> Reason | None:
    """Require that the group reaches the tier; equality passes. People are rounded down."""
    short_permille = 1000 * tier.size - group_permille
    if short_permille <= 0:
        return None
    return Reason.of(
        "group.too_small",
        have=group_permille // 1000,
        need=tier.size,
        missing=-(-short_permille // 1000),
    )


def valuable(value_milli: int, parameters: Parameters) -> Reason | None:
    """Require that a new window is worth holding."""
    if value_milli >= parameters.min_value_milli:
        return None
    return Reason.of("value.too_low", value_milli=value_milli, need=parameters.min_value_milli)


def free_person(busy: tuple[Interval, ...], start: int, end: int) -> Reason | None:
    """Require that the person holds nothing else in ``[start, end)``."""
    if all(end <= busy_from or busy_until <= start for busy_from, busy_until in busy):
        return None
    return Reason.of("person.busy", start=start, end=end)


def still_open(intent: Intent) -> Reason | None:
    """Require that there is time left to serve the intent and to keep the promised answer time."""
    answer_by = intent.answer_by_min
    if all(until <= 0 for _, until in intent.available):
        return Reason.of("time.passed", what="available")
    if answer_by is not None and answer_by <= 0:
        return Reason.of("time.passed", what="answer_by")
    return None

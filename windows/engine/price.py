"""The benefit ladder of an offer and what a deal means to the seller's till."""

from __future__ import annotations

from dataclasses import dataclass

from windows.engine.features import left_minor
from windows.engine.types import CountBy, Intent, Offer, Tier


def usable_tiers(offer: Offer) -> tuple[tuple[int, Tier], ...]:
    """Return the tiers at or above the floor, with their places in ``offer.tiers``."""
    return tuple(
        (index, tier)
        for index, tier in enumerate(offer.tiers)
        if tier.price_minor >= offer.floor_price_minor
    )


def strength_permille(intent: Intent, tier_by: CountBy) -> int:
    """Return what an intent adds to a group's size, in thousandths of a person."""
    if tier_by is CountBy.EXPECTED:
        return intent.show_permille
    return 1000 if tier_by is CountBy.INTENTS else 1000 * intent.quantity


def reached_tier(offer: Offer, group_permille: int) -> int | None:
    """Return the index of the last usable tier that the group reaches (3.4), None below the first.

    Equality counts: 4000 thousandths reach a tier of 4.
    """
    reached = None
    for index, tier in usable_tiers(offer):
        if 1000 * tier.size <= group_permille:
            reached = index
    return reached


@dataclass(frozen=True, slots=True)
class Terms:
    """What a group of ``people`` at one tier means to the seller; None where the cost is unknown.

    ``given_up_minor``: what the benefit costs against the base price when all come.
    ``profit_all_minor``: what is left after the window's fixed cost when all come.
    ``loss_none_minor``: what is lost when nobody comes. ``worst_case_minor``: the smallest result
    over every number of people who may come (negative is a loss).
    ``break_even_units``: least units that pay the window's fixed cost; None when no number does.
    """

    people: int
    price_minor: int
    discount_basis_points: int
    left_minor_per_unit: int | None
    given_up_minor: int
    profit_all_minor: int | None
    loss_none_minor: int
    worst_case_minor: int | None
    break_even_units: int | None


def terms(offer: Offer, tier_index: int, people: int) -> Terms:
    """Compute the terms of a deal with ``people`` units at a tier of the offer.

    The result is linear in the number that comes, so its worst lies at nobody or at all:
    ``worst = min(-cost - people no_show, people left - cost)``.
    """
    tier = offer.tiers[tier_index]
    left = left_minor(tier, offer.unit_cost_minor)
    given_up = offer.base_price_minor - tier.price_minor + tier.cost_minor
    discount_minor = offer.base_price_minor - tier.price_minor
    loss_none = offer.window_cost_minor + people * offer.no_show_cost_minor
    profit_all = None if left is None else people * left - offer.window_cost_minor
    return Terms(
        people=people,
        price_minor=tier.price_minor,
        discount_basis_points=discount_minor * 10_000 // max(1, offer.base_price_minor),
        left_minor_per_unit=left,
        given_up_minor=people * given_up,
        profit_all_minor=profit_all,
        loss_none_minor=loss_none,
        worst_case_minor=None if profit_all is None else min(profit_all, -loss_none),
        break_even_units=break_even_units(offer.window_cost_minor, left),
    )


def break_even_units(window_cost_minor: int, left_minor_per_unit: int | None) -> int | None:
    """Return the least units whose remainder pays the fixed cost, None when nothing remains.

    >>> break_even_units(4000, 1500), break_even_units(0, 1500), break_even_units(4000, 0)
    (3, 0, None)
    """
    if left_minor_per_unit is None or left_minor_per_unit <= 0:
        return None
    return -(-max(0, window_cost_minor) // left_minor_per_unit)

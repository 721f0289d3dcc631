"""Measured facts about one intent and one offer, each with its unit in its name."""

from __future__ import annotations

from math import cos, isqrt, radians

from windows.engine.types import Geo, Intent, Product, Store, Tier, Weights

MICROMETRES_PER_MICRODEGREE = 111_195  # 2 pi 6 371 009 m / 360, mean Earth radius (IUGG)


def geo_at(latitude_udeg: int, detour_permille: int = 1300) -> Geo:
    """Return the flat geometry that holds around a latitude (a city is small enough).

    >>> geo_at(41_000_000)
    Geo(kx_um=83920, ky_um=111195, detour_permille=1300)
    """
    shrink = cos(radians(latitude_udeg / 1_000_000))
    return Geo(
        kx_um=round(MICROMETRES_PER_MICRODEGREE * shrink),
        ky_um=MICROMETRES_PER_MICRODEGREE,
        detour_permille=detour_permille,
    )


def distance_m(geo: Geo, intent: Intent, store: Store) -> int:
    """Return the walking distance (``matching/README.md`` 3.2).

    ``dx = |lon - lon'| kx // 1000``, ``dy`` alike (millimetres),
    ``distance = isqrt(dx² + dy²) detour // 1000000``.
    """
    east_mm = abs(intent.longitude_udeg - store.longitude_udeg) * geo.kx_um // 1000
    north_mm = abs(intent.latitude_udeg - store.latitude_udeg) * geo.ky_um // 1000
    return isqrt(east_mm * east_mm + north_mm * north_mm) * geo.detour_permille // 1_000_000


def travel_cost_minor(intent: Intent, distance_m: int) -> int:
    """Return what the way there and back costs the buyer (3.5)."""
    return distance_m * intent.travel_cost_minor_per_km // 1000


def ready_min(intent: Intent) -> int:
    """Return the first minute at which the buyer could come, not before the present (3.5)."""
    return max(0, min(start for start, _ in intent.available))


def wait_cost_minor(intent: Intent, start: int) -> int:
    """Return what waiting from readiness to ``start`` costs the buyer (3.5)."""
    return intent.wait_cost_minor_per_hour * (start - ready_min(intent)) // 60


def saving_minor(product: Product, tier: Tier) -> int:
    """Return a buyer's saving per unit; a benefit in words counts as much as it costs."""
    return product.reference_price_minor - tier.price_minor + tier.cost_minor


def left_minor(tier: Tier, unit_cost_minor: int | None) -> int | None:
    """Return what is left to the seller per unit, None when the unit cost is unknown."""
    if unit_cost_minor is None:
        return None
    return tier.price_minor - tier.cost_minor - unit_cost_minor


def unit_value_minor(product: Product, tier: Tier, unit_cost_minor: int | None, w: Weights) -> int:
    """Return the joint value of one unit (3.3); an unknown cost leaves the margin out.

    ``u = (savings (reference - price) + margin (price - cost)) // 1000``
    """
    left = left_minor(tier, unit_cost_minor) or 0
    return (w.savings_permille * saving_minor(product, tier) + w.margin_permille * left) // 1000


def price_gap_minor(limit_minor: int | None, price_minor: int) -> int:
    """Return by how much a price exceeds a buyer's limit; 0 when it does not."""
    return 0 if limit_minor is None else max(0, price_minor - limit_minor)

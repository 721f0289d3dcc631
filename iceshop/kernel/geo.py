"""Points on the earth and the way between them."""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from iceshop.kernel.errors import Invalid

EARTH_RADIUS_M = 6_371_008.8  # mean radius, IUGG 1980
# Ratio of walked to straight distance in dense street grids; the engine's benchmark uses the same.
DETOUR_PERMILLE = 1300


@dataclass(frozen=True, slots=True)
class Point:
    """WGS 84 position in decimal degrees. Raises ``Invalid("place.out_of_range")``."""

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        if not (-90 <= self.latitude <= 90 and -180 <= self.longitude <= 180):
            raise Invalid("place.out_of_range")


def distance_m(a: Point, b: Point) -> int:
    """Great-circle distance in whole metres (haversine formula).

    >>> distance_m(Point(40.9903, 29.0275), Point(40.9823, 29.0253))
    909
    """
    half_north = radians(b.latitude - a.latitude) / 2
    half_east = radians(b.longitude - a.longitude) / 2
    chord = (
        sin(half_north) ** 2
        + cos(radians(a.latitude)) * cos(radians(b.latitude)) * sin(half_east) ** 2
    )
    return round(2 * EARTH_RADIUS_M * asin(min(1.0, sqrt(chord))))


def walk_m(a: Point, b: Point) -> int:
    """Estimated walking distance in metres: straight distance times the detour factor."""
    return distance_m(a, b) * DETOUR_PERMILLE // 1000

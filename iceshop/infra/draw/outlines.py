"""Sketched outlines for the locator map: shore and main streets of places with shops.

Drawn by hand from well-known points, to about 100 m: enough to say "between the shore and
Bahariye", not to walk by. A place without outlines gets a map without streets, never invented ones.
Coordinates are (latitude, longitude), WGS 84.
"""

from __future__ import annotations

from dataclasses import dataclass

Line = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """One area: a closed shore of the sea, streets with their width on paper, names at points."""

    south: float
    west: float
    north: float
    east: float
    sea: Line
    streets: tuple[tuple[int, Line], ...]
    names: tuple[tuple[str, float, float], ...]


KADIKOY = Outline(
    south=40.960,
    west=29.010,
    north=41.002,
    east=29.052,
    sea=(
        (41.0060, 29.0100),
        (40.9990, 29.0152),
        (40.9966, 29.0180),
        (40.9958, 29.0195),
        (40.9940, 29.0222),
        (40.9922, 29.0226),
        (40.9905, 29.0218),
        (40.9893, 29.0205),
        (40.9872, 29.0200),
        (40.9846, 29.0206),
        (40.9816, 29.0222),
        (40.9792, 29.0240),
        (40.9782, 29.0256),
        (40.9784, 29.0276),
        (40.9798, 29.0300),
        (40.9806, 29.0322),
        (40.9795, 29.0342),
        (40.9773, 29.0362),
        (40.9758, 29.0398),
        (40.9738, 29.0406),
        (40.9716, 29.0388),
        (40.9690, 29.0342),
        (40.9680, 29.0330),
        (40.9684, 29.0372),
        (40.9690, 29.0430),
        (40.9676, 29.0500),
        (40.9660, 29.0560),
        (40.9560, 29.0560),
        (40.9560, 29.0000),
        (41.0060, 29.0000),
    ),
    streets=(
        (10, ((40.9958, 29.0232), (40.9925, 29.0243), (40.9903, 29.0236), (40.9890, 29.0230))),
        (9, ((40.9912, 29.0240), (40.9906, 29.0278), (40.9908, 29.0330), (40.9912, 29.0390))),
        (9, ((40.9906, 29.0278), (40.9872, 29.0290), (40.9840, 29.0302), (40.9815, 29.0312))),
        (8, ((40.9872, 29.0262), (40.9848, 29.0256), (40.9822, 29.0255), (40.9795, 29.0266))),
        (6, ((40.9893, 29.0232), (40.9868, 29.0222), (40.9846, 29.0224))),
        (6, ((40.9846, 29.0224), (40.9840, 29.0256), (40.9838, 29.0302))),
        (6, ((40.9872, 29.0222), (40.9872, 29.0262), (40.9872, 29.0290), (40.9868, 29.0340))),
        (6, ((40.9906, 29.0278), (40.9872, 29.0262))),
        (6, ((40.9868, 29.0340), (40.9840, 29.0338), (40.9808, 29.0330))),
        (8, ((40.9912, 29.0390), (40.9870, 29.0400), (40.9822, 29.0408), (40.9790, 29.0440))),
        (8, ((40.9790, 29.0440), (40.9740, 29.0490), (40.9700, 29.0540))),
        (6, ((40.9958, 29.0232), (40.9950, 29.0290), (40.9935, 29.0350), (40.9912, 29.0390))),
        (6, ((40.9906, 29.0278), (40.9930, 29.0286), (40.9950, 29.0290))),
    ),
    names=(
        ("Marmara", 40.9830, 29.0180),
        ("Moda Cad.", 40.9836, 29.0256),
        ("Bahariye Cad.", 40.9856, 29.0296),
        ("Söğütlüçeşme Cad.", 40.9909, 29.0330),
        ("Rıhtım", 40.9925, 29.0243),
        ("Kalamış", 40.9766, 29.0405),
    ),
)

OUTLINES: tuple[Outline, ...] = (KADIKOY,)


def outline_at(latitude: float, longitude: float) -> Outline | None:
    """The outline that holds the point, or ``None``."""
    return next(
        (
            area
            for area in OUTLINES
            if area.south <= latitude <= area.north and area.west <= longitude <= area.east
        ),
        None,
    )

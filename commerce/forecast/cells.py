"""Hexagonal cells of H3, one resolution a level; a cell's parents cover it almost exactly."""

from __future__ import annotations

import h3

from commerce.forecast.domain import Level
from iceshop.kernel.geo import Point

# About 1, 3, 7 and 50 kilometres across.
RESOLUTION = {Level.CELL: 8, Level.QUARTER: 7, Level.DISTRICT: 6, Level.CITY: 4}
FINEST = Level.CELL


def cell_of(point: Point, level: Level = FINEST) -> str:
    """The cell of a level that a point lies in."""
    return str(h3.latlng_to_cell(point.latitude, point.longitude, RESOLUTION[level]))


def parent(cell: str, level: Level) -> str:
    """The cell of a wider level, or itself."""
    return str(h3.cell_to_parent(cell, RESOLUTION[level]))


def ladder(point: Point) -> dict[Level, str]:
    """The cells around a point by level, each the parent of the one before."""
    finest = cell_of(point)
    return {level: parent(finest, level) for level in Level}


def around(point: Point, level: Level) -> frozenset[str]:
    """The cell of a level that a point lies in, with its neighbours."""
    return frozenset(str(one) for one in h3.grid_disk(cell_of(point, level), 1))

"""The locator map: shop and reader to scale, north up, on a sketch of the area."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians

from iceshop.infra.draw.outlines import Line, outline_at
from iceshop.kernel.geo import Point

WIDTH, HEIGHT = 360, 172
_METRES_PER_DEGREE = 111_320  # of latitude, and of longitude at the equator
_MARGIN = 52
# The widest and the closest that the map looks.
_LEAST_METRES, _MOST_METRES = 500, 6_000


@dataclass(frozen=True, slots=True)
class Street:
    """A street's polyline and its width on paper."""

    points: str
    width: int


@dataclass(frozen=True, slots=True)
class Name:
    """A name and where it stands."""

    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Locator:
    """Everything the map draws, in units of the 360 by 172 view."""

    shop_x: float
    shop_y: float
    you_x: float | None
    you_y: float | None
    sea: str
    streets: tuple[Street, ...]
    names: tuple[Name, ...]


def locator(shop: Point, you: Point | None = None) -> Locator:
    """Place ``shop`` and, when known, ``you`` so that both are well inside the picture."""
    centre = shop if you is None else _middle(shop, you)
    scale = _units_per_metre(shop, you)
    area = outline_at(centre.latitude, centre.longitude)

    def place(latitude: float, longitude: float) -> tuple[float, float]:
        north = (latitude - centre.latitude) * _METRES_PER_DEGREE
        east = (longitude - centre.longitude) * _METRES_PER_DEGREE * cos(radians(centre.latitude))
        return round(WIDTH / 2 + east * scale, 1), round(HEIGHT / 2 + 14 - north * scale, 1)

    def path(line: Line) -> str:
        return " ".join(f"{x},{y}" for x, y in (place(*point) for point in line))

    shop_at = place(shop.latitude, shop.longitude)
    you_at = place(you.latitude, you.longitude) if you else None
    names = tuple(Name(text, *place(lat, lon)) for text, lat, lon in area.names) if area else ()
    return Locator(
        shop_x=shop_at[0],
        shop_y=shop_at[1],
        you_x=you_at[0] if you_at else None,
        you_y=you_at[1] if you_at else None,
        sea=path(area.sea) if area else "",
        streets=tuple(Street(path(line), width) for width, line in area.streets) if area else (),
        names=tuple(name for name in names if _is_free(name, shop_at, you_at)),
    )


def _middle(a: Point, b: Point) -> Point:
    return Point((a.latitude + b.latitude) / 2, (a.longitude + b.longitude) / 2)


def _units_per_metre(shop: Point, you: Point | None) -> float:
    if you is None:
        return (HEIGHT - _MARGIN) / _LEAST_METRES
    north = abs(shop.latitude - you.latitude) * _METRES_PER_DEGREE
    east = abs(shop.longitude - you.longitude) * _METRES_PER_DEGREE * cos(radians(shop.latitude))
    tall = min(max(north, _LEAST_METRES / 2), _MOST_METRES)
    wide = min(max(east, _LEAST_METRES), _MOST_METRES)
    return min((HEIGHT - 2 * _MARGIN) / tall, (WIDTH - 2 * _MARGIN) / wide)


def _is_free(name: Name, shop: tuple[float, float], you: tuple[float, float] | None) -> bool:
    """Whether a name lies inside the picture and clear of pin, reader and way."""
    if not (40 <= name.x <= WIDTH - 40 and 16 <= name.y <= HEIGHT - 8):
        return False
    beside_shop = abs(name.x - shop[0]) < 70 and -64 < name.y - shop[1] < 16
    if you is None:
        return not beside_shop
    beside_you = abs(name.x - you[0]) < 80 and abs(name.y - you[1]) < 22
    middle_x, middle_y = (shop[0] + you[0]) / 2, (shop[1] + you[1]) / 2
    on_way = abs(name.x - middle_x) < 50 and abs(name.y - middle_y) < 34
    return not (beside_shop or beside_you or on_way)

import re

import segno

from iceshop.infra.draw.locator import HEIGHT, WIDTH, locator
from iceshop.infra.draw.qr import QUIET_MODULES, qr_path
from iceshop.infra.draw.spark import Spark, spark
from iceshop.kernel.geo import Point

SHOP = Point(40.98437, 29.02568)
NORTH_EAST = Point(40.98800, 29.03200)
FAR_AWAY = Point(39.92, 32.85)


def test_qr_path_draws_exactly_the_dark_modules() -> None:
    code = qr_path("7F3K92")
    dark = set()
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)", code.path):
        dark |= {(int(x) + step, int(y)) for step in range(int(length))}
    matrix = segno.make("7F3K92", error="m", micro=False).matrix
    expected = {
        (x + QUIET_MODULES, y + QUIET_MODULES)
        for y, row in enumerate(matrix)
        for x, module in enumerate(row)
        if module
    }
    assert dark == expected
    assert code.side == len(matrix) + 2 * QUIET_MODULES


def test_map_is_north_up_and_shows_both() -> None:
    drawing = locator(SHOP, NORTH_EAST)
    assert drawing.you_x is not None
    assert drawing.you_y is not None
    assert drawing.you_x > drawing.shop_x
    assert drawing.you_y < drawing.shop_y
    for x, y in ((drawing.shop_x, drawing.shop_y), (drawing.you_x, drawing.you_y)):
        assert 0 < x < WIDTH
        assert 0 < y < HEIGHT


def test_map_knows_the_shore_of_kadikoy() -> None:
    drawing = locator(SHOP, NORTH_EAST)
    assert drawing.sea
    assert drawing.streets


def test_map_invents_no_streets_elsewhere() -> None:
    drawing = locator(FAR_AWAY)
    assert (drawing.sea, drawing.streets, drawing.names) == ("", (), ())
    assert drawing.you_x is None


def test_spark_scales_and_ends_in_the_last_value() -> None:
    assert spark([1, 3, 2]) == Spark("4.0,24.0 48.0,4.0 92.0,14.0", 92.0, 14.0)


def test_spark_of_equal_values_is_flat() -> None:
    assert spark([5, 5]) == Spark("4.0,24.0 92.0,24.0", 92.0, 24.0)


def test_spark_needs_two_values() -> None:
    assert spark([1]) is None

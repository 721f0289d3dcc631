from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iceshop.kernel.errors import Invalid
from iceshop.kernel.geo import Point, distance_m, walk_m

HALF_ROUND_M = 20_015_114  # half the circumference at the mean radius

points = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [(90.01, 0), (-90.01, 0), (0, 180.01), (0, -180.01), (nan, 0), (0, nan), (inf, 0)],
)
def test_point_off_the_earth_is_refused(latitude: float, longitude: float) -> None:
    with pytest.raises(Invalid) as refusal:
        Point(latitude, longitude)
    assert refusal.value.code == "place.out_of_range"


@pytest.mark.parametrize(
    ("a", "b", "metres"),
    [
        (Point(40.9903, 29.0275), Point(40.9823, 29.0253), 909),  # Kadıköy, Moda
        (Point(41.0082, 28.9784), Point(39.9334, 32.8597), 349_356),  # İstanbul, Ankara
        (Point(0, 179.5), Point(0, -179.5), 111_195),  # over the date line
        (Point(90, 0), Point(-90, 0), HALF_ROUND_M),
    ],
)
def test_distance_is_known(a: Point, b: Point, metres: int) -> None:
    assert distance_m(a, b) == metres


def test_walk_is_longer_by_the_detour() -> None:
    assert walk_m(Point(40.9903, 29.0275), Point(40.9823, 29.0253)) == 1181  # 909 times 1.3


@given(points, points)
def test_distance_is_the_same_both_ways(a: Point, b: Point) -> None:
    assert distance_m(a, b) == distance_m(b, a)
    assert 0 <= distance_m(a, b) <= HALF_ROUND_M
    assert distance_m(a, a) == 0


@given(points)
def test_other_side_of_the_earth_is_half_round(a: Point) -> None:
    turned = a.longitude - 180 if a.longitude > 0 else a.longitude + 180
    assert abs(distance_m(a, Point(-a.latitude, turned)) - HALF_ROUND_M) <= 1


@given(points, points, points)
def test_detour_over_a_third_place_is_never_shorter(a: Point, b: Point, c: Point) -> None:
    assert distance_m(a, c) <= distance_m(a, b) + distance_m(b, c) + 2

"""Names, slots, stock and the slider."""

from __future__ import annotations

import doctest

import pytest

from accounts.identity.domain import short_name
from windows.board import domain
from windows.board.domain import Slider, price_at, slider, slot_minutes


def test_examples_of_the_docstrings_hold() -> None:
    assert doctest.testmod(domain).failed == 0


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("Zeynep Aydın", "Zeynep A."),
        ("  ayşe   nur  ırmak ", "ayşe I."),
        ("Ali ince", "Ali İ."),
        ("李 小龙", "李 小."),
    ],
)
def test_names_are_shortened_to_what_the_till_needs(full: str, short: str) -> None:
    assert short_name(full) == short


def test_slots_of_a_long_window_stay_few() -> None:
    assert [240 // slot_minutes(240), slot_minutes(5)] == [12, 5]


def test_slider_without_a_lowest_price_has_no_limit() -> None:
    assert slider(base_minor=14_500, price_minor=13_050, floor_minor=None) == Slider(10, 20, None)


def test_slider_reaches_beyond_a_large_discount() -> None:
    made = slider(base_minor=10_000, price_minor=1_500, floor_minor=1_000)
    assert made == Slider(85, 95, 90)
    assert (made.lower, made.higher) == (82, 88)


def test_steps_beside_stop_at_nothing_and_at_the_limit() -> None:
    assert Slider(2, 20, None).lower is None
    assert Slider(14, 20, 15).higher is None


def test_price_of_a_discount_is_never_above_it() -> None:
    assert price_at(base_minor=999, percent=33) == 669

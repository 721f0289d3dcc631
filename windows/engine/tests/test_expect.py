"""Who will come: against enumeration, and wider than independent coins."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from windows.engine.expect import distribution, expected, expected_of
from windows.engine.tests.builders import buyer
from windows.engine.types import Expected

PARTIES = st.lists(st.tuples(st.integers(1, 4), st.integers(1, 1000)), max_size=6)
SHOCKS = st.integers(0, 1500)


@given(PARTIES)
def test_distribution_without_a_shock_equals_the_enumeration_of_all_outcomes(
    parties: list[tuple[int, int]],
) -> None:
    chances = distribution(parties, shock_milli=0)
    counted = [0.0] * len(chances)
    for outcome in product([False, True], repeat=len(parties)):
        chance, people = 1.0, 0
        for comes, (size, show) in zip(outcome, parties, strict=True):
            chance *= (show if comes else 1000 - show) / 1000
            people += size if comes else 0
        counted[people] += chance
    assert list(chances) == pytest.approx(counted, abs=1e-9)


@given(PARTIES, SHOCKS)
def test_shock_leaves_a_distribution_with_nearly_the_same_mean(
    parties: list[tuple[int, int]], shock: int
) -> None:
    chances = distribution(parties, shock)
    assert sum(chances) == pytest.approx(1, abs=1e-9)
    mean = sum(count * chance for count, chance in enumerate(chances))
    people = sum(size for size, _ in parties)
    assert mean == pytest.approx(expected(parties).mean_milli / 1000, abs=0.02 * people + 1e-9)


@given(PARTIES, st.integers(1, 999), SHOCKS)
def test_range_holds_with_the_stated_probability(
    parties: list[tuple[int, int]], share: int, shock: int
) -> None:
    chances = distribution(parties, shock)
    found = expected(parties, share, shock)
    assert 0 <= found.low <= found.high < len(chances)
    assert 1000 * sum(chances[found.low : found.high + 1]) >= share - 1e-6


def test_people_who_fail_together_make_the_range_wider() -> None:
    crowd = [(1, 800)] * 40
    assert expected(crowd, 900, shock_milli=0) == Expected(32_000, 28, 36, 900)
    assert expected(crowd, 900) == Expected(32_000, 26, 37, 900)


def test_certain_people_leave_no_doubt() -> None:
    assert expected([(2, 1000), (1, 1000)]) == Expected(3_000, 3, 3, 800)


def test_nobody_invited_means_nobody_expected() -> None:
    assert expected([]) == Expected(0, 0, 0, 800)


def test_companions_come_with_their_buyer() -> None:
    couple = buyer("b", quantity=2, show_permille=500)
    assert expected_of([couple], 800) == Expected(1_000, 0, 2, 800)

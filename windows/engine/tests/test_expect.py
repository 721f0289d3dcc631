"""Who will come: exact against enumeration."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from windows.engine.expect import distribution, expected, expected_of
from windows.engine.tests.builders import buyer
from windows.engine.types import Expected

PARTIES = st.lists(st.tuples(st.integers(1, 4), st.integers(1, 1000)), max_size=6)


@given(PARTIES)
def test_distribution_equals_the_enumeration_of_all_outcomes(
    parties: list[tuple[int, int]],
) -> None:
    weights, total = distribution(parties)
    counted = [0] * len(weights)
    for outcome in product([False, True], repeat=len(parties)):
        weight = people = 0
        weight = 1
        for comes, (size, show) in zip(outcome, parties, strict=True):
            weight *= show if comes else 1000 - show
            people += size if comes else 0
        counted[people] += weight
    assert list(weights) == counted
    assert sum(weights) == total == 1000 ** len(parties)


@given(PARTIES, st.integers(1, 999))
def test_range_holds_with_the_stated_probability(
    parties: list[tuple[int, int]], share: int
) -> None:
    weights, total = distribution(parties)
    found = expected(parties, share)
    assert 1000 * sum(weights[found.low : found.high + 1]) >= share * total
    assert 1000 * found.low <= found.mean_milli + 1000 * len(weights)


def test_certain_people_leave_no_doubt() -> None:
    assert expected([(2, 1000), (1, 1000)]) == Expected(3_000, 3, 3, 800)


def test_nobody_invited_means_nobody_expected() -> None:
    assert expected([]) == Expected(0, 0, 0, 800)


def test_companions_come_with_their_buyer() -> None:
    couple = buyer("b", quantity=2, show_permille=500)
    assert expected_of([couple], 800) == Expected(1_000, 0, 2, 800)

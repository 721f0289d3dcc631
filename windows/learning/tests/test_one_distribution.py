"""The product's ranges and the benchmark's come from one distribution."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commerce.forecast.numerics import attendance
from windows.engine.expect import distribution, expected

PARTIES = st.lists(st.tuples(st.integers(1, 4), st.integers(1, 999)), max_size=8)


@given(PARTIES, st.integers(0, 1500), st.sampled_from([800, 900]))
def test_product_and_benchmark_have_one_distribution(
    parties: list[tuple[int, int]], shock: int, share: int
) -> None:
    chances = np.array([show / 1000 for _, show in parties])
    twin = attendance.distribution(chances, shock / 1000, [size for size, _ in parties])

    assert list(distribution(parties, shock)) == pytest.approx(list(twin), abs=1e-8)

    found, held = expected(parties, share, shock), attendance.count_range(twin, share / 1000)
    assert (found.low, found.high) == (held.low, held.high)

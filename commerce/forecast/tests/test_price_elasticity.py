"""Elasticities: on made-up sales, and on the weekly avocado sales that are bundled."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bench.forecasting import avocado
from commerce.forecast.numerics.price_elasticity import MOST_ELASTICITY, Panel, learn

BUNDLED = Path(__file__).parent / "realdata"


def panel(slopes: list[float], weeks: int = 104, noise: float = 0.1) -> Panel:
    """Series of one kind with the given elasticities and prices that move around."""
    chance = np.random.default_rng(7)
    price = chance.normal(0, 0.2, (len(slopes), weeks))
    season = np.arange(weeks) % 52 / 52
    units = 5 + np.array(slopes)[:, None] * price + 0.3 * np.cos(2 * np.pi * season)
    units = units + chance.normal(0, noise, units.shape)
    return Panel(np.zeros(len(slopes), dtype=np.intp), season, price, units)


def test_elasticity_is_found_and_leans_towards_its_kind() -> None:
    found = learn(panel([-1.0, -1.0, -1.0, -2.0])).elasticity
    assert found[:3] == pytest.approx([-1.1] * 3, abs=0.15)
    assert -2.0 < found[3] < found[:3].min() - 0.2


def test_dearer_never_sells_more() -> None:
    found = learn(panel([0.8, 0.9, 0.7])).elasticity
    assert found.tolist() == [MOST_ELASTICITY] * 3


def test_forecast_follows_price_and_season_through_gaps() -> None:
    whole = panel([-1.0, -1.2, -0.8], noise=0.02)
    units = whole.log_units.copy()
    units[1, 20:30] = np.nan
    past = Panel(whole.kinds, whole.season[:92], whole.log_price[:, :92], units[:, :92])
    ahead = learn(past).log_units(whole.season[92:], whole.log_price[:, 92:])
    assert ahead == pytest.approx(whole.log_units[:, 92:], abs=0.12)


def test_avocado_rows_keep_their_goals() -> None:
    error, positive = avocado.rows(BUNDLED, None)  # type: ignore[no-untyped-call]
    assert error.value < 0.205
    assert positive.value == 0
    assert error.ok
    assert positive.ok

"""The figures of the forecasts on public data may not fall; `bench/forecast` prints them all."""

import importlib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
DATA = Path(__file__).parent / "realdata"
SHARED = ROOT.parent / "shared" / "realdata"


def bench(name: str) -> ModuleType:
    return importlib.import_module(f"bench.forecasting.{name}")


@pytest.fixture(scope="module")
def taxi() -> dict[str, Any]:
    return {row.name: row for row in bench("taxi").rows(DATA, None)}


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("taxi, NumPy alone: deviance", 0.361),
        ("taxi, stacked: deviance", 0.360),
        ("taxi, stacked: RMSSE", 0.7035),
        ("taxi, stacked: bias without its sign", 0.03),
        ("taxi with 1 day of history: deviance", 0.48),
        ("taxi with 7 days of history: deviance", 0.384),
        ("taxi with 14 days of history: deviance", 0.371),
        ("taxi with 28 days of history: deviance", 0.367),
        ("taxi, 90 % ranges of zone x 3 h: interval score", 12.7),
    ],
)
def test_figure_stays_below_its_ceiling(taxi: dict[str, Any], name: str, most: float) -> None:
    assert taxi[name].value <= most


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("taxi, best hour captured", 0.735),
        ("taxi, best three hours captured", 0.895),
        ("taxi, 90 % ranges of zone x 3 h: coverage", 0.88),
        ("taxi, 90 % ranges of zone x 3 h: PIT coverage", 0.87),
    ],
)
def test_figure_stays_above_its_floor(taxi: dict[str, Any], name: str, least: float) -> None:
    assert taxi[name].value >= least


def test_every_goal_is_met(taxi: dict[str, Any]) -> None:
    assert [name for name, row in taxi.items() if not row.ok] == []


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.is_dir(), reason="the folder shared/realdata is not beside the code")
def test_busy_series_stays_below_its_ceiling() -> None:
    found = {row.name: row.value for row in bench("bike").rows(SHARED, None)}
    assert found["bike, without weather: MASE(168)"] <= 0.905
    assert found["bike, with weather: MASE(168)"] <= 0.715


def test_answers_to_coupons_stay_below_their_ceiling() -> None:
    found = {row.name: row for row in bench("coupon").rows(DATA, None)}
    assert [name for name, row in found.items() if not row.ok] == []
    assert found["coupon, people never seen: log loss"].value <= 0.542
    assert found["coupon, with the answers before: log loss"].value <= 0.509


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.is_dir(), reason="the folder shared/realdata is not beside the code")
def test_hotel_arrivals_meet_their_goals() -> None:
    found = bench("hotel").rows(SHARED, None)
    assert [row.name for row in found if not row.ok] == []

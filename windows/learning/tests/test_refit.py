"""Champion and challenger, drift, and what a model has caused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from windows.learning import queries, services
from windows.learning.domain import fitting
from windows.learning.domain.judgement import Drift
from windows.learning.models import DriftCheck, ParameterSet
from windows.learning.tests.worlds import crowd, past_windows
from windows.tests.stories import NOON, Shop, new_shop, wish

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(days=1)


@pytest.fixture
def shop() -> Shop:
    return new_shop()


def kept(model: str = "show") -> list[tuple[int, str, str, str]]:
    rows = ParameterSet.objects.filter(model=model).order_by("version")
    return list(rows.values_list("version", "kind", "state", "reason"))


def test_nothing_happened_nothing_is_kept() -> None:
    assert services.refit(now=NOON) == 0
    assert not ParameterSet.objects.exists()


def test_few_outcomes_leave_the_prior_in_force(shop: Shop) -> None:
    past_windows(shop, windows=9, people=crowd(10), comes=0.4)

    assert services.refit(now=NOON) == 0

    assert kept() == [(1, "rule", "retired", "too_few")]
    assert queries.in_force().show.version == 0


def test_better_challenger_is_taken_with_the_reason(shop: Shop) -> None:
    people = crowd(10)
    past_windows(shop, windows=40, people=people, comes=0.45)
    card = wish(people[0])
    before = queries.show_permille([card], now=NOON)[card.id]

    assert services.refit(now=NOON) >= 1

    assert kept() == [(1, "logistic", "champion", "better")]
    assert queries.show_permille([card], now=NOON)[card.id] < before - 200
    row = ParameterSet.objects.get(model="show")
    assert (row.outcomes, row.self_caused_ppm) == (400, 0)
    tests = row.back_test
    assert tests["challenger"]["loss"] < tests["champion"]["loss"]
    assert tests["challenger"]["tested"] == tests["champion"]["tested"] == 100


def test_challenger_that_is_no_better_is_not_taken(shop: Shop) -> None:
    people = crowd(10)
    past_windows(shop, windows=40, people=people, comes=0.45)
    services.refit(now=NOON)
    # The same world goes on: what was learned from it holds.
    first = NOON - timedelta(days=18)
    past_windows(shop, windows=30, people=people, comes=0.45, first=first, version=1, seed=2)

    services.refit(now=LATER)

    second = ParameterSet.objects.get(model="show", version=2)
    assert second.reason in ("not_better", "better")
    champions = ParameterSet.objects.filter(model="show", state="champion")
    assert champions.get().version == (2 if second.reason == "better" else 1)
    # Three sevenths of what it saw were said by the version before.
    assert second.self_caused_ppm == 1_000_000 * 300 // 700


def test_refit_runs_once_for_the_same_outcomes(shop: Shop) -> None:
    past_windows(shop, windows=40, people=crowd(10), comes=0.45)
    services.refit(now=NOON)
    before = kept()

    assert services.refit(now=NOON + timedelta(hours=1)) == 0
    assert services.refit(now=LATER) == 0

    assert kept() == before


def test_too_few_new_outcomes_are_no_test(shop: Shop) -> None:
    people = crowd(10)
    past_windows(shop, windows=40, people=people, comes=0.45)
    services.refit(now=NOON)
    first = NOON - timedelta(days=15)
    past_windows(shop, windows=2, people=people, comes=0.45, first=first, seed=3)

    services.refit(now=LATER)

    assert kept()[-1] == (2, "rule", "retired", "too_few_new")


def test_people_who_fail_together_widen_the_shock(shop: Shop) -> None:
    people = crowd(10)
    start = NOON - timedelta(days=30)
    for half, comes in enumerate((0.97, 0.45) * 10):
        past_windows(
            shop,
            windows=3,
            people=people,
            comes=comes,
            first=start + timedelta(hours=3 * half),
            seed=10 + half,
        )

    services.refit(now=NOON)

    assert kept("shock")[0][1:] == ("spread", "champion", "better")
    assert queries.in_force().shocks.general_milli > 700


def test_trees_compete_from_a_thousand_outcomes(shop: Shop) -> None:
    past_windows(shop, windows=140, people=crowd(10), comes=0.5)

    services.refit(now=NOON)

    assert kept()[0][2:] == ("champion", "better")
    assert queries.in_force().show.kind in ("logistic", "trees")


def test_learned_trees_are_in_force(shop: Shop) -> None:
    people = crowd(10)
    lessons = [
        fitting.SeatLesson((1.0, *(0.0,) * 5, float(number % 2), 0.0, 0.0, 0.0), number % 2 == 0)
        for number in range(400)
    ]
    made = fitting.boosted(lessons)
    ParameterSet.objects.create(
        model="show",
        version=7,
        kind=made.kind,
        state="champion",
        reason="better",
        trained_through=NOON,
        outcomes=400,
        self_caused_ppm=0,
        payload={},
        trees=made.trees,
        back_test={},
        made_at=NOON,
    )
    card = wish(people[0])

    assert queries.in_force().show.kind == "trees"
    assert queries.show_permille([card], now=NOON)[card.id] > 900


def test_drift_is_seen_and_kept_by_day(shop: Shop) -> None:
    past_windows(shop, windows=40, people=crowd(10), comes=0.4)
    services.learn_due(now=NOON)

    assert services.check_drift(now=NOON) is Drift.TOO_FEW
    assert services.check_drift(now=NOON + timedelta(hours=2)) is Drift.TOO_FEW

    row = DriftCheck.objects.get()
    assert (row.on, row.drift, row.windows) == (NOON.date(), "too_few", 40)
    assert queries.standing(now=NOON).needs_an_eye


def test_forecast_that_holds_raises_no_alarm(shop: Shop) -> None:
    past_windows(shop, windows=40, people=crowd(10), comes=0.85)
    services.learn_due(now=NOON)

    assert services.check_drift(now=NOON) is Drift.NONE
    found = queries.calibration(now=NOON)
    assert not found.is_alarm
    assert found.windows == 40
    assert sum(found.bars) == pytest.approx(40)
    assert found.held_90_ppm >= 850_000
    assert found.weeks[0].monday.isoweekday() == 1


def test_few_windows_say_nothing_of_drift() -> None:
    assert services.check_drift(now=NOON) is Drift.UNKNOWN
    assert not queries.standing(now=NOON).needs_an_eye

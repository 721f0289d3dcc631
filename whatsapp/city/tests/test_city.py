"""A small city keeps every rule, and the same seed makes the same city."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from iceshop.infra.schedule.table import jobs
from whatsapp.city.play.faults import FaultLevel
from whatsapp.city.play.plan import CityPlan
from whatsapp.city.play.product import JOBS
from whatsapp.city.play.report import Report
from whatsapp.city.play.rules import RULES
from whatsapp.city.play.time import DELIVER, ROUND
from whatsapp.city.tests.playing import SMALL, played, rolled_back

pytestmark = pytest.mark.django_db

# What is looked at beside the rows of the database.
_BESIDE = {"outside_hours", "pair_rate", "page_errors", "exceptions"}
_FIELDS = {
    *("seed", "buyers", "sellers", "days", "faults", "intents", "windows", "seats_offered"),
    *("seats_taken", "seats_used", "savings_minor", "messages_out", "messages_per_arrival"),
    *("waiting_hours", "show_up", "fill", "fairness", "broken_rules", "wall_seconds"),
}


def _told(report: Report) -> dict[str, Any]:
    """The published object without what depends on the machine."""
    shown = report.as_json()
    assert shown.pop("wall_seconds") >= 0
    return shown


@pytest.mark.slow
def test_small_city_keeps_every_rule_and_repeats_itself() -> None:
    with rolled_back():
        first = played(SMALL)
    with rolled_back():
        again = played(SMALL)

    assert first.broken == {name: [] for name in {*RULES, *_BESIDE}}
    assert first.is_clean
    assert _told(first) == _told(again)
    assert set(first.as_json()) == _FIELDS
    figures = first.figures
    assert figures.intents > 0
    assert figures.windows > 0
    assert figures.seats_offered >= figures.seats_taken >= figures.seats_used > 0
    assert figures.savings_minor > 0


def test_every_periodic_job_is_played() -> None:
    housekeeping = {
        *("infra.heartbeat", "infra.idempotency.forget_old", "windows.rounds.forget_old"),
        "accounts.privacy.run",
    }
    # A city is too short to learn from.
    learning = {
        *("windows.intents.count_demand", "commerce.forecast.fit_due", "windows.twin.check_due"),
        *(f"windows.learning.{name}" for name in ("estimate_due", "learn_due", "refit")),
    }
    # Nobody listens to voice notes in a city: they are answered as such.
    unheard = {"whatsapp.voice.drain"}
    aside = housekeeping | learning | unheard
    assert {job.task for job in jobs()} == {*JOBS, DELIVER, ROUND} | aside


# Committed as it goes, as in the command: within one transaction no dead row could be cleaned up.
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("faults", [FaultLevel.NONE, FaultLevel.LOW, FaultLevel.HIGH])
def test_larger_city_keeps_every_rule(faults: FaultLevel) -> None:
    plan = CityPlan(buyers=60, sellers=10, days=1, seed=11, faults=faults)
    report = played(plan)
    assert {name: rows for name, rows in report.broken.items() if rows} == {}
    assert report.figures.seats_used > 0


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_city_of_two_days_keeps_every_rule() -> None:
    report = played(replace(SMALL, days=2, hours=0, buyers=30, sellers=6))
    assert {name: rows for name, rows in report.broken.items() if rows} == {}
    assert report.figures.windows > 0

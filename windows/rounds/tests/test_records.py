"""A round that decided something can be exported, played again and solved by the command."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta
from io import StringIO
from pathlib import Path
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from iceshop.embedded.environment import ROOT
from iceshop.kernel.ids import new_id
from windows.engine import record
from windows.engine.market import Market
from windows.engine.search.build import build
from windows.engine.search.effort import Effort
from windows.engine.search.solve import solve
from windows.rounds import services, snapshot
from windows.rounds.models import DecisionRecord, Round
from windows.rounds.queries import record_of
from windows.rounds.tests.deeds import run, shop_with_ladder
from windows.tests.stories import NOON, buyer, new_window

pytestmark = pytest.mark.django_db


def exported(round_id: UUID) -> str:
    out = StringIO()
    call_command("round", "export", str(round_id), stdout=out)
    return out.getvalue()


def engine(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "windows.engine", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def live_round() -> str:
    """A market with a live window, a group and somebody who waits; its round, exported."""
    shop = shop_with_ladder()
    new_window(shop, starts_in=120, seats=3)
    shop_with_ladder(name="Bahariye", people=4)
    for name in ("Elif", "Mert", "Ali", "Can", "Nil"):
        buyer(name)
    run()
    return exported(Round.objects.get().id)


def test_live_round_is_exported_and_decided_again(tmp_path: Path) -> None:
    text = live_round()
    path = tmp_path / "ROUND.json"
    path.write_text(text)
    same = engine("replay", path)
    assert (same.returncode, same.stderr) == (0, "")
    assert f"seed {Round.objects.get().seed}: the same" in same.stdout

    changed = json.loads(text)
    changed["decisions"][0]["people"] += 1
    path.write_text(json.dumps(changed))
    other = engine("replay", path)
    assert other.returncode == 1
    assert other.stdout.startswith("decision 0: stored ")

    path.write_text(text[:-20])
    broken = engine("replay", path)
    assert (broken.returncode, broken.stdout) == (2, "")
    assert "not JSON" in broken.stderr


def test_wrong_value_in_a_round_is_refused_with_its_place(tmp_path: Path) -> None:
    text = live_round()
    path = tmp_path / "ROUND.json"
    for old, new, place in (
        ('"slot_min": 1', '"slot_min": "1"', "snapshot.slot_min is '1'"),
        ('"max_group": ', '"max_group": true, "was": ', "snapshot.offers[0].max_group is True"),
        ('"t0": "', '"t0": "noon ', "snapshot.t0 is 'noon "),
        ('"seed"', '"seeds"', "seed is missing"),
    ):
        path.write_text(text.replace(old, new, 1))
        refused = engine("replay", path)
        assert (refused.returncode, refused.stdout) == (2, "")
        assert place in refused.stderr


@pytest.mark.slow  # compiles, where nothing is compiled yet
def test_command_solves_a_live_round_with_the_functions_of_the_benchmark(tmp_path: Path) -> None:
    shop_with_ladder()
    shop_with_ladder(name="Bahariye", people=4)
    for name in ("Elif", "Mert", "Ali", "Can", "Nil"):
        buyer(name)
    run()
    text = exported(Round.objects.get().id)
    path = tmp_path / "ROUND.json"
    path.write_text(text)

    answer = json.loads(engine("solve", path, "--steps", 2000, "--seconds", 300).stdout)

    stored = record.load(text)
    market = Market(stored.snapshot, stored.parameters, 1)
    board = build(market, market.intents, market.busy)
    found = solve(board.problem, seed=1, effort=Effort.of(2000))
    (asked,) = stored.decisions
    assert answer["objective_milli"] == found.total_milli == asked["value_milli"]
    (window,) = answer["windows"]
    assert window["start"] == asked["start"]  # at either shop: they are worth the same
    assert window["intents"] == sorted(asked["intents"])
    assert answer["format"] == "iceshop-round-solution/1"


def test_snapshot_of_a_round_is_what_was_taken() -> None:
    shop_with_ladder()
    buyer("Elif")
    buyer("Mert")
    taken = snapshot.take(now=NOON)
    run()

    stored = record.load(exported(Round.objects.get().id))

    assert stored.snapshot == taken.snapshot
    assert stored.parameters == snapshot.parameters()
    assert len(stored.decisions) == DecisionRecord.objects.count() == 1


def test_record_names_nobody() -> None:
    shop_with_ladder()
    buyer("Elif Kaya")
    buyer("Mert Demir")
    run()

    text = exported(Round.objects.get().id)

    assert "Elif" not in text
    assert "Moda" not in text


def test_old_records_are_deleted_and_their_decisions_stay(settings: Settings) -> None:
    settings.ROUND_RECORD_DAYS = 3
    shop_with_ladder()
    buyer("Elif")
    buyer("Mert")
    run()
    kept = Round.objects.get().id

    assert services.forget_old(now=NOON + timedelta(days=3)) == 0
    assert services.forget_old(now=NOON + timedelta(days=3, seconds=1)) == 1
    assert record_of(kept) is None
    assert DecisionRecord.objects.filter(round_id=kept).count() == 1
    with pytest.raises(CommandError, match="No such round is stored"):
        exported(kept)


def test_unknown_round_is_refused() -> None:
    with pytest.raises(CommandError):
        exported(new_id())

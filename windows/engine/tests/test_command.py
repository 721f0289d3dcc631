"""The command line, as scripts call it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from windows.engine import record
from windows.engine.decide import decide
from windows.engine.tests.builders import at_noon, buyer
from windows.engine.types import Parameters

HERE = Path(__file__).parent / "instances"
ROOT = Path(__file__).parents[3]
TINY = HERE / "p1-tiny-16.json"


def engine(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "windows.engine", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_steps_solve_an_instance_the_same_way_each_time() -> None:
    first, second = (engine("solve", TINY, "--steps", 20_000, "--seconds", 600) for _ in range(2))
    answer = json.loads(first.stdout)
    assert (first.returncode, first.stdout) == (0, second.stdout)
    assert answer["objective_milli"] >= 17_600_000
    assert {"format", "instance", "windows", "steps"} <= set(answer)
    assert (answer["format"], answer["instance"]) == ("fpw-solution/1", "p1-tiny-16")


def test_without_kernels_plain_greedy_answers(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "windows.engine", "solve", str(TINY), "--seconds", "60"]
    run = subprocess.run(
        command,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "XDG_CACHE_HOME": str(tmp_path)},
    )
    answer = json.loads(run.stdout)
    assert (answer["objective_milli"], answer["steps"]) == (14_548_345, None)
    assert list(tmp_path.iterdir()) == []


def test_signal_ends_the_search_with_an_answer() -> None:
    command = [sys.executable, "-m", "windows.engine", "solve", str(TINY), "--seconds", "600"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as run:
        assert run.stderr is not None
        assert run.stderr.readline() == "searching\n"
        run.send_signal(signal.SIGTERM)
        answer = json.loads(run.communicate()[0])
    assert run.returncode == 0
    assert answer["format"] == "fpw-solution/1"


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('"fpw-matching/1"', '"fpw-matching/9"', "format"),
        ('"show": 600', '"show": 0', "intents[0].show"),
        ('"slot_min"', '"slot"', "slot_min"),
        ("{", "", "JSON"),
    ],
)
def test_unusable_instance_is_refused_with_its_place(
    tmp_path: Path, old: str, new: str, place: str
) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text(json.dumps(json.loads(TINY.read_text())).replace(old, new, 1))
    run = engine("solve", bad)
    assert (run.returncode, run.stdout) == (2, "")
    assert place in run.stderr


def test_replay_compares_with_what_was_decided(tmp_path: Path) -> None:
    market = at_noon((buyer("ada"), buyer("bora"), buyer("cem")))
    stored = record.dump(market, Parameters(), 1, decide(market, Parameters(), 1))
    path = tmp_path / "round.json"
    for text, status in ((stored, 0), (stored.replace("ASK_SELLER", "DROP"), 1), ("{}", 2)):
        path.write_text(text)
        assert engine("replay", path).returncode == status

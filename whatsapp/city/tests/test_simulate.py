"""A small city played by the command, twice: no rule is broken, and the seed decides everything."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]

pytestmark = pytest.mark.slow


def played(*options: str) -> dict[str, Any]:
    """Play a city in a process and a database of its own; its result."""
    command = [sys.executable, "manage.py", "simulate", "--json", *options]
    finished = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "ICESHOP_ENV": "embedded", "ICESHOP_SECRET_KEY": "city" * 15},
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr[-2000:]
    result: dict[str, Any] = json.loads(finished.stdout)
    return result


def test_small_city_breaks_no_rule_and_repeats_itself() -> None:
    options = ("--buyers", "10", "--sellers", "3", "--days", "1", "--seed", "4")
    first, second = played(*options), played(*options)
    assert set(first["broken_rules"].values()) == {0}
    assert first["seats_taken"] <= first["seats_offered"]
    assert first.pop("wall_seconds") > 0
    assert second.pop("wall_seconds") > 0
    assert first == second

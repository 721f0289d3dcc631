"""The cores need the standard library only."""

from __future__ import annotations

import json
import subprocess
import sys

from iceshop.tests.architecture.sources import ROOT, dotted, modules

FRAMEWORKS = ("django", "rest_framework", "celery", "channels", "redis", "httpx", "psycopg")
CORES = ("iceshop.kernel", "windows.engine", "whatsapp.nlu", "whatsapp.dialogue")
PROGRAM = """
import importlib, json, sys
sys.path.insert(0, sys.argv[1])
culprits = {}
for name in json.loads(sys.argv[2]):
    before = set(sys.modules)
    importlib.import_module(name)
    new = {one.partition(".")[0] for one in set(sys.modules) - before}
    if found := sorted(new & set(json.loads(sys.argv[3]))):
        culprits[name] = found
print(json.dumps(culprits))
"""


def pure_modules() -> list[str]:
    """All modules of the cores, and every ``domain`` of a slice."""
    names = (dotted(path) for path in modules() if path.stem != "__main__")
    return [name for name in names if name.startswith(CORES) or "domain" in name.split(".")]


def culprits(names: list[str]) -> dict[str, list[str]]:
    """Which of the modules load which framework, in an interpreter that has loaded nothing."""
    run = subprocess.run(
        [sys.executable, "-I", "-c", PROGRAM, str(ROOT), json.dumps(names), json.dumps(FRAMEWORKS)],
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, list[str]] = json.loads(run.stdout)
    return found


def test_cores_load_no_framework() -> None:
    names = pure_modules()
    assert all(any(name.startswith(core) for name in names) for core in CORES)
    assert sum("domain" in name for name in names) > 10
    assert culprits(names) == {}


def test_a_framework_would_be_noticed() -> None:
    assert culprits(["iceshop.kernel.text", "iceshop.infra.kick"]) == {
        "iceshop.infra.kick": ["celery", "django"]
    }

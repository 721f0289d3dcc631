"""The engine stands alone, and its documentation is true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest

import windows.engine

ROOT = Path(windows.engine.__file__).parents[2]
MODULES = sorted(
    f"windows.engine.{one.name}"
    for one in pkgutil.iter_modules(windows.engine.__path__)
    if one.name not in ("tests", "__main__")
)


def test_bare_interpreter_loads_no_framework() -> None:
    program = (
        "import sys, importlib\n"
        f"for name in {MODULES!r}: importlib.import_module(name)\n"
        "ours = {'windows', 'iceshop', 'accounts', 'commerce', 'whatsapp', 'django', 'celery'}\n"
        "print(*sorted(n for n in sys.modules if n.partition('.')[0] in ours))\n"
    )
    run = subprocess.run(
        [sys.executable, "-S", "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    allowed = ("windows.engine", "iceshop.kernel")
    foreign = [
        name
        for name in run.stdout.split()
        if name not in ("windows", "iceshop") and not name.startswith(allowed)
    ]
    assert foreign == []
    assert "windows.engine.decide" in run.stdout


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_are_true(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_worked_example_of_the_documentation_is_true() -> None:
    page = ROOT / "docs" / "engine.md"
    failed, tried = doctest.testfile(str(page), module_relative=False)
    assert failed == 0
    assert tried >= 10


def test_every_reason_code_is_documented() -> None:
    page = (ROOT / "docs" / "engine.md").read_text()
    sources = [Path(str(importlib.import_module(name).__file__)).read_text() for name in MODULES]
    codes = {code for text in sources for code in re.findall(r'"([a-z]+\.[a-z_]+)"', text)}
    assert len(codes) > 25
    assert sorted(code for code in codes if f"`{code}`" not in page) == []

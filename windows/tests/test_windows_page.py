"""`docs/windows.md` says what the code says: pictures of the tables, every code once."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from iceshop.infra.db import CONSTRAINT_CODES
from iceshop.kernel import errors
from iceshop.kernel.states import Machine
from windows.flash.domain import ADMITTED, INVITE, SEAT, WINDOW, Refusal
from windows.intents.domain import INTENT
from windows.negotiation.domain import ASK
from windows.notices.domain import NoticeKind
from windows.tests.test_constraints import CODES as CONSTRAINTS

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/windows.md").read_text(encoding="utf-8")
KINDS = {
    name for name, kind in vars(errors).items() if isinstance(kind, type) and name != "DomainError"
}

# Machine and the state in which its rows begin.
PICTURES: dict[str, tuple[Machine[Any, Any], str]] = {
    "wish": (INTENT, "open"),
    "ask": (ASK, "asked"),
    "window": (WINDOW, "scheduled"),
    "invite": (INVITE, "invited"),
    "seat": (SEAT, "held"),
}


def picture(machine: Machine[StrEnum, StrEnum], first: str) -> str:
    """The transition table as a mermaid state diagram; states without a way out are ends."""
    ways = [
        (source, target, move)
        for move, (sources, target) in machine.transitions.items()
        for source in sorted(sources)
    ]
    ends = sorted({target for _, target, _ in ways} - {source for source, _, _ in ways})
    lines = [
        "stateDiagram-v2",
        f"    [*] --> {first}",
        *(f"    {source} --> {target}: {move}" for source, target, move in ways),
        *(f"    {end} --> [*]" for end in ends),
    ]
    return "\n".join(lines)


@pytest.mark.parametrize("name", PICTURES)
def test_picture_is_the_transition_table(name: str) -> None:
    found = re.search(
        rf"<!-- {name}: begin -->\n```mermaid\n(.*?)\n```\n<!-- {name}: end -->", PAGE, re.DOTALL
    )
    assert found is not None
    assert found.group(1) == picture(*PICTURES[name])


def calls() -> Iterator[ast.Call]:
    """Every call in the modules of the windows app."""
    for path in sorted((ROOT / "windows").rglob("*.py")):
        if not {"tests", "migrations"} & set(path.parts):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    yield node


def texts(node: ast.AST) -> set[str]:
    """Codes among the texts below ``node``: two words or more with dots between."""
    return {
        found.value
        for found in ast.walk(node)
        if isinstance(found, ast.Constant)
        and isinstance(found.value, str)
        and re.fullmatch(r"[a-z_]+(\.[a-z_]+)+", found.value)
    }


def refusals() -> set[str]:
    """Codes that services and queries of the app refuse with."""
    raised = {
        code
        for call in calls()
        if isinstance(call.func, ast.Name) and call.func.id in KINDS and call.args
        for code in texts(call.args[0])
    }
    return raised | {CONSTRAINT_CODES[name] for name in CONSTRAINTS}


def reasons() -> set[str]:
    """Codes that the engine gives as reasons."""
    return {
        code
        for call in calls()
        if isinstance(call.func, ast.Attribute)
        and call.func.attr == "of"
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "Reason"
        for code in texts(call.args[0])
    }


def listed(heading: str) -> list[str]:
    """First cells of the table under a heading."""
    section = PAGE.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return re.findall(r"^\| `([\w.]+)` \|", section, re.MULTILINE)


@pytest.mark.parametrize(
    ("heading", "wanted"),
    [
        ("Refusals", refusals()),
        ("Answers at the till", {ADMITTED, *Refusal}),
        ("Reasons of the engine", reasons()),
        ("Notices", {str(kind) for kind in NoticeKind}),
    ],
)
def test_every_code_has_its_line_once(heading: str, wanted: set[str]) -> None:
    found = listed(heading)

    assert sorted(set(found) ^ {str(code) for code in wanted}) == []
    assert len(found) == len(set(found))

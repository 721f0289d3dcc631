"""The project's files as the tests of its conventions read them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PACKAGES = ("iceshop", "accounts", "commerce", "windows", "whatsapp")
OURS = ("infra", "accounts", "commerce", "windows", "whatsapp")

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def python_files() -> tuple[Path, ...]:
    """All modules but migrations."""
    found = (path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    return tuple(sorted(path for path in found if "migrations" not in path.parts))


def modules(*kinds: str) -> Iterator[Path]:
    """Modules of the product (not tests) that are, or lie in, one of ``kinds``: ``services``."""
    for path in python_files():
        parts = path.relative_to(ROOT).with_suffix("").parts
        if "tests" not in parts and (not kinds or set(kinds) & set(parts)):
            yield path


@cache
def tree(path: Path) -> ast.Module:
    """The module's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


def dotted(path: Path) -> str:
    """The module's name in imports."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def functions(path: Path) -> Iterator[Function]:
    """Functions at the top of a module."""
    for node in tree(path).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def named(path: Path, node: ast.AST) -> str:
    """Where something stands, for the message of a failure."""
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"

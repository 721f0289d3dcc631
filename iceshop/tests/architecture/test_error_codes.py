"""Every code of a refusal has a status, a Turkish and an English sentence, and its figures."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from iceshop.infra.db import CONSTRAINT_CODES
from iceshop.infra.http.problems import STATUS_BY_KIND, status_of
from iceshop.infra.http.wording import codes
from iceshop.kernel import errors
from iceshop.tests.architecture.sources import ROOT, modules, tree
from windows.flash.domain import ADMITTED, Refusal

KINDS = {kind.__name__: kind for kind in STATUS_BY_KIND}
# A sentence ends like one, or with an example.
_ENDS = re.compile(r"[.?…]$|\d$")
# The only places that make an error of a code they were given.
_GIVEN = {"iceshop/infra/db.py", "whatsapp/conversation/commands/deed.py"}


@dataclass(frozen=True)
class Raised:
    """One place that makes a domain error."""

    where: str
    kind: str
    code: str | None
    params: frozenset[str]
    has_open_params: bool


def raised() -> Iterator[Raised]:
    """Every ``Invalid("code", name=...)`` and its kin in the product."""
    for path in modules():
        if _imports_errors(tree(path)):
            for node in ast.walk(tree(path)):
                if isinstance(node, ast.Call) and _name(node.func) in KINDS:
                    yield _raised(path, node)


def _imports_errors(module: ast.Module) -> bool:
    """Whether the module takes its names from the kernel: a webhook item may be ``Invalid`` too."""
    return any(
        isinstance(node, ast.ImportFrom) and node.module == "iceshop.kernel.errors"
        for node in ast.walk(module)
    ) or any(
        isinstance(node, ast.ImportFrom)
        and node.module == "iceshop.kernel"
        and any(name.name == "errors" for name in node.names)
        for node in ast.walk(module)
    )


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def _raised(path: Path, call: ast.Call) -> Raised:
    first = call.args[0] if call.args else None
    return Raised(
        where=f"{path.relative_to(ROOT)}:{call.lineno}",
        kind=_name(call.func),
        code=first.value
        if isinstance(first, ast.Constant) and isinstance(first.value, str)
        else None,
        params=frozenset(word.arg for word in call.keywords if word.arg),
        has_open_params=any(word.arg is None for word in call.keywords),
    )


def placeholders(code: str) -> frozenset[str]:
    """Figures that the sentences of a code want."""
    return frozenset(
        name
        for sentence in codes()[code].values()
        for _, name, _, _ in string.Formatter().parse(sentence)
        if name
    )


def test_search_finds_the_refusals() -> None:
    found = {one.code for one in raised()}
    assert {"window.full", "stock.short", "location.unknown", "idempotency.key"} <= found
    assert len(found) > 100


def test_every_raised_code_is_worded() -> None:
    nameless = {
        one.code: one.where for one in raised() if one.code is not None and one.code not in codes()
    }
    assert nameless == {}


def test_codes_are_written_where_they_are_raised() -> None:
    assert {one.where.split(":")[0] for one in raised() if one.code is None} == _GIVEN


def test_every_code_of_a_constraint_or_a_scan_is_worded() -> None:
    named = {*CONSTRAINT_CODES.values(), ADMITTED, *Refusal}
    assert named - codes().keys() == set()


def test_every_code_has_both_sentences() -> None:
    unfinished = {
        code
        for code, sentences in codes().items()
        if set(sentences) != {"tr", "en"}
        or not all(_ENDS.search(text) for text in sentences.values())
    }
    assert unfinished == set()


def test_every_raise_brings_the_figures_of_its_sentences() -> None:
    short = {
        one.where: sorted(placeholders(one.code) - one.params)
        for one in raised()
        if one.code in codes() and not one.has_open_params and placeholders(one.code) - one.params
    }
    assert short == {}


def test_every_kind_has_a_status() -> None:
    assert set(errors.DomainError.__subclasses__()) == set(STATUS_BY_KIND)
    assert sorted(STATUS_BY_KIND.values()) == [403, 404, 409, 410, 422, 429, 503]
    assert status_of(errors.Expired("window.closed")) == 410

"""The glossary, the tables and the services use the same nouns."""

from __future__ import annotations

import ast
import re
from collections import Counter
from itertools import chain
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parents[3]
OURS = ("infra", "accounts", "commerce", "windows", "whatsapp")
PACKAGES = ("iceshop/infra", "accounts", "commerce", "windows", "whatsapp")
KINDS = {"operation", "step", "outside"}
# What service names say besides a verb and nouns of the glossary. "heart" is a heartbeat's,
# "account" the business's at the platform.
PLAIN = set(
    """
    account active again all as asked away back by closed create direct directly done down due
    early external for forward from hand heart hours inbound joins key language late login
    marketing not of off old on once open or out outbound over password paused reachable ready
    restricted rule send settled state to under unknown until unusable up upload usable used
    wait way with
    """.split()
)


def rows() -> list[tuple[str, str, str]]:
    """Noun, meaning and tables of every row of the glossary."""
    text = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
    found = re.findall(r"^\| ([a-z][^|]*) \| ([^|]*) \|([^|]*)\|$", text, re.MULTILINE)
    return [row for row in found if row[0] != "noun"]


def nouns() -> set[str]:
    """All words of the nouns, singular."""
    return {word for noun, _, _ in rows() for word in re.split(r"[ -]", noun)}


def services() -> set[str]:
    """Names of all functions marked as operation, step or outside."""
    files = chain.from_iterable((ROOT / package).rglob("*.py") for package in PACKAGES)
    return {
        node.name
        for path in files
        if "tests" not in path.parts and "services" in (path.stem, path.parent.name)
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and KINDS & {ast.unparse(mark) for mark in node.decorator_list}
    }


def singular(word: str) -> str:
    """The noun of a plural, as far as service names need it."""
    for ending, instead in (("ies", "y"), ("uses", "us"), ("sses", "ss"), ("s", "")):
        if word.endswith(ending) and word not in nouns():
            return word.removesuffix(ending) + instead
    return word


def test_each_noun_stands_once() -> None:
    counted = Counter(noun for noun, _, _ in rows())
    assert [noun for noun, times in counted.items() if times > 1] == []


def test_each_table_has_its_noun() -> None:
    named = Counter(re.findall(r"`(\w+)`", " ".join(tables for _, _, tables in rows())))
    models = {model.__name__ for model in apps.get_models() if model._meta.app_label in OURS}
    assert set(named) == models
    assert [name for name, times in named.items() if times > 1] == []


def test_services_speak_of_nouns_of_the_glossary() -> None:
    known = nouns() | PLAIN
    strange = {
        name: words
        for name in services()
        if (words := [word for word in name.split("_")[1:] if not {word, singular(word)} & known])
    }
    assert strange == {}


def test_plain_words_are_no_nouns() -> None:
    assert PLAIN & nouns() == set()

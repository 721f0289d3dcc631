"""The documents are true where a machine can tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from iceshop.infra.schedule.table import jobs

ROOT = Path(__file__).resolve().parents[3]
APPS = ("accounts", "commerce", "windows", "whatsapp")
HERE = {path.name for path in ROOT.iterdir() if path.is_dir() and path.name[0] != "."} - {"var"}
PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "locale/README.md")
)
_LINK = re.compile(r"!?\[([^\]]*)\]\(([^)\s]+)\)")
_SOURCE = re.compile(r'src="([^"]+)"')
_CODE = re.compile(r"`([^`\n]+)`")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
# Left by whoever was not finished, true on one machine only, or about the making, not the product.
_UNFINISHED = re.compile(
    r"\b(TODO|FIXME|TBD|XXX|lorem)\b"
    r"|(?<!\w)/(work|tmp|root|home)/"
    r"|\b([Tt]his session|[Tt]he brief|[Cc]o-authored)\b"
)


def text_of(page: str) -> str:
    """A document without its blocks of code."""
    return _FENCE.sub("", (ROOT / page).read_text(encoding="utf-8"))


def links(page: str) -> Iterator[tuple[str, str, str]]:
    """Words, path and anchor of every link into the repository."""
    found = [*_LINK.findall(text_of(page)), *(("", src) for src in _SOURCE.findall(text_of(page)))]
    for words, target in found:
        if not re.match(r"[a-z]+:", target):
            path, _, anchor = target.partition("#")
            yield words, path, anchor


def target(page: str, path: str) -> Path:
    """The file that ``path`` means on ``page``."""
    return (ROOT / page).parent / path if path else ROOT / page


def anchors(path: Path) -> set[str]:
    """What can be linked to inside a document."""
    titles = _HEADING.findall(path.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def names_of_tests() -> set[str]:
    """Names of all test functions of the repository."""
    files = chain.from_iterable((ROOT / top).rglob("test_*.py") for top in ("iceshop", *APPS))
    return set(
        chain.from_iterable(
            re.findall(
                r"^ *(?:async )?def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE
            )
            for path in files
        )
    )


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    dead = [
        f"{path}#{anchor}"
        for _, path, anchor in links(page)
        if not target(page, path).exists() or (anchor and anchor not in anchors(target(page, path)))
    ]
    assert dead == []


@pytest.mark.parametrize("page", PAGES)
def test_functions_that_are_linked_are_in_their_file(page: str) -> None:
    missing = [
        f"{words} in {path}"
        for words, path, _ in links(page)
        if path.endswith(".py")
        and re.fullmatch(r"`\w+`", words)
        and not re.search(
            rf"^(def|class) {words[1:-1]}\b", target(page, path).read_text(), re.MULTILINE
        )
    ]
    assert missing == []


@pytest.mark.parametrize("page", PAGES)
def test_paths_in_code_exist(page: str) -> None:
    named = {word.split("::")[0] for word in _CODE.findall(text_of(page))}
    paths = {
        word.rstrip("/")
        for word in named
        if re.fullmatch(r"\.?[\w.@-]+(/[\w.@-]+)+/?", word) and word.split("/")[0] in HERE | {".ci"}
    }
    assert sorted(path for path in paths if not (ROOT / path).exists()) == []


@pytest.mark.parametrize("page", PAGES)
def test_tests_that_are_named_exist(page: str) -> None:
    named = {word for word in _CODE.findall(text_of(page)) if re.fullmatch(r"test_\w+", word)}
    assert named - names_of_tests() == set()


@pytest.mark.parametrize("page", PAGES)
def test_document_is_finished_and_speaks_of_the_product(page: str) -> None:
    assert [found.group() for found in _UNFINISHED.finditer(text_of(page))] == []


@pytest.mark.parametrize("page", PAGES)
def test_document_is_reached_from_the_start(page: str) -> None:
    reached, waiting = set(), ["README.md", "docs/index.md", "CHANGELOG.md"]
    while waiting:
        one = waiting.pop()
        if one not in reached:
            reached.add(one)
            ways = [target(one, path).resolve() for _, path, _ in links(one) if path]
            inside = [way.relative_to(ROOT).as_posix() for way in ways if way.is_relative_to(ROOT)]
            waiting += [way for way in inside if way in PAGES]
    assert page in reached


def test_every_slice_is_in_the_architecture() -> None:
    text = text_of("docs/architecture.md")
    homes = [*(ROOT / app for app in APPS), ROOT / "iceshop/infra"]
    aside = {"migrations", "management", "templatetags", "tests"}
    slices = {
        f"{home.relative_to(ROOT).as_posix()}/{path.parent.name}"
        for home in homes
        for path in home.glob("*/__init__.py")
        if path.parent.name not in aside
    }
    named = set(re.findall(r"^\| `((?:iceshop/infra|\w+)/\w+)` \|", text, re.MULTILINE))
    of_slices = {name for name in named if name.startswith(("iceshop/infra/", *APPS))}
    assert of_slices == slices


def test_periodic_table_of_the_runbook_is_current(settings: Any) -> None:
    settings.SIMULATOR_ENABLED = False
    settings.ROUND_EVERY_SECONDS = 30
    rows = [f"| `{job.task}` | {job.every_seconds:g} s | {job.late} |" for job in jobs()]
    head = ["| task | every | if it is late |", "|---|---|---|"]
    text = (ROOT / "docs/runbook.md").read_text(encoding="utf-8")
    found = re.search(
        r"<!-- periodic work: begin -->\n(.*?)<!-- periodic work: end -->", text, re.DOTALL
    )
    assert found is not None
    assert found.group(1).splitlines() == [*head, *rows]


def test_every_promised_feature_has_its_row() -> None:
    text = text_of("docs/status.md")
    rows = re.findall(
        r"^\| (ICE-\d{3}|R\d\d|F\d\d) \|[^|]*\| (works|partly|not yet) \|", text, re.MULTILINE
    )
    wanted = [f"ICE-{number:03d}" for number in range(1, 80)]
    wanted += [f"R{number:02d}" for number in range(1, 49)]
    wanted += [f"F{number:02d}" for number in range(1, 51)]
    assert [name for name, _ in rows] == wanted


def test_what_works_is_shown_by_a_test() -> None:
    rows = re.findall(
        r"^\| (?:ICE-\d{3}|R\d\d|F\d\d) \|.*$", text_of("docs/status.md"), re.MULTILINE
    )
    unproven = [row for row in rows if "| works |" in row and "`test_" not in row]
    assert unproven == []

"""Templates compile, keep the security policy, and every text in them has its Turkish."""

from __future__ import annotations

import ast
import gettext
import re
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template
from django.utils.translation.template import templatize

from iceshop.tests.architecture.sources import ROOT, modules, tree

FOLDER = ROOT / "templates"
NAMES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.html"))
CATALOGUE = ROOT / "locale/tr/LC_MESSAGES/django.po"
MOST_LINES = 200

# context, message, plural
Message = tuple[str, str, str]


def source(name: str) -> str:
    """A template without its comments."""
    return without_comments((FOLDER / name).read_text(encoding="utf-8"))


def without_comments(text: str) -> str:
    return re.sub(r"\{% comment %\}.*?\{% endcomment %\}|\{#.*?#\}", "", text, flags=re.DOTALL)


# --- markup ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_template_compiles_without_a_component_left_as_text(name: str) -> None:
    compiled = get_template(name).template  # type: ignore[attr-defined]  # Django's own backend
    assert re.findall(r"</?c-[\w.-]+", without_comments(compiled.source)) == []


def test_every_component_that_is_used_exists() -> None:
    used = {
        (name, component)
        for name in NAMES
        for component in re.findall(r"<c-([\w.-]+)", source(name))
        if component not in ("vars", "slot")
    }
    missing = [
        (name, component)
        for name, component in sorted(used)
        if not (FOLDER / f"cotton/{component.replace('.', '/').replace('-', '_')}.html").exists()
    ]
    assert missing == []


FORBIDDEN = {
    "style attribute": r"\sstyle\s*=",
    "style element": r"<style\b",
    "handler": r"\s(?:on[a-z]+|hx-on[\w:-]*)\s*=",
    "script without a file": r"<script\b(?![^>]*\ssrc=)",
    "address that is a script": r"javascript:",
    "text marked safe": r"\|safe\b|\bautoescape off\b",
    "colour": r"[\"':]\s*#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(",
    "file of another host": r"(?:src|srcset|action)=[\"']https?:",
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_has(what: str) -> None:
    found = {
        name: hits
        for name in NAMES
        if (hits := re.findall(FORBIDDEN[what], source(name), re.IGNORECASE))
    }
    assert found == {}


def test_templates_are_short_enough_to_read() -> None:
    lengths = {name: len((FOLDER / name).read_text().splitlines()) for name in NAMES}
    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES} == {}


def test_every_form_that_posts_carries_its_token() -> None:
    forms = re.compile(r"<form\b[^>]*\bmethod=[\"']post[\"'].*?</form>", re.DOTALL | re.IGNORECASE)
    bare = {
        name: len(hits)
        for name in NAMES
        if (hits := [form for form in forms.findall(source(name)) if "csrf_token" not in form])
    }
    assert bare == {}


# --- texts -------------------------------------------------------------------------------------

_STRING = r"""u?(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
_CALL = re.compile(rf"\b(n?p?gettext|_)\(({_STRING}(?:\s*,\s*{_STRING})*)")
_PYTHON = {
    "_": "gettext",
    "gettext": "gettext",
    "gettext_lazy": "gettext",
    "gettext_noop": "gettext",
    "ngettext": "ngettext",
    "ngettext_lazy": "ngettext",
    "pgettext": "pgettext",
    "pgettext_lazy": "pgettext",
    "npgettext": "npgettext",
}


def message(kind: str, texts: list[str]) -> Message:
    context = texts.pop(0) if "p" in kind.removesuffix("gettext") else ""
    return context, texts[0], texts[1] if kind.startswith("n") else ""


def said_by_templates() -> set[Message]:
    found = set()
    for name in NAMES:
        calls = templatize((FOLDER / name).read_text(encoding="utf-8"))
        for kind, arguments in _CALL.findall(calls):
            texts = [str(ast.literal_eval(one)) for one in re.findall(_STRING, arguments)]
            texts = [text.replace("%%", "%") if "%(" not in text else text for text in texts]
            found.add(message("gettext" if kind == "_" else kind, texts))
    return found


def said_by_python() -> set[Message]:
    found = set()
    for path in modules():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in _PYTHON:
                texts = [a.value for a in node.args if isinstance(a, ast.Constant)]
                if texts and all(isinstance(text, str) for text in texts):
                    found.add(message(_PYTHON[ast.unparse(node.func)], [str(t) for t in texts]))
    return found


def entries() -> list[dict[str, str]]:
    """The catalogue's entries as ``{"msgid": ..., "msgstr[0]": ..., "flags": ...}``."""
    found = []
    for block in CATALOGUE.read_text(encoding="utf-8").split("\n\n"):
        entry: dict[str, str] = {"flags": ""}
        key = ""
        for line in block.splitlines():
            if line.startswith("#,"):
                entry["flags"] = line
            elif line.startswith("#"):
                continue
            elif line.startswith('"'):
                entry[key] += ast.literal_eval(line)
            else:
                key, _, text = line.partition(" ")
                entry[key] = ast.literal_eval(text)
        if entry.get("msgid"):
            found.append(entry)
    return found


def key(entry: dict[str, str]) -> Message:
    return entry.get("msgctxt", ""), entry["msgid"], entry.get("msgid_plural", "")


def test_catalogue_has_every_text_once_and_no_other() -> None:
    said = said_by_templates() | said_by_python()
    known = Counter(map(key, entries()))
    assert len(said) > 300
    assert sorted(said - known.keys()) == []
    assert sorted(known.keys() - said) == []
    assert [one for one, times in known.items() if times > 1] == []


def test_every_text_has_its_turkish() -> None:
    empty = [
        key(entry)
        for entry in entries()
        for name, text in entry.items()
        if name.startswith("msgstr") and not text.strip()
    ]
    assert empty == []
    assert [key(entry) for entry in entries() if "fuzzy" in entry["flags"]] == []
    assert [key(one) for one in entries() if bool(key(one)[2]) != ("msgstr[1]" in one)] == []


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)[sd]|%[sd%]|\{\w*\}", text))


def test_turkish_has_the_placeholders_of_the_english() -> None:
    differing = [
        key(entry)
        for entry in entries()
        for name, text in entry.items()
        if name.startswith("msgstr")
        and placeholders(text) - placeholders(entry.get("msgid_plural", "") + entry["msgid"])
    ]
    assert differing == []


def test_turkish_is_calm() -> None:
    loud = [
        entry[name]
        for entry in entries()
        for name in entry
        if name.startswith("msg") and re.search(r"[!\U0001f300-\U0001faff]", entry[name])
    ]
    assert loud == []


def test_compiled_texts_are_those_of_the_catalogue() -> None:
    with Path(CATALOGUE.with_suffix(".mo")).open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    stale = []
    for entry in entries():
        context, single, plural = key(entry)
        for number, name in ((1, "msgstr[0]"), (2, "msgstr[1]")) if plural else ((1, "msgstr"),):
            found = (
                compiled.npgettext(context, single, plural, number)
                if context and plural
                else compiled.ngettext(single, plural, number)
                if plural
                else compiled.pgettext(context, single)
                if context
                else compiled.gettext(single)
            )
            if found != entry[name]:
                stale.append((single, found))
    assert stale == []


def test_both_languages_of_the_product_are_offered() -> None:
    assert [code for code, _ in settings.LANGUAGES] == ["tr", "en"]
    assert settings.LANGUAGE_CODE == "tr"

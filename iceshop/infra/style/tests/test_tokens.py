"""The colours hold their measured contrast, and live in one file."""

import re
from pathlib import Path

import pytest
from django.conf import settings

CSS = Path(settings.BASE_DIR) / "static" / "css"
TOKENS = (CSS / "tokens.css").read_text()

# WCAG 2.2: 4.5 for text, 3 for shapes. In high contrast a black line carries the mandarin shapes.
TEXT_PAIRS = [
    *(("text", ground) for ground in ("bg", "surface", "sunken", "ice-1", "ice-2", "now-soft")),
    *(("text-2", ground) for ground in ("bg", "surface", "sunken", "ice-1")),
    *(("link", ground) for ground in ("bg", "surface", "sunken", "lake-soft")),
    *((f"{name}-text", f"{name}-soft") for name in ("now", "ok", "warn", "bad")),
    *((f"{name}-text", "surface") for name in ("now", "ok", "warn", "bad")),
    *((f"on-{name}", name) for name in ("lake", "now", "ok", "bad")),
    ("on-now", "warn"),
    ("bad-text", "bg"),
    ("bad-text", "sunken"),
]
SHAPE_PAIRS = [("edge", "surface"), ("edge", "sunken"), ("lake", "ice-2"), ("focus", "bg")]


def block(selector: str) -> dict[str, str]:
    body = TOKENS.split(selector + " {", 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([\w-]+): ([^;]+);", body))


THEMES = {
    "light": block(':root, [data-theme="light"]'),
    "dark": block('[data-theme="dark"]'),
    "contrast": block('[data-theme="contrast"]'),
}


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_text_reaches_four_and_a_half(theme: str) -> None:
    colours = THEMES[theme]
    weak = {pair: ratio(*(colours[name] for name in pair)) for pair in TEXT_PAIRS}
    assert {pair: value for pair, value in weak.items() if value < 4.5} == {}


@pytest.mark.parametrize("theme", THEMES)
def test_shapes_reach_three(theme: str) -> None:
    colours = THEMES[theme]
    weak = {pair: ratio(*(colours[name] for name in pair)) for pair in SHAPE_PAIRS}
    assert {pair: value for pair, value in weak.items() if value < 3} == {}


@pytest.mark.parametrize(
    ("query", "theme"),
    [("prefers-color-scheme: dark", "dark"), ("prefers-contrast: more", "contrast")],
)
def test_theme_of_the_system_equals_the_chosen_one(query: str, theme: str) -> None:
    body = TOKENS.split(f"@media ({query}) {{", 1)[1].split("{", 1)[1].split("}", 1)[0]
    assert dict(re.findall(r"--([\w-]+): ([^;]+);", body)) == THEMES[theme]


def test_every_theme_sets_the_same_tokens() -> None:
    assert THEMES["dark"].keys() == THEMES["light"].keys() == THEMES["contrast"].keys()


def test_no_colour_literal_outside_tokens() -> None:
    literal = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(|:\s*(?:white|black|red)\b")
    found = {
        path.name: literal.findall(path.read_text())
        for path in CSS.glob("*.css")
        if path.name != "tokens.css" and literal.search(path.read_text())
    }
    assert found == {}


def test_every_used_token_exists() -> None:
    known = set(re.findall(r"(--[\w-]+):", "".join(p.read_text() for p in CSS.glob("*.css"))))
    used = {
        name
        for path in CSS.glob("*.css")
        for name, default in re.findall(r"var\((--[\w-]+)(,)?", path.read_text())
        if not default
    }
    assert used - known == set()


def test_files_are_short_enough_to_read() -> None:
    long = {path.name for path in CSS.glob("*.css") if len(path.read_text().splitlines()) > 400}
    assert long == set()


def test_each_file_is_in_a_layer() -> None:
    outside = {path.name for path in CSS.glob("*.css") if "@layer" not in path.read_text()}
    assert outside == set()

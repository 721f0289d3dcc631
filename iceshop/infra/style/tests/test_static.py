"""Vendored files are what they claim, modules are short, and the first page stays small."""

import gzip
import hashlib
import re
import shutil
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage

from iceshop.infra.style.storage import HashedStorage
from iceshop.infra.templatetags.drawings import FOODS

STATIC = Path(settings.BASE_DIR) / "static"
TEMPLATES = Path(settings.BASE_DIR) / "templates"
KILOBYTE = 1024


def symbols(name: str) -> set[str]:
    tree = ET.parse(STATIC / "icons" / name)  # our own file
    return {node.attrib["id"] for node in tree.iter("{http://www.w3.org/2000/svg}symbol")}


def compressed(*names: str) -> int:
    return sum(len(gzip.compress((STATIC / name).read_bytes(), 9)) for name in names)


def test_vendored_files_match_their_hashes() -> None:
    lines = (STATIC / "vendor/SHA256SUMS").read_text().splitlines()
    listed = {name: digest for digest, name in (line.split() for line in lines)}
    found = {
        str(path.relative_to(STATIC / "vendor")): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (STATIC / "vendor").glob("*/*")
    }
    assert found == listed


def test_modules_are_short() -> None:
    long = {path.name for path in (STATIC / "js").glob("*.js") if _lines(path) > 150}
    assert long == set()


def _lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    text = "".join(path.read_text() for path in TEMPLATES.rglob("*.html"))
    named = set(re.findall(r'\bicon="([a-z0-9-]+)"', text))
    named |= set(re.findall(r'\{% icon "([a-z0-9-]+)"', text))
    assert named - symbols("sprite.svg") == set()


def test_every_food_is_drawn() -> None:
    assert symbols("food.svg") == set(FOODS)


def test_first_page_of_the_panel_stays_within_its_budget() -> None:
    css = [f"css/{name}" for name in _imported_styles()]
    scripts = [f"js/{name}.js" for name in ("app", "clock", "dialog", "live", "timer")]
    fonts = ["fonts/geologica-latin.woff2", "fonts/geologica-latin-ext.woff2"]
    font_bytes = sum((STATIC / name).stat().st_size for name in fonts)
    assert font_bytes < 17 * KILOBYTE
    assert compressed("vendor/htmx@2.0.11/htmx.min.js") < 17 * KILOBYTE
    assert compressed(*scripts) < 8 * KILOBYTE
    assert compressed(*css) < 14 * KILOBYTE
    assert compressed("icons/sprite.svg", "icons/food.svg") < 8 * KILOBYTE


def _imported_styles() -> list[str]:
    text = (STATIC / "css/app.css").read_text()
    return ["app.css", *re.findall(r'@import url\("([\w-]+\.css)"\)', text)]


def test_hashed_files_refer_to_each_other(tmp_path: Path) -> None:
    shutil.copytree(STATIC, tmp_path, dirs_exist_ok=True)
    plain = FileSystemStorage(location=tmp_path)
    names = [str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()]
    storage = HashedStorage(location=tmp_path, base_url="/static/")
    outcomes = list(storage.post_process({name: (plain, name) for name in names}))
    assert [outcome for _, _, outcome in outcomes if isinstance(outcome, Exception)] == []
    app = next(path for path in (tmp_path / "js").glob("app.*.js") if path.stem != "app")
    assert re.search(r'from "\./timer\.[0-9a-f]{12}\.js"', app.read_text())
    assert re.search(r'import\("\./scanner\.[0-9a-f]{12}\.js"\)', app.read_text())
    style = next(path for path in (tmp_path / "css").glob("app.*.css"))
    assert re.search(r'url\("tokens\.[0-9a-f]{12}\.css"\)', style.read_text())


@pytest.mark.parametrize("name", ["latin", "latin-ext"])
def test_fonts_are_woff2(name: str) -> None:
    assert (STATIC / f"fonts/geologica-{name}.woff2").read_bytes()[:4] == b"wOF2"

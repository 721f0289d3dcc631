"""Every component and error page renders, in both languages, as the security policy wants it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client, RequestFactory, override_settings

TEMPLATES = Path(settings.BASE_DIR) / "templates"
COMPONENTS = sorted(path.stem for path in (TEMPLATES / "cotton").glob("*.html"))
ERRORS = ["400", "403", "404", "409", "422", "429", "500", "offline"]
OF_THE_FRAME = {"toast", "language_switch"}

StylePage = Callable[[str], str]

pytestmark = pytest.mark.django_db


@pytest.fixture
def style_page(client: Client) -> StylePage:
    def load(language: str) -> str:
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        return client.get("/_style/").content.decode()

    return load


def forbidden_by_policy(html: str) -> list[str]:
    return [
        *re.findall(r"<c-[\w-]+", html),
        *re.findall(r"\sstyle=", html),
        *re.findall(r"<style", html),
        *re.findall(r"\son\w+=", html),
        *re.findall(r"<script(?![^>]*\ssrc=)", html),
        *re.findall(r"\{%|\{\{", html),
    ]


@pytest.mark.parametrize("language", ["tr", "en"])
def test_style_page_keeps_the_security_policy(style_page: StylePage, language: str) -> None:
    html = style_page(language)
    assert forbidden_by_policy(html) == []
    assert f'<html lang="{language}"' in html


def test_style_page_shows_every_component() -> None:
    source = (TEMPLATES / "style" / "overview.html").read_text()
    used = {name.replace("-", "_") for name in re.findall(r"<c-([\w-]+)", source)}
    inner = {
        name.replace("-", "_")
        for path in (TEMPLATES / "cotton").glob("*.html")
        for name in re.findall(r"<c-([\w-]+)", path.read_text())
    }
    assert set(COMPONENTS) - used - inner - OF_THE_FRAME == set()


def test_every_component_says_what_it_takes() -> None:
    silent = [
        name
        for name in COMPONENTS
        if not (TEMPLATES / "cotton" / f"{name}.html").read_text().startswith("{% comment %}")
    ]
    assert silent == []


def test_style_page_writes_each_language_as_its_readers_do(style_page: StylePage) -> None:
    turkish, english = style_page("tr"), style_page("en")
    assert "14.20&#x27;de biter" in turkish
    assert "ends at 14:20" in english
    assert "118\N{NO-BREAK SPACE}₺" in turkish
    assert "₺118" in english


def test_figures_of_cubes_are_one_picture_with_one_sentence(style_page: StylePage) -> None:
    assert (
        'role="img" aria-label="16 yer: 3 tamam, 2 geldi, 4 yolda, 6 onayladı, 1 yanıtsız"'
        in style_page("tr")
    )


@override_settings(SIMULATOR_ENABLED=False)
def test_style_page_is_absent_where_the_simulator_is(client: Client) -> None:
    assert client.get("/_style/").status_code == 404


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_style_page_takes_a_theme(client: Client, theme: str) -> None:
    assert f'data-theme="{theme}"' in client.get(f"/_style/?theme={theme}").content.decode()


def test_style_page_ignores_an_unknown_theme(client: Client) -> None:
    assert "data-theme" not in client.get('/_style/?theme=x" onload="y').content.decode()


@pytest.mark.parametrize("name", ERRORS)
def test_error_page_renders(rf: RequestFactory, name: str) -> None:
    request = rf.get("/somewhere")
    html = render_to_string(f"errors/{name}.html", request=request)
    assert forbidden_by_policy(html) == []
    assert "<h1>" in html


def test_unknown_address_gets_the_page_of_the_product(client: Client) -> None:
    response = client.get("/no-such-page")
    assert response.status_code == 404
    assert 'class="brand"' in response.content.decode()


def test_language_is_kept_and_the_reader_comes_back(client: Client) -> None:
    response = client.get("/language/en?next=/_style/%3Ftheme%3Ddark")
    assert (response.status_code, response["Location"]) == (302, "/_style/?theme=dark")
    assert response.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"
    assert '<html lang="en"' in client.get("/_style/").content.decode()


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:x"])
def test_language_never_leads_to_another_host(client: Client, target: str) -> None:
    assert client.get("/language/tr", {"next": target})["Location"] == "/"


def test_language_that_is_not_offered_is_not_found(client: Client) -> None:
    assert client.get("/language/de").status_code == 404


def test_service_worker_is_served_from_the_root(client: Client) -> None:
    response = client.get("/sw.js")
    body = b"".join(response.streaming_content)  # type: ignore[attr-defined]  # a file response
    assert response["Content-Type"] == "text/javascript"
    assert body == (Path(settings.BASE_DIR) / "static" / "js" / "sw.js").read_bytes()
    response.close()


def test_offline_page_needs_nobody_to_be_known(client: Client) -> None:
    response = client.get("/offline")
    assert response.status_code == 200
    assert forbidden_by_policy(response.content.decode()) == []

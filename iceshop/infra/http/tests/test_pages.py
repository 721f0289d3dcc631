"""Pages and their parts, error pages, and the headers of all answers."""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any
from uuid import UUID

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory

from iceshop.infra.http.errors import server_error
from iceshop.infra.http.tests.urls import SECRET

# --- page() and see() --------------------------------------------------------------------------

PART = "<p>kış</p>"
HTMX = {"HX-Request": "true"}


@pytest.mark.django_db
class TestParts:
    def test_browser_gets_the_whole_page(self, client: Client) -> None:
        response = client.get("/probe/parts/part")
        assert response.status_code == 201
        assert response.content.decode().startswith("<!doctype html>")
        assert PART in response.content.decode()
        assert "<footer>" in response.content.decode()

    def test_htmx_gets_the_part_alone(self, client: Client) -> None:
        response = client.get("/probe/parts/part", headers=HTMX)
        assert (response.status_code, response.content.decode().strip()) == (201, PART)

    def test_page_without_parts_is_whole_for_htmx_too(self, client: Client) -> None:
        assert "<footer>" in client.get("/probe/parts", headers=HTMX).content.decode()

    @pytest.mark.parametrize("header", ["HX-History-Restore-Request", "HX-Boosted"])
    def test_way_back_and_followed_link_need_the_whole_page(
        self, client: Client, header: str
    ) -> None:
        response = client.get("/probe/parts/part", headers={**HTMX, header: "true"})
        assert "<footer>" in response.content.decode()

    def test_caches_keep_page_and_part_apart(self, client: Client) -> None:
        varied = {name.strip() for name in client.get("/probe/parts/part")["Vary"].split(",")}
        assert {"HX-Request", "HX-Target"} <= varied

    def test_deed_leads_to_a_page(self, client: Client) -> None:
        response = client.post("/probe/deed")
        assert (response.status_code, response["Location"]) == (302, "/language/tr")


# --- error pages -------------------------------------------------------------------------------

FAULTS = [
    ("bad", 400, "That request is not complete"),
    ("forbidden", 403, "This page is not open to you"),
    ("not-allowed", 403, "This page is not open to you"),
    ("http-404", 404, "There is nothing here"),
    ("not-found", 404, "There is nothing here"),
    ("expired", 410, "There is nothing here"),
    ("conflict", 409, "Someone was faster"),
    ("invalid", 422, "Please check what you entered"),
    ("limit", 429, "A short pause, please"),
    ("bug", 500, "This is our mistake"),
    ("unavailable", 503, "This is our mistake"),
]


def get(client: Client, path: str, language: str = "en") -> Any:
    return client.get(path, headers={"Accept-Language": language})


@pytest.mark.django_db
@pytest.mark.parametrize(("fault", "status", "heading"), FAULTS)
def test_error_page_says_what_and_hides_why(
    client: Client, fault: str, status: int, heading: str
) -> None:
    response = get(client, f"/probe/page/{fault}")
    html = response.content.decode()
    assert response.status_code == status
    assert f"<h1>{heading}</h1>" in html
    assert SECRET not in html
    assert not re.search(r"Traceback|RuntimeError|\.py\b|Django", html)
    assert response["X-Request-Id"] in html


@pytest.mark.django_db
@pytest.mark.parametrize("fault", sorted({fault for fault, _, _ in FAULTS}))
def test_error_page_speaks_turkish(client: Client, fault: str) -> None:
    turkish, english = (
        re.findall(r"<h1>(.*?)</h1>", get(client, f"/probe/page/{fault}", code).content.decode())
        for code in ("tr", "en")
    )
    assert len(turkish) == len(english) == 1
    assert turkish != english


@pytest.mark.django_db
def test_limit_of_a_page_says_when_to_come_again(client: Client) -> None:
    assert get(client, "/probe/page/limit")["Retry-After"] == "30"


@pytest.mark.django_db
def test_form_without_its_token_gets_the_page_of_the_product() -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/probe/deed", headers={"Accept-Language": "en"})
    html = response.content.decode()
    assert response.status_code == 403
    assert "<h1>That request is not complete</h1>" in html
    assert 'class="brand"' in html


def test_page_of_our_mistakes_needs_no_database(rf: RequestFactory, settings: Any) -> None:
    """Without the mark this test may not touch the database, as if it were gone."""
    settings.SIMULATOR_ENABLED = False
    request: HttpRequest = rf.get("/")
    response = server_error(request)
    assert response.status_code == 500
    assert "<h1>" in response.content.decode()


def test_error_pages_are_those_of_the_project() -> None:
    names = ("handler400", "handler403", "handler404", "handler500")
    projects, probes = (
        import_module(f"iceshop{inner}.urls") for inner in ("", ".infra.http.tests")
    )
    assert [getattr(probes, name) for name in names] == [getattr(projects, name) for name in names]


# --- headers -----------------------------------------------------------------------------------

PATHS = {
    "/": 200,
    "/accounts/log-in": 200,
    "/health/live": 200,
    "/offline": 200,
    "/board/": 302,
    "/no-such-page": 404,
    "/probe/page/bug": 500,
    "/probe/page/conflict": 409,
    "/probe/api/conflict": 409,
    "/api/v1/no-such-thing": 404,
    "/language/tr": 302,
}
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "media-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}


@pytest.mark.django_db
@pytest.mark.parametrize("path", PATHS)
def test_every_answer_has_the_headers_of_safety(client: Client, path: str) -> None:
    response = client.get(path)
    headers = response.headers
    assert response.status_code == PATHS[path]
    parts = (part.strip().partition(" ") for part in headers["Content-Security-Policy"].split(";"))
    assert {name: value for name, _, value in parts} == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Permissions-Policy"] == "camera=(self), geolocation=(self), microphone=()"
    assert UUID(headers["X-Request-Id"]).version == 7


@pytest.mark.django_db
def test_each_request_has_an_id_of_its_own(client: Client) -> None:
    ids = [client.get("/offline")["X-Request-Id"] for _ in range(3)]
    assert len(set(ids)) == 3
    assert ids == sorted(ids)


@pytest.mark.django_db
def test_id_is_ours_and_not_the_senders(client: Client) -> None:
    response = client.get("/offline", headers={"X-Request-Id": "mine"})
    assert UUID(response["X-Request-Id"]).version == 7

"""Every kind of error as a problem document."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from iceshop.infra.http.problems import status_of
from iceshop.infra.http.tests.urls import SECRET
from iceshop.infra.http.wording import codes, say
from iceshop.kernel import errors

pytestmark = pytest.mark.django_db

KINDS = [
    ("invalid", 422, "clock.rate"),
    ("not-allowed", 403, "clock.fixed"),
    ("not-found", 404, "window.unknown"),
    ("conflict", 409, "window.full"),
    ("limit", 429, "request.throttled"),
    ("expired", 410, "ask.expired"),
    ("unavailable", 503, "request.failed"),
    ("http-404", 404, "request.not_found"),
    ("media", 415, "request.unsupported_media_type"),
]


def ask(client: Client, fault: str, language: str = "en") -> Any:
    return client.get(f"/probe/api/{fault}", headers={"Accept-Language": language})


def send(client: Client, body: object) -> Any:
    text = body if isinstance(body, str) else json.dumps(body)
    return client.post("/probe/api/none", text, content_type="application/json")


@pytest.mark.parametrize(("fault", "status", "code"), KINDS)
def test_kind_has_its_status_and_code(client: Client, fault: str, status: int, code: str) -> None:
    response = ask(client, fault)
    problem = response.json()
    assert response["Content-Type"] == "application/problem+json"
    assert (response.status_code, problem["status"]) == (status, status)
    assert problem["code"] == code
    assert problem["type"] == f"http://127.0.0.1:8000/problems/{code}"
    assert problem["instance"] == f"/probe/api/{fault}"
    assert problem["request_id"] == response["X-Request-Id"]


@pytest.mark.parametrize(("fault", "status", "code"), KINDS)
def test_title_is_in_the_language_asked_for(
    client: Client, fault: str, status: int, code: str
) -> None:
    said = {language: ask(client, fault, language).json()["title"] for language in ("tr", "en")}
    params = {"allowed": "1, 10, 60"}
    assert said == {language: say(code, language, params) for language in ("tr", "en")}
    assert said["tr"] != said["en"]
    assert "{" not in said["tr"] + said["en"]


def test_parameters_are_members_as_text(client: Client) -> None:
    assert ask(client, "invalid").json()["params"] == {"allowed": "1, 10, 60"}
    assert "params" not in ask(client, "conflict").json()


def test_limit_says_when_to_come_again(client: Client) -> None:
    assert ask(client, "limit")["Retry-After"] == "30"
    assert "Retry-After" not in ask(client, "conflict")


def test_every_kind_of_the_kernel_has_a_status_of_its_own() -> None:
    kinds = errors.DomainError.__subclasses__()
    made = [
        kind("x", retry_after_seconds=1) if kind is errors.LimitReached else kind("x")
        for kind in kinds
    ]
    statuses = [status_of(error) for error in made]
    assert len(set(statuses)) == len(kinds) == 7
    assert 500 not in statuses


def test_bug_behind_the_api_is_a_problem_without_its_cause(client: Client) -> None:
    response = client.get("/api/probe/bug", headers={"Accept-Language": "en"})
    assert (response.status_code, response["Content-Type"]) == (500, "application/problem+json")
    assert response.json()["code"] == "request.failed"
    assert response.json()["title"] == codes()["request.failed"]["en"]
    assert UUID(response.json()["request_id"]).version == 7
    assert SECRET not in response.content.decode()


def test_unknown_code_is_its_own_title() -> None:
    assert say("never.seen", "tr", {}) == "never.seen"


# --- bodies ------------------------------------------------------------------------------------

SOUND = {"name": "Ayşe", "inner": {"low": 1, "high": 2}, "marks": [1, 2]}


def test_sound_body_is_taken(client: Client) -> None:
    response = send(client, SOUND)
    assert (response.status_code, response.json()) == (200, SOUND)


@pytest.mark.parametrize(
    ("changed", "pointer", "code"),
    [
        ({"name": "Abdülhamit"}, "/name", "max_length"),
        ({"name": None}, "/name", "null"),
        ({"inner": {"low": 1, "high": 10}}, "/inner/high", "max_value"),
        ({"inner": {"low": "x", "high": 1}}, "/inner/low", "invalid"),
        ({"marks": [1, "x"]}, "/marks/1", "invalid"),
        ({"marks": [1, 2, 3, 4]}, "/marks", "max_length"),
        ({"nmae": "x"}, "/nmae", "unknown"),
    ],
)
def test_fault_of_a_field_is_pointed_at(
    client: Client, changed: dict[str, object], pointer: str, code: str
) -> None:
    response = send(client, SOUND | changed)
    assert (response.status_code, response.json()["code"]) == (422, "request.invalid")
    [fault] = response.json()["errors"]
    assert (fault["pointer"], fault["code"]) == (pointer, code)


def test_all_faults_are_told_at_once(client: Client) -> None:
    response = send(client, {"inner": {"low": 1}})
    faults = {(fault["pointer"], fault["code"]) for fault in response.json()["errors"]}
    assert faults == {
        ("/name", "required"),
        ("/inner/high", "required"),
        ("/marks", "required"),
    }


def test_fault_is_worded_in_turkish(client: Client) -> None:
    response = client.post(
        "/probe/api/none",
        json.dumps(SOUND | {"x": 1}),
        content_type="application/json",
        headers={"Accept-Language": "tr"},
    )
    assert response.json()["errors"] == [
        {"pointer": "/x", "code": "unknown", "detail": "Bu alan tanınmıyor."}
    ]


@pytest.mark.parametrize("body", ["", "{", "[" * 100_000, '{"name": "\\ud8"'])
def test_unreadable_body_is_a_problem(client: Client, body: str) -> None:
    response = send(client, body or "x")
    assert (response.status_code, response.json()["code"]) == (400, "request.parse_error")


def test_body_of_another_type_is_a_problem(client: Client) -> None:
    response = client.post("/probe/api/none", "a=1", content_type="text/plain")
    assert (response.status_code, response.json()["code"]) == (
        415,
        "request.unsupported_media_type",
    )


@pytest.mark.parametrize(
    ("header", "turkish"),
    [
        ("tr", True),
        ("tr-TR,tr;q=0.9,en;q=0.8", True),
        ("de,tr;q=0.5", True),
        ("en-GB,tr;q=0.9", False),
        ("", False),
        ("de", False),
        ("%%%", False),
    ],
)
def test_programs_get_turkish_only_when_they_prefer_it(
    client: Client, header: str, turkish: bool
) -> None:
    said = codes()["window.full"]["tr" if turkish else "en"]
    assert ask(client, "conflict", header).json()["title"] == said

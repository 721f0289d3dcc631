"""Tokens, scopes, limits, keys, languages and addresses of the published API."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from iceshop.infra import clock
from iceshop.infra.idempotency.models import IdempotencyRecord
from iceshop.tests.api.calling import NOON, Program, program
from windows.intents.models import Intent

pytestmark = pytest.mark.django_db

BUYER = {"buyer_id": "B123", "location": "Nisantasi", "request": "coffee"}
ENDPOINTS = [
    ("POST", "buyer/trigger", "buyer:write"),
    ("POST", "seller/trigger", "seller:write"),
    ("GET", "campaigns/opportunities", "opportunities:read"),
    ("POST", "flash-window/create", "windows:write"),
    ("GET", "windows", "windows:read"),
    ("GET", "windows/x", "windows:read"),
    ("POST", "windows/x/check-ins", "windows:write"),
]


@pytest.mark.parametrize(("method", "path", "scope"), ENDPOINTS)
def test_endpoint_wants_a_token_of_its_scope(method: str, path: str, scope: str) -> None:
    others = {wanted for _, _, wanted in ENDPOINTS} - {scope}

    nobody = Program().send(method, path)
    stranger = Program("ice_" + "x" * 43).send(method, path)
    wrong = program(*others).send(method, path, "{}")
    right = program(scope).send(method, path, "{}")

    assert (nobody.status, nobody.body["code"]) == (401, "request.not_authenticated")
    assert nobody.headers["WWW-Authenticate"] == "Bearer"
    assert (stranger.status, stranger.body["code"]) == (401, "request.authentication_failed")
    assert (wrong.status, wrong.body["code"]) == (403, "request.permission_denied")
    assert right.status in (200, 404, 422)


@pytest.mark.usefixtures("known_places")
def test_open_sandbox_needs_no_token(settings: Any) -> None:
    settings.API_SANDBOX_OPEN = True

    assert Program().post("buyer/trigger", BUYER).status == 201
    assert Program("wrong").post("buyer/trigger", BUYER).status == 401


def test_same_key_gets_the_first_answer_again(api: Program) -> None:
    first = api.post("buyer/trigger", BUYER, key="k1")
    again = api.post("buyer/trigger", BUYER, key="k1")
    without = api.post("buyer/trigger", BUYER)

    assert (first.status, again.status, without.status) == (201, 201, 200)
    assert again.body == first.body
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers


def test_same_key_with_another_body_is_refused(api: Program) -> None:
    api.post("buyer/trigger", BUYER, key="k1")
    answer = api.post("buyer/trigger", {**BUYER, "request": "tea"}, key="k1")

    assert (answer.status, answer.body["code"]) == (422, "idempotency.other_body")
    assert Intent.objects.count() == 1


def test_key_belongs_to_one_program_and_one_route(api: Program) -> None:
    api.post("buyer/trigger", BUYER, key="k1")

    other = program().post("buyer/trigger", {**BUYER, "request": "tea"}, key="k1")
    elsewhere = api.post("seller/trigger", {}, key="k1")

    assert other.status == 201
    assert (elsewhere.status, elsewhere.body["code"]) == (422, "request.invalid")


def test_refusal_is_kept_with_its_type(api: Program) -> None:
    sent = {**BUYER, "location": "Atlantis"}
    first = api.post("buyer/trigger", sent, key="k1")
    again = api.post("buyer/trigger", sent, key="k1")

    assert (first.status, again.status) == (422, 422)
    assert again.body == first.body
    assert again.headers["Content-Type"] == "application/problem+json"


def test_limit_is_not_kept(api: Program) -> None:
    for name in "abcde":
        api.post("buyer/trigger", {**BUYER, "request": f"thing {name}"})
    first = api.post("buyer/trigger", BUYER, key="k1")
    with clock.use(lambda: NOON + timedelta(hours=5)):
        Intent.objects.update(state="expired", ended_at=NOON)
        again = api.post("buyer/trigger", BUYER, key="k1")

    assert (first.status, again.status) == (429, 201)


def test_request_that_is_still_running_is_a_conflict(api: Program) -> None:
    api.post("buyer/trigger", BUYER, key="k1")
    IdempotencyRecord.objects.update(
        status=None, lease_until=clock.system_now() + timedelta(seconds=30)
    )

    answer = api.post("buyer/trigger", BUYER, key="k1")

    assert (answer.status, answer.body["code"]) == (409, "idempotency.in_progress")
    assert answer.headers["Retry-After"] == "1"


@pytest.mark.parametrize("key", ["", "k" * 201, "a b", "çay"])
def test_unfit_key_is_refused(api: Program, key: str) -> None:
    answer = api.post("buyer/trigger", BUYER, key=key)

    assert (answer.status, answer.body["code"]) == (422, "idempotency.key")


def test_flood_is_told_to_wait(api: Program, settings: Any) -> None:
    settings.API_BURST, settings.API_PER_SECOND = 3, 0.01

    answers = [api.get("windows") for _ in range(4)]

    assert [answer.status for answer in answers] == [200, 200, 200, 429]
    assert answers[3].body["code"] == "request.throttled"
    assert 90 <= int(answers[3].headers["Retry-After"]) <= 100
    assert program().get("windows").status == 200


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("", "There is nothing here."),
        ("de,en;q=0.5", "There is nothing here."),
        ("tr", "Aradığınız şey yok."),
        ("en;q=0.1,tr;q=0.9", "Aradığınız şey yok."),
    ],
)
def test_problem_speaks_the_language_that_is_asked_for(
    api: Program, language: str, title: str
) -> None:
    api.language = language
    answer = api.get("nothing/here")

    assert (answer.status, answer.body["code"], answer.body["title"]) == (
        404,
        "request.not_found",
        title,
    )
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_problem_has_its_fields(api: Program) -> None:
    answer = api.post("buyer/trigger", {**BUYER, "location": "Nisantas"})

    assert answer.body.pop("request_id") == answer.headers["X-Request-Id"]
    assert answer.body == {
        "type": "http://127.0.0.1:8000/problems/location.unknown",
        "title": "This place is not known: Nisantas. Send a name like it, or coordinates.",
        "status": 422,
        "code": "location.unknown",
        "instance": "/api/v1/buyer/trigger",
        "params": {"location": "Nisantas"},
        "candidates": ["Nişantaşı"],
    }


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ("{", 400, "request.parse_error"),
        ("[" * 100_000, 400, "request.parse_error"),
        ("", 422, "request.invalid"),
        ("[]", 422, "request.invalid"),
        ('"text"', 422, "request.invalid"),
        ('{"buyer_id": NaN}', 400, "request.parse_error"),
        (json.dumps({**BUYER, "request": "a\0b"}), 422, "request.invalid"),
        (json.dumps({**BUYER, "buyer_id": "\ud800"}), 422, "request.invalid"),
        (json.dumps({**BUYER, "latitude": 1e999, "longitude": 0}), 400, "request.parse_error"),
    ],
)
def test_broken_body_is_a_problem(api: Program, body: str, status: int, code: str) -> None:
    answer = api.send("POST", "buyer/trigger", body)

    assert (answer.status, answer.body["code"]) == (status, code)


def test_other_method_is_a_problem(api: Program) -> None:
    answer = api.get("buyer/trigger")

    assert (answer.status, answer.body["code"]) == (405, "request.method_not_allowed")


def test_faults_of_fields_are_told_in_turkish_too(api: Program) -> None:
    api.language = "tr"
    answer = api.post("buyer/trigger", {**BUYER, "color": "red"})

    assert answer.body["errors"] == [
        {"pointer": "/color", "code": "unknown", "detail": "Bu alan tanınmıyor."}
    ]

"""The description of the API is complete, committed, and its examples are true."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer
from drf_spectacular.validation import validate_schema

from accounts.tokens.domain import Scope
from iceshop.infra.http.wording import codes
from iceshop.tests.api.calling import NOON, Program
from windows.tests.stories import new_shop, new_window

COMMITTED = Path(__file__).resolve().parents[3] / "docs" / "openapi.yaml"
_NAMES = [
    "buyer_trigger",
    "campaign_opportunities",
    "seller_trigger",
    "window_check_in",
    "window_create",
    "window_list",
    "window_show",
]


def generated() -> dict[str, Any]:
    generator: Any = SchemaGenerator()  # type: ignore[no-untyped-call]  # comes without types
    schema: dict[str, Any] = generator.get_schema(request=None, public=True)
    return schema


def operations() -> dict[str, tuple[str, str, dict[str, Any]]]:
    """Method, path and description by operation id."""
    return {
        operation["operationId"]: (method.upper(), path, operation)
        for path, methods in generated()["paths"].items()
        for method, operation in methods.items()
    }


def test_committed_schema_is_the_code() -> None:
    renderer: Any = OpenApiYamlRenderer()
    rendered = renderer.render(generated(), renderer_context={}).decode()

    assert COMMITTED.read_text(encoding="utf-8") == rendered, (
        "write it anew: manage.py spectacular --file docs/openapi.yaml"
    )
    validate_schema(yaml.safe_load(rendered))  # type: ignore[no-untyped-call]  # as above


def test_schema_names_every_endpoint() -> None:
    assert sorted(operations()) == _NAMES


@pytest.mark.parametrize("name", _NAMES)
def test_endpoint_says_permission_repeating_and_codes(name: str) -> None:
    method, _, operation = operations()[name]
    named = operation["x-error-codes"]

    assert operation["x-permission"] in list(Scope)
    assert operation["x-idempotency"] == ("safe" if method == "GET" else "Idempotency-Key")
    assert set(named) <= codes().keys()
    told = " ".join(answer["description"] for answer in operation["responses"].values())
    assert all(f"`{code}`" in told for code in named)
    assert operation["security"] == [{"token": []}]
    assert "parameters" in operation or method == "GET"


@pytest.mark.django_db
@pytest.mark.parametrize("name", _NAMES)
def test_example_is_true(api: Program, name: str) -> None:
    method, path, operation = operations()[name]
    for buyer_id in ("B123", "B200"):
        sent = {"buyer_id": buyer_id, "location": "Nisantasi", "request": "coffee"}
        if name != "buyer_trigger":
            api.post("buyer/trigger", sent)
    if name != "seller_trigger":
        selling = {"seller_id": "S55", "products": ["coffee"], "location": "Nisantasi"}
        api.post("seller/trigger", {**selling, "price": 95})
    window = new_window(new_shop(now=NOON), seats=1, now=NOON)
    address = path.removeprefix("/api/v1/").replace("{window_id}", str(window.id))

    answer = api.send(method, address, json.dumps(_sent(operation)))

    status, told = _answered(operation)
    assert str(answer.status) == status
    assert _shape(answer.body) == _shape(told)


def test_schema_and_its_page_need_no_log_in(client: Client) -> None:
    schema = client.get("/api/schema/")
    as_json = client.get("/api/schema/", headers={"Accept": "application/vnd.oai.openapi+json"})
    page = client.get("/docs")
    script = client.get("/docs?script=")

    assert [one.status_code for one in (schema, as_json, page, script)] == [200] * 4
    assert yaml.safe_load(schema.content)["paths"].keys() == as_json.json()["paths"].keys()
    assert script.headers["Content-Type"] == "application/javascript"
    assert "/api/schema/" in script.content.decode()
    assert "<script>" not in page.content.decode()
    assert "<style" not in page.content.decode()


def test_type_of_a_problem_can_be_looked_up(client: Client) -> None:
    found = client.get("/problems/window.full")

    assert found.json() == {"code": "window.full", "title": codes()["window.full"]}
    assert client.get("/problems/window.nonsense").status_code == 404


def _sent(operation: dict[str, Any]) -> Any:
    if "requestBody" not in operation:
        return None
    examples = operation["requestBody"]["content"]["application/json"]["examples"]
    return next(iter(examples.values()))["value"]


def _answered(operation: dict[str, Any]) -> tuple[str, Any]:
    """Status and value of the one answer that has an example."""
    ((status, example),) = [
        (status, next(iter(content["examples"].values()))["value"])
        for status, answer in operation["responses"].items()
        for content in answer["content"].values()
        if "examples" in content
    ]
    return status, example


def _shape(value: Any) -> Any:
    """Names and types of a JSON value; of a list, those of its first entry."""
    if isinstance(value, dict):
        return {name: _shape(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_shape(one) for one in value[:1]]
    return type(value).__name__

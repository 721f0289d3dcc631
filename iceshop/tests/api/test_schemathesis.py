"""Whatever is sent, the API answers as its schema says, and never with a fault of its own."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from iceshop.tests.api.calling import Program
from iceshop.tests.api.test_schema import generated
from iceshop.wsgi import application
from windows.tests.stories import new_shop, new_window

schema = schemathesis.openapi.from_dict(generated())
schema.app = application
_CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.fixture
def token(api: Program) -> str:
    """A token of every scope, in a world with a wish and a window."""
    api.post("buyer/trigger", {"buyer_id": "B123", "location": "Nisantasi", "request": "coffee"})
    new_window(new_shop(), seats=1)
    return api.token


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@schema.parametrize()
@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_api_keeps_its_schema(case: Any, token: str) -> None:
    case.call_and_validate(
        headers={"Authorization": f"Bearer {token}"}, checks=_CHECKS, base_url="http://testserver"
    )

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

PROBES = Path(__file__).parent / "templates"


@pytest.fixture(autouse=True)
def probes(settings: Any) -> None:
    """Let the addresses that go wrong, and their template, exist."""
    [engine] = settings.TEMPLATES
    settings.TEMPLATES = [{**engine, "DIRS": [*engine["DIRS"], PROBES]}]
    settings.ROOT_URLCONF = "iceshop.infra.http.tests.urls"


@pytest.fixture
def client() -> Client:
    """A browser that sees the error pages instead of the exceptions."""
    return Client(raise_request_exception=False)

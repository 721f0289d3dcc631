"""A town in which a model of this machine is asked, in either protocol."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from whatsapp.gateway.tests.graph_server import GraphServer
from whatsapp.tests.town import town

__all__ = ["town"]

PROTOCOLS = ("openai", "anthropic")
# An answer of the form in which nothing is filled in.
NOTHING: dict[str, Any] = {
    "act": "out_of_scope",
    "product": None,
    "variant": [],
    "quantity": None,
    "unit": None,
    "also": [],
    "group_size": None,
    "intervals": [],
    "place": [],
    "radius_m": None,
    "budget": None,
}


class ModelServer(GraphServer):
    """Speaks both protocols: the path says which is meant."""

    def fills_in(self, value: Any) -> None:
        """Answer with ``value`` as the filled-in form."""
        self.answer = lambda request: (200, json.dumps(wrapped(request.path, value)).encode())

    def asked(self) -> list[dict[str, Any]]:
        """What the model saw of each message."""
        return [json.loads(request.json()["messages"][-1]["content"]) for request in self.requests]  # type: ignore[index]  # both protocols


def wrapped(path: str, value: Any) -> dict[str, Any]:
    """``value`` as an answer of the protocol of ``path``."""
    if path.endswith("/chat/completions"):
        message = {"role": "assistant", "content": json.dumps(value)}
        usage = {"prompt_tokens": 900, "completion_tokens": 60}
        return {"choices": [{"message": message, "finish_reason": "stop"}], "usage": usage}
    part = {"type": "tool_use", "id": "t1", "name": "reading", "input": value}
    usage = {"input_tokens": 900, "output_tokens": 60}
    return {"content": [part], "stop_reason": "tool_use", "usage": usage}


@pytest.fixture(params=PROTOCOLS)
def model(settings: Settings, request: pytest.FixtureRequest) -> Iterator[ModelServer]:
    """A model that is asked about everything of which the rules are not wholly sure."""
    with ModelServer() as server:
        server.fills_in(NOTHING)
        settings.LANGUAGE_MODEL = {
            **settings.LANGUAGE_MODEL,
            "URL": f"{server.url}/v1",
            "PROTOCOL": request.param,
            "KEY": "secret-of-the-model",
            "NAME": "small-1",
            "BELOW_PERCENT": 100,
        }
        yield server

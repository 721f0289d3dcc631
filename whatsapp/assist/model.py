"""Which model is asked, by the settings, and how: two protocols, one form."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from whatsapp.assist.prompt import SYSTEM, schema
from whatsapp.providers.domain import Result
from whatsapp.providers.http import host_of, post

_NAME = "reading"
_MOST_TOKENS = 700
_MOST_ANSWER_BYTES = 256 * 1024
_ANTHROPIC_VERSION = "2023-06-01"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What came of one question; ``value`` is what the model filled in, unchecked."""

    result: Result
    took_ms: int
    value: object = None
    tokens_in: int = 0
    tokens_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A model at ``url``, spoken to as ``protocol`` says: ``openai`` or ``anthropic``."""

    url: str
    protocol: str
    key: str
    name: str
    wait_seconds: float

    @property
    def provider(self) -> str:
        """The host that is asked."""
        return host_of(self.url)

    def estimate(self, turn: str) -> int:
        """Tokens that a question takes at most, its answer included."""
        return (len(SYSTEM) + len(json.dumps(schema())) + len(turn)) // 3 + _MOST_TOKENS

    def ask(self, turn: str) -> Told:
        """Ask once. Never raises for what the service does."""
        path, headers, body = self._request(turn)
        answer = post(
            f"{self.url}/{path}",
            headers=headers,
            most_seconds=self.wait_seconds,
            most_bytes=_MOST_ANSWER_BYTES,
            json=body,
        )
        if answer.result is not Result.OK:
            return Told(result=answer.result, took_ms=answer.took_ms)
        try:
            given = json.loads(answer.content)
            value, used = _READERS[self.protocol](given)
        except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
            return Told(result=Result.UNREADABLE, took_ms=answer.took_ms)
        return Told(
            result=Result.OK,
            took_ms=answer.took_ms,
            value=value,
            tokens_in=_count(used, "prompt_tokens", "input_tokens"),
            tokens_out=_count(used, "completion_tokens", "output_tokens"),
        )

    def _request(self, turn: str) -> tuple[str, dict[str, str], dict[str, Any]]:
        common = {"model": self.name, "max_tokens": _MOST_TOKENS, "temperature": 0}
        user = {"role": "user", "content": turn}
        if self.protocol == "anthropic":
            headers = {"x-api-key": self.key, "anthropic-version": _ANTHROPIC_VERSION}
            tool = {
                "name": _NAME,
                "description": "What the message says.",
                "input_schema": schema(),
            }
            choice = {"type": "tool", "name": _NAME}
            body = {"system": SYSTEM, "messages": [user], "tools": [tool], "tool_choice": choice}
            return "messages", headers, common | body
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        form = {"name": _NAME, "strict": True, "schema": schema()}
        body = {
            "messages": [{"role": "system", "content": SYSTEM}, user],
            "response_format": {"type": "json_schema", "json_schema": form},
        }
        return "chat/completions", headers, common | body


def model() -> Model | None:
    """The model of this installation, or ``None``."""
    wanted = settings.LANGUAGE_MODEL
    if not wanted["URL"] or wanted["PROTOCOL"] not in _READERS:
        return None
    return Model(
        url=wanted["URL"],
        protocol=wanted["PROTOCOL"],
        key=wanted["KEY"],
        name=wanted["NAME"],
        wait_seconds=wanted["WAIT_SECONDS"],
    )


def _openai(given: Mapping[str, Any]) -> tuple[object, object]:
    content = given["choices"][0]["message"]["content"]
    return _loaded(content), given.get("usage")


def _anthropic(given: Mapping[str, Any]) -> tuple[object, object]:
    calls = [part for part in given["content"] if part.get("type") == "tool_use"]
    value = calls[0].get("input") if calls and calls[0].get("name") == _NAME else None
    return value, given.get("usage")


def _loaded(content: object) -> object:
    """The object in a model's words; ``None`` where it wrote something else."""
    try:
        return json.loads(content) if isinstance(content, str) else None
    except (ValueError, RecursionError):
        return None


_READERS = {"openai": _openai, "anthropic": _anthropic}


def _count(used: object, *names: str) -> int:
    given = used if isinstance(used, Mapping) else {}
    values = [given[name] for name in names if isinstance(given.get(name), int)]
    return min(max(values[0], 0), 10_000_000) if values else 0

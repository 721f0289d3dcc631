"""A topic of the tests' own, and what its handler was asked to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from iceshop.infra.outbox import registry
from iceshop.infra.outbox.models import OutboxMessage
from iceshop.infra.outbox.results import Result, Sent

TOPIC = "test.say"


@dataclass
class Mouth:
    """Answers each message as ``answers`` say for its key, else with ``Sent``; counts in order."""

    said: list[str] = field(default_factory=list)
    answers: dict[str, Callable[[], Result]] = field(default_factory=dict)

    def __call__(self, message: OutboxMessage) -> Result:
        self.said.append(message.dedupe_key)
        answer = self.answers.get(message.dedupe_key)
        return answer() if answer else Sent(f"ref-{message.dedupe_key}")


@pytest.fixture
def mouth() -> Iterator[Mouth]:
    """The handler of ``test.say`` for one test."""
    handler = Mouth()
    registry._handlers[TOPIC] = handler
    yield handler
    del registry._handlers[TOPIC]

"""Which handler does which topic; filled when the apps load."""

from __future__ import annotations

from collections.abc import Callable

from iceshop.infra.outbox.models import OutboxMessage
from iceshop.infra.outbox.results import Result

Handler = Callable[[OutboxMessage], Result]

_handlers: dict[str, Handler] = {}


def register(topic: str, handler: Handler) -> None:
    """Let ``handler`` do the rows of ``topic``; it runs outside any transaction."""
    if _handlers.setdefault(topic, handler) is not handler:
        raise RuntimeError(f"two handlers for the topic {topic}")


def handler_of(topic: str) -> Handler | None:
    """The handler of ``topic``, if its app is loaded."""
    return _handlers.get(topic)

"""One command being carried out, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from accounts.identity.queries import PersonCard
from commerce.places.queries import StoreCard
from iceshop.kernel.actors import Actor
from iceshop.kernel.errors import NotFound
from whatsapp.conversation.models import Lane
from whatsapp.dialogue.facts import Facts


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a command: a code of ``dialogue.commands.OUTCOMES`` and its values."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Deed:
    """Who does it, why, and when; ``source_key`` names message and command.

    ``said_at`` is when the person wrote, ``now`` when it is worked.
    """

    person: PersonCard
    lane: Lane
    facts: Facts
    store: StoreCard | None
    source_key: str
    now: datetime
    said_at: datetime

    @property
    def by(self) -> Actor:
        """The person."""
        return Actor.person(self.person.id)

    @property
    def language(self) -> str:
        """The language of the talk."""
        return self.facts.language or "tr"


def key_of(text: str, code: str) -> UUID:
    """The id in a button; what is none raises ``NotFound(code)``."""
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFound(code) from error

"""Who does something: a person, a member of staff, a rule, the system, an API client."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    """Kinds of actors as they stand in event and audit rows."""

    PERSON = "person"
    STAFF = "staff"
    RULE = "rule"
    SYSTEM = "system"
    CLIENT = "client"


@dataclass(frozen=True, slots=True)
class Actor:
    """``key`` identifies the actor inside its kind."""

    kind: ActorKind
    key: str = ""

    @staticmethod
    def person(person_id: object) -> Actor:
        """A buyer or seller acting by message or panel."""
        return Actor(ActorKind.PERSON, str(person_id))

    @staticmethod
    def staff(user_id: object) -> Actor:
        """Somebody logged in at the board or in the admin."""
        return Actor(ActorKind.STAFF, str(user_id))

    @staticmethod
    def rule(name: str) -> Actor:
        """The engine or a standing rule."""
        return Actor(ActorKind.RULE, name)

    @staticmethod
    def client(token_id: object) -> Actor:
        """A program behind an API token."""
        return Actor(ActorKind.CLIENT, str(token_id))


SYSTEM = Actor(ActorKind.SYSTEM)

"""What a message can hold, one frozen type a kind.

Texts are cleaned; ids are printable ASCII; what was absent is the empty text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Words, typed; empty when only spaces came."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """Audio, image, video, document or sticker; fetched by id, since addresses are not trusted.

    ``media_id`` is empty when it cannot be fetched. ``sha256`` is base64 of the digest.
    """

    form: str
    media_id: str
    mime_type: str
    sha256: str = ""
    caption: str = ""
    filename: str = ""
    is_voice: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A place: degrees WGS 84, or None when they came incomplete or out of range."""

    latitude: float | None
    longitude: float | None
    name: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A tapped button, list row or template reply. The id counts, never the title."""

    choice_id: str
    title: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A completed form; ``answers`` is None when its content could not be read."""

    token: str
    answers: Mapping[str, object] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallPermission:
    """Answer to the question whether the business may call."""

    is_granted: bool
    granted_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """An emoji on a message of ours; empty when it was taken back. Never a consent."""

    message_id: str
    emoji: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactCards:
    """Shared cards. Phones are kept only when the sender answered a request for the own one."""

    is_own: bool
    phones: tuple[str, ...]
    cards: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A catalogue order; not offered, so nothing in it is computed with."""

    details: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityChange:
    """A new phone or a new business-scoped id; ``previous_user_id`` may be unknown."""

    phone: str = ""
    user_id: str = ""
    previous_user_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsupported:
    """Something that cannot be read; ``code`` is the platform's, if it gave one."""

    what: str
    code: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Welcome:
    """The chat was opened and nothing typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """New words for an earlier message."""

    message_id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Revoke:
    """An earlier message was deleted by its sender."""

    message_id: str


Body = (
    Text
    | Media
    | Location
    | Choice
    | Form
    | CallPermission
    | Reaction
    | ContactCards
    | Order
    | IdentityChange
    | Unsupported
    | Welcome
    | Edit
    | Revoke
)


def variant_of(body: Body) -> str:
    """Return the name of a message body: ``text``, ``choice``, ``identity_change``..."""
    name = type(body).__name__
    return "".join(f"_{sign.lower()}" if sign.isupper() else sign for sign in name).lstrip("_")

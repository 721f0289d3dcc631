"""What arrives from the platform, one value an item, cleaned and typed.

Every text in an item is safe to store and to show; every identifier is printable ASCII; a field
that was absent is the empty text. Nothing here is trusted: somebody else wrote it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from whatsapp.gateway.codes import Flag, Reason
from whatsapp.gateway.content import Body, Media, variant_of


class Kind(StrEnum):
    """What an item is about; decides who works on it."""

    MESSAGE = "message"
    CALL = "call"
    IDENTITY = "identity"
    PREFERENCE = "preference"
    STATUS = "status"
    TEMPLATE = "template"
    ACCOUNT = "account"
    ERROR = "error"
    IGNORED = "ignored"
    INVALID = "invalid"


# Items of one person, worked in order; all others have no order between them.
PERSON_KINDS = frozenset({Kind.MESSAGE, Kind.CALL, Kind.IDENTITY, Kind.PREFERENCE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who wrote: digits of the phone, business-scoped id, both or one; name as the profile says."""

    phone: str = ""
    user_id: str = ""
    name: str = ""
    username: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """The advertisement from which the chat was opened."""

    source_type: str
    source_id: str
    click_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message to us. ``quoted_id`` names the message it answers."""

    message_id: str
    sender: Sender
    body: Body
    quoted_id: str = ""
    is_forwarded: bool = False
    referral: Referral | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call event; one from the person opens the reply window even when nobody answered."""

    call_id: str
    sender: Sender
    event: str
    is_from_person: bool
    outcome: str = ""
    duration_seconds: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityUpdate:
    """Old and new business-scoped id of one person."""

    previous_user_id: str
    user_id: str
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference:
    """The person stopped or resumed a category of messages in the app's own settings."""

    sender: Sender
    category: str
    is_stopped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Pricing:
    """What a message cost, in the platform's words."""

    is_billable: bool | None
    model: str
    type: str
    category: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorNotice:
    """An error of the platform; build on ``code`` and ``details``, never on the title."""

    code: int | None
    title: str = ""
    details: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What became of a message of ours. ``opaque`` is our own key, echoed."""

    message_id: str
    status: str
    phone: str = ""
    user_id: str = ""
    opaque: str = ""
    pricing: Pricing | None = None
    errors: tuple[ErrorNotice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateEvent:
    """Something happened to a template; ``event`` is its new state, colour or category."""

    field: str
    event: str
    name: str
    language: str
    details: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountEvent:
    """Something happened to the account or the number."""

    field: str
    event: str
    details: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ignored:
    """Understood enough to know that there is nothing to do."""

    reason: Reason
    what: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invalid:
    """Cannot be worked on; kept aside for a person."""

    reason: Reason
    what: str = ""


Content = (
    Message
    | Call
    | IdentityUpdate
    | Preference
    | Status
    | TemplateEvent
    | AccountEvent
    | ErrorNotice
    | Ignored
    | Invalid
)

_KINDS: dict[type, Kind] = {
    Message: Kind.MESSAGE,
    Call: Kind.CALL,
    IdentityUpdate: Kind.IDENTITY,
    Preference: Kind.PREFERENCE,
    Status: Kind.STATUS,
    TemplateEvent: Kind.TEMPLATE,
    AccountEvent: Kind.ACCOUNT,
    ErrorNotice: Kind.ERROR,
    Ignored: Kind.IGNORED,
    Invalid: Kind.INVALID,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that arrived.

    ``(source, key)`` is the same whenever the platform sends it again. ``event_at`` is the item's
    own time, never later than its arrival. ``position`` is its place in the body.
    """

    source: str
    key: str
    event_at: datetime
    content: Content
    path: str
    position: int = 0
    flags: tuple[Flag, ...] = field(default=())

    @property
    def kind(self) -> Kind:
        """What the item is about."""
        return _KINDS[type(self.content)]

    @property
    def variant(self) -> str:
        """Return the finer kind: type of a message, value of a status, field of an event."""
        match self.content:
            case Message(body=Media(form=form)):
                return form
            case Message(body=body):
                return variant_of(body)
            case Status(status=word) | Call(event=word):
                return word
            case TemplateEvent(field=word) | AccountEvent(field=word):
                return word
            case Preference(is_stopped=is_stopped):
                return "stop" if is_stopped else "resume"
            case _:
                return ""

    @property
    def phone(self) -> str:
        """Digits of the person's phone, or empty."""
        match self.content:
            case Message(sender=sender) | Call(sender=sender) | Preference(sender=sender):
                return sender.phone
            case Status(phone=phone) | IdentityUpdate(phone=phone):
                return phone
            case _:
                return ""

    @property
    def user_id(self) -> str:
        """Business-scoped id of the person as known so far (before a change of it), or empty."""
        match self.content:
            case Message(sender=sender) | Call(sender=sender) | Preference(sender=sender):
                return sender.user_id
            case Status(user_id=user_id) | IdentityUpdate(previous_user_id=user_id):
                return user_id
            case _:
                return ""

    @property
    def reason(self) -> str:
        """Why it is set aside, or empty."""
        match self.content:
            case Ignored(reason=reason) | Invalid(reason=reason):
                return reason
            case _:
                return ""

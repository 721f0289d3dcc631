"""Reads of the simulator: people, messages, postings, faults, templates, media."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.db.models import Q

from iceshop.infra.prepared import Prepared, given
from iceshop.kernel.errors import NotFound
from whatsapp.simulator.domain.codes import Json
from whatsapp.simulator.domain.inbound import parse_address
from whatsapp.simulator.domain.limits import RECEIVED_MEDIA_LIFE, UPLOADED_MEDIA_LIFE
from whatsapp.simulator.domain.templates import Template, parse_template
from whatsapp.simulator.models import (
    SimulatedCall,
    SimulatedDelivery,
    SimulatedFault,
    SimulatedMedia,
    SimulatedMessage,
    SimulatedPerson,
    SimulatedPosting,
    SimulatedSms,
    SimulatedTemplate,
)

# Most rows of one answer; the reader goes on with ``after``.
PAGE_ROWS = 1000


@dataclass(frozen=True)
class PersonFacts:
    """A person as the page and the test interface show them."""

    phone: str
    user_id: str
    name: str
    role: str
    store: str
    language: str
    last_n: int
    version: int


@dataclass(frozen=True)
class MessageFacts:
    """A message on a phone; ``buttons`` are objects with ``id`` and ``title``."""

    n: int
    direction: str
    kind: str
    text: str
    buttons: list[dict[str, str]]
    links: list[str]
    link_title: str
    status: str
    code: int | None
    at: datetime
    wamid: str
    media_id: str
    pressed_wamid: str
    pressed_id: str


@dataclass(frozen=True)
class EventFacts:
    """A message in the list of the latest events."""

    at: datetime
    person: str
    direction: str
    kind: str
    text: str
    status: str


@dataclass(frozen=True)
class RequestFacts:
    """A message as the platform accepted it; ``wire`` is the body of the request."""

    wamid: str
    kind: str
    status: str
    wire: Json


@dataclass(frozen=True)
class PostingFacts:
    """One post to the webhook; ``http_status`` is 0 when there was no answer."""

    n: int
    carries: str
    headers: dict[str, str]
    body: str
    http_status: int
    took_ms: int
    at: datetime


@dataclass(frozen=True)
class FaultFacts:
    """A fault that is ordered; ``left`` events remain."""

    id: int
    kind: str
    left: int
    code: int
    seconds: float
    address: str


@dataclass(frozen=True)
class MediaFacts:
    """A stored file; ``sha256`` is hexadecimal."""

    media_id: str
    mime_type: str
    sha256: str
    content: bytes


@dataclass(frozen=True)
class TemplateFacts:
    """A template as it was created, with its id."""

    id: int
    name: str
    language: str
    category: str
    definition: Json


def people() -> tuple[PersonFacts, ...]:
    """Everybody, in the order in which they came."""
    return tuple(_person_facts(row) for row in SimulatedPerson.objects.order_by("id"))


def person(address: str) -> PersonFacts:
    """The person with a phone or user id. Raises ``NotFound("sim.person")``."""
    phone, user_id = parse_address(address)
    wanted = Q(phone=phone) if phone else Q(user_id=user_id)
    row = SimulatedPerson.objects.filter(wanted).first()
    if row is None:
        raise NotFound("sim.person")
    return _person_facts(row)


def latest_seller() -> PersonFacts | None:
    """The seller to whom the business wrote last, or the first one."""
    sellers = SimulatedPerson.objects.filter(role="seller")
    newest = (
        SimulatedMessage.objects.filter(direction="out", person__role="seller")
        .order_by("-at", "-id")
        .values_list("person_id", flat=True)
        .first()
    )
    row = sellers.filter(pk=newest).first() if newest else sellers.order_by("id").first()
    return _person_facts(row) if row else None


_MESSAGES = Prepared(
    lambda: SimulatedMessage.objects.filter(
        person__user_id=given("user_id"), n__gt=given("after")
    ).order_by("n")[:PAGE_ROWS]
)


def messages(*, user_id: str, after: int = 0, rows: int = PAGE_ROWS) -> tuple[MessageFacts, ...]:
    """Messages with ``n`` above ``after``, in order, at most ``rows``."""
    found = _MESSAGES(user_id=user_id, after=after)
    return tuple(_message_facts(row) for row in found[:rows])


def latest_messages(*, user_id: str, rows: int) -> tuple[MessageFacts, ...]:
    """The last ``rows`` messages, in order."""
    found = SimulatedMessage.objects.filter(person__user_id=user_id).order_by("-n")[:rows]
    return tuple(_message_facts(row) for row in reversed(found))


def latest_events(*, rows: int) -> tuple[EventFacts, ...]:
    """The last messages of all phones, the newest first."""
    found = SimulatedMessage.objects.select_related("person").order_by("-at", "-id")[:rows]
    return tuple(
        EventFacts(row.at, row.person.name, row.direction, row.kind, row.text, row.status)
        for row in found
    )


def postings(*, after: int = 0, rows: int = PAGE_ROWS) -> tuple[PostingFacts, ...]:
    """Posts with ``n`` above ``after``, in order, at most ``rows``."""
    found = SimulatedPosting.objects.filter(pk__gt=after).select_related("delivery").order_by("pk")
    return tuple(_posting_facts(row) for row in found[:rows])


def latest_postings(*, rows: int) -> tuple[PostingFacts, ...]:
    """The last posts, the newest first."""
    found = SimulatedPosting.objects.select_related("delivery").order_by("-pk")[:rows]
    return tuple(_posting_facts(row) for row in found)


def latest_requests(*, rows: int) -> tuple[RequestFacts, ...]:
    """The last messages that the business sent, the newest first."""
    found = SimulatedMessage.objects.filter(direction="out").order_by("-at", "-id")[:rows]
    return tuple(RequestFacts(row.wamid, row.kind, row.status, row.wire) for row in found)


def waiting_count(*, now: datetime) -> int:
    """How many webhooks are due and not delivered."""
    return SimulatedDelivery.objects.filter(
        state=SimulatedDelivery.WAITING, due_at__lte=now
    ).count()


def next_due_at() -> datetime | None:
    """When the next webhook is due, or ``None`` when nothing waits."""
    waiting = SimulatedDelivery.objects.filter(state=SimulatedDelivery.WAITING)
    return waiting.order_by("due_at").values_list("due_at", flat=True).first()


_ACTING = Prepared(lambda: SimulatedFault.objects.filter(left__gt=0).order_by("id"))


def faults() -> tuple[FaultFacts, ...]:
    """Faults that still act, in the order in which they were ordered."""
    return tuple(
        FaultFacts(row.pk, row.kind, row.left, row.code, row.seconds, row.address)
        for row in _ACTING()
    )


def media(media_id: str, *, now: datetime) -> MediaFacts | None:
    """A file whose id is still good at ``now``."""
    row = SimulatedMedia.objects.filter(media_id=media_id).first()
    if row is None:
        return None
    life = UPLOADED_MEDIA_LIFE if row.is_upload else RECEIVED_MEDIA_LIFE
    if now >= row.created_at + life:
        return None
    return MediaFacts(row.media_id, row.mime_type, row.sha256, bytes(row.content))


def has_media(media_id: str) -> bool:
    """Whether a file was uploaded under ``media_id``."""
    return SimulatedMedia.objects.filter(media_id=media_id).exists()


def find_template(name: str, language: str) -> Template | None:
    """The approved template of that name in exactly that language."""
    row = SimulatedTemplate.objects.filter(name=name, language=language).first()
    return parse_template(cast(Json, row.definition)) if row else None


def sms_texts(*, phone: str) -> tuple[str, ...]:
    """Texts of the SMS that came to a phone, oldest first. One query."""
    rows = SimulatedSms.objects.filter(phone=phone, is_reply=False).order_by("pk")
    return tuple(rows.values_list("text", flat=True))


def calls_to(*, phone: str) -> tuple[tuple[str, str], ...]:
    """Id and first words of the calls that a telephone got, oldest first. One query."""
    rows = SimulatedCall.objects.filter(phone=phone, is_inbound=False).order_by("pk")
    return tuple((f"call-{row.pk}", row.first) for row in rows)


def templates() -> tuple[TemplateFacts, ...]:
    """All templates by id."""
    return tuple(
        TemplateFacts(row.pk, row.name, row.language, row.category, row.definition)
        for row in SimulatedTemplate.objects.order_by("id")
    )


def pressed_buttons(shown: Sequence[MessageFacts]) -> set[tuple[str, str]]:
    """Pairs of message id and button id that were pressed among ``shown``."""
    return {(item.pressed_wamid, item.pressed_id) for item in shown if item.pressed_wamid}


def _person_facts(row: SimulatedPerson) -> PersonFacts:
    return PersonFacts(
        phone=row.phone,
        user_id=row.user_id,
        name=row.name,
        role=row.role,
        store=row.store,
        language=row.language,
        last_n=row.last_n,
        version=row.version,
    )


def _message_facts(row: SimulatedMessage) -> MessageFacts:
    return MessageFacts(
        n=row.n,
        direction=row.direction,
        kind=row.kind,
        text=row.text,
        buttons=row.buttons,
        links=row.links,
        link_title=row.link_title,
        status=row.status,
        code=row.code,
        at=row.at,
        wamid=row.wamid,
        media_id=row.media_id,
        pressed_wamid=row.pressed_wamid,
        pressed_id=row.pressed_id,
    )


def _posting_facts(row: SimulatedPosting) -> PostingFacts:
    return PostingFacts(
        n=row.pk,
        carries=row.delivery.carries,
        headers=row.headers,
        body=row.delivery.body,
        http_status=row.http_status,
        took_ms=row.took_ms,
        at=row.at,
    )

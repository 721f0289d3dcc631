"""Reading what was sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from accounts.identity.queries import PersonCard
from iceshop.infra.prepared import Prepared, PreparedValues, given
from whatsapp.gateway.codec import decode_body
from whatsapp.gateway.errors import DAY_SECONDS, UNREACHABLE
from whatsapp.messaging.domain import OutboundState
from whatsapp.messaging.models import IssuedChoice, MessageTemplate, OutboundMessage
from whatsapp.messaging.templating import templates
from windows.flash.listing import windows_of_seats
from windows.notices.domain import NoticeKind
from windows.notices.queries import waiting

_ISSUED = Prepared(
    lambda: IssuedChoice.objects.filter(person_id=given("person_id"), choice_id=given("choice_id"))[
        :1
    ]
)


def was_issued(*, person_id: UUID, choice_id: str) -> bool:
    """Whether a button or row was shown to this person. One query."""
    return bool(_ISSUED(person_id=person_id, choice_id=choice_id))


def _told() -> QuerySet[OutboundMessage]:
    return OutboundMessage.objects.filter(
        person_id=given("person_id"),
        notice__subject_id=given("subject_id"),
        accepted_at__isnull=False,
    ).order_by("-accepted_at")


_TOLD = PreparedValues(lambda: _told().values_list("accepted_at")[:1])
_TOLD_SO = PreparedValues(
    lambda: _told().filter(notice__kind=given("kind")).values_list("accepted_at")[:1]
)


def told_at(
    *, person_id: UUID, subject_id: UUID, kind: NoticeKind | None = None
) -> datetime | None:
    """When the person was last written to about a subject (by a kind of notice). One query."""
    if kind is None:
        found = _TOLD(person_id=person_id, subject_id=subject_id)
    else:
        found = _TOLD_SO(person_id=person_id, subject_id=subject_id, kind=kind.value)
    return found[0][0] if found else None


def accepted_texts(*, source_keys: Sequence[str]) -> tuple[str, ...]:
    """What the replies planned under these keys say, of those that went out. One query."""
    rows = OutboundMessage.objects.filter(source_key__in=source_keys).exclude(platform_id="")
    found = {row.source_key: decode_body(row.body) for row in rows}
    texts = (getattr(found.get(key), "text", "") for key in source_keys)
    return tuple(text for text in texts if text)


def is_resting(person: PersonCard, *, now: datetime) -> bool:
    """Whether WhatsApp said lately that it cannot reach them; a word of theirs ends it. A query."""
    rows = OutboundMessage.objects.filter(
        person_id=person.id,
        state__in=(OutboundState.FAILED, OutboundState.REFUSED),
        error_code=UNREACHABLE,
        created_at__gt=now - timedelta(seconds=DAY_SECONDS),
    )
    failed_at = rows.order_by("-created_at").values_list("settled_at", flat=True).first()
    if failed_at is None:
        return False
    heard_at = person.last_inbound_at
    return heard_at is None or heard_at < failed_at


@dataclass(frozen=True, slots=True)
class Dependence:
    """What hangs on a template that may not be used: notices to come, and their windows."""

    notices: int
    windows: tuple[UUID, ...]


def dependence(*, now: datetime) -> dict[str, Dependence]:
    """What hangs on each template that the platform does not let through, by its name.

    Three queries. Whoever is in the reply window is told freely; the others by another channel.
    """
    rows = MessageTemplate.objects.values_list("name", "language", "state", "category")
    names = {
        name
        for name, language, state, category in rows
        if (ours := templates().get((name, language))) is not None
        and (state != "APPROVED" or category != ours.category)
    }
    kinds = {name: "ask" if name == "ask_benefit" else name for name in names}
    found = waiting(set(kinds.values()), now=now)
    about = {one for kind in found.values() for one in kind.subjects}
    seats = [key for kind, key in about if kind == "seat"]
    window_of = {("seat", key): window for key, window in windows_of_seats(seats).items()}
    window_of |= {("window", key): key for kind, key in about if kind == "window"}
    return {
        name: Dependence(
            found[kind].notices,
            tuple(sorted({window_of[one] for one in found[kind].subjects if one in window_of})),
        )
        for name, kind in kinds.items()
        if kind in found
    }


@dataclass(frozen=True, slots=True)
class TemplateState:
    """What the platform last said of one of our templates in one language."""

    name: str
    language: str
    category: str
    state: str


def template_states() -> tuple[TemplateState, ...]:
    """All templates that the platform was asked about, by name. One query."""
    rows = MessageTemplate.objects.order_by("name", "language")
    return tuple(TemplateState(row.name, row.language, row.category, row.state) for row in rows)

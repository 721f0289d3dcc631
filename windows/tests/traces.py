"""What the services leave behind, read for tests: notices with their fate, events, rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from iceshop.infra.outbox.models import OutboxMessage
from iceshop.kernel.errors import DomainError
from iceshop.tests.witness import nothing_written
from windows.flash.models import WindowEvent
from windows.intents.models import IntentEvent
from windows.negotiation.models import AskEvent
from windows.notices.models import Notice


@dataclass(frozen=True, slots=True)
class Planned:
    """A notice and the state of its outbox row; ``code`` says why it ended."""

    kind: str
    person_id: UUID
    not_before: datetime
    useful_until: datetime
    state: str
    code: str


def planned(subject_id: UUID) -> list[Planned]:
    """Notices about one subject, in the order in which they become due."""
    notices = list(Notice.objects.filter(subject_id=subject_id).order_by("not_before", "pk"))
    sent = {
        row.dedupe_key: row
        for row in OutboxMessage.objects.filter(dedupe_key__in=[n.dedupe_key for n in notices])
    }
    return [_planned(notice, sent[notice.dedupe_key]) for notice in notices]


def _planned(notice: Notice, row: OutboxMessage) -> Planned:
    """The two rows as one; they must agree."""
    assert row.topic == "notice.send"
    assert row.payload == {"notice_id": str(notice.id)}
    assert row.lane == f"person:{notice.person_id}"
    assert (row.not_before, row.expires_at) == (notice.not_before, notice.useful_until)
    return Planned(
        notice.kind, notice.person_id, row.not_before, notice.useful_until, row.state, row.code
    )


def due_kinds(subject_id: UUID) -> list[str]:
    """Kinds of the notices about a subject that are still to be sent."""
    return [notice.kind for notice in planned(subject_id) if notice.state == "due"]


Event = tuple[str, datetime, datetime, str, dict[str, Any]]


def window_events(window_id: UUID) -> list[Event]:
    """Move, when, planned for when, by which kind of actor, facts."""
    rows = WindowEvent.objects.filter(window_id=window_id).order_by("pk")
    return list(rows.values_list("move", "at", "planned_at", "actor_kind", "facts"))


def window_moves(window_id: UUID) -> list[str]:
    """What happened to a window, in order."""
    return [event[0] for event in window_events(window_id)]


def intent_moves(intent_id: UUID | None) -> list[tuple[str, str, str]]:
    """Move, state after it, reason."""
    rows = IntentEvent.objects.filter(intent_id__in=[intent_id]).order_by("pk")
    return list(rows.values_list("move", "to_state", "reason"))


def ask_moves(ask_id: UUID) -> list[tuple[str, str, dict[str, Any]]]:
    """Move, kind of actor, facts."""
    rows = AskEvent.objects.filter(ask_id=ask_id).order_by("pk")
    return list(rows.values_list("move", "actor_kind", "facts"))


@contextmanager
def refused(code: str) -> Iterator[pytest.ExceptionInfo[DomainError]]:
    """The block is refused with ``code`` and writes nothing."""
    with pytest.raises(DomainError) as caught, nothing_written():
        yield caught
    assert caught.value.code == code

"""Reading notices."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from iceshop.kernel.time import TimeRange
from windows.notices.domain import NoticeClass, NoticeKind, Outcome
from windows.notices.models import Notice

_DAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class NoticeCard:
    """A notice as the sender of a channel sees it; ``saw_panel``: it was read on the panel."""

    id: UUID
    kind: NoticeKind
    notice_class: NoticeClass
    person_id: UUID
    subject_kind: str
    subject_id: UUID
    not_before: datetime
    useful_until: datetime
    saw_panel: bool = False

    @property
    def use(self) -> TimeRange:
        """When it is of use."""
        return TimeRange(self.not_before, self.useful_until)


@dataclass(frozen=True, slots=True)
class PanelNote:
    """What could not be sent and is shown on a panel instead."""

    id: UUID
    text: str


def notice_card(notice_id: UUID) -> NoticeCard:
    """The notice; raises ``Notice.DoesNotExist`` for an unknown id, which only a bug can hold."""
    return card_of(Notice.objects.get(pk=notice_id))


def card_of(notice: Notice) -> NoticeCard:
    """The card of a row."""
    return NoticeCard(
        notice.id,
        NoticeKind(notice.kind),
        NoticeClass(notice.notice_class),
        notice.person_id,
        notice.subject_kind,
        notice.subject_id,
        notice.not_before,
        notice.useful_until,
        notice.panel_seen_at is not None,
    )


def said_in_a_day(notice: NoticeCard, *, now: datetime) -> int:
    """Other notices of its kind that the person was told in the last 24 hours. One query."""
    rows = Notice.objects.filter(
        person_id=notice.person_id,
        kind=notice.kind,
        outcome=Outcome.SAY,
        decided_at__gt=now - _DAY,
    )
    return rows.exclude(pk=notice.id).count()


def panel_notes(
    *, person_id: UUID, subject_ids: Collection[UUID], now: datetime
) -> tuple[PanelNote, ...]:
    """What is to be read on the panel about these subjects, oldest first. One query."""
    rows = Notice.objects.filter(
        person_id=person_id,
        subject_id__in=subject_ids,
        panel_seen_at__isnull=True,
        useful_until__gt=now,
    ).exclude(panel_text="")
    return tuple(PanelNote(row.id, row.panel_text) for row in rows.order_by("created_at", "pk"))


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is still to be said of one kind: how many notices, and about which subjects."""

    notices: int
    subjects: frozenset[tuple[str, UUID]]


def waiting(kinds: Collection[str], *, now: datetime) -> dict[str, Waiting]:
    """What is to be said of each of ``kinds`` from now on; those without are missing. A query."""
    rows = Notice.objects.filter(kind__in=kinds, outcome__in=("", "later"), useful_until__gt=now)
    found: dict[str, list[tuple[str, UUID]]] = {}
    for kind, subject_kind, subject_id in rows.values_list("kind", "subject_kind", "subject_id"):
        found.setdefault(kind, []).append((subject_kind, subject_id))
    return {kind: Waiting(len(about), frozenset(about)) for kind, about in found.items()}

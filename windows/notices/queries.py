"""Reading notices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from windows.notices.domain import NoticeClass, NoticeKind
from windows.notices.models import Notice


@dataclass(frozen=True, slots=True)
class NoticeCard:
    """A notice as the sender of a channel sees it."""

    id: UUID
    kind: NoticeKind
    notice_class: NoticeClass
    person_id: UUID
    subject_kind: str
    subject_id: UUID
    useful_until: datetime


def notice_card(notice_id: UUID) -> NoticeCard:
    """The notice; raises ``Notice.DoesNotExist`` for an unknown id, which only a bug can hold."""
    notice = Notice.objects.get(pk=notice_id)
    return NoticeCard(
        notice.id,
        NoticeKind(notice.kind),
        NoticeClass(notice.notice_class),
        notice.person_id,
        notice.subject_kind,
        notice.subject_id,
        notice.useful_until,
    )

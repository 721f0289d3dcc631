"""Planning notices and taking them back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from iceshop.infra.db import step
from iceshop.infra.outbox import services as outbox
from windows.notices.domain import CLASS_OF, PRIORITY_OF, USUAL_PRIORITY, NoticeKind
from windows.notices.models import Notice

SEND_TOPIC = "notice.send"
_WITHDRAWN = "notice.withdrawn"


@step
def plan(
    *,
    kind: NoticeKind,
    person_id: UUID,
    subject_kind: str,
    subject_id: UUID,
    useful_until: datetime,
    now: datetime,
    not_before: datetime | None = None,
) -> bool:
    """Plan one notice; ``False`` when it was planned before or could no longer be of use.

    One notice of a kind goes to a person about a subject, however often it is planned. One that
    was withdrawn unsent (a seat given back) is planned anew (the seat is taken again).
    """
    starts = max(not_before or now, now)
    if starts >= useful_until:
        return False
    key = _key(subject_kind, subject_id, person_id, kind)
    notice, created = Notice.objects.get_or_create(
        dedupe_key=key,
        defaults={
            "kind": kind,
            "notice_class": CLASS_OF[kind],
            "person_id": person_id,
            "subject_kind": subject_kind,
            "subject_id": subject_id,
            "not_before": starts,
            "useful_until": useful_until,
            "created_at": now,
        },
    )
    if created:
        outbox.put(
            topic=SEND_TOPIC,
            dedupe_key=key,
            payload={"notice_id": str(notice.id)},
            lane=f"person:{person_id}",
            not_before=starts,
            expires_at=useful_until,
            priority=PRIORITY_OF.get(kind, USUAL_PRIORITY),
            now=now,
        )
        return True
    is_renewed = outbox.renew(
        dedupe_key=key, code=_WITHDRAWN, not_before=starts, expires_at=useful_until, now=now
    )
    if is_renewed:
        Notice.objects.filter(pk=notice.pk).update(not_before=starts, useful_until=useful_until)
    return is_renewed


@step
def withdraw(
    *, subject_kind: str, subject_id: UUID, now: datetime, person_id: UUID | None = None
) -> int:
    """Take back what has not been sent about a subject (to one person); returns how many."""
    prefix = f"notice:{subject_kind}:{subject_id}:"
    if person_id is not None:
        prefix += f"{person_id}:"
    return outbox.withdraw(dedupe_prefix=prefix, code=_WITHDRAWN, now=now)


def _key(subject_kind: str, subject_id: UUID, person_id: UUID, kind: NoticeKind) -> str:
    return f"notice:{subject_kind}:{subject_id}:{person_id}:{kind}"

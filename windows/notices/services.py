"""Planning notices and taking them back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F

from iceshop.infra.db import step
from iceshop.infra.outbox import services as outbox
from windows.notices.domain import Channel, NoticeKind, Outcome
from windows.notices.models import Notice
from windows.notices.planner import Plan
from windows.notices.queries import NoticeCard, card_of
from windows.notices.rules import RULES

SEND_TOPIC = "notice.send"
_WITHDRAWN = "notice.withdrawn"
_MERGED = "notice.merged"
# What is due within this of a message of its group goes with it.
_MERGE_AHEAD = timedelta(minutes=2)


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
    rule = RULES[kind]
    notice, created = Notice.objects.get_or_create(
        dedupe_key=key,
        defaults={
            "kind": kind,
            "notice_class": rule.notice_class,
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
            priority=rule.priority,
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
def note_decision(*, notice_id: UUID, plan: Plan, cost_micros: int = 0, now: datetime) -> None:
    """Keep what the planner decided and why; ``cost_micros`` adds to what was spent before.

    A notice that is not said, though it was tried or should have been, counts as unreached.
    """
    columns: dict[str, object] = {
        "outcome": plan.outcome,
        "reason": plan.reason,
        "decided_at": now,
    }
    if plan.outcome is Outcome.SAY:
        columns |= {
            "channel": plan.channel,
            "form": plan.form or "",
            "cost_micros": F("cost_micros") + cost_micros,
        }
    elif plan.is_unreached:
        columns["unreached_at"] = now
    Notice.objects.filter(pk=notice_id).update(**columns)


@step
def try_channel(
    *,
    notice_id: UUID,
    tried: Collection[Channel],
    now: datetime,
    wait_seconds: int = 0,
) -> bool:
    """Plan the next channel of the ladder after ``tried`` failed; each set of them once."""
    notice = Notice.objects.get(pk=notice_id)
    names = sorted(channel.value for channel in tried)
    starts = now + timedelta(seconds=wait_seconds)
    return outbox.put(
        topic=SEND_TOPIC,
        dedupe_key=f"{notice.dedupe_key}:after:{'+'.join(names)}",
        payload={"notice_id": str(notice_id), "tried": names},
        lane=f"person:{notice.person_id}",
        not_before=starts,
        expires_at=max(notice.useful_until, starts),
        priority=RULES[NoticeKind(notice.kind)].priority,
        now=now,
    )


@step
def merge_due(*, notice: NoticeCard, now: datetime) -> tuple[NoticeCard, ...]:
    """Take back what is due with ``notice`` for the same person, to be said in its message.

    Only kinds of its merge group, only what nobody has begun to send; marked as merged into it.
    """
    group = RULES[notice.kind].merge_group
    kinds = [kind for kind, rule in RULES.items() if group and rule.merge_group == group]
    rows = Notice.objects.filter(
        person_id=notice.person_id,
        kind__in=kinds,
        outcome="",
        not_before__lte=now + _MERGE_AHEAD,
        useful_until__gt=now,
    ).exclude(pk=notice.id)
    taken = [
        row
        for row in rows.order_by("not_before", "pk")
        if outbox.withdraw(dedupe_prefix=row.dedupe_key, code=_MERGED, now=now)
    ]
    Notice.objects.filter(pk__in=[row.pk for row in taken]).update(
        outcome=Outcome.SAY, reason=_MERGED, decided_at=now, merged_into=notice.id
    )
    return tuple(card_of(row) for row in taken)


@step
def put_on_panel(*, notice_id: UUID, text: str) -> None:
    """Show on the person's panel what could not be sent."""
    Notice.objects.filter(pk=notice_id, panel_text="").update(panel_text=text)


@step
def see_panel(*, person_id: UUID, subject_ids: Collection[UUID], now: datetime) -> int:
    """Note that the person has read what the panel shows about these subjects; how many."""
    rows = Notice.objects.filter(
        person_id=person_id, subject_id__in=subject_ids, panel_seen_at__isnull=True
    ).exclude(panel_text="")
    return rows.update(panel_seen_at=now)


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


@step
def erase_notes(*, person_id: UUID) -> int:
    """Take the words that stood on the person's panels; returns how many."""
    return Notice.objects.filter(person_id=person_id).exclude(panel_text="").update(panel_text="")


@step
def forget_notes(*, before: datetime, limit: int) -> int:
    """Take the words that stood on panels before ``before``; at most ``limit``."""
    old = Notice.objects.filter(created_at__lt=before).exclude(panel_text="")
    return Notice.objects.filter(pk__in=old.values("pk")[:limit]).update(panel_text="")

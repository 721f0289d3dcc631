"""Between the dialogue and a person: who answers a conversation."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from iceshop.infra.audit import services as audit
from iceshop.infra.db import operation
from iceshop.kernel.actors import Actor
from iceshop.kernel.errors import NotFound
from whatsapp.conversation.domain import TAKEN_OVER_FOR
from whatsapp.conversation.models import Lane


@operation
def take_over(*, person_id: UUID, by: Actor, now: datetime, reason: str = "") -> datetime:
    """Let a person answer for two hours from now; returns until when. Again lengthens it.

    Buttons and STOP act all the while. Raises: NotFound("conversation.unknown").
    """
    until = now + TAKEN_OVER_FOR
    if not Lane.objects.filter(pk=person_id).update(taken_over_until=until):
        raise NotFound("conversation.unknown")
    _record("conversation.taken_over", person_id, by, now, reason)
    return until


@operation
def give_back(*, person_id: UUID, by: Actor, now: datetime) -> None:
    """Let the dialogue answer again; what was asked of a person counts as settled.

    Twice changes nothing. Raises: NotFound("conversation.unknown").
    """
    lane = Lane.objects.select_for_update().filter(pk=person_id).first()
    if lane is None:
        raise NotFound("conversation.unknown")
    if lane.taken_over_until is None and not lane.handed_over_reason and not lane.is_complaint:
        return
    Lane.objects.filter(pk=person_id).update(
        taken_over_until=None, handed_over_reason="", is_complaint=False
    )
    _record("conversation.given_back", person_id, by, now, "")


def _record(action: str, person_id: UUID, by: Actor, now: datetime, reason: str) -> None:
    audit.record(
        by=by,
        action=action,
        object_kind="person",
        object_key=person_id,
        now=now,
        reason=reason,
    )

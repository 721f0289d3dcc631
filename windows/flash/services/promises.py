"""What a seat sets in motion beside itself: the answer to its invite, and notices to come."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from iceshop.infra.db import step
from windows.flash import domain
from windows.flash.domain import INVITE, InviteMove
from windows.flash.models import Invite, Seat
from windows.notices import services as notices
from windows.notices.domain import NoticeKind


@step
def answer_invite(window_id: UUID, *, person_id: UUID, move: InviteMove, now: datetime) -> None:
    """Note a person's answer to the invite of a window, if there is one that can take it."""
    Invite.objects.filter(
        window_id=window_id, person_id=person_id, state__in=INVITE.sources(move)
    ).update(state=INVITE.target(move), answered_at=now)


@step
def plan_seat_notices(seat: Seat, *, now: datetime) -> None:
    """The reminder, unless the start is near anyway, and the last call."""
    if seat.starts_at - domain.REMIND_AHEAD > now + timedelta(minutes=5):
        notices.plan(
            kind=NoticeKind.REMINDER,
            person_id=seat.person_id,
            subject_kind="seat",
            subject_id=seat.id,
            not_before=seat.starts_at - domain.REMIND_AHEAD,
            useful_until=seat.starts_at,
            now=now,
        )
    last_call = seat.ends_at - domain.LAST_CALL_AHEAD
    notices.plan(
        kind=NoticeKind.LAST_FIVE_MINUTES,
        person_id=seat.person_id,
        subject_kind="seat",
        subject_id=seat.id,
        not_before=last_call,
        useful_until=last_call + domain.LAST_CALL_USEFUL,
        now=now,
    )

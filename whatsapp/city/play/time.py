"""The virtual clock, and when the product's rows are due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection

# Earliest moment at which a row becomes work for one of the drains and jobs.
DELIVER = "whatsapp.simulator.deliver"
ROUND = "windows.rounds.run"
_DUE = {
    # A lane waits for its first.
    DELIVER: "SELECT min(due_at) FROM (SELECT DISTINCT ON (lane) due_at"
    " FROM whatsapp_simulated_delivery WHERE state = 'waiting'"
    " ORDER BY lane, planned_at, id) heads",
    "whatsapp.conversation.drain": "SELECT min(coalesce(lease_until, received_at))"
    " FROM whatsapp_webhook_item WHERE state = 'new' AND lane_key <> ''",
    "whatsapp.messaging.drain": "SELECT min(coalesce(lease_until, received_at))"
    " FROM whatsapp_webhook_item WHERE state = 'new' AND lane_key = ''",
    "infra.outbox.drain": "SELECT min(not_before) FROM infra_outbox WHERE state = 'due'"
    " AND (not_before > %(now)s OR NOT EXISTS (SELECT FROM infra_outbox earlier"
    " WHERE earlier.state = 'due' AND earlier.lane = infra_outbox.lane"
    " AND (earlier.planned_at, earlier.id) < (infra_outbox.planned_at, infra_outbox.id)))",
    "windows.negotiation.expire_due": "SELECT min(answer_by) FROM windows_ask"
    " WHERE state = 'asked'",
    "windows.flash.move_due": "SELECT least((SELECT min(starts_at) FROM windows_window"
    " WHERE state = 'scheduled'), (SELECT min(ends_at) FROM windows_window"
    " WHERE state IN ('scheduled', 'open')))",
    "windows.intents.expire_due": "SELECT min(ends_at) FROM windows_intent"
    " WHERE state IN ('open', 'paused')",
    "windows.outcomes.record_due": "SELECT min(ends_at) FROM windows_window"
    " WHERE NOT is_settled AND state IN ('closed', 'cancelled')",
    "windows.learning.estimate_due": "SELECT min(greatest(s.starts_at, s.held_at))"
    " FROM windows_seat s JOIN windows_window w ON w.id = s.window_id"
    " WHERE w.state IN ('scheduled', 'open') AND s.state IN ('held', 'on_way')"
    " AND NOT EXISTS (SELECT FROM windows_seat_estimate said WHERE said.seat_id = s.id)",
    "windows.learning.learn_due": "SELECT min(recorded_at) FROM windows_window_result"
    " WHERE NOT is_learned",
}
# What a round can decide more about than the one before: see ``Standing``.
_STANDING = """
SELECT count(*), min(answer_by) FILTER (WHERE promised_told_at IS NULL),
       (SELECT min(answer_by) FROM windows_invite WHERE state = 'invited' AND answer_by > %(now)s),
       coalesce(max(created_at), 'epoch'), coalesce(sum(radius_m), 0),
       coalesce(sum(extract(epoch FROM ends_at)), 0),
       (SELECT count(*) FROM windows_window WHERE state IN ('scheduled', 'open')),
       (SELECT coalesce(sum(seats_max - seats_taken), 0) FROM windows_window
        WHERE state IN ('scheduled', 'open')),
       (SELECT count(*) FROM windows_invite WHERE state IN ('declined', 'withdrawn')),
       (SELECT count(*) FROM windows_ask WHERE state IN ('refused', 'expired', 'withdrawn')),
       (SELECT count(*) FROM commerce_stock_movement)
FROM windows_intent WHERE state = 'open'
"""
_COLUMNS = ", ".join(f"({sql})" for sql in _DUE.values())
_ALL = f"SELECT {_COLUMNS}, standing.* FROM ({_STANDING}) standing"  # noqa: S608 - constants


class Clock:
    """A clock that only moves when it is told to, and never back."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        """The present of the city."""
        return self._now

    def move_to(self, instant: datetime) -> None:
        """Let it be ``instant``; an earlier one leaves the clock as it is."""
        self._now = max(self._now, instant.astimezone(UTC))

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self._now += timedelta(seconds=seconds)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a round would look at, in figures.

    ``waiting`` intents are open. ``next_at`` is when time alone changes what is decided: a promise
    is due, or an invite ends. ``chances`` only grow by something that a round can use: a new wish,
    a window, a free seat, a no that frees people, new stock. ``search`` is where and until when
    people look.
    """

    waiting: int
    next_at: datetime | None
    search: tuple[object, ...]
    chances: tuple[Any, ...]

    def offers_more_than(self, before: Standing | None) -> bool:
        """Whether a round could decide something that one at ``before`` could not."""
        if before is None or self.waiting > before.waiting:
            return True
        if self.waiting == before.waiting and self.search != before.search:
            return True
        return any(now > then for now, then in zip(self.chances, before.chances, strict=True))


@dataclass(frozen=True, slots=True)
class Due:
    """When each drain and job has work next (those without any are missing), and the standing."""

    instants: dict[str, datetime]
    standing: Standing


def due(now: datetime) -> Due:
    """Look what is due. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_ALL, {"now": now})
        row = cursor.fetchone()
    instants = {name: at for name, at in zip(_DUE, row, strict=False) if at is not None}
    waiting, promise_at, invite_at, newest, radius, ends, *chances = row[len(_DUE) :]
    moments = [at for at in (promise_at, invite_at) if at is not None]
    standing = Standing(waiting, min(moments, default=None), (radius, ends), (newest, *chances))
    return Due(instants, standing)

"""Rules of time: the reply window, the rate towards one person, the order of statuses."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

# Free-form messages are allowed for this long after the person's last message.
REPLY_WINDOW = timedelta(hours=24)
# One message in six seconds to the same person, 45 of them may be borrowed from the future.
PAIR_INTERVAL = timedelta(seconds=6)
PAIR_BURST = 45
# An address to fetch a file from is good for this long.
MEDIA_URL_LIFE = timedelta(minutes=5)
# What people send can be fetched for this long, what the business uploads for longer.
RECEIVED_MEDIA_LIFE = timedelta(days=7)
UPLOADED_MEDIA_LIFE = timedelta(days=30)


class Status(StrEnum):
    """What has become of a message; ``FAILED`` ends it."""

    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"


_PROGRESS = (Status.SENT, Status.DELIVERED, Status.READ)
# How long after the acceptance a phone that is on reports each status.
STATUS_DELAY = {
    Status.SENT: timedelta(0),
    Status.FAILED: timedelta(0),
    Status.DELIVERED: timedelta(milliseconds=400),
    Status.READ: timedelta(seconds=2),
}


def before(status: Status) -> tuple[Status, ...]:
    """The statuses that ``status`` may follow."""
    if status is Status.FAILED:
        return (Status.SENT,)
    return _PROGRESS[: _PROGRESS.index(status)]


def is_reply_window_open(*, last_inbound_at: datetime | None, now: datetime) -> bool:
    """Whether free-form messages reach the person at ``now``."""
    return last_inbound_at is not None and now < last_inbound_at + REPLY_WINDOW


def next_pair_slot(*, slot_at: datetime | None, now: datetime) -> datetime | None:
    """The new value of the pair's slot if a message at ``now`` is allowed, else ``None``.

    ``slot_at`` runs ahead of the time by one interval a message; it may be ahead by the burst.

    >>> from datetime import UTC
    >>> start = datetime(2026, 11, 20, tzinfo=UTC)
    >>> slot = None
    >>> for _ in range(PAIR_BURST):
    ...     slot = next_pair_slot(slot_at=slot, now=start)
    >>> next_pair_slot(slot_at=slot, now=start) is None
    True
    >>> next_pair_slot(slot_at=slot, now=start + PAIR_INTERVAL) is None
    False
    """
    after = max(slot_at or now, now) + PAIR_INTERVAL
    return after if after - now <= PAIR_INTERVAL * PAIR_BURST else None

"""Forms, states and windows of messages. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from whatsapp.dialogue.phrasebook import BODY, TEXT_BODY
from whatsapp.dialogue.replies import RenderedReply

# The platform's window is 24 hours; a margin for clocks and queues.
REPLY_WINDOW = timedelta(hours=23, minutes=55)


class OutboundState(StrEnum):
    """``planned`` has not left; the next four only move forward; the last three are ends."""

    PLANNED = "planned"
    ACCEPTED = "accepted"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    PLAYED = "played"
    UNKNOWN = "unknown"
    FAILED = "failed"
    REFUSED = "refused"


_RANK = {
    OutboundState.PLANNED: 0,
    OutboundState.UNKNOWN: 0,
    OutboundState.ACCEPTED: 1,
    OutboundState.SENT: 2,
    OutboundState.REFUSED: 2,
    # A failure is final unless a proof of delivery comes after it.
    OutboundState.FAILED: 3,
    OutboundState.DELIVERED: 4,
    OutboundState.READ: 5,
    OutboundState.PLAYED: 6,
}
STATE_OF_STATUS = {
    "sent": OutboundState.SENT,
    "delivered": OutboundState.DELIVERED,
    "read": OutboundState.READ,
    "played": OutboundState.PLAYED,
    "failed": OutboundState.FAILED,
}


def moved(now_is: OutboundState, reported: OutboundState) -> OutboundState:
    """The state after a status: forward only.

    >>> moved(OutboundState.READ, OutboundState.SENT)
    <OutboundState.READ: 'read'>
    """
    return reported if _RANK[reported] > _RANK[now_is] else now_is


def may_reply_freely(last_inbound_at: datetime | None, now: datetime) -> bool:
    """Whether free-form messages are allowed at ``now``."""
    return last_inbound_at is not None and now - last_inbound_at < REPLY_WINDOW


def joined(replies: Sequence[RenderedReply]) -> RenderedReply:
    r"""Several messages as one; buttons that belong to one of them only are left out.

    >>> joined([RenderedReply("text", "a"), RenderedReply("text", "b")]).text
    'a\n\nb'
    """
    first, *others = replies
    if not others:
        return first
    text = "\n\n".join(reply.text for reply in replies)
    is_one_link = first.kind == "link" and all(reply.url == first.url for reply in others)
    if is_one_link and len(text) <= BODY:
        return replace(first, text=text)
    links = dict.fromkeys(reply.url for reply in replies if reply.url)
    return RenderedReply("text", "\n".join([text, *links])[:TEXT_BODY])

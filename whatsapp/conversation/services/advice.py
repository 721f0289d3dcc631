"""Readings that come from outside: wanted in the middle of the work, asked for after it.

A model is slow and far away, so it is never asked in the transaction. Work that meets a message of
which the rules are unsure stops with ``AdviceWanted`` and leaves nothing; once there is an answer,
it is done again with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from whatsapp.assist.domain import Query
from whatsapp.assist.services import wants_advice
from whatsapp.conversation.events import Listening
from whatsapp.conversation.lexicon import lexicon
from whatsapp.dialogue.events import Said
from whatsapp.nlu.reading import Reading
from whatsapp.webhook.queries import ClaimedItem

# By item: the advised reading, or the rules' own where there was none to be had.
Advice = Mapping[int, Reading]


class AdviceWanted(Exception):
    """Somebody should be asked about a message before it is worked."""

    def __init__(self, item_id: int, query: Query, reading: Reading) -> None:
        super().__init__(item_id)
        self.item_id = item_id
        self.query = query
        self.reading = reading


def advised(item: ClaimedItem, *, event: Said, listening: Listening, advice: Advice) -> Said:
    """``event`` with the advised reading. Raises ``AdviceWanted`` where one should be asked for."""
    known = advice.get(item.id)
    if known is not None:
        return replace(event, reading=known)
    query = Query(
        text=event.text,
        now=listening.now,
        zone=listening.zone,
        language=event.reading.language,
        role=listening.role,
        question=listening.question,
        lexicon=lexicon(),
    )
    if wants_advice(query=query, reading=event.reading):
        raise AdviceWanted(item.id, query, event.reading)
    return event

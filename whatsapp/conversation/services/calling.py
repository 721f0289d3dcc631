"""A talk over the telephone: the same dialogue, answered in words at once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from accounts.identity import queries as identity
from iceshop.infra.db import step
from whatsapp.conversation.events import Listening, spoken_event
from whatsapp.conversation.facts import facts_of, store_of
from whatsapp.conversation.models import ConversationLine
from whatsapp.conversation.services.working import Talk, locked_lane, take_step
from whatsapp.dialogue import states
from whatsapp.dialogue.context import context_question, reading_role
from whatsapp.dialogue.events import Event, Pressed, Said
from whatsapp.dialogue.facts import Facts
from whatsapp.dialogue.phrasebook import render


@dataclass(frozen=True, slots=True)
class Call:
    """One thing said or chosen on the telephone; ``key`` names it once and for all."""

    key: str
    event_at: datetime
    source: str = "voice"


@dataclass(frozen=True, slots=True)
class Answered:
    """What the caller hears, and what they may choose: (id, title)."""

    text: str
    options: tuple[tuple[str, str], ...] = ()


@step
def hear(*, person_id: UUID, words: str, call: Call, now: datetime) -> Answered:
    """Answer what a caller said. Nothing binds by words alone: it is offered as a choice."""
    talk, facts = _open(person_id, now)
    listening = Listening(
        now=now,
        zone=facts.zone,
        language=facts.language or talk.state.language or "tr",
        role=reading_role(talk.state, facts, words),
        question=context_question(talk.state, facts),
        is_issued=False,
        home=talk.state.home,
    )
    event = spoken_event(words, listening)
    return _answer(talk, facts, event, words, call=call, now=now)


@step
def choose(
    *, person_id: UUID, option: str, offered: Collection[str], call: Call, now: datetime
) -> Answered:
    """Answer a choice; one that was not ``offered`` in this call counts as an old button."""
    talk, facts = _open(person_id, now)
    event = Pressed(option if option in offered else "unknown")
    return _answer(talk, facts, event, option, call=call, now=now)


def _open(person_id: UUID, now: datetime) -> tuple[Talk, Facts]:
    person = identity.person_card(person_id)
    lane = locked_lane(person)
    state = states.from_json(lane.state)
    store = store_of(person)
    is_first = not state.welcomed
    talk = Talk(person, store, lane, is_first, state)
    return talk, facts_of(person, store, lane, is_first_contact=is_first, now=now)


def _answer(
    talk: Talk, facts: Facts, event: Event | None, words: str, *, call: Call, now: datetime
) -> Answered:
    if event is not None:
        take_step(call, event=event, talk=talk, facts=facts, now=now)
    talk.lane.state = states.to_json(talk.state)
    talk.lane.version += 1
    talk.lane.save(update_fields=("state", "version", "last_event_at"))
    rendered = [render(reply, talk.language, facts.zone) for reply in (*talk.kept, *talk.answers)]
    act = event.reading.act if isinstance(event, Said) else ""
    ConversationLine.objects.bulk_create(
        [
            _line(talk, words, now, is_inbound=True, act=act),
            *(_line(talk, reply.text, now, is_inbound=False) for reply in rendered),
        ]
    )
    return Answered(
        "\n".join(reply.text for reply in rendered),
        tuple(choice for reply in rendered for choice in (*reply.buttons, *reply.rows)),
    )


def _line(
    talk: Talk, text: str, now: datetime, *, is_inbound: bool, act: str = ""
) -> ConversationLine:
    return ConversationLine(
        person_id=talk.person.id,
        is_inbound=is_inbound,
        kind="call",
        text=text,
        act=act,
        at=now,
    )

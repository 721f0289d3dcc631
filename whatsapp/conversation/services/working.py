"""Working what one person sent: reading, step, commands, state, replies, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from accounts.consent import services as consent
from accounts.identity import queries as identity_queries
from accounts.identity import services as identity
from accounts.identity.queries import PersonCard
from commerce.places.queries import StoreCard
from iceshop.infra.db import add_new, step
from iceshop.infra.prepared import Prepared, PreparedUpdate, given, insert_many
from whatsapp.conversation.commands import Deed, carry_out
from whatsapp.conversation.events import Listening, event_of, text_of
from whatsapp.conversation.facts import facts_of, lookup, store_of
from whatsapp.conversation.models import ConversationLine, Lane
from whatsapp.conversation.services.advice import Advice, advised
from whatsapp.dialogue import states
from whatsapp.dialogue.commands import ANSWERED_BY_OUTCOME, LogUnknownWords, SetLanguage
from whatsapp.dialogue.context import context_question, reading_role
from whatsapp.dialogue.events import Event, Pressed, Said
from whatsapp.dialogue.facts import Facts
from whatsapp.dialogue.outcomes import after_outcome, outcome_reply
from whatsapp.dialogue.phrasebook import render
from whatsapp.dialogue.replies import Reply
from whatsapp.dialogue.states import DialogueState
from whatsapp.dialogue.step import step as dialogue_step
from whatsapp.gateway import content
from whatsapp.gateway.items import Call, IdentityUpdate, Message, Preference
from whatsapp.messaging import queries as messaging
from whatsapp.messaging import services as sending
from whatsapp.nlu.reading import Act
from whatsapp.voice import queries as voice
from whatsapp.voice import services as notes
from whatsapp.voice.domain import Heard, Unheard
from whatsapp.webhook import services as webhook
from whatsapp.webhook.queries import ClaimedItem

log = structlog.get_logger(__name__)

# The platform delivers again for days; after this an answer would only puzzle.
_STALE = timedelta(hours=23, minutes=55)
# A delivery that is read again brings an item again.
_READ_AGAIN = """
ON CONFLICT (item_id) DO UPDATE SET person_id = EXCLUDED.person_id, kind = EXCLUDED.kind,
    is_inbound = EXCLUDED.is_inbound, text = EXCLUDED.text, act = EXCLUDED.act, at = EXCLUDED.at
"""
_LOCKED = Prepared(lambda: Lane.objects.select_for_update().filter(person_id=given("person_id")))
_SAVE_LANE = PreparedUpdate(
    lambda: Lane.objects.filter(person_id=given("person_id")),
    state=given("state"),
    version=given("version"),
    last_event_at=given("last_event_at"),
)
# What a step may want done that leaves the facts as they are.
_CHANGES_NO_FACTS = frozenset({LogUnknownWords})
# A yes or no that arrives after something newer was worked is history.
_TIME_BOUND_ACTS = frozenset({Act.CONFIRM, Act.DECLINE, Act.CANCEL, Act.OPT_IN})


class Source(Protocol):
    """Where an event comes from: its key names what is done only once."""

    @property
    def source(self) -> str:
        """The door that it came in by."""
        ...

    @property
    def key(self) -> str:
        """Its key at that door."""
        ...

    @property
    def event_at(self) -> datetime:
        """When it happened."""
        ...


@dataclass
class Talk:
    """What is worked on: the person, the lane, and the answers so far."""

    person: PersonCard
    store: StoreCard | None
    lane: Lane
    is_first_contact: bool
    state: DialogueState
    # Kept from one message to the next until something may have changed them.
    facts: Facts | None = None
    answers: list[Reply] = field(default_factory=list)
    kept: list[Reply] = field(default_factory=list)
    language: str = "tr"
    # What was said, not written yet.
    lines: list[ConversationLine] = field(default_factory=list)
    heard: Mapping[int, Heard | Unheard] = field(default_factory=dict)
    advice: Advice = field(default_factory=dict)


@step
def work(*, items: tuple[ClaimedItem, ...], advice: Advice, now: datetime) -> None:
    """Work the items of one lane in order and plan one coherent answer.

    ``advice`` are readings that were asked for outside. Raises: ``AdviceWanted`` for one that
    should be, Conflict("identity.disagrees") when phone and id are of two persons, and whatever a
    broken item raises; then nothing is written.
    """
    talk: Talk | None = None
    facts: Facts | None = None
    last: ClaimedItem | None = None
    heard = voice.heard_in(items)
    for item in items:
        match item.content:
            case IdentityUpdate():
                _move_identity(item.content, now)
                continue
            case Message() | Call() | Preference():
                talk = talk or _open_talk(item, now)
                talk.heard, talk.advice = heard, advice
            case _:
                continue
        found = _work_one(item, talk, now)
        if found is not None:
            facts, last = found, item
    if talk is not None:
        _close_talk(talk, facts, last, now)
    notes.forget_notes(items=items)
    webhook.mark_done(items=items, now=now)


def _move_identity(update: IdentityUpdate, now: datetime) -> None:
    identity.move_identifier(
        old_user_id=update.previous_user_id, new_user_id=update.user_id, now=now
    )


def _open_talk(item: ClaimedItem, now: datetime) -> Talk:
    """Find or make the person, and lock the lane: two keys may lead to one person."""
    content_ = item.content
    name = content_.sender.name if isinstance(content_, Message) else ""
    person = identity.find_or_create_person(
        phone=item.phone or None,
        user_id=item.user_id or None,
        display_name=name,
        language="",
        now=now,
    )
    lane = locked_lane(person)
    state = states.from_json(lane.state)
    is_first = (
        not state.welcomed
        and not ConversationLine.objects.filter(person_id=person.id, is_inbound=True).exists()
    )
    return Talk(person, store_of(person), lane, is_first, state)


@step
def locked_lane(person: PersonCard) -> Lane:
    """The person's lane, made at first and locked."""
    found = _LOCKED(person_id=person.id)
    if not found:
        add_new([Lane(person_id=person.id)])
        found = _LOCKED(person_id=person.id)
    return found[0]


def _work_one(item: ClaimedItem, talk: Talk, now: datetime) -> Facts | None:
    """Work one item; the facts it was judged by, or ``None`` when nothing follows from it."""
    match item.content:
        case Preference(is_stopped=True):
            _note_stopped_marketing(talk.person, item, now)
            return None
        case Call(is_from_person=is_from_person):
            if is_from_person:
                identity.note_inbound(person_id=talk.person.id, at=item.event_at, now=now)
            return None
        case Message() as message:
            return _work_message(item, message, talk, now)
    return None


def _note_stopped_marketing(person: PersonCard, item: ClaimedItem, now: datetime) -> None:
    """The person used the app's own switch. Switching on again restores no consent given to us."""
    consent.record_marketing(
        person_id=person.id,
        is_granted=False,
        wording="platform.preferences",
        language="",
        source_key=f"item:{item.id}",
        now=now,
    )


def _work_message(item: ClaimedItem, message: Message, talk: Talk, now: datetime) -> Facts | None:
    body = message.body
    if isinstance(body, content.IdentityChange):
        _change_identity(body, item, now)
        return None
    if not isinstance(body, (content.Reaction, content.Welcome)):
        identity.note_inbound(
            person_id=talk.person.id, at=item.event_at, now=now, display_name=message.sender.name
        )
    if isinstance(body, content.ContactCards) and body.is_own and body.phones:
        identity.attach_phone(person_id=talk.person.id, phone=body.phones[0], now=now)
        talk.person = identity_queries.person_card(talk.person.id)
    if isinstance(body, content.Revoke):
        _hide(body.message_id, talk)
    facts = talk.facts or facts_of(
        talk.person, talk.store, talk.lane, is_first_contact=talk.is_first_contact, now=now
    )
    talk.facts = facts
    is_issued = isinstance(body, content.Choice) and messaging.was_issued(
        person_id=talk.person.id, choice_id=body.choice_id
    )
    heard = talk.heard.get(item.id)
    words = heard.text if isinstance(heard, Heard) else text_of(body)
    listening = Listening(
        now=item.event_at,
        zone=facts.zone,
        language=facts.language or talk.state.language or "tr",
        role=reading_role(talk.state, facts, words),
        question=context_question(talk.state, facts),
        is_issued=is_issued,
        home=talk.state.home,
    )
    event = event_of(body, listening, heard)
    if isinstance(event, Said) and _is_free(facts) and now - item.event_at <= _STALE:
        event = advised(item, event=event, listening=listening, advice=talk.advice)
    talk.lines.append(_line(item, words, event, talk.person))
    if event is None or _is_history(item, event, talk, now):
        return None
    take_step(item, event=event, talk=talk, facts=facts, now=now)
    return facts


def _is_free(facts: Facts) -> bool:
    """Whether nothing is agreed or offered just now that a misread message could change."""
    return facts.active is None and not facts.taken_over and not facts.opted_out


def _change_identity(change: content.IdentityChange, item: ClaimedItem, now: datetime) -> None:
    if change.user_id and (change.previous_user_id or item.user_id):
        identity.move_identifier(
            old_user_id=change.previous_user_id or item.user_id,
            new_user_id=change.user_id,
            now=now,
        )
    if change.phone and item.phone:
        identity.move_phone(old_phone=item.phone, new_phone=change.phone, now=now)


def _is_history(item: ClaimedItem, event: Event, talk: Talk, now: datetime) -> bool:
    """Whether the moment for this message has passed: it is kept, and nothing follows from it."""
    if now - item.event_at > _STALE:
        return True
    newest = talk.lane.last_event_at
    if newest is None or item.event_at >= newest:
        return False
    return isinstance(event, Pressed) or (
        isinstance(event, Said) and event.reading.act in _TIME_BOUND_ACTS
    )


@step
def take_step(item: Source, *, event: Event, talk: Talk, facts: Facts, now: datetime) -> None:
    """Let the dialogue decide what follows from ``event``, and carry it out."""
    if isinstance(event, Said):
        facts = _with_lookup(facts, event)
    result = dialogue_step(talk.state, event, facts)
    state = result.state
    talk.language = state.language or talk.language
    deed = Deed(
        person=talk.person,
        lane=talk.lane,
        facts=facts,
        store=talk.store,
        source_key="",
        now=now,
        said_at=item.event_at,
    )
    # Of several messages that waited together only the last one's own questions are asked; what a
    # command brought about is always said.
    talk.answers.clear()
    for index, command in enumerate(result.commands):
        outcome = carry_out(command, _numbered(deed, item, index))
        if type(command) in ANSWERED_BY_OUTCOME:
            reply = outcome_reply(command, outcome.code, outcome.params, state, facts)
            state = after_outcome(state, reply, facts)
            talk.kept.append(reply)
        if isinstance(command, SetLanguage):
            talk.person = identity_queries.person_card(talk.person.id)
    (talk.kept if talk.is_first_contact else talk.answers).extend(result.replies)
    talk.state = state
    if talk.is_first_contact or not _CHANGES_NO_FACTS.issuperset(map(type, result.commands)):
        talk.facts = None
    talk.is_first_contact = False
    talk.lane.last_event_at = max(item.event_at, talk.lane.last_event_at or item.event_at)


def _with_lookup(facts: Facts, event: Said) -> Facts:
    return replace(facts, lookup=lookup(event.reading))


def _numbered(deed: Deed, item: Source, index: int) -> Deed:
    return replace(deed, source_key=f"{item.source}:{item.key}:{index}"[:200])


def _line(
    item: ClaimedItem, words: str, event: Event | None, person: PersonCard
) -> ConversationLine:
    return ConversationLine(
        item_id=item.id,
        person_id=person.id,
        is_inbound=True,
        kind=item.variant[:20],
        text=words,
        act=event.reading.act if isinstance(event, Said) else "",
        at=item.event_at,
    )


def _keep_lines(talk: Talk) -> None:
    """Write what was said; a delivery that is read again brings an item again."""
    lines, talk.lines = talk.lines, []
    insert_many(lines, ending=_READ_AGAIN)


def _hide(message_id: str, talk: Talk) -> None:
    """The person deleted a message: its words are hidden, that it was written stays."""
    _keep_lines(talk)
    ConversationLine.objects.filter(
        person_id=talk.person.id, item__key__endswith=message_id
    ).update(text="")


def _close_talk(talk: Talk, facts: Facts | None, last: ClaimedItem | None, now: datetime) -> None:
    talk.lane.version += 1
    _SAVE_LANE(
        person_id=talk.person.id,
        state=states.to_json(talk.state),
        version=talk.lane.version,
        last_event_at=talk.lane.last_event_at,
    )
    replies = [] if facts is None or last is None else _queue_replies(talk, facts, last, now)
    _keep_lines(talk)
    if last is not None and last.id in talk.heard:
        notes.plan_voice(
            person_id=talk.person.id,
            source_key=f"{last.source}:{last.key}"[:180],
            replies=replies,
            now=now,
        )


def _queue_replies(talk: Talk, facts: Facts, last: ClaimedItem, now: datetime) -> list[str]:
    """Plan the answers and return the keys under which they are known."""
    replies = []
    for index, reply in enumerate((*talk.kept, *talk.answers)):
        rendered = render(reply, talk.language, facts.zone)
        sending.queue_reply(
            person_id=talk.person.id,
            source_key=f"{last.source}:{last.key}:{index}"[:190],
            reply=rendered,
            now=now,
        )
        replies.append(f"reply:{last.source}:{last.key}:{index}"[:196])
        talk.lines.append(
            ConversationLine(
                person_id=talk.person.id,
                is_inbound=False,
                kind=rendered.kind,
                text=rendered.text,
                at=now,
            )
        )
    return replies

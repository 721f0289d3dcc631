"""What buyers do with their wishes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from iceshop.kernel.errors import Conflict, NotFound
from whatsapp.conversation.commands.deed import Deed, Outcome, key_of
from whatsapp.conversation.wishes import wish_of
from whatsapp.dialogue import commands
from windows.intents import queries as intent_queries
from windows.intents import services as intents
from windows.intents.domain import IntentMove
from windows.negotiation import services as negotiation
from windows.rounds.prospects import prospect_of


def declare(command: commands.DeclareIntent, deed: Deed) -> Outcome:
    """Store the confirmed wish and say how things stand."""
    replaces = key_of(command.replaces, "intent.unknown") if command.replaces else None
    if replaces is not None:
        negotiation.leave(intent_id=replaces, now=deed.now)
    card, _ = intents.declare_intent(
        person_id=deed.person.id,
        source_key=deed.source_key,
        wish=wish_of(command.slots, zone=deed.facts.zone, now=deed.now),
        by=deed.by,
        now=deed.now,
        replaces=replaces,
    )
    prospect = prospect_of(card, now=deed.now)
    # What is said now holds until a round knows more.
    intents.note_wait(
        intent_id=card.id, waiting=prospect.waiting, needed=prospect.needed, reason=""
    )
    return Outcome(
        "intent.open",
        {
            "key": str(card.id),
            "product": card.product_text,
            "waiting": prospect.waiting,
            "needed": prospect.needed,
            "answer_by": card.answer_by,
        },
    )


def move_intent(move: IntentMove, code: str) -> Callable[[Any, Deed], Outcome]:
    """Return the doer that moves an own wish and answers with ``code``."""

    def do(command: Any, deed: Deed) -> Outcome:
        intent_id = _own_intent(command.key, deed)
        if move is IntentMove.CANCEL:
            end_intent(intent_id, deed, reason="cancelled")
            return Outcome(code)
        if move is IntentMove.PAUSE:
            negotiation.leave(intent_id=intent_id, now=deed.now)
        if not intents.move(intent_id=intent_id, move=move, by=deed.by, now=deed.now):
            raise Conflict("intent.unknown")
        return Outcome(code)

    return do


def _own_intent(key: str, deed: Deed) -> UUID:
    intent_id = key_of(key, "intent.unknown")
    card = intent_queries.intent_card(intent_id)
    if card is None or card.person_id != deed.person.id:
        raise NotFound("intent.unknown")
    return intent_id


def end_intent(intent_id: UUID, deed: Deed, *, reason: str) -> None:
    """Cancel a wish and leave the ask that it waits in."""
    negotiation.leave(intent_id=intent_id, now=deed.now)
    moved = intents.move(
        intent_id=intent_id, move=IntentMove.CANCEL, by=deed.by, now=deed.now, reason=reason
    )
    if not moved:
        raise Conflict("intent.unknown")


def widen(command: commands.WidenIntent, deed: Deed) -> Outcome:
    """Search in a wider area."""
    intents.widen(intent_id=_own_intent(command.key, deed), radius_m=command.radius_m, now=deed.now)
    return Outcome("intent.widened", {"radius_m": command.radius_m})

"""Messages that need another tone: abuse, a child at the other end, distress.

Abuse is warned about once; then a person answers. Whoever seems to be under age or in danger is
answered without any pressure and gets no marketing from then on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from whatsapp.dialogue.commands import Command, FlagTalk, HandOver, RecordConsent
from whatsapp.dialogue.context import standing
from whatsapp.dialogue.events import Said
from whatsapp.dialogue.facts import Facts
from whatsapp.dialogue.replies import Line, Reply, Step
from whatsapp.dialogue.states import DialogueState

Handler = Callable[[DialogueState, Said, Facts], Step]


def careful(state: DialogueState, event: Said, facts: Facts, usual: Handler) -> Step:
    """Answer with care where the message calls for it, else as ``usual``."""
    reading = event.reading
    if reading.distress:
        commands = (*_no_marketing(facts), HandOver("distress"))
        return Step(state.asking(None, facts.now), commands, (Reply("care.distress"),))
    if reading.abuse:
        return _warned(state, facts)
    if reading.minor and not state.is_minor:
        result = usual(replace(state, is_minor=True), event, facts)
        first = result.replies[0] if result.replies else None
        line = Line("care.minor")
        spoken = (first.after(line), *result.replies[1:]) if first else (Reply("care.minor"),)
        return replace(result, commands=(*_no_marketing(facts), *result.commands), replies=spoken)
    return usual(state, event, facts)


def _warned(state: DialogueState, facts: Facts) -> Step:
    if state.warned:
        return Step(state, (HandOver("abuse"),), (Reply("care.abuse_handed_over"),))
    state = replace(state, warned=True)
    reply = standing(state, facts)
    line = Line("care.abuse")
    spoken = reply.after(line) if reply else Reply("care.abuse")
    return Step(state, (FlagTalk("abuse"),), (spoken,))


def _no_marketing(facts: Facts) -> tuple[Command, ...]:
    return () if facts.consent == "declined" else (RecordConsent(accepted=False),)

"""One event in, one step out: the only door of the dialogue."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from whatsapp.dialogue import buyer, care, everyone, member, seller
from whatsapp.dialogue.about import about_window, consent_question
from whatsapp.dialogue.commands import BINDING, CancelIntent, Command, RecordConsent, SetLanguage
from whatsapp.dialogue.context import speaks_as_buyer, standing
from whatsapp.dialogue.events import Attached, Event, Pressed, Said, Shared, Unreadable
from whatsapp.dialogue.facts import Facts
from whatsapp.dialogue.phrasebook import LANGUAGES
from whatsapp.dialogue.pressed import pressed
from whatsapp.dialogue.questions import WISH_QUESTIONS
from whatsapp.dialogue.replies import Line, Reply, Step
from whatsapp.dialogue.slots import mentions_wish
from whatsapp.dialogue.states import DialogueState
from whatsapp.nlu.reading import Act

_DEFAULT_LANGUAGE = "tr"
# What a first message may hold without needing an answer beside the welcome.
_WELCOMED_ENOUGH = frozenset({Act.GREETING, Act.OUT_OF_SCOPE, Act.OPT_IN, Act.CONFIRM, Act.DECLINE})

_NO_TIME_FOR_CONSENT = frozenset({Act.DELETE_DATA, Act.COMPLAINT})


def step(state: DialogueState, event: Event, facts: Facts) -> Step:
    """Decide what follows from ``event``.

    The result is rendered in ``result.state.language``. The outcome replies of its commands go out
    before its own replies. While a person answers (``taken_over``) only buttons and STOP act.
    """
    state, commands = _spoken_language(state, event, facts)
    if facts.taken_over and not _acts_anyway(event):
        return Step(state, commands)
    if facts.is_first_contact and not state.welcomed and not _is_stop(event):
        result = _first_contact(replace(state, welcomed=True), event, facts)
    else:
        result = _handled(state, event, facts)
    return replace(result, commands=(*commands, *result.commands))


def _spoken_language(
    state: DialogueState, event: Event, facts: Facts
) -> tuple[DialogueState, tuple[Command, ...]]:
    known = facts.language or state.language
    language = event.reading.language if isinstance(event, Said) else known
    if language not in LANGUAGES:
        language = known or _DEFAULT_LANGUAGE
    changed = isinstance(event, Said) and language != facts.language
    return replace(state, language=language), (SetLanguage(language),) if changed else ()


def _is_stop(event: Event) -> bool:
    return isinstance(event, Said) and event.reading.act is Act.OPT_OUT


def _acts_anyway(event: Event) -> bool:
    return isinstance(event, Pressed) or _is_stop(event)


def _handled(state: DialogueState, event: Event, facts: Facts) -> Step:
    match event:
        case Said(text_was_spoken=True):
            return _read_back(_unbound(state, _said(state, event, facts), facts), event)
        case Said():
            return _said(state, event, facts)
        case Pressed(button_id):
            return pressed(state, button_id, facts)
        case Shared():
            return _shared(state, event, facts)
        case Attached():
            return everyone.attached(state, event, facts)
        case Unreadable():
            return everyone.unreadable(state, event, facts)


def _said(state: DialogueState, event: Said, facts: Facts) -> Step:
    act = event.reading.act
    everybodys = _EVERYBODYS.get(act)
    if everybodys is not None:
        return everybodys(state, facts)
    return care.careful(state, event, facts, _answered)


def _answered(state: DialogueState, event: Said, facts: Facts) -> Step:
    act = event.reading.act
    if act is Act.COMPLAINT:
        return everyone.complaint(state, event)
    if state.asked in everyone.YES_NO_QUESTIONS and act in (Act.CONFIRM, Act.DECLINE):
        return everyone.answer(state, facts, is_yes=act is Act.CONFIRM)
    sells = act in seller.SELLER_ACTS and facts.role == "seller"
    if sells or not speaks_as_buyer(state, facts):
        return seller.said(state, event, facts)
    if facts.opted_out and mentions_wish(event.reading):
        return everyone.wish_after_stop(state, event, facts)
    if facts.active is not None:
        return member.said(state, event, facts.active, facts)
    return buyer.said(state, event, facts)


_EVERYBODYS: Mapping[Act, Callable[[DialogueState, Facts], Step]] = {
    Act.OPT_OUT: everyone.opt_out,
    Act.OPT_IN: everyone.opt_in,
    Act.DELETE_DATA: everyone.ask_erasure,
}


def _shared(state: DialogueState, event: Shared, facts: Facts) -> Step:
    is_wish = state.asked in WISH_QUESTIONS or state.stage in ("collecting", "correcting")
    if facts.active is not None and not is_wish:
        return Step(state, (), (about_window(facts.active, facts),))
    if not speaks_as_buyer(state, facts):
        reply = standing(state, facts)
        line = Line("attached.position_seller")
        return Step(state, (), (reply.after(line) if reply else Reply("attached.position_seller"),))
    return buyer.located(state, event.point, facts)


def _first_contact(state: DialogueState, event: Event, facts: Facts) -> Step:
    """Say who speaks; a wish in the same message goes on beside the question of consent."""
    if facts.role == "seller":
        result = _handled(state, event, facts)
        first = result.replies[0] if result.replies else Reply("seller.how")
        welcomed = (first.after(Line("welcome.seller")), *result.replies[1:])
        return replace(result, replies=welcomed)
    welcome, state = _welcome(state, event, facts)
    if _is_covered(event):
        state = state.asking("product", facts.now)
        return Step(state, (), (welcome,))
    result = _handled(state, event, facts)
    return replace(result, replies=(welcome, *result.replies[:1]))


def _welcome(state: DialogueState, event: Event, facts: Facts) -> tuple[Reply, DialogueState]:
    is_grave = isinstance(event, Said) and _is_grave(event)
    if is_grave or facts.consent != "unknown" or facts.opted_out:
        return Reply("welcome.first"), state
    reply = consent_question().after(Line("welcome.first"))
    return reply, replace(state, consent_asked=True)


def _is_grave(event: Said) -> bool:
    reading = event.reading
    needs_care = reading.abuse or reading.minor or reading.distress
    return needs_care or reading.act in _NO_TIME_FOR_CONSENT


def _is_covered(event: Event) -> bool:
    if isinstance(event, Attached):
        return event.kind in ("sticker", "reaction")
    if not isinstance(event, Said):
        return False
    is_small_talk = event.reading.act in _WELCOMED_ENOUGH and not _is_grave(event)
    return is_small_talk and not mentions_wish(event.reading)


def _unbound(state: DialogueState, result: Step, facts: Facts) -> Step:
    """Spoken words may be misheard: what would bind is asked for by button or in writing."""
    kinds = set(map(type, result.commands))
    if not kinds & BINDING:
        return result
    kept = tuple(command for command in result.commands if type(command) not in BINDING)
    again = consent_question() if RecordConsent in kinds else standing(state, facts)
    if again is None or not again.buttons or CancelIntent in kinds:
        again = Reply("write_it")
    return Step(state, kept, (again,))


def _read_back(result: Step, event: Said) -> Step:
    """Put what was heard before the answer, so that a wrong transcript is seen."""
    if not event.text or not result.replies:
        return result
    heard = Line("heard", {"text": event.text})
    last = result.replies[-1].after(heard)
    return replace(result, replies=(*result.replies[:-1], last))

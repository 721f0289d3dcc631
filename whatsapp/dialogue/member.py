"""Somebody with an invite, a seat or a place on the list: the window is answered first."""

from __future__ import annotations

from dataclasses import replace

from whatsapp.dialogue import buyer
from whatsapp.dialogue.about import about_window, keep_or_release, seat_line
from whatsapp.dialogue.commands import (
    AcceptInvite,
    AskOtherTime,
    ChangeParty,
    ConfirmSeat,
    DeclineInvite,
    ReleaseSeat,
    SayOnTheWay,
)
from whatsapp.dialogue.context import stands_before_window
from whatsapp.dialogue.events import Said
from whatsapp.dialogue.facts import ActiveWindowFacts, Facts
from whatsapp.dialogue.questions import WISH_QUESTIONS
from whatsapp.dialogue.replies import Line, Reply, Step
from whatsapp.dialogue.slots import Slots, mentions_wish
from whatsapp.dialogue.states import DialogueState
from whatsapp.dialogue.words import says_on_the_way, says_thanks, wants_human
from whatsapp.nlu.reading import Act, Reading


def said(state: DialogueState, event: Said, active: ActiveWindowFacts, facts: Facts) -> Step:
    """Answer about the window; a wish that the message holds as well is kept and goes on."""
    if event.reading.act is Act.ASK_HELP and wants_human(event.text):
        return buyer.hand_over(state, "asked")
    if active.status == "invited":
        return _invited(state, event, active, facts)
    if state.asked in WISH_QUESTIONS and stands_before_window(state, facts):
        return buyer.said(state, event, facts)
    if active.status == "waiting":
        return _waiting(state, event, active, facts)
    return _held(state, event, active, facts)


def accept(state: DialogueState, key: str) -> Step:
    """Take the seat, with the party that was said for this invite."""
    party = state.party if state.party_key == key else None
    return Step(state, (AcceptInvite(key, party),))


def and_go_on(step: Step, facts: Facts) -> Step:
    """After the window's answer, ask on about a wish that waited behind it."""
    state = step.state
    if state.stage not in ("collecting", "correcting") or state.slots == Slots():
        return step
    wish = buyer.ask_on(state, facts)
    return Step(wish.state, step.commands, (*step.replies, *wish.replies))


def _invited(state: DialogueState, event: Said, active: ActiveWindowFacts, facts: Facts) -> Step:
    reading, spoken = event.reading, event.text_was_spoken
    if _answers_own_question(state, reading, facts):
        return buyer.said(state, event, facts)
    if reading.act in (Act.CONFIRM, Act.DECLINE, Act.CANCEL) and spoken:
        return _window_again(state, active, facts)
    if reading.act is Act.CONFIRM or (not spoken and _only_coming(event)):
        return and_go_on(accept(_with_party(state, reading, active), active.key), facts)
    if reading.act in (Act.DECLINE, Act.CANCEL):
        return and_go_on(Step(state, (DeclineInvite(active.key),)), facts)
    if reading.act is Act.CHANGE_TIME or _only_times(reading):
        return Step(state, (AskOtherTime(active.key, reading.intervals),))
    if _new_party(reading, active):
        state = _with_party(state, reading, active)
        return Step(state, (), (about_window(active, facts, reading.group_size),))
    if reading.act in (Act.DECLARE, Act.INFORM) and mentions_wish(reading):
        state = buyer.collected(state, reading).asking(None, facts.now)
        return _window_again(state, active, facts, "wish_noted")
    return _window_again(state, active, facts, _lead(reading))


def _with_party(state: DialogueState, reading: Reading, active: ActiveWindowFacts) -> DialogueState:
    """Keep a number of people that was said for this invite."""
    if not _new_party(reading, active):
        return state
    return replace(state, party=reading.group_size, party_key=active.key)


def _held(state: DialogueState, event: Said, active: ActiveWindowFacts, facts: Facts) -> Step:
    reading, spoken = event.reading, event.text_was_spoken
    is_asked = active.is_coming_asked or active.confirm_by is not None
    leaves = reading.act is Act.CANCEL or (reading.act is Act.DECLINE and is_asked)
    if leaves and not spoken:
        return Step(state.asking(None, facts.now), (ReleaseSeat(active.key),))
    if leaves or reading.act in (Act.DECLINE, Act.CHANGE_TIME):
        state = state.asking("seat", facts.now)
        return Step(state, (), (keep_or_release(active, facts),))
    if _new_party(reading, active) and reading.group_size is not None:
        return Step(state, (ChangeParty(active.key, reading.group_size),))
    if reading.act is Act.CONFIRM and active.confirm_by is not None and not spoken:
        return Step(state, (ConfirmSeat(active.key),))
    is_coming = reading.act is Act.CONFIRM and active.is_coming_asked
    if is_coming or (says_on_the_way(event.text) and not reading.product):
        return Step(state, (SayOnTheWay(active.key),))
    if reading.act in (Act.DECLARE, Act.INFORM) and mentions_wish(reading):
        return _lead_with_seat(buyer.fill(state, event, facts), active, facts)
    if reading.act is Act.GREETING and says_thanks(event.text):
        return Step(state, (), (Reply("welcome_back"),))
    return _window_again(state, active, facts, _lead(reading))


def _waiting(state: DialogueState, event: Said, active: ActiveWindowFacts, facts: Facts) -> Step:
    reading = event.reading
    if reading.act in (Act.DECLINE, Act.CANCEL) and not event.text_was_spoken:
        return Step(state, (ReleaseSeat(active.key),))
    if reading.act in (Act.DECLARE, Act.INFORM) and mentions_wish(reading):
        step = buyer.fill(state, event, facts)
        line = Line("list.reminder", {"store": active.store})
        return replace(step, replies=tuple(reply.after(line) for reply in step.replies))
    return _window_again(state, active, facts, _lead(reading))


def _window_again(
    state: DialogueState, active: ActiveWindowFacts, facts: Facts, lead: str = ""
) -> Step:
    party = state.party if state.party_key == active.key else None
    reply = about_window(active, facts, party)
    return Step(state, (), (reply.after(Line(lead)) if lead else reply,))


def _lead_with_seat(step: Step, active: ActiveWindowFacts, facts: Facts) -> Step:
    line = seat_line(active, facts)
    return replace(step, replies=tuple(reply.after(line) for reply in step.replies))


def _lead(reading: Reading) -> str:
    leads = {Act.ASK_HELP: "help", Act.OUT_OF_SCOPE: "off_topic", Act.GREETING: "hello"}
    return leads.get(reading.act, "")


def _answers_own_question(state: DialogueState, reading: Reading, facts: Facts) -> bool:
    """Whether the message answers what was asked about a wish after the invite was sent."""
    if state.asked not in WISH_QUESTIONS or not stands_before_window(state, facts):
        return False
    is_yes_or_no = reading.act in (Act.CONFIRM, Act.DECLINE)
    return mentions_wish(reading) or (state.asked == "confirm" and is_yes_or_no)


def _only_coming(event: Said) -> bool:
    """Whether the message says "I am coming" and no more than that."""
    return says_on_the_way(event.text) and not mentions_wish(event.reading)


def _only_times(reading: Reading) -> bool:
    """Whether the message names another time and nothing else."""
    slots = Slots().merged(reading)
    return bool(slots.intervals) and slots == Slots(intervals=slots.intervals)


def _new_party(reading: Reading, active: ActiveWindowFacts) -> bool:
    """Whether the message changes the number of people for this window and no more."""
    if reading.group_size in (None, active.party) or reading.act not in (
        Act.DECLARE,
        Act.INFORM,
        Act.CONFIRM,
    ):
        return False
    slots = Slots().merged(reading)
    return replace(slots, product=None) == Slots(group_size=slots.group_size) and (
        reading.product in (None, active.product)
    )

"""Carrying out what a step wants done; each command runs in its own savepoint."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction

from iceshop.infra.db import CONSTRAINT_CODES, violated_constraint
from iceshop.infra.http.wording import codes, say
from iceshop.kernel.errors import DomainError
from whatsapp.conversation.commands import person, seats, selling, wishes
from whatsapp.conversation.commands.deed import Deed, Outcome
from whatsapp.dialogue import commands
from whatsapp.dialogue.commands import Command
from whatsapp.dialogue.outcomes import has_wording
from windows.intents.domain import IntentMove


def carry_out(command: Command, deed: Deed) -> Outcome:
    """Do ``command``; a refusal leaves nothing written and becomes the outcome's code."""
    try:
        with transaction.atomic():
            return _DOERS[type(command)](command, deed)
    except DomainError as error:
        return _refused(error.code, error.params, deed)
    except IntegrityError as error:
        code = CONSTRAINT_CODES.get(violated_constraint(error))
        if code is None:
            raise
        return _refused(code, {}, deed)


def _refused(code: str, params: dict[str, Any], deed: Deed) -> Outcome:
    """The refusal's own code where the talk has words for it, else the product's sentence."""
    if has_wording(code) or code not in codes():
        return Outcome(code, params)
    try:
        return Outcome("worded", {"text": say(code, deed.language, params)})
    except KeyError:
        return Outcome(code, params)


_DOERS: dict[type, Callable[[Any, Deed], Outcome]] = {
    commands.SetLanguage: person.set_language,
    commands.RecordConsent: person.record_consent,
    commands.OptOut: person.opt_out,
    commands.OptIn: person.opt_in,
    commands.DeclareIntent: wishes.declare,
    commands.CancelIntent: wishes.move_intent(IntentMove.CANCEL, "intent.cancelled"),
    commands.PauseIntent: wishes.move_intent(IntentMove.PAUSE, "intent.paused"),
    commands.ResumeIntent: wishes.move_intent(IntentMove.RESUME, "intent.resumed"),
    commands.WidenIntent: wishes.widen,
    commands.AcceptInvite: seats.accept_invite,
    commands.ConfirmSeat: seats.confirm_seat,
    commands.DeclineInvite: seats.decline_invite,
    commands.AskOtherTime: seats.other_time,
    commands.ReleaseSeat: seats.release_seat,
    commands.ChangeParty: seats.change_party,
    commands.SayOnTheWay: seats.on_the_way,
    commands.AcceptAsk: selling.accept_ask,
    commands.CounterAsk: selling.counter_ask,
    commands.RefuseAsk: selling.refuse_ask,
    commands.OfferStock: selling.offer_stock,
    commands.SetHours: selling.set_hours,
    commands.MarkStockLeft: selling.mark_stock_left,
    commands.RequestErasure: person.request_erasure,
    commands.HandOver: person.hand_over,
    commands.FlagTalk: person.flag,
    commands.LogUnknownWords: person.log_words,
    commands.MarkComplaint: person.complaint,
    commands.ExplainAbsence: seats.explain_absence,
    commands.ReportPrice: person.complaint,
}

__all__ = ["Deed", "Outcome", "carry_out"]

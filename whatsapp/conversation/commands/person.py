"""What a person decides about the talk itself: language, consent, STOP, erasure, a human."""

from __future__ import annotations

from typing import Any

from accounts.consent import services as consent
from accounts.identity import services as identity
from accounts.privacy import services as privacy
from iceshop.kernel.text import fold
from whatsapp.conversation.commands.deed import Deed, Outcome
from whatsapp.conversation.commands.wishes import end_intent
from whatsapp.conversation.domain import TAKEN_OVER_FOR
from whatsapp.conversation.models import Lane, UnknownWord
from whatsapp.dialogue import commands
from windows.flash import services as windows
from windows.intents import queries as intent_queries

_WORDING = "consent.ask.1"


def set_language(command: commands.SetLanguage, deed: Deed) -> Outcome:
    """Speak the language of the message from now on."""
    identity.set_language(person_id=deed.person.id, language=command.language)
    return Outcome("language.set")


def record_consent(command: commands.RecordConsent, deed: Deed) -> Outcome:
    """Record the answer to the consent question."""
    consent.record_marketing(
        person_id=deed.person.id,
        is_granted=command.accepted,
        wording=_WORDING,
        language=deed.language,
        source_key=deed.source_key,
        now=deed.now,
    )
    return Outcome("consent.recorded")


def opt_out(command: commands.OptOut, deed: Deed) -> Outcome:
    """Stop: open wishes and unanswered invites end, held seats stay."""
    consent.opt_out(
        person_id=deed.person.id,
        wording="stop",
        language=deed.language,
        source_key=deed.source_key,
        now=deed.now,
    )
    for intent in intent_queries.live_intents(deed.person.id):
        if intent.state != "seated":
            end_intent(intent.id, deed, reason="opted_out")
    windows.withdraw_invites(person_id=deed.person.id, now=deed.now)
    windows.leave_lists(person_id=deed.person.id, now=deed.now)
    return Outcome("stopped")


def opt_in(command: commands.OptIn, deed: Deed) -> Outcome:
    """Write again."""
    consent.opt_in(
        person_id=deed.person.id,
        wording="start",
        language=deed.language,
        source_key=deed.source_key,
        now=deed.now,
    )
    return Outcome("started")


def request_erasure(command: commands.RequestErasure, deed: Deed) -> Outcome:
    """Note that the person wants to be erased; tell by when it is done."""
    done_by = privacy.request_erasure(person_id=deed.person.id, now=deed.now)
    return Outcome("erasure.requested", {"done_by": done_by})


def hand_over(command: commands.HandOver, deed: Deed) -> Outcome:
    """Note that somebody should look at this talk; abuse silences the dialogue meanwhile."""
    noted: dict[str, Any] = {"handed_over_reason": command.reason[:40]}
    if command.reason == "abuse":
        noted["taken_over_until"] = deed.now + TAKEN_OVER_FOR
    Lane.objects.filter(pk=deed.lane.pk).update(**noted)
    return Outcome("handed_over")


def flag(command: commands.FlagTalk, deed: Deed) -> Outcome:
    """Let the operators see the talk; the dialogue goes on."""
    Lane.objects.filter(pk=deed.lane.pk).update(handed_over_reason=command.reason[:40])
    return Outcome("flagged")


def log_words(command: commands.LogUnknownWords, deed: Deed) -> Outcome:
    """Count words that nobody understood."""
    for word in command.words:
        row, created = UnknownWord.objects.get_or_create(
            folded=fold(word)[:80], defaults={"text": word[:80], "last_at": deed.now}
        )
        if not created:
            row.count, row.last_at = row.count + 1, deed.now
            row.save(update_fields=("count", "last_at"))
    return Outcome("words.logged")


def complaint(command: Any, deed: Deed) -> Outcome:
    """Mark the talk as a complaint."""
    Lane.objects.filter(pk=deed.lane.pk).update(is_complaint=True)
    return Outcome("complaint.marked")


def noted(command: Any, deed: Deed) -> Outcome:
    """What the transcript keeps and a later look-back reads."""
    return Outcome("noted")

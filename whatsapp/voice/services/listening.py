"""Listening: fetch a note, hear it, judge the words, wake its lane. Outside any transaction."""

from __future__ import annotations

import time
from datetime import datetime

import structlog
from django.conf import settings

from accounts.identity import queries as identity
from accounts.identity.domain import IdentifierKind
from iceshop.infra.db import claim, outside, run_operation, step
from iceshop.infra.kick import kick
from whatsapp.gateway.content import Media
from whatsapp.gateway.media import MediaProblem, download
from whatsapp.messaging.platform import platform
from whatsapp.providers import queries as providers
from whatsapp.providers import services as calls
from whatsapp.providers.domain import Result, Service
from whatsapp.voice.domain import (
    RETRY_WAITS,
    SHORT_SECONDS,
    Heard,
    Listened,
    NoteState,
    Unheard,
    judge,
    known_language,
    ogg_seconds,
)
from whatsapp.voice.ears import HINT, Ears, ears
from whatsapp.voice.models import VoiceNote
from whatsapp.voice.queries import VOICE_MIME
from whatsapp.webhook import services as webhook
from whatsapp.webhook.queries import ClaimedItem, item_of
from whatsapp.webhook.services.storing import CONVERSATION_TASK

log = structlog.get_logger(__name__)

# Fetching and two hearings take less.
_LEASE_SECONDS = 90


class _Later(Exception):
    """Another try may go better."""


@outside
def drain(*, now: datetime, budget_seconds: float = 20) -> int:
    """Listen to due notes until none is left or the budget is spent; how many."""
    listener = ears()
    ends = time.monotonic() + budget_seconds
    done = 0
    while listener is not None and time.monotonic() < ends:
        due = VoiceNote.objects.filter(state=NoteState.NEW, due_at__lte=now).order_by("due_at")
        claimed = claim(due, limit=1, lease_seconds=_LEASE_SECONDS)
        if not claimed:
            break
        _listen_to(claimed[0], listener, now)
        done += 1
    return done


def _listen_to(note: VoiceNote, listener: Ears, now: datetime) -> None:
    item = item_of(note.pk)
    try:
        found = _heard(item, listener, now)
    except _Later:
        if note.attempts <= len(RETRY_WAITS):
            run_operation(_try_later, note=note, now=now)
            return
        found = Unheard.FAILED
    except Exception:
        log.exception("voice.failed", item=item.id)
        found = Unheard.FAILED
    run_operation(_keep, note=note, item=item, found=found)


def _heard(item: ClaimedItem, listener: Ears, now: datetime) -> Heard | Unheard:
    recording = _fetch(item)
    if isinstance(recording, Unheard):
        return recording
    seconds = ogg_seconds(recording)
    if seconds is None:
        return Unheard.FAILED
    if seconds > settings.SPEECH["MOST_SECONDS"]:
        return Unheard.TOO_LONG
    own = _own_language(item)
    listened = _ask(listener, recording, "" if listener.detects else own, now)
    is_foreign = listened.transcript and known_language(listened.transcript.language) is None
    if is_foreign and own and seconds < SHORT_SECONDS:
        listened = _ask(listener, recording, own, now)
    if listened.transcript is None:
        return Unheard.FAILED
    return judge(listened.transcript, hint=HINT)


def _fetch(item: ClaimedItem) -> bytes | Unheard:
    body = item.content.body  # type: ignore[union-attr]  # ``is_note`` says so
    if not isinstance(body, Media):
        return Unheard.FAILED
    file = download(platform(), body.media_id, sha256=body.sha256)
    if file is MediaProblem.UNAVAILABLE:
        raise _Later
    if isinstance(file, MediaProblem):
        return Unheard.TOO_LONG if file is MediaProblem.TOO_LARGE else Unheard.FAILED
    return file.content if file.mime_type == VOICE_MIME else Unheard.FAILED


def _ask(listener: Ears, recording: bytes, language: str, now: datetime) -> Listened:
    """One call, noted. Raises ``_Later`` when the service may do better, or rests."""
    if providers.is_resting(Service.SPEECH, now=now):
        return Listened(Result.FAILED, 0)
    listened = listener.listen(recording, language=language)
    calls.note_call(
        calls.Call(
            service=Service.SPEECH,
            provider=listener.provider,
            model=listener.model,
            result=listened.result,
            took_ms=listened.took_ms,
        ),
        now=now,
    )
    if listened.result.is_worth_another_try:
        raise _Later
    return listened


def _own_language(item: ClaimedItem) -> str:
    """The language of the person's profile, if it is known."""
    for kind, value in ((IdentifierKind.USER_ID, item.user_id), (IdentifierKind.PHONE, item.phone)):
        person = identity.person_by_identifier(kind, value) if value else None
        if person is not None:
            return person.language
    return ""


@step
def _try_later(*, note: VoiceNote, now: datetime) -> None:
    held = VoiceNote.objects.filter(pk=note.pk, state=NoteState.NEW, attempts=note.attempts)
    held.update(due_at=now + RETRY_WAITS[note.attempts - 1], lease_until=None)


@step
def _keep(*, note: VoiceNote, item: ClaimedItem, found: Heard | Unheard) -> None:
    """Write what was heard, unless somebody gave up meanwhile, and wake the lane."""
    columns = (
        {"state": NoteState.HEARD, "text": found.text}
        if isinstance(found, Heard)
        else {"state": NoteState.UNHEARD, "reason": found}
    )
    held = VoiceNote.objects.filter(pk=note.pk, state=NoteState.NEW, attempts=note.attempts)
    if held.update(lease_until=None, **columns):
        webhook.wake_lane(lane_key=item.lane_key)
        kick(CONVERSATION_TASK)
        outcome = NoteState.HEARD if isinstance(found, Heard) else str(found)
        log.info("voice.listened", item=item.id, outcome=outcome)

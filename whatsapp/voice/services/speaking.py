"""Spoken answers to voice notes: after the written ones, never instead of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from iceshop.infra.db import outside, run_operation, step
from iceshop.infra.outbox import services as outbox
from iceshop.infra.outbox.results import Refused, Result, Retry, Sent
from whatsapp.gateway import client as gateway
from whatsapp.gateway.messages import AudioBody
from whatsapp.messaging import queries as messaging
from whatsapp.messaging import services as messages
from whatsapp.messaging.platform import platform
from whatsapp.providers import queries as providers
from whatsapp.providers import services as calls
from whatsapp.providers.domain import Service
from whatsapp.voice.mouth import MOST_TEXT, Mouth, Spoken, mouth
from whatsapp.voice.queries import VOICE_MIME

SPOKEN_TOPIC = "voice.speak"
# Later, the person has read the answer.
_USEFUL = timedelta(minutes=1)
_TRIES = 2
_WAIT_SECONDS = 2


@step
def plan_voice(*, person_id: UUID, source_key: str, replies: Sequence[str], now: datetime) -> None:
    """Plan to read the planned ``replies`` (their source keys) aloud, if anybody can."""
    if mouth() is None or not replies:
        return
    outbox.put(
        topic=SPOKEN_TOPIC,
        dedupe_key=f"spoken:{source_key}",
        payload={"person_id": str(person_id), "replies": list(replies)},
        lane=messages.lane_of(person_id),
        not_before=now,
        expires_at=now + _USEFUL,
        now=now,
    )


@outside
def speak(
    *, person_id: UUID, source_key: str, replies: Sequence[str], attempt: int, now: datetime
) -> Result:
    """Read the replies aloud once they are with the person; ``attempt`` counts from 1."""
    speaker = mouth()
    written = messaging.accepted_texts(source_keys=replies)
    if len(written) < len(replies):
        return _again(attempt, "voice.text_first")
    text = "\n".join(written)
    if speaker is None or len(text) > MOST_TEXT or providers.is_resting(Service.SPOKEN, now=now):
        return Refused("voice.not_spoken")
    spoken = speaker.speak(text)
    _note(speaker, spoken, now)
    if not spoken.recording:
        is_passing = spoken.result.is_worth_another_try
        return _again(attempt, "voice.failed") if is_passing else Refused("voice.failed")
    stored = platform().upload(spoken.recording, mime_type=VOICE_MIME, filename="answer.ogg")
    if not isinstance(stored, gateway.Done):
        return _again(attempt, "voice.not_stored")
    run_operation(
        messages.plan_reply,
        person_id=person_id,
        source_key=f"audio:{source_key}",
        body=AudioBody(media_id=stored.reference),
        not_before=now,
        now=now,
    )
    return Sent(stored.reference)


def _again(attempt: int, code: str) -> Result:
    return Retry(code, _WAIT_SECONDS) if attempt < _TRIES else Refused(code)


def _note(speaker: Mouth, spoken: Spoken, now: datetime) -> None:
    call = calls.Call(
        service=Service.SPOKEN,
        provider=speaker.provider,
        model=speaker.model,
        result=spoken.result,
        took_ms=spoken.took_ms,
    )
    calls.note_call(call, now=now)

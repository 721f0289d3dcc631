"""Calls: answered, carried on, ended; and placed, where somebody allowed it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from django.conf import settings

from accounts.consent import queries as consents
from accounts.consent import services as consent
from accounts.consent.domain import VOICE_CHANNEL
from accounts.identity import queries as people
from accounts.identity import services as identity
from accounts.identity.queries import PersonCard
from iceshop.infra.db import add_new, operation, outside, run_operation, step
from iceshop.infra.outbox.results import Refused, Result, Retry, Sent, Unknown
from whatsapp.calls import connection, shops
from whatsapp.calls.assistant import assistant, greeting
from whatsapp.calls.client import Lost, NotPlaced, Placed
from whatsapp.calls.domain import (
    RANK,
    CallState,
    EndedGroup,
    ServerMessage,
    ToolCall,
    ended_group,
)
from whatsapp.calls.models import VoiceCall, VoiceTurn
from whatsapp.conversation import services as conversation
from whatsapp.dialogue.phrasebook import phrases
from windows.notices import services as notices
from windows.notices.domain import Channel

log = structlog.get_logger(__name__)

_TRIES = 2


@operation
def answer_call(*, message: ServerMessage, now: datetime) -> dict[str, Any]:
    """What Vapi shall do with a call that comes in: the assistant, or a word and the end."""
    if not message.number:
        return {"error": phrases("tr")["call.hidden"]}
    person = identity.find_or_create_person(
        phone=message.number, user_id=None, display_name="", language="", now=now
    )
    _open(message, person.id, now)
    language = person.language or "tr"
    made = assistant(
        language=language, first=greeting(language), voice=settings.VOICE, server_url=_url()
    )
    return {"assistant": made}


@operation
def answer_turn(*, message: ServerMessage, tool: ToolCall, now: datetime) -> str:
    """Do what the assistant wants done and return what it speaks; the same again is not done."""
    call = _open(message, None, now)
    if call is None or call.person_id is None:
        return json.dumps({"text": phrases("tr")["call.hidden"]}, ensure_ascii=False)
    turn = VoiceTurn(call=call, key=tool.id, tool=tool.name, at=now)
    if not add_new([turn]):
        return VoiceTurn.objects.get(call=call, key=tool.id).answer
    person = people.person_card(call.person_id)
    answered = _do(call, person, tool, now)
    text = json.dumps(
        {"text": answered.text, "options": [{"id": k, "title": t} for k, t in answered.options]},
        ensure_ascii=False,
    )
    VoiceTurn.objects.filter(call=call, key=tool.id).update(answer=text)
    VoiceCall.objects.filter(pk=call.pk).update(options=[key for key, _ in answered.options])
    return text


def _do(
    call: VoiceCall, person: PersonCard, tool: ToolCall, now: datetime
) -> conversation.Answered:
    said = conversation.Call(f"{call.id}:{tool.id}", now)
    words = phrases(person.language or "tr")
    if tool.name == "say":
        return conversation.hear(person_id=person.id, words=tool.text("words"), call=said, now=now)
    if tool.name == "choose":
        return conversation.choose(
            person_id=person.id,
            option=tool.text("option"),
            offered=call.options,
            call=said,
            now=now,
        )
    if tool.name == "allow_calls":
        is_granted = tool.arguments.get("allowed") is True
        consent.allow_calls(
            person_id=person.id,
            is_granted=is_granted,
            wording="call.allow.1",
            language=person.language,
            source_key=f"call:{call.id}:{tool.id}",
            channel=VOICE_CHANNEL,
            now=now,
        )
        return conversation.Answered(words["call.allowed" if is_granted else "call.not_allowed"])
    if tool.name == "open_shop":
        phrase = shops.open_shop(
            person_id=person.id, name=tool.text("name"), place=tool.text("place"), now=now
        )
        return conversation.Answered(words[phrase])
    return conversation.Answered(words["call.again"])


@operation
def note_event(*, message: ServerMessage, now: datetime) -> None:
    """Take over how a call goes, forward only; the end with its reason and cost."""
    call = _open(message, None, now)
    if call is None:
        return
    if message.type == "hang":
        log.warning("voice.hang", call=str(call.id))
        return
    is_report = message.type == "end-of-call-report"
    state = CallState.ENDED if is_report else _state(message.status)
    if state is None:
        return
    lower = [one.value for one, rank in RANK.items() if rank < RANK[state]]
    VoiceCall.objects.filter(pk=call.pk, state__in=lower).update(state=state)
    if state is CallState.ENDED:
        VoiceCall.objects.filter(pk=call.pk, ended_at__isnull=True).update(ended_at=now)
    if is_report:
        VoiceCall.objects.filter(pk=call.pk, ended_reason="").update(
            ended_reason=message.ended_reason, cost_micros=message.cost_micros
        )
        was_reached = ended_group(message.ended_reason) is EndedGroup.TALKED
        if call.notice_id is not None and not was_reached:
            notices.try_channel(notice_id=call.notice_id, tried=list(Channel), now=now)


def _state(status: str) -> CallState | None:
    known = {state.value: state for state in CallState}
    found = known.get({"scheduled": "queued", "forwarding": "in-progress"}.get(status, status))
    return found if found not in (CallState.PLANNED, CallState.REFUSED) else None


def _open(message: ServerMessage, person_id: UUID | None, now: datetime) -> VoiceCall | None:
    """The call's row, locked; made at first sight of one that came in."""
    rows = VoiceCall.objects.select_for_update(of=("self",))
    found = rows.filter(vapi_id=message.call_id).first() if message.call_id else None
    if found is None and message.call_id and message.is_inbound:
        if person_id is None and message.number:
            person_id = identity.find_or_create_person(
                phone=message.number, user_id=None, display_name="", language="", now=now
            ).id
        add_new(
            [
                VoiceCall(
                    vapi_id=message.call_id,
                    is_inbound=True,
                    person_id=person_id,
                    state=CallState.RINGING,
                    created_at=now,
                )
            ]
        )
        found = rows.filter(vapi_id=message.call_id).first()
    return found


@outside
def place_call(
    *, notice_id: UUID, person_id: UUID, text: str, attempt: int, now: datetime
) -> Result:
    """Say a notice by telephone to somebody who allowed it; ``attempt`` counts from 1."""
    person = people.person_card(person_id)
    if not person.phone or not consents.consent_of(person_id).allows_calls:
        return Refused("call.not_allowed")
    row = run_operation(_store, notice_id=notice_id, person_id=person_id, now=now)
    if row.state != CallState.PLANNED:
        return Sent(row.vapi_id) if row.vapi_id else Unknown("call.answer_lost", str(row.id))
    language = person.language or "tr"
    made = assistant(language=language, first=text, voice=settings.VOICE, server_url=_url())
    answer = connection.caller().place(to=person.phone, reference=str(row.id), assistant=made)
    match answer:
        case Placed(call_id):
            _move(row, CallState.QUEUED, vapi_id=call_id)
            return Sent(call_id)
        case Lost():
            _move(row, CallState.UNKNOWN)
            return Unknown("call.answer_lost", str(row.id))
        case NotPlaced(code, True) if attempt < _TRIES:
            return Retry(f"call.{code}")
        case NotPlaced(code):
            _move(row, CallState.REFUSED, ended_reason=code, ended_at=now)
            return Refused(f"call.{code}")


@step
def _store(*, notice_id: UUID, person_id: UUID, now: datetime) -> VoiceCall:
    row = VoiceCall(is_inbound=False, person_id=person_id, notice_id=notice_id, created_at=now)
    return row if add_new([row]) else VoiceCall.objects.get(notice_id=notice_id)


def _move(row: VoiceCall, state: CallState, **columns: object) -> None:
    VoiceCall.objects.filter(pk=row.pk, state=CallState.PLANNED).update(state=state, **columns)


def _url() -> str:
    return f"{settings.PUBLIC_URL}/webhooks/voice"


@step
def erase_calls(*, person_id: UUID) -> int:
    """Take what was answered in the person's calls; returns how many answers."""
    turns = VoiceTurn.objects.filter(call__person_id=person_id).exclude(answer="")
    VoiceCall.objects.filter(person_id=person_id).update(options=[])
    return turns.update(answer="")


@step
def forget_calls(*, before: datetime, limit: int) -> int:
    """Take what was answered in calls before ``before``; at most ``limit``."""
    old = VoiceTurn.objects.filter(at__lt=before).exclude(answer="")
    return VoiceTurn.objects.filter(pk__in=old.values("pk")[:limit]).update(answer="")

"""Sending SMS, and what the gateway reports about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog

from accounts.consent import services as consent
from accounts.consent.domain import SMS_CHANNEL
from accounts.identity import queries as identity
from accounts.identity.domain import IdentifierKind
from iceshop.infra.db import add_new, operation, outside, run_operation, step
from iceshop.infra.outbox.results import Refused, Result, Retry, Sent, Unknown
from whatsapp.channels import connection
from whatsapp.channels.domain import SmsState, measure
from whatsapp.channels.gateway import Lost, NotTaken, Taken
from whatsapp.channels.models import SmsMessage
from whatsapp.nlu.reading import Act
from whatsapp.nlu.safety import safety_act
from windows.flash import services as windows
from windows.notices import services as notices
from windows.notices.domain import Channel

log = structlog.get_logger(__name__)

_TRIES = 3
# What failed before SMS was tried; a report that it failed too leads on from here.
_BEFORE = (Channel.WHATSAPP, Channel.PANEL, Channel.SMS)
_REPORTED = {
    "delivered": SmsState.DELIVERED,
    "failed": SmsState.FAILED,
    "expired": SmsState.FAILED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sms:
    """One SMS to be sent: ``text`` as it goes out."""

    person_id: UUID
    notice_id: UUID
    text: str
    source_key: str
    cost_micros: int


@step
def store_sms(*, sms: Sms, now: datetime) -> UUID:
    """Keep an SMS before it is sent, once for each source key; returns its id."""
    size = measure(sms.text)
    row = SmsMessage(
        source_key=sms.source_key,
        person_id=sms.person_id,
        notice_id=sms.notice_id,
        text=sms.text,
        encoding=size.encoding,
        parts=size.parts,
        cost_micros=sms.cost_micros,
        created_at=now,
    )
    if add_new([row]):
        return row.id
    return SmsMessage.objects.get(source_key=sms.source_key).id


@outside
def send_sms(*, sms_id: UUID, phone: str, attempt: int, now: datetime) -> Result:
    """Send a stored SMS to ``phone`` (digits); a refusal leads to the next channel.

    ``attempt`` counts from 1.
    """
    row = SmsMessage.objects.get(pk=sms_id)
    if row.state == SmsState.UNKNOWN:
        return Unknown("sms.answer_lost", str(row.id))
    if row.state != SmsState.PLANNED:
        return Sent(row.gateway_id) if row.gateway_id else Refused(f"sms.{row.code}")
    answer = connection.gateway().send(to=phone, text=row.text, reference=str(row.id))
    match answer:
        case Taken(message_id):
            _move(row, SmsState.ACCEPTED, gateway_id=message_id)
            return Sent(message_id)
        case Lost():
            _move(row, SmsState.UNKNOWN)
            return Unknown("sms.answer_lost", str(row.id))
        case NotTaken(code, True) if attempt < _TRIES:
            return Retry(f"sms.{code}"[:60])
        case NotTaken(code):
            run_operation(_refuse, row=row, code=code, now=now)
            return Refused(f"sms.{code}"[:60])


@step
def _refuse(*, row: SmsMessage, code: str, now: datetime) -> None:
    _move(row, SmsState.REFUSED, code=code, settled_at=now)
    notices.try_channel(notice_id=row.notice_id, tried=_BEFORE, now=now)


def _move(row: SmsMessage, state: SmsState, **columns: object) -> None:
    SmsMessage.objects.filter(pk=row.pk, state=SmsState.PLANNED).update(state=state, **columns)


@operation
def note_status(*, reference: UUID, gateway_id: str, status: str, code: str, now: datetime) -> bool:
    """Take over a report of the gateway, forward only; ``False`` when it is of nothing of ours.

    A failure leads to the next channel of the notice, once.
    """
    row = SmsMessage.objects.select_for_update(of=("self",)).filter(pk=reference).first()
    state = _REPORTED.get(status)
    if row is None or state is None:
        return False
    if row.state in (SmsState.DELIVERED, SmsState.REFUSED) or row.state == state:
        return True
    SmsMessage.objects.filter(pk=row.pk).update(
        state=state, gateway_id=row.gateway_id or gateway_id, code=code[:40], settled_at=now
    )
    if state is SmsState.FAILED:
        notices.try_channel(notice_id=row.notice_id, tried=_BEFORE, now=now)
    return True


@operation
def note_reply(*, reply_id: str, phone: str, text: str, now: datetime) -> bool:
    """STOP and START by SMS count as they do anywhere; ``False`` for anything else.

    STOP ends SMS and everything unasked on every channel; unanswered invites end, seats stay.
    """
    person = identity.person_by_identifier(IdentifierKind.PHONE, phone)
    act = safety_act(text, None)
    if person is None or act not in (Act.OPT_OUT, Act.OPT_IN):
        log.info("sms.reply_ignored")
        return False
    change = consent.opt_out if act is Act.OPT_OUT else consent.opt_in
    change(
        person_id=person.id,
        wording="stop" if act is Act.OPT_OUT else "start",
        language=person.language,
        source_key=f"sms:{reply_id}",
        channel=SMS_CHANNEL,
        now=now,
    )
    if act is Act.OPT_OUT:
        windows.withdraw_invites(person_id=person.id, now=now)
        windows.leave_lists(person_id=person.id, now=now)
    return True


@step
def erase_sms(*, person_id: UUID) -> int:
    """Take the words of the person's SMS; returns how many."""
    return SmsMessage.objects.filter(person_id=person_id).exclude(text="").update(text="")


@step
def forget_sms(*, before: datetime, limit: int) -> int:
    """Take the words of SMS older than ``before``; at most ``limit``."""
    old = SmsMessage.objects.filter(created_at__lt=before).exclude(text="")
    return SmsMessage.objects.filter(pk__in=old.values("pk")[:limit]).update(text="")

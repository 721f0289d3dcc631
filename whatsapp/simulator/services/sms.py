"""SMS on the simulated phones: taken, reported, replied to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings

from iceshop.infra.db import operation, outside
from iceshop.infra.kick import kick
from whatsapp.channels.gateway import Answer, NotTaken, Taken
from whatsapp.gateway.signature import sign
from whatsapp.simulator.domain import wire
from whatsapp.simulator.domain.faults import FaultKind
from whatsapp.simulator.models import SimulatedSms
from whatsapp.simulator.services.deliveries import TASK
from whatsapp.simulator.services.faults import faults_for, take_fault
from whatsapp.simulator.transport import TAKEN, Post, post_over_http

_FAULTS = (FaultKind.SMS_REFUSED, FaultKind.SMS_FAILED)


@operation
def receive_sms(*, phone: str, text: str, reference: str, now: datetime) -> str:
    """Put an SMS on a phone; its id, or nothing when an ordered fault refuses it."""
    faults = faults_for(kinds=_FAULTS, addresses=(phone,))
    if take_fault(among=faults, kind=FaultKind.SMS_REFUSED):
        return ""
    is_lost = take_fault(among=faults, kind=FaultKind.SMS_FAILED) is not None
    row = SimulatedSms.objects.create(
        phone=phone,
        text=text,
        reference=reference,
        status="failed" if is_lost else "delivered",
        at=now,
    )
    kick(TASK)
    return f"sms-{row.pk}"


@operation
def reply_by_sms(*, phone: str, text: str, now: datetime) -> None:
    """Write an SMS on a phone."""
    SimulatedSms.objects.create(phone=phone, is_reply=True, text=text, at=now)
    kick(TASK)


@outside
def drain_sms(*, now: datetime, post: Post = post_over_http) -> int:
    """Report what has not been reported yet; how many were taken."""
    taken = 0
    for row in SimulatedSms.objects.filter(reported_at__isnull=True).order_by("pk")[:100]:
        body = wire.compact(_report(row)).encode()
        secret = next(iter(settings.SMS["SECRETS"]), "")
        headers = {"Content-Type": "application/json", "X-Signature": sign(body, secret)}
        if post(f"{settings.PUBLIC_URL}/webhooks/sms", body, headers) == TAKEN:
            SimulatedSms.objects.filter(pk=row.pk).update(reported_at=now)
            taken += 1
    return taken


def _report(row: SimulatedSms) -> dict[str, Any]:
    if row.is_reply:
        return {"type": "reply", "id": f"sms-{row.pk}", "from": f"+{row.phone}", "text": row.text}
    return {
        "type": "status",
        "id": f"sms-{row.pk}",
        "reference": row.reference,
        "status": row.status,
        "code": "absent_subscriber" if row.status == "failed" else "",
    }


class PhonesGateway:
    """The gateway without a network: SMS come to the phones at once, by the clock of a city."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock

    def send(self, *, to: str, text: str, reference: str) -> Answer:
        """Put the SMS on the phone; see ``SmsGateway``."""
        taken = receive_sms(phone=to, text=text, reference=reference, now=self._clock())
        return Taken(taken) if taken else NotTaken("number_blocked")

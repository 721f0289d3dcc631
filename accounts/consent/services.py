"""Recording consent: each change is one event with its evidence, and the state that follows."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from accounts.consent.domain import (
    SMS_CHANNEL,
    WHATSAPP_CHANNEL,
    ConsentChange,
    MarketingState,
    Purpose,
)
from accounts.consent.models import ConsentEvent, ConsentState
from iceshop.infra.db import step


@step
def record_marketing(
    *,
    person_id: UUID,
    is_granted: bool,
    wording: str,
    language: str,
    source_key: str,
    now: datetime,
    channel: str = WHATSAPP_CHANNEL,
) -> None:
    """Record the answer to the consent question; a yes also ends an earlier STOP.

    ``wording`` names the text that was shown. The same ``source_key`` again changes nothing.
    """
    change = ConsentChange.GRANTED if is_granted else ConsentChange.DECLINED
    if not _append(person_id, change, wording, language, source_key, channel, now):
        return
    if is_granted:
        _set(person_id, marketing=MarketingState.GRANTED, asked_at=now, opted_out_at=None)
    else:
        _set(person_id, marketing=MarketingState.DECLINED, asked_at=now)


@step
def opt_out(
    *,
    person_id: UUID,
    wording: str,
    language: str,
    source_key: str,
    now: datetime,
    channel: str = WHATSAPP_CHANNEL,
) -> None:
    """Record a STOP: nothing unasked is sent from now on. Repeating changes nothing.

    It ends the leave to call; one that came by SMS ends SMS altogether.
    """
    if _append(person_id, ConsentChange.WITHDRAWN, wording, language, source_key, channel, now):
        by_sms = {"sms_opted_out_at": now} if channel == SMS_CHANNEL else {}
        _set(person_id, opted_out_at=now, calls_allowed_at=None, **by_sms)


@step
def opt_in(
    *,
    person_id: UUID,
    wording: str,
    language: str,
    source_key: str,
    now: datetime,
    channel: str = WHATSAPP_CHANNEL,
) -> None:
    """Record the return after a STOP: what was agreed before it holds again."""
    if _append(person_id, ConsentChange.RESTORED, wording, language, source_key, channel, now):
        _set(person_id, opted_out_at=None, sms_opted_out_at=None)


@step
def allow_calls(
    *,
    person_id: UUID,
    is_granted: bool,
    wording: str,
    language: str,
    source_key: str,
    channel: str,
    now: datetime,
) -> None:
    """Record whether the person may be called; repeating changes nothing."""
    change = ConsentChange.GRANTED if is_granted else ConsentChange.DECLINED
    is_new = _append(
        person_id, change, wording, language, source_key, channel, now, purpose=Purpose.CALLS
    )
    if is_new:
        _set(person_id, calls_allowed_at=now if is_granted else None)


@step
def end_all(*, person_id: UUID, source_key: str, now: datetime) -> None:
    """End every consent of somebody who is erased; what was given stays in the ledger as proof."""
    for purpose in Purpose:
        key = f"{source_key}:{purpose}"
        _append(person_id, ConsentChange.WITHDRAWN, "erasure", "", key, "", now, purpose=purpose)
    _set(person_id, opted_out_at=now, calls_allowed_at=None)


@step
def note_asked(*, person_id: UUID, now: datetime) -> None:
    """Remember that the consent question was put; it is put once."""
    ConsentState.objects.get_or_create(pk=person_id)
    ConsentState.objects.filter(pk=person_id, asked_at__isnull=True).update(asked_at=now)


def _append(
    person_id: UUID,
    change: ConsentChange,
    wording: str,
    language: str,
    source_key: str,
    channel: str,
    now: datetime,
    purpose: Purpose = Purpose.MARKETING,
) -> bool:
    """Write the event; False when its source was recorded before."""
    _, is_new = ConsentEvent.objects.get_or_create(
        source_key=source_key,
        defaults={
            "person_id": person_id,
            "purpose": purpose,
            "change": change,
            "wording": wording,
            "language": language,
            "channel": channel,
            "at": now,
        },
    )
    return is_new


def _set(person_id: UUID, **columns: object) -> None:
    ConsentState.objects.update_or_create(pk=person_id, defaults=columns)

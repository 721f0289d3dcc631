"""Every named constraint of the WhatsApp app refuses the row that it is there for."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection

from accounts.identity.tests.factories import PersonFactory
from iceshop.tests.wrong_rows import changed, constraints_of, copied, refusals
from whatsapp.calls.models import VoiceCall, VoiceTurn
from whatsapp.channels.models import SmsMessage
from whatsapp.messaging.models import MessageStatus, MessageTemplate, OutboundMessage
from whatsapp.providers.models import ProviderCall, ProviderDay
from whatsapp.simulator.models import (
    SimulatedDelivery,
    SimulatedMedia,
    SimulatedMessage,
    SimulatedPerson,
    SimulatedSms,
    SimulatedTemplate,
)
from whatsapp.voice.models import VoiceNote
from whatsapp.webhook.models import WebhookDelivery, WebhookItem, WebhookRefusal
from windows.notices.models import Notice

pytestmark = pytest.mark.django_db

NOON = datetime(2025, 11, 19, 10, 0, tzinfo=UTC)


def make_world() -> None:
    """One row of every table that has constraints."""
    _receive()
    _send()
    _simulate()
    _ask_outside()


def _receive() -> None:
    delivery = WebhookDelivery.objects.create(
        body=b"{}", body_sha256="0" * 64, item_count=1, received_at=NOON
    )
    WebhookItem.objects.create(
        delivery=delivery,
        position=0,
        path="entry[0]",
        source="whatsapp",
        key="wamid.1",
        kind="message",
        event_at=NOON,
        received_at=NOON,
        payload={},
        state="new",
    )
    WebhookRefusal.objects.create(refused_on=date(2025, 11, 19), reason="signature", count=1)


def _send() -> None:
    message = OutboundMessage.objects.create(
        source_key="reply:1",
        person=PersonFactory.create(),
        purpose="reply",
        body={},
        platform_id="wamid.2",
        created_at=NOON,
    )
    _send_sms(message.person_id)
    MessageStatus.objects.create(message=message, status="sent", at=NOON)
    MessageTemplate.objects.create(
        name="invite", language="tr", category="utility", state="approved", updated_at=NOON
    )


def _send_sms(person_id: UUID) -> None:
    notice = Notice.objects.create(
        kind="reminder",
        notice_class="utility",
        person_id=person_id,
        subject_kind="seat",
        subject_id=uuid4(),
        dedupe_key="notice:1",
        not_before=NOON,
        useful_until=NOON + timedelta(hours=1),
        created_at=NOON,
    )
    call = VoiceCall.objects.create(vapi_id="call-1", is_inbound=True, created_at=NOON)
    VoiceTurn.objects.create(call=call, key="t1", tool="say", at=NOON)
    SmsMessage.objects.create(
        source_key="sms:1",
        person_id=person_id,
        notice=notice,
        text="x",
        encoding="gsm",
        parts=1,
        cost_micros=0,
        gateway_id="sms-1",
        created_at=NOON,
    )


def _simulate() -> None:
    person = SimulatedPerson.objects.create(
        phone="905550000001",
        user_id="TR.1",
        name="Elif",
        role="buyer",
        language="tr",
        created_at=NOON,
    )
    SimulatedMessage.objects.create(
        person=person,
        n=1,
        direction="in",
        kind="text",
        wamid="wamid.3",
        status="sent",
        wire={},
        at=NOON,
    )
    SimulatedDelivery.objects.create(
        lane="a", carries="message", body="{}", planned_at=NOON, due_at=NOON, created_at=NOON
    )
    SimulatedSms.objects.create(phone="905550000001", text="x", at=NOON)
    SimulatedMedia.objects.create(
        media_id="1",
        mime_type="image/png",
        sha256="0" * 64,
        content=b"",
        is_upload=True,
        created_at=NOON,
    )
    SimulatedTemplate.objects.create(
        name="invite", language="tr", category="UTILITY", definition={}, created_at=NOON
    )


def _ask_outside() -> None:
    VoiceNote.objects.create(item=WebhookItem.objects.get(), asked_at=NOON, due_at=NOON)
    ProviderCall.objects.create(
        service="speech", provider="127.0.0.1", result="ok", took_ms=10, at=NOON
    )
    ProviderDay.objects.create(
        service="model", asked_on=date(2025, 11, 19), calls=1, most_calls=1, most_tokens=10
    )


# The check of reasons refuses it too, and is asked first.
LOST = changed(WebhookItem, "webhook_item_state", state="lost", processed_at=NOON)

WRONG = [
    copied(WebhookItem, "webhook_item_once"),
    changed(WebhookItem, "webhook_item_processed_when_not_new", state="done"),
    changed(WebhookItem, "webhook_item_processed_when_not_new", processed_at=NOON),
    changed(WebhookItem, "webhook_item_reason_when_set_aside", reason="x"),
    changed(WebhookItem, "webhook_item_reason_when_set_aside", state="ignored", processed_at=NOON),
    copied(WebhookRefusal, "webhook_refusal_once"),
    copied(OutboundMessage, "outbound_source_once", platform_id=""),
    copied(OutboundMessage, "outbound_platform_once", source_key="reply:2"),
    changed(OutboundMessage, "outbound_state", state="lost"),
    copied(MessageStatus, "message_status_once"),
    copied(MessageTemplate, "template_once_a_language"),
    copied(VoiceCall, "voice_call_once"),
    changed(VoiceCall, "voice_call_state", state="lost"),
    copied(VoiceTurn, "voice_turn_once"),
    copied(SmsMessage, "sms_source_once", gateway_id=""),
    copied(SmsMessage, "sms_gateway_once", source_key="sms:2"),
    changed(SmsMessage, "sms_state", state="lost"),
    changed(SmsMessage, "sms_size", encoding="utf8"),
    changed(SmsMessage, "sms_size", parts=0),
    changed(SimulatedSms, "simulated_sms_status", status="lost"),
    copied(SimulatedPerson, "simulated_person_user_id", phone=""),
    copied(SimulatedPerson, "simulated_person_phone", user_id="TR.2"),
    changed(SimulatedPerson, "simulated_person_role", role="boss"),
    changed(SimulatedPerson, "simulated_person_language", language="de"),
    copied(SimulatedMessage, "simulated_message_number", wamid="wamid.4"),
    copied(SimulatedMessage, "simulated_message_wamid", n=2),
    changed(SimulatedMessage, "simulated_message_direction", direction="up"),
    changed(SimulatedMessage, "simulated_message_status", status="lost"),
    changed(SimulatedDelivery, "simulated_delivery_state", state="lost"),
    copied(SimulatedMedia, "simulated_media_id"),
    copied(SimulatedTemplate, "simulated_template_name"),
    changed(VoiceNote, "voice_note_state", state="lost"),
    changed(VoiceNote, "voice_note_state", state="heard"),
    changed(VoiceNote, "voice_note_state", text="iki kahve"),
    changed(VoiceNote, "voice_note_state", state="unheard", reason="lost"),
    changed(ProviderCall, "provider_call_service", service="lost"),
    changed(ProviderCall, "provider_call_result", result="lost"),
    copied(ProviderDay, "provider_day_once"),
    changed(ProviderDay, "provider_day_within_budget", calls=2),
    changed(ProviderDay, "provider_day_within_budget", tokens=11),
]


def test_every_wrong_row_is_refused_by_its_constraint() -> None:
    make_world()

    assert refusals(WRONG) == [wrong.constraint for wrong in WRONG]


def test_item_in_an_unknown_state_is_refused_whatever_its_reason() -> None:
    make_world()
    assert refusals([LOST]) == ["webhook_item_reason_when_set_aside"]

    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute(
            "alter table whatsapp_webhook_item drop constraint webhook_item_reason_when_set_aside"
        )
    assert refusals([LOST]) == [LOST.constraint]


def test_every_constraint_of_the_app_is_here() -> None:
    assert constraints_of("whatsapp") == {wrong.constraint for wrong in [*WRONG, LOST]}


def test_messages_without_a_platforms_name_stand_side_by_side() -> None:
    make_world()
    for number in range(2):
        copied(OutboundMessage, "", source_key=f"reply:{number + 2}", platform_id="").store()

    assert OutboundMessage.objects.filter(platform_id="").count() == 2


def test_people_with_a_hidden_number_stand_side_by_side() -> None:
    make_world()
    for number in range(2):
        copied(SimulatedPerson, "", user_id=f"TR.{number + 2}", phone="").store()

    assert SimulatedPerson.objects.filter(phone="").count() == 2

"""Each status sample of the platform on a message of ours: forward only, with its consequences."""

from __future__ import annotations

import json

import pytest

from accounts.consent import queries as consent
from accounts.consent.domain import MarketingState
from accounts.identity import services as identity
from iceshop.infra.db import run_operation
from whatsapp.dialogue.replies import RenderedReply
from whatsapp.messaging.models import MessageStatus, OutboundMessage, SendingStop
from whatsapp.messaging.services import queue_reply
from whatsapp.tests.town import Phone, Town, asked, known, wanting
from whatsapp.webhook.models import WebhookItem, WebhookItemState
from whatsapp.webhook.tests.posting import PAYLOADS
from windows.tests.stories import minutes

pytestmark = pytest.mark.django_db

# File -> state, error code, price category, stopped scopes.
_EFFECTS: dict[str, tuple[str, int | None, str, list[str]]] = {
    "status_sent_marketing.json": ("sent", None, "marketing", []),
    "status_sent_utility.json": ("sent", None, "utility", []),
    "status_delivered_utility.json": ("delivered", None, "utility", []),
    "status_delivered_service.json": ("delivered", None, "service", []),
    "status_delivered_service_free.json": ("delivered", None, "service", []),
    "status_delivered_username_no_phone.json": ("delivered", None, "service", []),
    "status_read.json": ("read", None, "", []),
    "status_read_without_delivered.json": ("read", None, "utility", []),
    "status_played.json": ("played", None, "", []),
    "status_sent_v23_conversation.json": ("sent", None, "marketing", []),
    "status_sent_free_entry_point.json": ("sent", None, "referral_conversion", []),
    "status_failed_131026_undeliverable.json": ("failed", 131026, "", []),
    "status_failed_131047_outside_window.json": ("failed", 131047, "", []),
    "status_failed_131049_marketing_limit.json": ("failed", 131049, "", []),
    "status_failed_131050_marketing_stopped.json": ("failed", 131050, "", []),
    "status_failed_131048_spam_limit.json": ("failed", 131048, "", ["proactive"]),
    "status_failed_131053_media_upload.json": ("failed", 131053, "", []),
    "status_failed_132015_template_paused.json": ("failed", 132015, "", []),
    "status_failed_131000_unknown.json": ("failed", 131000, "", []),
    "status_failed_130472_experiment.json": ("failed", 130472, "", []),
    "status_failed_131042_payment.json": ("failed", 131042, "", ["templates"]),
    "status_failed_username_recipient.json": ("failed", 131026, "", []),
    "malformed/status_recipient_absent.json": ("delivered", None, "utility", []),
    "malformed/status_recipient_disagrees.json": ("delivered", None, "utility", []),
    "malformed/status_timestamp_missing.json": ("delivered", None, "utility", []),
    "malformed/status_pricing_string.json": ("delivered", None, "", []),
    "malformed/status_pricing_unknown_model.json": ("delivered", None, "general_purpose_ai", []),
    "malformed/status_failed_without_errors.json": ("failed", None, "", []),
    "malformed/status_failed_errors_empty.json": ("failed", None, "", []),
    "malformed/status_failed_errors_object.json": ("failed", 131049, "", []),
    "malformed/status_failed_code_string.json": ("failed", 131049, "", []),
    "malformed/status_failed_code_unknown.json": ("failed", 999999, "", []),
    "malformed/status_failed_error_data_string.json": ("failed", 131049, "", []),
    "malformed/status_unknown_value.json": ("accepted", None, "", []),
    "malformed/duplicate_status_in_one_body.json": ("delivered", None, "utility", []),
    "malformed/batch_statuses_out_of_order.json": ("read", None, "utility", []),
    "malformed/batch_status_failed_then_delivered.json": ("delivered", None, "utility", []),
}
_HISTORY = {
    "malformed/batch_statuses_out_of_order.json": ["delivered", "read", "sent"],
    "malformed/batch_status_failed_then_delivered.json": ["delivered", "failed"],
    "malformed/duplicate_status_in_one_body.json": ["delivered"],
}


def _sent_message(town: Town, phone: Phone, wamid: str) -> OutboundMessage:
    """A message that the platform has taken under ``wamid``."""
    run_operation(
        queue_reply,
        person_id=phone.person().id,
        source_key="sample",
        reply=RenderedReply(kind="text", text="Buyurun"),
        now=town.now,
    )
    town.settle()
    MessageStatus.objects.all().delete()
    rows = OutboundMessage.objects.filter(source_key="reply:sample")
    rows.update(
        state="accepted", platform_id=wamid, settled_at=None, price_category="", price_type=""
    )
    return rows.get()


def _post(town: Town, body: bytes) -> None:
    town.receive(body)
    town.settle()


def _first_id(body: bytes) -> str:
    value = json.loads(body)["entry"][0]["changes"][0]["value"]
    return str(value["statuses"][0]["id"])


@pytest.mark.parametrize("name", sorted(_EFFECTS))
def test_sample_moves_the_message(town: Town, name: str) -> None:
    body = (PAYLOADS / name).read_bytes()
    phone = known(town)
    row = _sent_message(town, phone, _first_id(body))

    _post(town, body)
    _post(town, body)

    row.refresh_from_db()
    state, code, category, scopes = _EFFECTS[name]
    assert (row.state, row.error_code, row.price_category) == (state, code, category)
    assert list(SendingStop.objects.values_list("scope", flat=True)) == scopes
    history = MessageStatus.objects.filter(message=row).values_list("status", flat=True)
    assert sorted(history) == _HISTORY.get(name, [] if state == "accepted" else [state])


def test_every_status_sample_has_its_effect() -> None:
    elsewhere = {
        "malformed/status_id_missing.json",
        "malformed/status_for_message_not_sent_by_us.json",
        "malformed/batch_messages_statuses_errors_in_one_value.json",
    }
    found = {str(path.relative_to(PAYLOADS)) for path in PAYLOADS.rglob("*status*.json")}
    ours = {name for name in found if not name.startswith("template")}
    assert ours - elsewhere == set(_EFFECTS)


def test_status_of_a_strangers_message_is_kept_a_while_and_dropped(town: Town) -> None:
    body = (PAYLOADS / "malformed/status_for_message_not_sent_by_us.json").read_bytes()
    _post(town, body)
    assert WebhookItem.objects.get(kind="status").state == WebhookItemState.NEW

    town.clock.now += minutes(11)
    WebhookItem.objects.update(lease_until=None)
    town.settle()

    assert WebhookItem.objects.get(kind="status").state == WebhookItemState.DONE
    assert not MessageStatus.objects.exists()


def test_marketing_that_was_stopped_is_declined_for_good(town: Town) -> None:
    body = (PAYLOADS / "status_failed_131050_marketing_stopped.json").read_bytes()
    phone = known(town)
    _sent_message(town, phone, _first_id(body))

    _post(town, body)

    assert consent.consent_of(phone.person().id).marketing is MarketingState.DECLINED


def test_notice_that_failed_outside_the_window_goes_once_more_as_a_template(town: Town) -> None:
    """The product thinks the window open, the platform knows better."""
    place = town.shop()
    run_operation(identity.note_inbound, person_id=place.shop.seller_id, at=town.now, now=town.now)
    asked(town, place, wanting(town, "Elif"), wanting(town, "Mert"))

    sent = [(m.kind, m.status, m.code) for m in place.phone.shown()]
    assert sent[0] == ("buttons", "failed", 131047)
    assert sent[1][0] == "template"
    assert len(sent) == 2


def test_reply_that_failed_for_no_known_reason_goes_once_more(town: Town) -> None:
    body = (PAYLOADS / "status_failed_131000_unknown.json").read_bytes()
    phone = known(town)
    _sent_message(town, phone, _first_id(body))
    phone.news()

    _post(town, body)
    town.pass_time(seconds=10, step=1)

    assert [m.text for m in phone.news()] == ["Buyurun"]
    assert OutboundMessage.objects.filter(source_key="reply:sample:again").count() == 1

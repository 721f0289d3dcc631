"""Each sample of the platform that a conversation answers: with what, or with silence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from whatsapp.conversation.models import Lane
from whatsapp.messaging.models import OutboundMessage
from whatsapp.tests.town import Town, open_town
from whatsapp.webhook.models import WebhookItem
from whatsapp.webhook.tests.posting import PAYLOADS
from whatsapp.webhook.tests.rows import ARRIVAL, START_SECONDS

pytestmark = pytest.mark.django_db

_START = datetime.fromtimestamp(START_SECONDS, UTC)
_WELCOME = "Merhaba, ben Iceshop'un otomatik asistanıyım."
_HELLO = "Hello, this is Iceshop's automatic assistant."
_NO_SHOP = "ayakkabısı satan bir mağaza henüz bende yok."
# File -> what each answer to a person not known before contains, in order.
_ANSWERS: dict[str, list[str]] = {
    "message_text_tr.json": [_WELCOME, _NO_SHOP],
    "message_text_en.json": [_HELLO, "coat"],
    "message_text_forwarded.json": [_WELCOME, ""],
    "message_text_click_to_whatsapp_ad.json": [_WELCOME, ""],
    "message_text_opt_out.json": ["Mesajları durdurdum"],
    "message_text_username_no_phone.json": [_WELCOME, ""],
    "message_audio_voice_note.json": [_WELCOME, "Sesli mesajınızı açamadım."],
    "message_audio_file.json": [_WELCOME, "Bu ses dosyasını dinleyemedim"],
    "message_document.json": [_WELCOME, "Belgeleri okuyamıyorum"],
    "message_contacts_shared.json": [_WELCOME, "kişiyi kaydetmedim"],
    "message_order.json": [_WELCOME, "Katalogdan sipariş alamıyorum"],
    "message_unsupported_poll.json": [_WELCOME, "Bu tür mesajı göremiyorum"],
    "message_unsupported_unavailable.json": [_WELCOME, "Bu tür mesajı göremiyorum"],
    "message_interactive_button_reply.json": [_WELCOME, "Bu düğme artık geçerli değil."],
    "message_interactive_list_reply.json": [_WELCOME, "Bu düğme artık geçerli değil."],
    "message_interactive_nfm_reply.json": [_WELCOME, "Formu okuyamadım"],
    "message_button_without_context.json": [_WELCOME, "Bu düğme artık geçerli değil."],
    "malformed/interactive_button_id_not_issued.json": [_WELCOME, "Bu düğme artık geçerli değil."],
    "malformed/interactive_object_missing.json": [_WELCOME, "Bu düğme artık geçerli değil."],
    "malformed/button_payload_missing.json": [_WELCOME, "Bu düğme artık geçerli değil."],
    "malformed/nfm_response_not_json.json": [_WELCOME, "Formu okuyamadım"],
    "malformed/nfm_response_unknown_flow_token.json": [_WELCOME, "Formu okuyamadım"],
    "malformed/location_out_of_range.json": [_WELCOME, ""],
    "malformed/location_longitude_missing.json": [_WELCOME, ""],
    "malformed/location_zero_zero.json": [_WELCOME, ""],
    "malformed/message_type_unknown.json": [_WELCOME, "Bu tür mesajı göremiyorum"],
    "malformed/audio_id_missing.json": [_WELCOME, "Sesli mesajınızı açamadım."],
    "malformed/audio_mime_type_wrong.json": [_WELCOME, "Sesli mesajınızı açamadım."],
    "malformed/text_instruction_override.json": [_WELCOME],
    "malformed/duplicate_message_in_one_body.json": [
        _WELCOME,
        "ayakkabısı satan bir mağaza henüz bende yok.",
    ],
    "malformed/duplicate_message_across_entries.json": [
        _WELCOME,
        "ayakkabısı satan bir mağaza henüz bende yok.",
    ],
    "malformed/deep_nesting.json": [_WELCOME, _NO_SHOP],
    "malformed/contacts_first_is_not_sender.json": [
        _WELCOME,
        "ayakkabısı satan bir mağaza henüz bende yok.",
    ],
    "malformed/sender_phone_formatted.json": [
        _WELCOME,
        "ayakkabısı satan bir mağaza henüz bende yok.",
    ],
    "malformed/sender_phone_integer.json": [
        _WELCOME,
        "ayakkabısı satan bir mağaza henüz bende yok.",
    ],
    "malformed/sender_user_id_without_country.json": [
        _WELCOME,
        "ayakkabısı satan bir mağaza henüz bende yok.",
    ],
}
_SILENT = [
    "message_reaction_added.json",
    "message_reaction_removed.json",
    "message_request_welcome.json",
    "message_revoke.json",
    "message_interactive_call_permission_accept.json",
    "message_interactive_call_permission_reject.json",
    "message_system_user_changed_number.json",
    "message_system_user_changed_user_id.json",
    "message_contacts_phone_request_answered.json",
    "user_preferences_stop.json",
    "user_preferences_resume.json",
    "user_id_update.json",
    "malformed/message_timestamp_six_days_old.json",
    "malformed/text_body_empty.json",
    "malformed/text_body_whitespace.json",
    "malformed/interactive_button_id_oversize.json",
    "malformed/interactive_type_unknown.json",
    "malformed/reaction_message_id_missing.json",
    "malformed/reaction_emoji_absent.json",
    "malformed/system_type_unknown.json",
    "malformed/sender_absent.json",
    "malformed/sender_phone_and_user_id_disagree.json",
    "malformed/message_missing_id.json",
    "malformed/message_missing_type.json",
    "malformed/metadata_missing.json",
    "malformed/metadata_unknown_phone_number_id.json",
    "malformed/entry_unknown_account.json",
]


@pytest.fixture
def town(db: None) -> Iterator[Town]:
    """A town at the moment at which the samples arrive."""
    with open_town(_START + timedelta(seconds=ARRIVAL)) as made:
        yield made


def _answers(town: Town, name: str) -> list[str]:
    town.receive((PAYLOADS / name).read_bytes())
    town.settle()
    rows = OutboundMessage.objects.order_by("created_at", "pk")
    return [str(row.body["value"]["text"]) for row in rows]


@pytest.mark.parametrize("name", sorted(_ANSWERS))
def test_sample_is_answered(town: Town, name: str) -> None:
    answers = _answers(town, name)

    expected = _ANSWERS[name]
    assert len(answers) == len(expected), answers
    assert [part for part, text in zip(expected, answers, strict=True) if part not in text] == []


@pytest.mark.parametrize("name", sorted(_SILENT))
def test_sample_is_met_with_silence(town: Town, name: str) -> None:
    assert _answers(town, name) == []


def test_all_samples_together_leave_nothing_waiting_and_stop_nobody(town: Town) -> None:
    """All but the batch of a thousand, which ``test_order`` works."""
    paths = sorted(PAYLOADS.rglob("*.json"))
    bodies = [path.read_bytes() for path in paths if "one_thousand" not in path.stem]
    assert len(bodies) == 209

    town.receive(*bodies)
    town.settle()

    waiting = WebhookItem.objects.filter(state="new").exclude(kind="status")
    assert list(waiting.values_list("kind", "variant")) == []
    assert not WebhookItem.objects.filter(reason="conversation.failed").exists()
    (welcome,) = town.phone().writes("merhaba")
    assert welcome.text.startswith(_WELCOME)


def test_sample_of_a_changed_number_moves_the_person(town: Town) -> None:
    town.receive((PAYLOADS / "message_image.json").read_bytes())
    town.receive((PAYLOADS / "message_text_forwarded.json").read_bytes())
    town.settle()
    people = Lane.objects.count()

    town.receive((PAYLOADS / "message_system_user_changed_number.json").read_bytes())
    town.receive((PAYLOADS / "user_id_update.json").read_bytes())
    town.settle()

    assert Lane.objects.count() == people

"""What has no words: stickers, photos, places off the earth, voice, forms, edits, deletions."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.consent import queries as consent
from accounts.consent.domain import MarketingState
from whatsapp.conversation.models import ConversationLine
from whatsapp.tests.town import Phone, Town, known, wanting

pytestmark = pytest.mark.django_db

_MEDIA: dict[str, Any] = {"id": "1403383421380003", "mime_type": "image/jpeg", "sha256": "x"}
_CARD = {"name": {"formatted_name": "Can", "first_name": "Can"}, "phones": [{"phone": "+1"}]}
_SILENT: dict[str, dict[str, Any]] = {
    "sticker": {"type": "sticker", "sticker": _MEDIA},
    "reaction": {"type": "reaction", "reaction": {"message_id": "wamid.X", "emoji": "👍"}},
    "reaction taken back": {"type": "reaction", "reaction": {"message_id": "wamid.X"}},
    "opened chat": {"type": "request_welcome"},
}
_ANSWERED: dict[str, tuple[dict[str, Any], str]] = {
    "photo": ({"type": "image", "image": _MEDIA}, "Fotoğraftan arama yapamıyorum"),
    "video": ({"type": "video", "video": _MEDIA}, "Videodan arama yapamıyorum"),
    "document": ({"type": "document", "document": _MEDIA}, "Belge"),
    "contact": ({"type": "contacts", "contacts": [_CARD]}, "kişiyi kaydetmedim"),
    "order": (
        {"type": "order", "order": {"catalog_id": "1", "product_items": []}},
        "Katalogdan sipariş alamıyorum",
    ),
    "unsupported": (
        {"type": "unsupported", "errors": [{"code": 131051, "title": "x"}]},
        "Bu tür mesajı göremiyorum",
    ),
    "voice note": (
        {"type": "audio", "audio": _MEDIA | {"mime_type": "audio/ogg", "voice": True}},
        "Sesli mesajınızı açamadım",
    ),
    "0,0": ({"type": "location", "location": {"latitude": 0, "longitude": 0}}, ""),
    "off the earth": ({"type": "location", "location": {"latitude": 99, "longitude": 29}}, ""),
}


def _sent(phone: Phone, content: dict[str, Any]) -> list[str]:
    phone.town.receive(phone.body(content))
    phone.town.settle()
    return [message.text for message in phone.news()]


@pytest.mark.parametrize("kind", _SILENT)
def test_silence_is_the_answer_to(town: Town, kind: str) -> None:
    phone = known(town)

    assert _sent(phone, _SILENT[kind]) == []


@pytest.mark.parametrize("kind", _ANSWERED)
def test_one_sensible_answer_to(town: Town, kind: str) -> None:
    content, words = _ANSWERED[kind]
    phone = known(town)

    (answer,) = _sent(phone, content)

    assert words in answer
    assert town.intents_of(phone) == ()


def test_open_question_is_asked_again_after_a_photo(town: Town) -> None:
    phone = known(town)
    phone.writes("kahve")

    (answer,) = _sent(phone, _ANSWERED["photo"][0])

    assert answer.endswith("Ne zaman istersiniz?")


def test_caption_is_read_as_text(town: Town) -> None:
    phone = known(town)
    photo = {"type": "image", "image": _MEDIA | {"caption": "bir saat içinde Kadıköy'de kahve"}}

    (answer,) = _sent(phone, photo)

    assert answer == "En çok ne kadar ödemek istersiniz?"


def test_thanks_of_a_sticker_leaves_the_open_question_standing(town: Town) -> None:
    phone = known(town)
    phone.writes("kahve")
    _sent(phone, _SILENT["sticker"])

    (answer,) = phone.writes("bir saat içinde")

    assert answer.text.startswith("Nerede olsun?")


def test_reaction_to_the_consent_question_is_no_consent(town: Town) -> None:
    phone = known(town)

    _sent(phone, _SILENT["reaction"])

    consent_of = consent.consent_of(phone.person().id)
    assert consent_of.marketing is MarketingState.UNKNOWN


def test_voice_note_stores_no_guess(town: Town) -> None:
    phone = known(town)

    (answer,) = phone.speaks()

    assert answer.text.startswith("Sesli mesajınızı açamadım.")
    assert town.intents_of(phone) == ()


def test_edit_is_read_while_the_wish_is_open(town: Town) -> None:
    phone = known(town)
    town.receive(
        phone.letter("bir saat içinde Kadıköy'de kahve, en fazla 200 TL", key="wamid.EDITED")
    )
    town.settle()
    phone.news()
    edit = {
        "type": "edit",
        "edit": {
            "original_message_id": "wamid.EDITED",
            "message": {"type": "text", "text": {"body": "en fazla 150 TL"}},
        },
    }

    (answer,) = _sent(phone, edit)

    assert "en çok 150" in answer


def test_deleted_message_loses_its_words_and_cancels_nothing(town: Town) -> None:
    phone = wanting(town)
    town.receive(phone.letter("gizli kalsın", key="wamid.GONE"))
    town.settle()
    phone.news()

    answers = _sent(phone, {"type": "revoke", "revoke": {"original_message_id": "wamid.GONE"}})

    assert answers == []
    assert not ConversationLine.objects.filter(text="gizli kalsın").exists()
    assert ConversationLine.objects.filter(item__key__endswith="wamid.GONE", text="").exists()
    assert len(town.intents_of(phone)) == 1

"""F24: photo, sticker, document, contact, location and unknown kinds never stop the queue."""

from __future__ import annotations

import pytest

from whatsapp.tests.town import Town, known
from whatsapp.webhook.models import WebhookItem, WebhookItemState

pytestmark = pytest.mark.django_db

_FILE = {"id": "1403383421380003", "mime_type": "image/jpeg", "sha256": "x"}


def test_everything_wordless_is_worked_and_the_next_words_are_understood(town: Town) -> None:
    phone = known(town)
    kinds = ("image", "video", "document", "sticker", "audio")
    bodies = [phone.body({"type": kind, kind: _FILE}) for kind in kinds]
    bodies += [
        phone.body({"type": "hologram", "hologram": {"x": 1}}),
        phone.body({"type": "contacts", "contacts": [{"name": {"formatted_name": "Can"}}]}),
        phone.body({"type": "location", "location": {"latitude": 95, "longitude": 29}}),
        phone.letter("kahve istiyorum"),
    ]

    town.receive(*bodies)
    town.settle()

    states = WebhookItem.objects.filter(kind="message").values_list("state", flat=True)
    assert set(states) == {WebhookItemState.DONE}
    assert phone.said().endswith("Ne zaman istersiniz?")

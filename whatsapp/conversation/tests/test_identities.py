"""Who wrote: new numbers, new ids, two names for one person, one name for two."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from accounts.identity import queries as identity
from accounts.identity.domain import IdentifierKind
from whatsapp.conversation.models import ConversationLine, Lane
from whatsapp.tests.town import Phone, Town, known, wanting
from whatsapp.webhook.models import WebhookItem, WebhookItemState

pytestmark = pytest.mark.django_db


def _heard(person_id: UUID) -> list[str]:
    lines = ConversationLine.objects.filter(person_id=person_id, is_inbound=True)
    return list(lines.order_by("pk").values_list("text", flat=True))


def _without(phone: Phone, *names: str, text: str = "kahve") -> bytes:
    """A text of ``phone`` on whose envelope some names of the sender are missing."""
    body: dict[str, Any] = json.loads(phone.letter(text))
    value = body["entry"][0]["changes"][0]["value"]
    for name in names:
        value["messages"][0].pop({"phone": "from", "user_id": "from_user_id"}[name])
        value["contacts"][0].pop({"phone": "wa_id", "user_id": "user_id"}[name])
    return json.dumps(body).encode()


def test_person_with_two_lane_keys_is_one_person(town: Town) -> None:
    phone = known(town)

    town.receive(_without(phone, "user_id"), _without(phone, "phone", text="Kadıköy"))
    town.settle()

    assert Lane.objects.count() == 1
    assert sorted(_heard(phone.person().id)) == ["Kadıköy", "kahve", "merhaba"]


def test_person_without_a_phone_is_answered_by_id(town: Town) -> None:
    phone = known(town)
    town.receive(_without(phone, "phone"))
    town.settle()

    assert phone.said() == "Ne zaman istersiniz?"


def test_changed_number_keeps_the_history(town: Town) -> None:
    phone = wanting(town)
    before = phone.person()
    change = {
        "type": "system",
        "system": {
            "type": "user_changed_number",
            "body": "changed",
            "wa_id": "905559990001",
            "user_id": "TR.99990001",
        },
    }

    town.receive(phone.body(change))
    town.settle()

    after = identity.person_by_identifier(IdentifierKind.PHONE, "905559990001")
    assert after is not None
    assert after.id == before.id
    assert identity.person_by_identifier(IdentifierKind.PHONE, phone.number) is None
    assert phone.news() == []


def test_changed_id_keeps_the_history(town: Town) -> None:
    phone = wanting(town)
    before = phone.person()
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "908500000100", "phone_number_id": "210987654321098"},
        "contacts": [],
    }
    update = json.loads(phone.letter("x"))
    change = update["entry"][0]["changes"][0]
    change["field"] = "user_id_update"
    change["value"] = value | {
        "user_id_update": [
            {
                "wa_id": phone.number,
                "detail": "changed",
                "user_id": {"previous": phone.user_id, "current": "TR.99990002"},
                "timestamp": str(int(town.now.timestamp())),
            }
        ]
    }
    town.receive(json.dumps(update).encode(), json.dumps(update).encode())
    town.settle()

    after = identity.person_by_identifier(IdentifierKind.USER_ID, "TR.99990002")
    assert after is not None
    assert after.id == before.id


def test_phone_of_one_and_id_of_another_wait_for_a_person(town: Town) -> None:
    elif_, mert = known(town, "Elif"), known(town, "Mert")
    mixed = replace(elif_, user_id=mert.user_id)

    town.receive(mixed.letter("kahve"))
    town.settle()

    (item,) = WebhookItem.objects.filter(state=WebhookItemState.QUARANTINED)
    assert item.reason in ("sender_disagrees", "identity.disagrees")
    assert (elif_.person().id, mert.person().id) == (elif_.person().id, mert.person().id)
    assert _heard(elif_.person().id) == _heard(mert.person().id) == ["merhaba"]
    assert elif_.said() == mert.said()


def test_body_of_an_unknown_account_reaches_nobody(town: Town) -> None:
    phone = town.phone()
    body = json.loads(phone.letter("merhaba"))
    body["entry"][0]["id"] = "1"

    town.receive(json.dumps(body).encode())
    town.settle()

    assert phone.news() == []
    assert identity.person_by_identifier(IdentifierKind.PHONE, phone.number) is None


def test_second_number_is_a_second_person(town: Town) -> None:
    first, second = known(town, "Elif"), known(town, "Elif")

    assert first.person().id != second.person().id

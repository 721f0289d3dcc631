"""F39: restricted goods are refused politely; no message leaves to any shop."""

from __future__ import annotations

import pytest

from whatsapp.messaging.models import OutboundMessage
from whatsapp.tests.town import Town, known

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "words"),
    [("tr", "bir saat içinde Kadıköy'de bira, en fazla 200 TL"), ("en", "beer in Kadıköy now")],
)
def test_restricted_goods_are_refused(town: Town, language: str, words: str) -> None:
    place = town.shop()
    town.add_kind("bira", "beer", is_restricted=True)
    phone = known(town, language=language)

    (answer,) = phone.writes(words)
    town.pass_time(minutes=1)

    refused = {"tr": "Bu ürünü Iceshop üzerinden sunamıyoruz.", "en": "We cannot offer this"}
    assert answer.text.startswith(refused[language])
    assert town.intents_of(phone) == ()
    assert not OutboundMessage.objects.filter(person_id=place.shop.seller_id).exists()

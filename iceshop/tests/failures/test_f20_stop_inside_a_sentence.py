"""F20: "stop" inside a sentence is no opt-out."""

from __future__ import annotations

import pytest

from accounts.consent import queries as consent
from whatsapp.tests.town import Town, known

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "I get off at the next stop, is there coffee in Kadıköy within an hour"),
        ("tr", "durağa yakın bir yerde kahve olsun"),
        ("tr", "iptal etmeyin, kahve istiyorum"),
    ],
)
def test_stop_inside_a_sentence_is_answered_normally(town: Town, language: str, words: str) -> None:
    phone = known(town, language=language)

    assert len(phone.writes(words)) == 1

    assert not consent.consent_of(phone.person().id).opted_out

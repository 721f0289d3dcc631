"""F46: abuse is warned about once, then a person answers and the assistant is silent."""

from __future__ import annotations

import pytest

from accounts.consent import queries as consent
from whatsapp.conversation.models import Lane
from whatsapp.tests.town import Town, known

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "words", "warning", "farewell"),
    [
        ("tr", "aptal mısınız siz", "lütfen saygılı yazalım", "bir arkadaşıma aktardım"),
        ("en", "you are idiots", "please let us stay civil", "passed this conversation on"),
    ],
)
def test_abuse_is_warned_about_once_then_a_person_answers(
    town: Town, language: str, words: str, warning: str, farewell: str
) -> None:
    phone = known(town, language=language)

    (first,) = phone.writes(words)
    assert warning in first.text
    assert Lane.objects.get(pk=phone.person().id).handed_over_reason == "abuse"
    (second,) = phone.writes(words)

    assert farewell in second.text
    assert phone.writes("kahve") == []
    phone.writes("STOP")
    assert consent.consent_of(phone.person().id).opted_out

"""F47: children and people in distress get careful answers and no marketing."""

from __future__ import annotations

import pytest

from accounts.consent import queries as consent
from accounts.consent.domain import MarketingState
from whatsapp.conversation.models import Lane
from whatsapp.tests.town import Town, known

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "words", "said"),
    [
        ("tr", "ben 13 yaşındayım, kadıköyde kahve istiyorum", "bir büyüğünüzle"),
        ("en", "I'm 13 years old and want coffee in kadıköy", "shop together with an adult"),
    ],
)
def test_child_is_answered_carefully_and_gets_no_marketing(
    town: Town, language: str, words: str, said: str
) -> None:
    phone = known(town, language=language)

    (answer,) = phone.writes(words)

    assert said in answer.text
    marketing = consent.consent_of(phone.person().id).marketing
    assert marketing is MarketingState.DECLINED


def test_distress_is_answered_first_and_shown_to_the_operators(town: Town) -> None:
    phone = known(town)

    (answer,) = phone.writes("ölmek istiyorum")

    assert "112" in answer.text
    assert Lane.objects.get(pk=phone.person().id).handed_over_reason == "distress"
    assert consent.consent_of(phone.person().id).marketing is MarketingState.DECLINED

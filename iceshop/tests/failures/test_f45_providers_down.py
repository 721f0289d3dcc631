"""F45: model and speech service are down; buttons, forms and the rules go on."""

from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings

from whatsapp.providers.models import ProviderCall
from whatsapp.tests.town import Town, agreed, known, seated, wanting
from windows.flash import queries as flash

pytestmark = pytest.mark.django_db

_NOWHERE = "http://127.0.0.1:9/v1"


@pytest.fixture(autouse=True)
def _down(settings: Settings) -> None:
    settings.LANGUAGE_MODEL = {
        **settings.LANGUAGE_MODEL,
        "URL": _NOWHERE,
        "NAME": "none",
        "BELOW_PERCENT": 100,
    }
    settings.SPEECH = {**settings.SPEECH, "URL": _NOWHERE}


def test_main_job_needs_neither_model_nor_speech(town: Town) -> None:
    place = town.shop()
    elif_, mert = wanting(town, "Elif"), wanting(town, "Mert")
    window = agreed(town, place, elif_, mert)

    seated(town, elif_)

    assert flash.people_counts([window.id], now=town.now)[window.id].confirmed == 1


def test_voice_note_is_asked_for_in_writing_and_each_failure_is_logged(town: Town) -> None:
    phone = known(town)
    phone.news()

    phone.records(b"OggS" + bytes(60))
    town.pass_time(seconds=30)

    (answer,) = phone.news()
    assert answer.text.startswith("Sesli mesajınızı açamadım. Yazar veya yeniden dener misiniz?")
    assert {call.result for call in ProviderCall.objects.all()} == {"unreachable"}
    assert town.intents_of(phone) == ()

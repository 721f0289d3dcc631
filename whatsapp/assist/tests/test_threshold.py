"""From which doubt on a model is asked."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from pytest_django.fixtures import Settings

from whatsapp.assist.domain import Query
from whatsapp.assist.services import wants_advice
from whatsapp.nlu.lexicon import bundled
from whatsapp.nlu.reading import Act, Reading
from whatsapp.nlu.sureness import threshold

ZONE = ZoneInfo("Europe/Istanbul")
QUERY = Query(
    text="bi şeyler bakıyorum işte",
    now=datetime(2026, 3, 11, 10, 20, tzinfo=ZONE),
    zone=ZONE,
    language="tr",
    role="buyer",
    question=None,
    lexicon=bundled(),
)


@pytest.mark.parametrize(
    ("url", "below_percent", "confidence", "asks"),
    [
        ("http://127.0.0.1:9/v1", 0, threshold() - 0.02, True),
        ("http://127.0.0.1:9/v1", 0, threshold() + 0.02, False),
        ("http://127.0.0.1:9/v1", 30, 0.29, True),
        ("http://127.0.0.1:9/v1", 30, 0.31, False),
        ("", 0, 0.1, False),
    ],
)
def test_model_is_asked_below_the_calibrated_value_or_the_set_one(
    settings: Settings, url: str, below_percent: int, confidence: float, asks: bool
) -> None:
    settings.LANGUAGE_MODEL = {
        **settings.LANGUAGE_MODEL,
        "URL": url,
        "BELOW_PERCENT": below_percent,
    }
    assert wants_advice(query=QUERY, reading=Reading(Act.DECLARE, "tr", confidence)) is asks

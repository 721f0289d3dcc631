"""A town in which a service of this machine hears what people record."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from whatsapp.gateway.tests.graph_server import GraphServer
from whatsapp.tests.town import town

__all__ = ["town"]

RECORDINGS = Path(__file__).parent / "recordings"
COFFEE = (RECORDINGS / "coffee_tr.ogg").read_bytes()
SILENCE = (RECORDINGS / "silence.ogg").read_bytes()
COFFEE_WORDS = "bir saat içinde Kadıköy'de kahve en fazla iki yüz lira"


def heard(text: str, language: str = "turkish", **measures: float) -> dict[str, Any]:
    """An answer as of the transcription API, in its long form."""
    stretch = {"avg_logprob": -0.2, "no_speech_prob": 0.01, "compression_ratio": 1.2} | measures
    return {"text": text, "language": language, "duration": 4.8, "segments": [stretch]}


@pytest.fixture
def speech(settings: Settings) -> Iterator[GraphServer]:
    """A service that hears a wish for coffee, and that this installation uses."""
    with GraphServer() as server:
        server.answers(200, heard(COFFEE_WORDS))
        settings.SPEECH = {
            **settings.SPEECH,
            "URL": f"{server.url}/v1",
            "KEY": "secret-of-speech",
            "WAIT_SECONDS": 5,
        }
        yield server

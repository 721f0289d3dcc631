"""Who listens, by the settings; and the listener of this machine, its package stood in for."""

from __future__ import annotations

import sys
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from io import BytesIO
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from whatsapp.providers.domain import Result
from whatsapp.voice import local
from whatsapp.voice.domain import Stretch, Transcript
from whatsapp.voice.ears import ears
from whatsapp.voice.local import LocalEars
from whatsapp.voice.remote import RemoteEars
from whatsapp.voice.tests.conftest import COFFEE


class _Model:
    """What faster-whisper's class is called with, and its shape of an answer."""

    def __init__(self, folder: str, **options: Any) -> None:
        assert (folder, options["local_files_only"]) == ("/models/turbo", True)

    def transcribe(self, audio: BytesIO, **options: Any) -> tuple[Any, Any]:
        if audio.read() != COFFEE:
            raise ValueError("no audio")
        assert options["vad_filter"]
        part = SimpleNamespace(
            text=" iki kahve ", no_speech_prob=0.1, avg_logprob=-0.3, compression_ratio=1.0
        )
        return iter([part, part]), SimpleNamespace(language=options["language"] or "tr")


@pytest.fixture
def whisper(monkeypatch: pytest.MonkeyPatch) -> None:
    package = ModuleType("faster_whisper")
    package.__spec__ = ModuleSpec("faster_whisper", None)
    package.WhisperModel = _Model  # type: ignore[attr-defined]  # a module made here
    monkeypatch.setitem(sys.modules, "faster_whisper", package)
    local._whisper.cache_clear()


def test_nobody_listens_by_default() -> None:
    assert ears() is None


def test_address_wins_over_a_folder(settings: Settings, whisper: None) -> None:
    settings.SPEECH = {**settings.SPEECH, "URL": "http://127.0.0.1:9/v1", "MODEL_DIR": "/models/x"}

    assert isinstance(ears(), RemoteEars)


def test_folder_without_the_package_does_not_listen(settings: Settings) -> None:
    if find_spec("faster_whisper") is not None:
        pytest.skip("faster-whisper is installed here")
    settings.SPEECH = {**settings.SPEECH, "MODEL_DIR": "/models/turbo"}

    assert ears() is None


def test_model_of_this_machine_hears(settings: Settings, whisper: None) -> None:
    settings.SPEECH = {**settings.SPEECH, "MODEL_DIR": "/models/turbo"}
    listener = ears()

    assert isinstance(listener, LocalEars)
    assert (listener.provider, listener.model) == ("faster-whisper", "turbo")
    listened = listener.listen(COFFEE, language="")
    assert listened.transcript == Transcript(
        "iki kahve iki kahve", "tr", (Stretch(0.1, -0.3, 1.0), Stretch(0.1, -0.3, 1.0))
    )
    assert listener.listen(b"x", language="").result is Result.FAILED

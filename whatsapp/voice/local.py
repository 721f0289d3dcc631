"""Speech to text on this machine: faster-whisper with a model in a folder.

The package is an extra of the installation (``pip install faster-whisper``); without it this
listener is not chosen. It decodes Ogg/Opus by itself.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

import structlog

from whatsapp.providers.domain import Result
from whatsapp.voice.domain import Listened, Stretch, Transcript

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalEars:
    """The model in ``folder``, loaded at the first note."""

    folder: str
    hint: str
    provider: str = "faster-whisper"
    detects: bool = True

    @property
    def model(self) -> str:
        """The folder's name."""
        return Path(self.folder).name

    def listen(self, recording: bytes, *, language: str) -> Listened:
        """Hear ``recording``; see ``ears``."""
        started = time.monotonic()
        try:
            transcript = self._transcribe(recording, language)
        except Exception as error:  # noqa: BLE001  a decoder's or a model's fault costs this note only
            log.error("speech.failed", cause=type(error).__name__)  # noqa: TRY400  no content
            return Listened(Result.FAILED, _since(started))
        return Listened(Result.OK, _since(started), transcript)

    def _transcribe(self, recording: bytes, language: str) -> Transcript:
        parts, spoken = _whisper(self.folder).transcribe(
            BytesIO(recording),
            language=language or None,
            initial_prompt=self.hint,
            vad_filter=True,
            condition_on_previous_text=False,
        )
        found = list(parts)
        return Transcript(
            text=" ".join(part.text.strip() for part in found),
            language=spoken.language,
            stretches=tuple(
                Stretch(part.no_speech_prob, part.avg_logprob, part.compression_ratio)
                for part in found
            ),
        )


@cache
def _whisper(folder: str) -> Any:
    package = import_module("faster_whisper")
    return package.WhisperModel(folder, device="auto", compute_type="auto", local_files_only=True)


def _since(started: float) -> int:
    return round((time.monotonic() - started) * 1000)

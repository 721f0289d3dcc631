"""Speech to text at any address that answers ``/audio/transcriptions`` as OpenAI's API does."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from whatsapp.providers.domain import Result
from whatsapp.providers.http import host_of, post
from whatsapp.voice.domain import Listened, Stretch, Transcript

# Two minutes of quick speech are 3 kB of words; timings and measures come with them.
MOST_ANSWER_BYTES = 512 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteEars:
    """A service at ``url``; ``form`` is the ``response_format`` that its model knows."""

    url: str
    key: str
    model: str
    form: str
    hint: str
    wait_seconds: float

    @property
    def provider(self) -> str:
        """The host that is asked."""
        return host_of(self.url)

    @property
    def detects(self) -> bool:
        """Only the long form of an answer names the language."""
        return self.form == "verbose_json"

    def listen(self, recording: bytes, *, language: str) -> Listened:
        """Hear ``recording``; see ``ears``."""
        fields = {
            "model": self.model,
            "response_format": self.form,
            "temperature": "0",
            "prompt": self.hint,
        }
        if language:
            fields["language"] = language
        answer = post(
            f"{self.url}/audio/transcriptions",
            headers={"Authorization": f"Bearer {self.key}"} if self.key else {},
            most_seconds=self.wait_seconds,
            most_bytes=MOST_ANSWER_BYTES,
            data=fields,
            files={"file": ("voice.ogg", recording, "audio/ogg")},
        )
        if answer.result is not Result.OK:
            return Listened(answer.result, answer.took_ms)
        transcript = read_answer(answer.content)
        result = Result.UNREADABLE if transcript is None else Result.OK
        return Listened(result, answer.took_ms, transcript)


def read_answer(content: bytes) -> Transcript | None:
    """The transcript in an answer, or ``None`` for what is no answer of that API."""
    try:
        given = json.loads(content)
    except (ValueError, RecursionError):
        return None
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        return None
    language, parts = given.get("language"), given.get("segments")
    return Transcript(
        text=given["text"],
        language=language if isinstance(language, str) else "",
        stretches=tuple(
            _stretch(part) for part in (parts if isinstance(parts, list) else ()) if part
        ),
    )


def _stretch(part: Any) -> Stretch:
    given = part if isinstance(part, Mapping) else {}
    return Stretch(
        no_speech=_number(given.get("no_speech_prob")),
        logprob=_number(given.get("avg_logprob")),
        compression=_number(given.get("compression_ratio")),
    )


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0

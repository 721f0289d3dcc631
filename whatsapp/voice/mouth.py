"""Who speaks, by the settings: an address with ``/audio/speech`` of OpenAI's API, or nobody.

What it gives is Ogg/Opus, the form of the platform's voice messages; anything else is refused.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from whatsapp.providers.domain import Result
from whatsapp.providers.http import host_of, post
from whatsapp.voice.domain import ogg_seconds

# Longer answers are read faster than heard.
MOST_TEXT = 700
_MOST_BYTES = 4 * 1024 * 1024
_MOST_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Spoken:
    """What came of speaking; ``recording`` is Ogg/Opus exactly when the result is ``OK``."""

    result: Result
    took_ms: int
    recording: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mouth:
    """A service at ``url`` that reads a text aloud."""

    url: str
    key: str
    model: str
    voice: str
    wait_seconds: float

    @property
    def provider(self) -> str:
        """The host that is asked."""
        return host_of(self.url)

    def speak(self, text: str) -> Spoken:
        """Read ``text`` aloud. Never raises for what the service does."""
        answer = post(
            f"{self.url}/audio/speech",
            headers={"Authorization": f"Bearer {self.key}"} if self.key else {},
            most_seconds=self.wait_seconds,
            most_bytes=_MOST_BYTES,
            json={
                "model": self.model,
                "voice": self.voice,
                "input": text,
                "response_format": "opus",
            },
        )
        if answer.result is not Result.OK:
            return Spoken(answer.result, answer.took_ms)
        seconds = ogg_seconds(answer.content)
        if seconds is None or not 0 < seconds <= _MOST_SECONDS:
            return Spoken(Result.UNREADABLE, answer.took_ms)
        return Spoken(Result.OK, answer.took_ms, answer.content)


def mouth() -> Mouth | None:
    """The speaker of this installation, or ``None``."""
    wanted = settings.SPOKEN
    if not wanted["URL"]:
        return None
    return Mouth(
        url=wanted["URL"],
        key=wanted["KEY"],
        model=wanted["MODEL"],
        voice=wanted["VOICE"],
        wait_seconds=wanted["WAIT_SECONDS"],
    )

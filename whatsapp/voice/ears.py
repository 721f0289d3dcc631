"""Who listens, by the settings: an address, a model on this machine, or nobody.

A listener gets a recording and perhaps the language to hear it in, and returns a ``Transcript`` or
how the call ended. It waits, so it is never called in a transaction.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import Protocol

from django.conf import settings

from whatsapp.voice.domain import Listened
from whatsapp.voice.local import LocalEars
from whatsapp.voice.remote import RemoteEars

# What people speak of, so that names are heard as names.
HINT = "Kahve, döner, lahmacun, Kadıköy, Moda, Beşiktaş, kişi başı 250 TL, yarın akşam."


class Ears(Protocol):
    """Somebody who writes down what a recording says."""

    @property
    def provider(self) -> str:
        """Who is asked, as the log of calls shows it."""
        ...

    @property
    def model(self) -> str:
        """With which model."""
        ...

    @property
    def detects(self) -> bool:
        """Whether it says which language it heard; if not, it is told the person's own."""
        ...

    def listen(self, recording: bytes, *, language: str) -> Listened:
        """Hear ``recording``; ``language`` is empty to find out. Never raises for its content."""
        ...


def ears() -> Ears | None:
    """The listener of this installation, or ``None``."""
    wanted = settings.SPEECH
    if wanted["URL"]:
        return RemoteEars(
            url=wanted["URL"],
            key=wanted["KEY"],
            model=wanted["MODEL"],
            form=wanted["FORMAT"],
            hint=HINT,
            wait_seconds=wanted["WAIT_SECONDS"],
        )
    if wanted["MODEL_DIR"] and find_spec("faster_whisper") is not None:
        return LocalEars(folder=wanted["MODEL_DIR"], hint=HINT)
    return None

"""Recordings and what was heard in them: sure words, or why there are none. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from statistics import fmean

from iceshop.kernel.text import clean, fold
from whatsapp.providers.domain import Result

MOST_TEXT = 2000
# Whisper's own limits: under them its words are a guess.
_SILENCE = 0.6
_SURE_LOGPROB = -1.0
_REPETITION = 2.4
# A few words are too little to tell a language by; the person's own one is tried then.
SHORT_SECONDS = 4.0
_OGG_RATE = 48_000
_ENGLISH_OR_TURKISH = {"tr": "tr", "turkish": "tr", "en": "en", "english": "en"}
# What Whisper writes where nobody speaks: ends of films that it was trained on.
_NOBODYS_WORDS = tuple(
    fold(words)
    for words in (
        "altyazı m.k",
        "altyazı mk",
        "altyazılar",
        "izlediğiniz için teşekkür",
        "izlediğiniz için teşekkürler",
        "abone olmayı unutmayın",
        "bir sonraki videoda görüşmek üzere",
        "thanks for watching",
        "thank you for watching",
        "subtitles by the amara.org community",
        "please subscribe",
    )
)
# When a note is tried again, counted from its try before.
RETRY_WAITS = (timedelta(seconds=2), timedelta(seconds=8))
# After this long nobody waits for the words any more.
GIVE_UP = timedelta(seconds=90)


class Unheard(StrEnum):
    """Why there are no words; the dialogue has a sentence for each."""

    SILENT = "silent"  # also: not sure enough of any word
    OTHER_LANGUAGE = "other_language"
    TOO_LONG = "too_long"
    FAILED = "failed"


class NoteState(StrEnum):
    """``new`` is waited for."""

    NEW = "new"
    HEARD = "heard"
    UNHEARD = "unheard"


@dataclass(frozen=True, slots=True)
class Heard:
    """Words that are sure enough to be read, and to be read back."""

    text: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a transcript with how sure it is (Whisper's measures)."""

    no_speech: float = 0.0
    logprob: float = 0.0
    compression: float = 0.0


@dataclass(frozen=True, slots=True)
class Transcript:
    """What somebody heard; ``language`` is empty when nobody said which it is."""

    text: str
    language: str = ""
    stretches: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True)
class Listened:
    """What came of one listening; ``transcript`` is set exactly when the result is ``OK``."""

    result: Result
    took_ms: int
    transcript: Transcript | None = None


def ogg_seconds(recording: bytes) -> float | None:
    """The length of an Ogg/Opus recording, or ``None`` when it is none.

    The last page tells how many samples of 48 kHz there are in all, its first ones are run-up.
    """
    head = recording.find(b"OpusHead", 0, 512)
    last = recording.rfind(b"OggS")
    if not recording.startswith(b"OggS") or head < 0 or len(recording) < max(head, last) + 14:
        return None
    run_up = int.from_bytes(recording[head + 10 : head + 12], "little")
    samples = int.from_bytes(recording[last + 6 : last + 14], "little", signed=True)
    return max(samples - run_up, 0) / _OGG_RATE


def judge(transcript: Transcript, *, hint: str) -> Heard | Unheard:
    """Whether the words can be trusted. ``hint`` are the words that the listener was given."""
    text = clean(transcript.text, MOST_TEXT).strip()
    if not any(sign.isalnum() for sign in text) or _is_silence(transcript.stretches):
        return Unheard.SILENT
    if _is_nobodys(text, hint):
        return Unheard.SILENT
    if known_language(transcript.language) is None or not _is_latin(text):
        return Unheard.OTHER_LANGUAGE
    return Heard(text) if _is_sure(transcript.stretches) else Unheard.SILENT


def known_language(language: str) -> str | None:
    """The code of a language that is understood here, empty for one not named, else ``None``.

    >>> known_language("Turkish"), known_language(""), known_language("german")
    ('tr', '', None)
    """
    return _ENGLISH_OR_TURKISH.get(language.lower()) if language else ""


def _is_silence(stretches: Sequence[Stretch]) -> bool:
    return bool(stretches) and all(
        part.no_speech > _SILENCE and part.logprob < _SURE_LOGPROB / 2 for part in stretches
    )


def _is_sure(stretches: Sequence[Stretch]) -> bool:
    if not stretches:
        return True
    is_repetition = any(part.compression > _REPETITION for part in stretches)
    return not is_repetition and fmean(part.logprob for part in stretches) > _SURE_LOGPROB


def _is_nobodys(text: str, hint: str) -> bool:
    said = fold(text).strip(" .!?")
    if any(said.startswith(words) and len(said) < len(words) + 12 for words in _NOBODYS_WORDS):
        return True
    return len(said.split()) > 2 and said in fold(hint)


def _is_latin(text: str) -> bool:
    """Whether most letters are of the alphabet that both languages are written in."""
    letters = [sign for sign in text if sign.isalpha()]
    latin = sum(sign < "\u0250" for sign in letters)
    return latin * 2 >= len(letters)

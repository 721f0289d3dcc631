"""How the tests read a message: corpus shape, wall times of a fixed Wednesday in Istanbul."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from whatsapp.nlu import corpus
from whatsapp.nlu.lexicon import bundled
from whatsapp.nlu.parse import parse
from whatsapp.nlu.reading import Question, Reading

NOW = datetime(2025, 9, 17, 13, 20, tzinfo=corpus.ZONE)  # a Wednesday
OFFER = "Sana uygun bir fırsat bulduk: bugün 19:00, Kadıköy, 180 TL. Var mısın?"


def asking(ask: str, text: str = "", language: str = "tr") -> Question:
    return Question(ask, text or (OFFER if ask == "offer" else ""), language)


def read(
    text: str,
    *,
    ask: str = "",
    role: str = "buyer",
    now: datetime = NOW,
    language: str = "tr",
    question: Question | None = None,
) -> Reading:
    return parse(
        text,
        now=now,
        zone=corpus.ZONE,
        language=language,
        lexicon=bundled(),
        role=role,
        question=question or (asking(ask) if ask else None),
    )


def said(text: str, **how: Any) -> dict[str, Any]:
    """The reading as the corpora write it."""
    return corpus.expect(read(text, **how))


def times(text: str, **how: Any) -> list[str]:
    """The intervals as ``MM-DD HH:MM/MM-DD HH:MM``."""
    spans = read(text, **how).intervals
    form = "%m-%d %H:%M"
    return [
        f"{span.start.astimezone(corpus.ZONE):{form}}/{span.end.astimezone(corpus.ZONE):{form}}"
        for span in spans
    ]


def hour_later(now: datetime) -> datetime:
    return now + timedelta(hours=1)

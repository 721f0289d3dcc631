"""What arrived, as an event of the dialogue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from iceshop.kernel.geo import Point
from whatsapp.conversation.lexicon import lexicon
from whatsapp.dialogue.events import Attached, Event, Pressed, Said, Shared, Unreadable
from whatsapp.gateway import content
from whatsapp.nlu.parse import parse
from whatsapp.nlu.reading import Question
from whatsapp.voice.domain import Heard, Unheard

# The platform's names of what carries no words, in the dialogue's.
_ATTACHED = {
    "image": "photo",
    "video": "video",
    "document": "document",
    "sticker": "sticker",
    "audio": "audio",
}
# An id that was never issued; the dialogue answers it as a button that no longer counts.
_UNKNOWN_BUTTON = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    """With what ears: when it was written, in which talk, after which question.

    ``is_issued`` says whether a pressed id was shown to the person, ``home`` where the last wish
    was.
    """

    now: datetime
    zone: ZoneInfo
    language: str
    role: str
    question: Question | None
    is_issued: bool
    home: Point | None = None


def event_of(
    body: content.Body, listening: Listening, heard: Heard | Unheard | None = None
) -> Event | None:
    """The event that ``body`` is, or ``None`` for what the dialogue need not know.

    ``heard`` is what came of listening, if somebody listened.
    """
    match heard:
        case Heard(text=text):
            return _said(text, listening, is_spoken=True)
        case Unheard():
            return Unreadable(heard)
    match body:
        case content.Choice(choice_id=choice_id):
            return Pressed(choice_id if listening.is_issued else _UNKNOWN_BUTTON)
        case content.Location():
            return _located(body) or _said(body.name, listening)
        case content.Media(form=form):
            return _said(text_of(body), listening) or _attached(body, form)
        case content.ContactCards(is_own=is_own):
            return None if is_own else Attached("contact")
        case content.Text() | content.Edit():
            return _said(text_of(body), listening)
    return _WORDLESS.get(type(body))


# Deeds without words; what is missing here (a reaction, an opened chat, a deletion) is no event.
_WORDLESS: dict[type, Event] = {
    content.Order: Attached("order"),
    content.Form: Attached("form"),
    content.Unsupported: Attached("unsupported"),
}


def spoken_event(text: str, listening: Listening) -> Event | None:
    """What was said on the telephone; ``None`` for silence."""
    return _said(text, listening, is_spoken=True)


def _said(text: str, listening: Listening, *, is_spoken: bool = False) -> Event | None:
    if not text.strip():
        return None
    reading = parse(
        text,
        now=listening.now,
        zone=listening.zone,
        language=listening.language,
        lexicon=lexicon().at_home(listening.home),
        role=listening.role,
        question=listening.question,
    )
    return Said(reading, is_spoken, text)


def _located(body: content.Location) -> Event | None:
    if body.latitude is None or body.longitude is None:
        return None if body.name else Attached("unsupported")
    if body.latitude == 0 and body.longitude == 0:
        # Nobody stands there: a phone without a fix.
        return Attached("unsupported")
    return Shared(Point(body.latitude, body.longitude))


def _attached(body: content.Media, form: str) -> Event:
    if form == "audio" and body.is_voice:
        return Unreadable("failed")
    return Attached(_ATTACHED.get(form, "unsupported"))


def text_of(body: content.Body) -> str:
    """The words in ``body``, if it has any."""
    match body:
        case content.Text(text=text) | content.Edit(text=text):
            return text
        case content.Media(caption=caption):
            return caption
        case content.Choice(title=title):
            return title
    return ""

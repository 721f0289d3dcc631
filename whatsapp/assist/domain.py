"""A message that may be asked about, and when. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from whatsapp.nlu.lexicon import Lexicon
from whatsapp.nlu.reading import Act, Question, Reading

# What may come of an answer: nothing that stops, erases, cancels, agrees or names a seller's terms.
SUGGESTED_ACTS = frozenset(
    {
        Act.DECLARE,
        Act.INFORM,
        Act.ASK_STATUS,
        Act.ASK_HELP,
        Act.GREETING,
        Act.COMPLAINT,
        Act.OUT_OF_SCOPE,
    }
)
# What the rules understood as one of these stands, however sure they are.
_RULES_DECIDE = frozenset(
    {
        Act.OPT_OUT,
        Act.OPT_IN,
        Act.DELETE_DATA,
        Act.CANCEL,
        Act.CHANGE_TIME,
        Act.CONFIRM,
        Act.DECLINE,
        Act.COMPLAINT,
        Act.ACCEPT_DISCOUNT,
        Act.COUNTER_DISCOUNT,
        Act.REFUSE_DISCOUNT,
        Act.OFFER_STOCK,
        Act.SET_HOURS,
    }
)
# Questions whose answer binds or ends something.
_BINDING_QUESTIONS = frozenset({"offer", "reminder", "consent", "ask_cancel", "ask_delete"})
MOST_TEXT = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """One message as it was to be read: by whom, when, after which question."""

    text: str
    now: datetime
    zone: ZoneInfo
    language: str
    role: str
    question: Question | None
    lexicon: Lexicon


def may_ask(query: Query, reading: Reading, *, below_percent: int) -> bool:
    """Whether a model may be asked about a message that the rules read as ``reading``."""
    asked = query.question.ask if query.question is not None else ""
    return (
        reading.confidence * 100 < below_percent
        and query.role == "buyer"
        and reading.act not in _RULES_DECIDE
        and asked not in _BINDING_QUESTIONS
        and not (reading.abuse or reading.minor or reading.distress)
        and 0 < len(query.text.strip()) <= MOST_TEXT
    )

"""What the classifiers are trained on: the corpora's lines and the ones written for it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from whatsapp.nlu import corpus
from whatsapp.nlu.learned import Trained
from whatsapp.nlu.lexicon import Lexicon, bundled
from whatsapp.nlu.parse import Explained, explain
from whatsapp.nlu.reading import Question

HERE = Path(__file__).parent
CORPUS = HERE.parent / "tests" / "corpus"
_HEAD = re.compile(r"\[(?P<role>\S+) (?P<asked>\S+) (?P<act>\S+)\]")
_NOW = "2025-06-11T10:20:00+03:00"
_QUESTIONS = {
    "ask_product": ("Ne almak istersin?", "What would you like to buy?"),
    "ask_time": ("Ne zaman müsaitsin?", "When are you available?"),
    "ask_place": ("Nerede olsun?", "Where should it be?"),
    "ask_pin": ("Konumunu atar mısın?", "Could you share your location?"),
    "ask_radius": ("En fazla ne kadar uzağa gidersin?", "How far would you go at most?"),
    "ask_budget": ("En fazla ne kadar ödersin?", "What is the most you would pay?"),
    "ask_quantity": ("Kaç adet istersin?", "How many would you like?"),
    "ask_group_size": ("Kaç kişisiniz?", "How many people are you?"),
    "confirm_intent": (
        "Talebini böyle kaydediyorum, doğru mu?",
        "I am saving your request like this, is it right?",
    ),
    "offer": (
        "Sana uygun bir fırsat bulduk: bugün 19:00, Kadıköy, kişi başı 180 TL. Katılıyor musun?",
        "We found a deal for you: today 19:00, Kadıköy, 180 TL each. Are you in?",
    ),
    "reminder": (
        "Hatırlatma: buluşma bugün. Geliyor musun?",
        "Reminder: your meet-up is today. Are you coming?",
    ),
    "consent": (
        "Verilerini talebini işlemek için saklayacağız. Onaylıyor musun?",
        "We store your data to handle your request. Do you agree?",
    ),
    "ask_cancel": ("Talebini iptal edeyim mi?", "Shall I cancel your request?"),
    "ask_delete": ("Tüm verilerini sileyim mi?", "Shall I delete all your data?"),
    "s_product": ("Ne satıyorsun?", "What do you sell?"),
    "s_stock": ("Elinde kaç adet var?", "How many do you have in stock?"),
    "s_price": ("Fiyatı ne kadar?", "What is the price?"),
    "s_place": ("Dükkanın nerede?", "Where is your shop?"),
    "s_hours": ("Hangi saatlerde açıksın?", "What are your opening hours?"),
    "s_discount": (
        "20 kişilik grup için %20 indirim yapar mısın?",
        "Would you give 20% off for a group of 20?",
    ),
    "s_confirm": (
        "Teklifini böyle yayınlıyorum, onaylıyor musun?",
        "I am publishing your offer like this, do you confirm?",
    ),
}


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled line; ``row`` has the shape of the corpora, ``expect`` may be the act alone.

    ``source`` is ``lines`` for those written for training, else the corpus; ``has_slots`` tells
    whether the expected slots are known, ``has_language`` whether the words belong to one language.
    """

    source: str
    row: Mapping[str, Any]
    has_slots: bool
    has_language: bool = True

    @property
    def act(self) -> str:
        """The expected act."""
        return str(self.row["expect"]["act"])

    @property
    def language(self) -> str:
        """The expected language."""
        return str(self.row["lang"])

    def explained(self, weights: Trained, lexicon: Lexicon | None = None) -> Explained:
        """Read the line with ``weights``."""
        question = corpus.question_of(self.row.get("context"))
        return explain(
            str(self.row["text"]),
            now=corpus.instant_of(str(self.row["now"])),
            zone=corpus.ZONE,
            language=question.language if question is not None else "",
            lexicon=lexicon or bundled(),
            role=str(self.row["role"]),
            question=question,
            pin=corpus.pin_of(self.row.get("pin")),
            weights=weights,
        )


def question(asked: str, language: str) -> Question | None:
    """The usual question of this code; ``None`` for none."""
    return None if asked == "-" else Question(asked, _QUESTIONS[asked][language == "en"], language)


def written() -> list[Example]:
    """The lines written for training, in both languages."""
    return [example for language in ("tr", "en") for example in _lines(language)]


def _lines(language: str) -> Iterator[Example]:
    head: re.Match[str] | None = None
    for line in (HERE / f"lines_{language}.txt").read_text(encoding="utf-8").splitlines():
        if (found := _HEAD.fullmatch(line)) is not None:
            head = found
        elif head is not None and line:
            yield _example(line, head["role"], head["asked"], head["act"], language)


def _example(text: str, role: str, asked: str, act: str, language: str) -> Example:
    """A line under a head; role ``-`` marks texts without a language of their own."""
    spoken = role != "-"
    if not spoken:
        role = "seller" if asked.startswith("s_") else "buyer"
    context = question(asked, language)
    row = {
        "text": text,
        "now": _NOW,
        "role": role,
        "lang": language,
        "context": context and {"ask": context.ask, "text": context.text, "lang": context.language},
        "expect": {"act": act},
    }
    return Example("lines", row, has_slots=False, has_language=spoken)


def corpora(directory: Path = CORPUS) -> list[Example]:
    """The development and the practice corpus, without messages that are only a pin."""
    return [
        Example(name, row, has_slots=True)
        for name in ("dev", "practice")
        for row in rows(directory / f"{name}.jsonl")
        if row["text"]
    ]


def spoken(directory: Path = CORPUS) -> list[tuple[str, str]]:
    """Texts of the external corpora with their language."""
    files = (("recognizers_tr", "tr"), ("recognizers_en", "en"), ("snips_book_en", "en"))
    return [
        (str(row["text"]), language)
        for name, language in files
        for row in rows(directory / f"{name}.jsonl")
    ]


def rows(path: Path) -> list[dict[str, Any]]:
    """The lines of a corpus file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def instant() -> datetime:
    """The moment at which the written lines are read."""
    return corpus.instant_of(_NOW)

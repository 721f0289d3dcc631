"""The door of the package: a message in, a reading out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from iceshop.kernel.geo import Point
from whatsapp.nlu import act_words
from whatsapp.nlu.act import SURE
from whatsapp.nlu.act_choice import Choice
from whatsapp.nlu.buyer_reading import read_buyer
from whatsapp.nlu.features import outline
from whatsapp.nlu.language import detect
from whatsapp.nlu.learned import Trained, trained
from whatsapp.nlu.lexicon import Lexicon
from whatsapp.nlu.product import unexplained
from whatsapp.nlu.reading import PRODUCT_ONLY, Act, Question, Reading
from whatsapp.nlu.safety import safety_act
from whatsapp.nlu.scan import Find, Scan
from whatsapp.nlu.seller_reading import read_seller
from whatsapp.nlu.signals import signals
from whatsapp.nlu.sureness import marks, sureness

_SLOTLESS = frozenset(
    (
        Act.OPT_OUT,
        Act.OPT_IN,
        Act.DELETE_DATA,
        Act.DECLINE,
        Act.ASK_HELP,
        Act.GREETING,
        Act.OUT_OF_SCOPE,
    )
)
# A kind that nobody knows, wished for in answer to the summary.
_KIND_WISHED = re.compile(
    r"^ (?P<kind>(?:[a-z]+ ){1,3})(?:olsun|olabilir mi|yapalim|please|lutfen)(?: lutfen| please)?"
    r" [.!]* ?$"
)
# One unknown kind for another: "kuzu değil dana", "soy milk not oat".
_KIND_FOR_ANOTHER = re.compile(
    r"^ (?:(?:yok|hayir|no|pardon|sorry),? )?(?:[a-z]+ (?:degil(?: de)?|yerine) ,? ?"
    r"(?P<kind>[a-z]+ )(?:(?:olsun|olacak\w*|lutfen) )?"
    r"|(?:not [a-z]+ ,? ?(?:but )?)(?P<kind2>[a-z]+ )(?:please )?"
    r"|(?P<kind3>[a-z]+ )(?:,? ?not|instead of|rather than) [a-z]+ (?:please )?)[.!]* ?$"
)
_NO_KIND = act_words.FILLER | frozenset(
    "bence bu su o boyle oyle hadi artik hepsi hepsini neyse simdi ama de da this that it then"
    " just go all so one".split()
)


@dataclass(frozen=True, slots=True)
class Explained:
    """A reading, the canonical line it was read from, and what each rule explained.

    ``choice`` is how the act was taken, ``marks`` what the confidence was told by.
    """

    reading: Reading
    line: str
    source: str
    finds: tuple[Find, ...]
    choice: Choice
    marks: Mapping[str, float]


def parse(
    text: str,
    *,
    now: datetime,
    zone: ZoneInfo,
    language: str,
    lexicon: Lexicon,
    role: str = "buyer",
    question: Question | None = None,
    pin: Point | None = None,
) -> Reading:
    """Read one message. ``language`` is the conversation's, for messages without one of their own.

    ``now`` is aware; wall times are those of ``zone``. Never raises on any text.
    """
    return explain(
        text,
        now=now,
        zone=zone,
        language=language,
        lexicon=lexicon,
        role=role,
        question=question,
        pin=pin,
    ).reading


def explain(  # noqa: PLR0913 (what a message comes with, and the weights for training)
    text: str,
    *,
    now: datetime,
    zone: ZoneInfo,
    language: str,
    lexicon: Lexicon,
    role: str = "buyer",
    question: Question | None = None,
    pin: Point | None = None,
    weights: Trained | None = None,
) -> Explained:
    """As ``parse``, with the words that each slot was read from.

    ``weights`` are those of other classifiers than the bundled ones, for their training.
    """
    weights = weights or trained()
    before = question.language if question is not None else language
    spoken = detect(text, before, weights.language)
    asked = question.ask if question is not None else ""
    scan = Scan(text, spoken, money_asked=asked in ("ask_budget", "s_price"))
    read = read_seller if role == "seller" else read_buyer
    reading, choice = read(scan, spoken, now, zone, lexicon, question, pin, weights.acts)
    safety = safety_act(text, question)
    if safety is not None and not (safety is Act.CANCEL and reading.act is Act.CONFIRM):
        reading = replace(reading, act=safety, acts=((safety, 1.0),))
    left = tuple(unexplained(scan))
    if role == "buyer" and asked == "confirm_intent":
        reading = _narrowed(reading, scan)
    shown = signals(text)
    reading = replace(
        _only_its_slots(reading),
        language=before or spoken if _is_only_a_place(scan) else spoken,
        acts=reading.acts,
        unknown_words=left,
        abuse=shown.abuse,
        minor=shown.minor,
        distress=shown.distress,
    )
    found = marks(reading, choice, lexicon, len(left))
    chance = SURE if safety is not None else round(sureness().chance(found), 4)
    reading = replace(reading, confidence=chance)
    return Explained(reading, scan.whole, scan.source, tuple(scan.finds), choice, found)


def _narrowed(reading: Reading, scan: Scan) -> Reading:
    """A wish for something nobody knows ("thin crust please") is no yes to the summary."""
    found = _KIND_WISHED.search(scan.whole)
    if reading.act is not Act.CONFIRM or found is None:
        found = _KIND_FOR_ANOTHER.search(scan.text)
        if found is None or reading.act not in (Act.CONFIRM, Act.DECLINE, Act.INFORM):
            return reading
    name = next(name for name, said in found.groupdict().items() if said)
    words = found[name].split()
    answers = act_words.YES.search(f" {found[name]}") or act_words.NO.search(f" {found[name]}")
    if answers or not _NO_KIND.isdisjoint(words):
        return reading
    kind = scan.surface(*found.span(name))
    return replace(reading, act=Act.INFORM, variant=(kind,), group_size=None)


def _is_only_a_place(scan: Scan) -> bool:
    """Whether the line is nothing but names of places, which belong to no language."""
    words = {token for token in outline(scan) if token[0].isalpha() or token[0] == "<"}
    return words == {"<place>"}


def _only_its_slots(reading: Reading) -> Reading:
    """Leave out slots that do not come with the act; a yes keeps how many come."""
    bare = Reading(reading.act, reading.language, reading.confidence)
    if reading.act is Act.CONFIRM:
        return replace(bare, group_size=reading.group_size)
    if reading.act in _SLOTLESS:
        return bare
    if reading.act in PRODUCT_ONLY:
        product = reading.product or next((item.product for item in reading.items), None)
        return replace(bare, product=product)
    if reading.act is Act.CHANGE_TIME:
        return replace(bare, intervals=reading.intervals, any_time=reading.any_time)
    return reading

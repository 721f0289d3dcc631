"""The one act of a message: words, what was asked, and what the slots show."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields

from whatsapp.nlu import act_words as words
from whatsapp.nlu.reading import Act, Question
from whatsapp.nlu.scan import Scan

_YES_NO_ASKS = frozenset(
    (
        "confirm_intent",
        "offer",
        "reminder",
        "consent",
        "ask_cancel",
        "ask_delete",
        "s_confirm",
        "s_discount",
    )
)
_DEALS = frozenset(("offer", "reminder"))
_LEFT = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
# How sure a rule of each kind is; calibrated on the development messages.
SURE, LIKELY, UNSURE, GUESS = 0.97, 0.85, 0.6, 0.3


@dataclass(frozen=True, slots=True)
class Evidence:
    """Which slots a buyer's message filled; ``other_time`` when it is not the offer's own time."""

    product: bool = False
    known_product: bool = False
    variant: bool = False
    quantity: bool = False
    group_size: bool = False
    time: bool = False
    place: bool = False
    budget: bool = False
    radius: bool = False
    other_time: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the slots that are filled."""
        return tuple(field.name for field in fields(self) if getattr(self, field.name))

    @property
    def count(self) -> int:
        """How many slots besides the product are filled."""
        rest = (
            self.quantity,
            self.group_size,
            self.time,
            self.place,
            self.budget,
            self.radius,
            self.variant,
        )
        return sum(rest)


@dataclass(frozen=True, slots=True)
class Decision:
    """The act and how sure it is, 0 to 1."""

    act: Act
    confidence: float


def buyer_act(scan: Scan, evidence: Evidence, question: Question | None) -> Decision:
    """Decide a buyer's act; of several that fit, the first of ``Act`` wins."""
    line = scan.whole
    asked = question.ask if question is not None else ""
    if (
        words.COMPLAINT.search(line)
        and asked not in ("ask_time", "ask_place", "ask_budget")
        and not _wants(line, evidence)
    ):
        return Decision(Act.COMPLAINT, LIKELY)
    if words.OUT_OF_SCOPE.search(line):
        return Decision(Act.OUT_OF_SCOPE, LIKELY)
    if words.CANCEL.search(line) and not words.NO_CANCEL.search(line):
        return Decision(Act.CANCEL, SURE if "iptal" in line or "cancel" in line else LIKELY)
    if asked in _YES_NO_ASKS:
        decided = _answer(line, evidence, asked)
        if decided is not None:
            return decided
    if words.LATE.search(line) or (
        words.MOVE.search(line) and evidence.time and not evidence.known_product and not asked
    ):
        return Decision(Act.CHANGE_TIME, LIKELY)
    return _talk(scan, evidence, asked) or _wish(line, evidence, asked)


def _wants(line: str, evidence: Evidence) -> bool:
    return words.WISH.search(line) is not None and evidence.product and evidence.count >= 2


def _answer(line: str, evidence: Evidence, asked: str) -> Decision | None:
    """Yes or no to the question, unless the message brings something of its own."""
    yes, no = words.YES.search(line), words.NO.search(line)
    if asked in _DEALS:
        if words.LATE.search(line) or evidence.other_time:
            return Decision(Act.CHANGE_TIME, LIKELY)
    elif evidence.known_product or evidence.count:
        return None
    if words.NO_CANCEL.search(line):
        return Decision(Act.DECLINE, LIKELY)
    if asked in _DEALS and words.ABOUT_THE_DEAL.search(line) and not yes:
        return Decision(Act.ASK_STATUS, LIKELY)
    if words.HELP.search(line) or words.STATUS.search(line):
        return None
    if no is not None and not (yes is not None and yes.start() < no.start() and _firm(yes.group())):
        return Decision(Act.DECLINE, SURE if yes is None else UNSURE)
    return Decision(Act.CONFIRM, SURE if no is None else UNSURE) if yes is not None else None


def _firm(word: str) -> bool:
    return word in ("evet", "yes", "aynen", "tamam", "olur", "sure", "yep", "yeah", "ok")


def _talk(scan: Scan, evidence: Evidence, asked: str) -> Decision | None:
    """Status, help and greetings: nothing is asked for."""
    line = scan.whole
    if words.STATUS.search(line) and not (evidence.product and evidence.count > 1):
        return Decision(Act.ASK_STATUS, LIKELY)
    if words.HELP.search(line) and not evidence.known_product and evidence.count <= 1:
        return Decision(Act.ASK_HELP, LIKELY)
    if is_greeting(scan):
        return Decision(Act.GREETING, SURE)
    return None


def is_greeting(scan: Scan) -> bool:
    """Whether the message is made of greetings alone."""
    rest, count = words.GREETING.subn(" ", scan.whole)
    rest, short = words.HELLO.subn(" ", rest)
    count += short
    left = [word for word in _LEFT.findall(rest) if word not in words.FILLER]
    return count > 0 and not left


def _wish(line: str, evidence: Evidence, asked: str) -> Decision:
    """A wish, a slot that answers or corrects, or a bare yes or no."""
    if evidence.known_product or (evidence.product and (evidence.count or words.WISH.search(line))):
        whole_wish = words.WISH.search(line) is not None or evidence.group_size
        if (asked in ("ask_product", "ask_quantity") and not whole_wish) or (
            asked and words.CORRECTION.search(line) and not words.WISH.search(line)
        ):
            return Decision(Act.INFORM, LIKELY)
        if asked and asked not in _DEALS and evidence.count == 0 and not words.WISH.search(line):
            return Decision(Act.INFORM, UNSURE)
        return Decision(Act.DECLARE, SURE if evidence.known_product else UNSURE)
    if evidence.count:
        # Time and place of a wish whose product is still to be asked.
        opens = not asked and (evidence.count > 1 or words.WISH.search(line))
        return Decision(Act.DECLARE if opens else Act.INFORM, SURE if asked else UNSURE)
    if asked.startswith("ask_") and words.UNDECIDED.search(line):
        return Decision(Act.INFORM, UNSURE)
    return _bare(line, evidence, asked)


def _bare(line: str, evidence: Evidence, asked: str) -> Decision:
    """A message without slots: an unknown word, a yes, a no, or nothing for Iceshop."""
    if evidence.product and asked in ("ask_product", ""):
        return Decision(Act.INFORM if asked else Act.OUT_OF_SCOPE, UNSURE if asked else GUESS)
    if words.NO.search(line):
        return Decision(Act.DECLINE, UNSURE)
    if words.YES.search(line):
        return Decision(Act.CONFIRM, UNSURE)
    return Decision(Act.OUT_OF_SCOPE, GUESS)

"""The act that is taken: what rules are sure of stands, for the rest the trained classifier."""

from __future__ import annotations

import re
from dataclasses import dataclass

from whatsapp.nlu import act_words as words
from whatsapp.nlu.features import Seen, signs
from whatsapp.nlu.learned import Weights
from whatsapp.nlu.reading import Act
from whatsapp.nlu.safety import denies_stop
from whatsapp.nlu.scan import Scan

# What the classifier alone must reach to stop messages or to ask about erasing, and the signs
# without which it may not: a refusal or a word of stopping, a word for what is kept of somebody.
SURE_ENOUGH_TO_STOP = 0.85
_GRAVE = {Act.OPT_OUT: ("k:negation", "k:stop"), Act.DELETE_DATA: ("k:data",)}
_FEW = 3
_SELLERS_ONLY = frozenset(
    (
        Act.COUNTER_DISCOUNT,
        Act.OFFER_STOCK,
        Act.ACCEPT_DISCOUNT,
        Act.REFUSE_DISCOUNT,
        Act.SET_HOURS,
    )
)
_ANSWERS_TO_SELLER_TERMS = frozenset((Act.ACCEPT_DISCOUNT, Act.REFUSE_DISCOUNT))
_YES_NO_ASKS = frozenset(
    ("confirm_intent", "s_confirm", "offer", "reminder", "consent", "ask_cancel", "ask_delete")
)
_SUMMARIES = frozenset(("confirm_intent", "s_confirm"))
_NO_TROUBLE = re.compile(
    r" (?:sikinti|sorun|problem|dert|mesele|mahsuru?) (?:yok|degil|olmaz)| no (?:problem|worries"
    r"|issue)"
    r"| (?:why|neden|niye) (?:not|olmasin)| can't wait| wouldn't miss| kacirmam| not a problem"
)
_SIGN = re.compile(r"[\s.,!?:;)(#]+")


@dataclass(frozen=True, slots=True)
class Choice:
    """The act taken, its probability, the likeliest acts, and what they were told by."""

    act: Act
    probability: float
    acts: tuple[tuple[Act, float], ...]
    signs: dict[str, float]
    seen: Seen

    @property
    def margin(self) -> float:
        """How far the best act is ahead of the next."""
        return self.acts[0][1] - self.acts[1][1] if len(self.acts) > 1 else 1.0


def choose(scan: Scan, seen: Seen, weights: Weights) -> Choice:
    """Take the likeliest act that may be said by this role in answer to this question."""
    found = signs(scan, seen)
    likely = {
        Act(name): chance
        for name, chance in weights.probabilities(found).items()
        if _may_be(Act(name), seen, scan)
    }
    wishes_well = "k:wishes" in found or "k:thanks" in found
    if seen.slots and (not wishes_well or "p:WISH" in found):
        likely.pop(Act.GREETING, None)
    if (
        "k:negation" in found
        and seen.rule is not Act.CONFIRM
        and not _NO_TROUBLE.search(scan.whole)
    ):
        likely.pop(Act.CONFIRM, None)  # a yes binds: none is guessed from words that deny
    if seen.asked in _SUMMARIES and _brings_more(scan, seen):
        likely.pop(Act.CONFIRM, None)
    if "k:start" not in found and "k:refund" not in found:  # again, back, on
        likely.pop(Act.OPT_IN, None)
    denied = denies_stop(scan.source)
    for act, needed in _GRAVE.items():
        shown = any(sign in found for sign in needed)
        if denied or not shown or likely.get(act, 0.0) < SURE_ENOUGH_TO_STOP:
            likely.pop(act, None)
    total = sum(likely.values()) or 1.0
    ranked = sorted(((chance / total, act) for act, chance in likely.items()), reverse=True)
    acts = tuple((act, round(chance, 4)) for chance, act in ranked[:_FEW])
    if (exact := _beyond_doubt(scan, seen)) is not None:
        rest = (more for more in acts if more[0] is not exact)
        return Choice(exact, 1.0, ((exact, 1.0), *rest), found, seen)
    return Choice(acts[0][0], acts[0][1], acts, found, seen)


def _brings_more(scan: Scan, seen: Seen) -> bool:
    """Whether the answer to a summary changes it, asks something, or is about the language."""
    changes = set(seen.slots) - ({"time"} if seen.role == "seller" else {"group_size"})
    about_language = any(find.slot == "language" for find in scan.finds)
    asks = "?" in scan.source or any(sign.isdigit() for sign in scan.text)
    return bool(changes) or about_language or (asks and not words.YES.search(scan.whole))


def _may_be(act: Act, seen: Seen, scan: Scan) -> bool:
    if act in _SELLERS_ONLY and seen.role != "seller":
        return False
    if act in _ANSWERS_TO_SELLER_TERMS and seen.asked != "s_discount":
        return False
    if act is Act.DECLARE and seen.role == "seller":
        return False
    return act is not Act.CANCEL or words.NO_CANCEL.search(scan.whole) is None


def _beyond_doubt(scan: Scan, seen: Seen) -> Act | None:
    """What leaves no doubt: orders to the reader, or a bare yes or no to such a question."""
    if words.INSTRUCTIONS.search(scan.whole) is not None:
        return Act.OUT_OF_SCOPE
    if seen.asked not in _YES_NO_ASKS:
        return None
    line = scan.whole
    for act, pattern in ((Act.CONFIRM, words.EXACT_YES), (Act.DECLINE, words.EXACT_NO)):
        rest, count = pattern.subn("", line)
        if count and not _SIGN.sub("", rest):
            return act
    return None

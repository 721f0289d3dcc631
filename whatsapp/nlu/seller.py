"""What a seller's message does."""

from __future__ import annotations

import re

from whatsapp.nlu import act_words as words
from whatsapp.nlu.act import GUESS, LIKELY, SURE, UNSURE, Decision, is_greeting
from whatsapp.nlu.reading import Act, Question
from whatsapp.nlu.scan import Scan
from whatsapp.nlu.stock import PRICE_TALK
from whatsapp.nlu.terms import Terms, is_what_was_asked

_HAS = re.compile(
    r"(?<= )(?:var|elimde|stok\w*|kaldi|cikar\w*|mevcut|satiyor\w*|satmam|satilik|hazir"
    r"|taze|gunluk|yaptim|yaptik|i have|we have|have|got|left|in stock|available|selling"
    r"|i'?ll have|we'?ll have|fresh|baked|made)(?= )"
)
_YES = re.compile(
    r"(?<= )(?:kabul|tamam\w*|olur|yapariz|yaparim|yapabiliri\w*|anlastik|uyar|uygun"
    r"|evet|okey|ok|okay|deal|yes|yeah|yep|sure|fine|agreed?|accept\w*|works?(?: for us"
    r"| for me)?|tabii?|hay hay|done|let'?s do it|sounds good|peki|👍|✅)(?= )"
)
_NO = re.compile(
    r"(?<= )(?:hayir|yok|olmaz|kurtarmaz|kurtarmiyor|yapam\w*|yapmam|yapmiyor\w*"
    r"|veremem\w*|veremeyiz|vermem|vermiyor\w*|mumkun degil|imkansiz|kabul etmi\w*"
    r"|zarar\w*|no|nope|nah|no way|can'?t|cannot|won'?t|don'?t do|do not|not possible"
    r"|impossible|lose money|refuse|reject|unfortunately not|sorry)(?= )"
)
_LEFT = re.compile(
    r"(?<= )(?:var|kaldi|stok\w*|elimde|bitti|geldi|cikti|son|left|have|got|in stock|available|out"
    r"|came in|arrived|last|down to)(?= )"
)
_YES_NO_ASKS = ("s_confirm", "consent", "ask_cancel", "ask_delete")
_NO_TROUBLE = re.compile(
    r" (?:sikinti|sorun|problem|dert|mesele) (?:yok|degil|olmaz)| no (?:problem|worries"
    r"|issue)"
)
_HOURS = re.compile(
    r"(?<= )(?:acigiz|aciyor\w*|acik\w*|kapaniyor\w*|kapatiyor\w*|kapali\w*|open(?:ing)?"
    r"|closed?|calisma saat\w*|7/24|24/7|hours)(?= )"
)


def seller_act(
    scan: Scan,
    question: Question | None,
    *,
    items: bool,
    terms: Terms,
    hours: bool,
    place: bool,
) -> Decision:
    """Decide a seller's act from the words, the question and the slots found."""
    line = scan.whole
    asked = question.ask if question is not None else ""
    if words.COMPLAINT.search(line) and asked != "s_discount":
        return Decision(Act.COMPLAINT, LIKELY)
    if words.OUT_OF_SCOPE.search(line):
        return Decision(Act.OUT_OF_SCOPE, LIKELY)
    if words.CANCEL.search(line) and not words.NO_CANCEL.search(line):
        return Decision(Act.CANCEL, LIKELY)
    if asked == "s_discount":
        return _discount_answer(line, terms, question)
    if hours and (asked == "s_hours" or _HOURS.search(line)):
        return Decision(Act.SET_HOURS, SURE)
    return _other_act(scan, asked, items=items, terms=bool(terms.tiers), place=place)


def _discount_answer(line: str, terms: Terms, question: Question | None) -> Decision:
    line = _NO_TROUBLE.sub(" ", line)
    if terms.tiers and _YES.search(line) and is_what_was_asked(terms, question):
        return Decision(Act.ACCEPT_DISCOUNT, LIKELY)
    if terms.tiers:
        return Decision(Act.COUNTER_DISCOUNT, SURE)
    if words.HELP.search(line) and not _YES.search(line):
        return Decision(Act.ASK_HELP, LIKELY)
    if _NO.search(line):
        return Decision(Act.REFUSE_DISCOUNT, LIKELY)
    if _YES.search(line):
        return Decision(Act.ACCEPT_DISCOUNT, SURE)
    return Decision(Act.ASK_STATUS if words.STATUS.search(line) else Act.OUT_OF_SCOPE, UNSURE)


def _other_act(scan: Scan, asked: str, *, items: bool, terms: bool, place: bool) -> Decision:
    line = scan.whole
    if words.STATUS.search(line):
        return Decision(Act.ASK_STATUS, LIKELY)
    if words.HELP.search(line):
        return Decision(Act.ASK_HELP, LIKELY)
    if items:
        corrects = (
            asked in ("s_price", "s_place", "s_confirm")
            or (asked == "s_stock" and not _LEFT.search(line))
            or (PRICE_TALK.search(line) and not _HAS.search(line))
        )
        return Decision(
            Act.INFORM if corrects else Act.OFFER_STOCK,
            SURE if asked or _HAS.search(line) else LIKELY,
        )
    if terms:
        return Decision(Act.COUNTER_DISCOUNT, LIKELY)
    if place and asked not in _YES_NO_ASKS:
        return Decision(Act.INFORM, LIKELY)
    if is_greeting(scan):
        return Decision(Act.GREETING, SURE)
    return _plain(line, SURE if asked in _YES_NO_ASKS else UNSURE)


def _plain(line: str, confidence: float) -> Decision:
    if words.NO.search(line):
        return Decision(Act.DECLINE, confidence)
    if words.YES.search(line):
        return Decision(Act.CONFIRM, confidence)
    return Decision(Act.OUT_OF_SCOPE, GUESS)

"""Open vocabulary: what stands in a product's place although no catalogue knows it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from iceshop.kernel.text import tr_lower
from whatsapp.nlu import product_words as words
from whatsapp.nlu.named import Named
from whatsapp.nlu.nouns import nominative
from whatsapp.nlu.scan import Scan

_OPEN = re.compile(r"[a-z][a-z0-9']*")
_LONGEST = 5
# What asks for the thing behind it (English) and for the thing before it (Turkish).
_ASKS = re.compile(
    r" (?:want(?:ing)?(?: to (?:buy|order|get|have|rent|book|find))?|need(?: to (?:buy|order|get"
    r"|find))?|looking (?:for|to (?:buy|order|get|rent|book))|buy(?:ing)?|order(?:ing)?"
    r"|get(?: me| us)?|find(?: me| us)?|craving|fancy|(?:would|'d) (?:like|love)|i'd (?:like"
    r"|love)(?: to (?:buy|order|get|have|rent|book))?|anyone selling|do you have"
    r"|does anyone (?:do|sell|have)|searching for|after|do|try|play|renting|rent|hire|book"
    r"|mood for|have you got|got any|in search of|where can i (?:get|buy|find)|fix|repair"
    r"|interested in|sell(?:ing)?|have)(?: (?:an?|the|some|any|my|our|new|good|nice|cheap|decent"
    r"|proper|about|around|like|of|for|1|#+))* $"
)
_ARTICLE = re.compile(r" (?:an?|some|any|of) $")
_COUNTED = re.compile(r" (?:\d+(?:\.\d+)?(?:'s[ae]r)?|tane|adet|#+)(?: (?:adet|tane|of|#+))* $")
_WISHED = re.compile(
    r" (?:#+ )*(?:lazim\w*|istiyo\w*|ist[ei]r\w*|istesek|ariyo\w*|ariyoruz|bakiyo\w*|bakicam"
    r"|al(?:mak|acagim|icam|cam|alim|irim|abilir\w*|sam|sak|mam|mamiz)?|siparis\w*|var mi\w*|var"
    r"|olsa\w*|olsun|bul\w*|cekti|cekiyo\w*|yaptir\w*|kirala\w*|tuttur\w*|kestir\w*|tamir\w*"
    r"|ihtiyac\w*|ye(?:mek|sek|lim|yelim)|ic(?:mek|sek|elim)|gerek\w*|satan|rezerv\w*|icin"
    r"|bakiyorum|bileti)(?= )"
)
_CASED = re.compile(r".{2,}(?:[aeiou]y[ae]|[dt][ae]n|l[ae]r[ae]|[iu]m[ae])")
_ENOUGH = 0.55


@dataclass(frozen=True, slots=True)
class _Run:
    """Neighbouring words that nothing explains, and how much speaks for a product."""

    words: tuple[tuple[int, str], ...]
    weight: float

    @property
    def start(self) -> int:
        return self.words[0][0]

    @property
    def end(self) -> int:
        at, word = self.words[-1]
        return at + len(word)


def read_unknown_product(scan: Scan, language: str) -> Named | None:
    """What stands in a product's place and no lexicon knows, in its dictionary form."""
    best = max(_runs(scan, language), key=lambda run: (run.weight, -run.start), default=None)
    if best is None or best.weight < _ENOUGH:
        return None
    said = scan.surface(best.start, best.end)
    scan.cover(best.start, best.end, "product", "unknown words")
    lower = tr_lower(said) if language == "tr" else said.lower()
    return Named(nominative(lower, language), best.start, best.end)


def _runs(scan: Scan, language: str) -> list[_Run]:
    """All runs of open words; small numbers inside belong to a model: "iphone 13"."""
    runs: list[_Run] = []
    open_words: list[tuple[int, str]] = []
    for at, word in (*scan.words(), (len(scan.text), ",")):
        inside = bool(open_words) and (word == "of" or word.isdigit())
        if inside or (_OPEN.fullmatch(word) and words.is_open(word)):
            open_words.append((at, word))
            continue
        while open_words and (open_words[-1][1] == "of" or open_words[-1][1].isdigit()):
            open_words.pop()
        if language == "tr":
            open_words = _after_case(open_words)
        if open_words:
            runs.append(_weighed(scan, tuple(open_words[-_LONGEST:]), language))
        open_words = []
    return runs


def _after_case(open_words: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """What stands behind the last word in a case: in "kediye kum" the cat is not wanted."""
    cased = [at for at, (_, word) in enumerate(open_words[:-1]) if _CASED.fullmatch(word)]
    return open_words[cased[-1] + 1 :] if cased else open_words


def _weighed(scan: Scan, open_words: tuple[tuple[int, str], ...], language: str) -> _Run:
    start, (last, word) = open_words[0][0], open_words[-1]
    before, behind = scan.text[:start], scan.text[last + len(word) :]
    weight = 0.3 + 0.3 * min(len(open_words), 3)
    if _ASKS.search(before):
        weight += 3
    elif _COUNTED.search(before):
        weight += 2
    elif _ARTICLE.search(before):
        weight += 1.5
    if _WISHED.match(behind):
        weight += 3
    if not before.strip(" #,"):
        weight += 0.5
    if len(word) < 3 and len(open_words) == 1:
        weight -= 1
    return _Run(open_words, weight)


def unexplained(scan: Scan) -> list[str]:
    """Words with a meaning of their own that nothing took out of ``scan``."""
    plain = (word.partition("'")[0] for _, word in scan.words())
    return [w for w in plain if w.isalpha() and len(w) > 2 and words.is_open(w)]

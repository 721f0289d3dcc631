"""Names made of a known product and its neighbour: "kokina çiçeği", "washing machine repair"."""

from __future__ import annotations

import re

from iceshop.kernel.text import tr_lower
from whatsapp.nlu import product_words as words
from whatsapp.nlu.lexicon import Lexicon
from whatsapp.nlu.named import Named
from whatsapp.nlu.nouns import nominative
from whatsapp.nlu.scan import Scan

_POSSESSED = frozenset(("i", "u", "si", "su"))
# The second part of a Turkish compound, and words that only look like one.
_OF_IT = re.compile(r".+(?:[^aeiou][iu]|[aeiou]s[iu])")
_NOT_OF_IT = re.compile(
    r".{2,}[aeiu]m[iu]"
    r"|.*(?:[iu]l|[iu]n|an|en|gel|kal|gec|bit|cik|ol|boz|kir|yan|al|ver|git)[dt][iu]"
)
_NO_NOUN = re.compile(r".*(?:ed|ing|ly)|requests?|orders?|died|broke|came|fell|got|went|was|were")
_NARROWING = re.compile(rf" (?:{words.VARIANT})(?= )")
_LAST = re.compile(r" (?P<word>[a-z][a-z']+) $")
_NEXT = re.compile(r" (?P<word>[a-z][a-z']+)(?= )")
_NUMBER = re.compile(r" \d+(?:\.\d+)?(?: [a-z]+)? $")
# Heads of English compounds that no product is without what stands before them.
_HEAD = re.compile(
    r"(?: day| screen| spare)? (?:repairs?|cleaning|washing|courts?|coach(?:es)?|teacher|trainer"
    r"|lessons?|class(?:es)?|courses?|workshop|pass(?:es)?|tickets?|rentals?|hire|sets?"
    r"|platters?|knife|knives|holder|stand|covers?|machine|maker|kit|wraps?|rolls?|bowls?|pies?"
    r"|jam|oil|powder|brush(?:es)?|racks?|lights?|bulbs?|chargers?|batter(?:y|ies)|screens?"
    r"|pads?|mats?|collar|tour|trip|ride|session|treatment|removal|installation|service"
    r"|servicing|upgrade|replacement|subscription|membership|decorations?|tyres?|tires?|wheels?"
    r"|locks?|helmets?|rackets?|nets?|cobs?|peeler|opener|slicer|grinder|stool|frame|strap"
    r"|cleaner|remover|polish|dryer|tray|tin|jar|basket|hamper|fitting|alterations?|hemming"
    r"|painting|printing|delivery|box(?:es)?|seeds?|leaves|salads?|soups?|sandwich(?:es)?"
    r"|burgers?|cakes?|juices?|sauces?|creams?|pots?|stickers?|cases?)(?= )"
)


def compounds(scan: Scan, named: list[Named], lexicon: Lexicon, language: str) -> list[Named]:
    """``named`` with neighbours that make one name joined, and pairs said in one breath as one."""
    joined: list[Named] = []
    for product in named:
        before = joined[-1] if joined else None
        beside = before is not None and before.end + 1 == product.start
        if before is not None and beside and _is_one(before, product, lexicon, language):
            name = f"{before.name} {product.name}"
            _extend(scan, before, before.start, product.end, language)
            before.name = before.name if language == "tr" else name
            before.ending = product.ending
        else:
            joined.append(product)
    if len(joined) == 2 and language == "tr" and _is_pair(scan, joined[0], joined[1], lexicon):
        second = joined.pop()
        if _is_service(second, lexicon):
            return [second]
        joined[0].name, joined[0].end = f"{joined[0].name} {second.name}", second.end
        return joined
    for product in joined:
        if language == "tr":
            _turkish(scan, product, lexicon)
        else:
            _english(scan, product, joined, lexicon)
    return joined


def _is_one(first: Named, second: Named, lexicon: Lexicon, language: str) -> bool:
    """Whether two neighbouring products make one compound, whose head is the second."""
    if language == "tr":
        return second.ending in _POSSESSED and " " not in second.name
    entry = lexicon.product(second.name, language)
    flavoured = entry is not None and entry.category in ("dessert", "bakery", "drink", "coffee")
    return not flavoured and first.ending == ""


def _is_pair(scan: Scan, first: Named, second: Named, lexicon: Lexicon) -> bool:
    """Whether two things are named as one wish: "çay simit". Each with a number is its own."""
    entries = [lexicon.product(product.name) for product in (first, second)]
    sweet = entries[0] is not None and entries[0].category == "dessert"
    return (
        first.end + 1 == second.start
        and not sweet
        and _NUMBER.search(scan.whole[: first.start]) is None
        and re.match(r" \d|,? \d+ (?:tane|adet)", scan.text[second.end :]) is None
        and all(entry is not None and entry.category != "electronics" for entry in entries)
        and not is_filling(first, second)
    )


def _is_service(product: Named, lexicon: Lexicon) -> bool:
    """Whether it is work, and what stands before it what the work is done on."""
    entry = lexicon.product(product.name)
    return entry is not None and entry.category == "services"


def is_filling(first: Named, second: Named) -> bool:
    """Whether the first names what is in the second by the end of the second: "fıstık sarma"."""
    return second.name.endswith(("sarma", "dolma", "sote", "tava", "ızgara", "suyu", "reçeli"))


def _turkish(scan: Scan, product: Named, lexicon: Lexicon) -> None:
    before = _LAST.search(scan.text[: product.start])
    is_head = product.ending in _POSSESSED and " " not in product.name
    if is_head and before is not None and _is_part(before["word"], lexicon):
        _extend(scan, product, before.start("word"), product.end, "tr")
        return
    behind = _NEXT.match(scan.text[product.end :])
    if behind is None or product.ending or _NOT_OF_IT.fullmatch(behind["word"]):
        return
    if _OF_IT.fullmatch(behind["word"]) and _is_part(behind["word"], lexicon):
        _extend(scan, product, product.start, product.end + behind.end(), "tr")


def _english(scan: Scan, product: Named, named: list[Named], lexicon: Lexicon) -> None:
    """Take in what a thing is for ("hiking boots") and the head of a compound.

    The head is any of the usual ones, or one unknown noun.
    """
    before = _LAST.search(scan.text[: product.start])
    if before is not None and before["word"].endswith("ing") and words.is_open(before["word"]):
        _extend(scan, product, before.start("word"), product.end, "en")
    rest = scan.text[product.end :]
    found = _HEAD.match(rest)
    if found is None and product.ending == "" and _NARROWING.match(rest) is None:
        noun = _NEXT.match(rest)
        is_noun = noun is not None and not _NO_NOUN.fullmatch(noun["word"])
        found = noun if noun and is_noun and _is_part(noun["word"], lexicon) else None
    end = product.end + found.end() if found is not None else product.end
    if end > product.end and not any(product.end < other.start <= end for other in named):
        _extend(scan, product, product.start, end, "en")


def _is_part(word: str, lexicon: Lexicon) -> bool:
    """Whether an unknown word can be a part of a name: no everyday word, adjective or place."""
    return (
        len(word) > 2
        and words.is_open(word)
        and not words.narrows(word)
        and not words.BESIDE_WORD.fullmatch(word)
        and lexicon.place_at([word]) is None
    )


def _extend(scan: Scan, product: Named, start: int, end: int, language: str) -> None:
    said = scan.surface(start, end)
    lower = tr_lower(said) if language == "tr" else nominative(said.lower(), language)
    product.name, product.start, product.end = lower, start, end

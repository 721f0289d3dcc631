"""Conditions of a discount: how many people must come, or how much be bought."""

from __future__ import annotations

import re
from dataclasses import dataclass

from whatsapp.nlu.scan import rule

_PEOPLE = (
    r"(?:kisi(?! ?bas)\w*|people|persons?|guests?|customers?|buyers?|musteri\w*|of (?:you|them"
    r"|us)|heads"
    r"|diners|friends|arkadas\w*|insan\w*|misafir\w*|pax|ppl|adults?|folks)"
)
_PIECES = (
    r"(?:tane\w*|adet\w*|adedi?|pcs|pieces?|items|units?|kilo\w*|kg|litre|lt|kutu\w*|paket\w*|porsiyon\w*"
    r"|kasa\w*"
    r"|koli\w*|boxes|packs|crates|portions|plates|bottles|sise\w*|glasses|bardak\w*|bowls"
    r"|cift\w*|pairs"
    r"|of (?:them|these|those)"
    r"|(?!kisi|musteri|tl|usd|eur|gbp)[a-z]+(?= al(?:an|ana|anlar|anlara|inca|irsa\w*|irsan\w*) ))"
)
_UP = (
    r"(?:\+|(?:ve |and |or |ya da |veya |\'n[iu]n )?(?:ustu\w*|uzeri\w*|yukari\w*|fazla\w*"
    r"|up(?:wards)?"
    r"|over|above|more|greater|daha (?:fazla|cok)\w*|itibaren|sonra\w*)|or more|plus|(?:az"
    r"|asagi) ol(?:ma|may)\w*|minimum|min"
    r"|sart\w*"
    r"|barajin\w*)"
)
_COMING = (
    r"(?:(?:gel|al|ol|toplan|topla|bul|getir|katil|dol|ver|tamamla|yap|cik|et|iste|gec|tut)\w*s[ae]"
    r"(?:niz|n|k|lar|ler)?|al(?:an|ana|anlar|anlara|imda|imlarda|inca|diklarinda|diginizda)"
    r"|ol(?:sun\w*|unca|mak sart\w*|mali|masi lazim)|gel(?:ene|enlere|sin\w*|ince|mesi|meli)|icin"
    r"|siparis\w*|doldur\w*|toplan\w*|toplay\w*|ise|grup\w*|group|come|comes|coming|show(?: up)?"
    r"|buy"
    r"|take|taken|order\w*|book|join\w*|turn(?: up)?|sign up|are bought|bring|minimum)"
)
_BEFORE = (
    r"(?:(?:en az|at least|min(?:imum)?(?: of)?|if|for|from|when|once|only|with|you|they"
    r"|part(?:y|ies) of|tables? of|they'?re|there"
    r"|there'?s|are|is|we|get|have|i|take|buy|buying|order|ordering|bring|a|group of|groups of|the"
    r"|eger|toplam|asgari|provided|as long as|sayisi|sayi|kisi sayisi|orders of|party of|who) )*"
)
# How many must come or be bought, with words that show it is a condition.
_CROWD = (
    rf"{_BEFORE}"
    rf"(?:(?P<low>\d+)(?:'[a-z]+)? (?:-|ile|ila|to) )?(?P<n>\d+)(?:'(?:d[ae]n|t[ae]n|n?[iu]n"
    rf"|[yl]?[aeiu]|l[iu]k?))?(?P<up> {_UP})?"
    rf"(?P<who> {_PEOPLE}| {_PIECES})?(?P<up2> {_UP})?(?P<do> for(?= %)|(?: {_COMING})*)"
)
_JUST_OL = re.compile(r"ol\w*")
_CONDITIONAL = re.compile(r"ol\w*s[ae]\w*")
_OTHER_NUMBER = re.compile(r" \d")
_GROUP_OF = re.compile(r"(?:\w+ )*(?:groups?|part(?:y|ies)|tables?) of ")
_IF_TAKEN = re.compile(r"(?:for \w+ )?(?:if|when) (?:you|they|someone) (?:take|buy|order|get) ")
_CONDITION = re.compile(r"(?:en az|at least|min|if|when|once|for|eger|only|with|groups?|from)(?= )")
_MORE_THAN = re.compile(
    rf"(?<= )(?:(?:if|for|when|once|with|only|they|take|buy|you|order|we|get) )*"
    rf"(?:(?:more than|over|above|exceeds?|exceeding|past) (?P<a>\d+)(?: {_PEOPLE}| {_PIECES})?"
    rf"|(?P<b>\d+)(?:'[dt][ae]n| (?:kisi|adet|tane|kilo)[dt][ae]n) (?:daha )?(?:fazla|cok)\w*"
    rf"(?: {_PEOPLE}| {_PIECES})?|(?P<c>\d+)(?:'[yu]?[iu]| (?:kisiyi|adedi|taneyi|kisi)) (?:gec"
    rf"|as)(?:er|ar"
    rf"|ti)\w*)(?P<do>(?: {_COMING})*)(?= )"
)
_BOUGHT = re.compile(r" (?:al(?:ana|ir|an|im|ac|in|dik)\w*|take|buy\w*|order\w*|siparis\w*|bought)")


@dataclass(frozen=True, slots=True)
class Crowd:
    """A condition of a tier: how many, whether pieces rather than people, and where it stands.

    ``bought``: the words speak of buying, so that pieces are meant beyond doubt.
    """

    count: int
    pieces: bool
    start: int
    end: int
    bought: bool = False


def read_crowds(text: str, *, asked: bool) -> list[Crowd]:
    """All conditions in the canonical ``text``, in its order; ``asked`` is about a group."""
    found = [_crowd(m, int(m["a"] or m["b"] or m["c"]) + 1) for m in _MORE_THAN.finditer(text)]
    taken = text
    for crowd in found:
        taken = taken[: crowd.start] + "#" * (crowd.end - crowd.start) + taken[crowd.end :]
    found += [
        _crowd(match, int(match["low"] or match["n"]))
        for match in rule(_CROWD).finditer(taken)
        if _is_condition(match, has_percent="%" in text, asked=asked)
    ]
    return sorted(found, key=lambda crowd: crowd.start)


def _crowd(match: re.Match[str], count: int) -> Crowd:
    words = f" {match.group()} "
    people = re.search(rf" {_PEOPLE} |come|show|gel|join|turn| katil| gr[uo]u?p", words) is not None
    bought = _BOUGHT.search(words) is not None or re.search(rf" {_PIECES} ", words) is not None
    return Crowd(count, not people, *match.span(), bought and not people)


def _is_condition(found: re.Match[str], *, has_percent: bool, asked: bool) -> bool:
    """Whether a number is how many must come, and not a count of goods or a sum."""
    said = bool(found["up"] or found["up2"])
    if (
        asked
        and _CONDITIONAL.fullmatch(found["do"].strip())
        and _OTHER_NUMBER.search(found.string[found.end() :] + found.string[: found.start()])
    ):
        return True
    # "20 tane olsun" says how many there are.
    counts = re.fullmatch(_PIECES, (found["who"] or "").strip()) and not (said or asked)
    wished = counts and found["do"].strip() in ("olsun", "olacak")
    just_ol = _JUST_OL.fullmatch(found["do"].strip())
    if wished or (just_ol and not (said or found["who"] or has_percent)):
        return False
    is_group = asked and _GROUP_OF.match(found.group()) and _OTHER_NUMBER.search(found.string)
    if said or found["do"] or is_group or _IF_TAKEN.match(found.group()):
        return True
    if asked and re.match(r"(?:en az|at least|min\w*|asgari) ", found.group()):
        return not re.match(r" (?:tl|usd|eur|gbp)", found.string[found.end() :])
    if has_percent and re.match(r"(?:for|if|en az|at least|min|with|from) ", found.group()):
        return True
    if not found["who"] or re.search(_PIECES, found["who"]):
        return bool(found["who"]) and _CONDITION.match(found.group()) is not None
    return has_percent or asked or _CONDITION.match(found.group()) is not None

"""Where: place names in the nominative, a shared pin, near the writer, or anywhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from iceshop.kernel.geo import Point, distance_m
from whatsapp.nlu import place_words as words_of
from whatsapp.nlu.endings import is_locative
from whatsapp.nlu.gazetteer import MAX_WORDS, WELL_KNOWN, FoundPlace, PlaceEntry, choices
from whatsapp.nlu.lexicon import Lexicon
from whatsapp.nlu.place_text import (
    answer,
    read_name_nearby,
    read_noun,
    read_quarter,
    read_text,
)
from whatsapp.nlu.reading import Place, Question
from whatsapp.nlu.scan import COVER, Scan

_WORD = re.compile(r"[a-z][\w']*|\d+(?:th)?")
_FINER = ("landmark", "neighbourhood", "area", "district", "province")


@dataclass(frozen=True, slots=True)
class _Hit:
    """A name in the line. ``start`` and ``end`` bound the name, ``until`` what belongs to it."""

    found: FoundPlace
    start: int
    end: int
    until: int
    is_sure: bool
    rejected: bool

    @property
    def entry(self) -> PlaceEntry:
        return self.found.spellings[0].entry


def read_place(
    scan: Scan, lexicon: Lexicon, language: str, question: Question | None, pin: Point | None
) -> Place | None:
    """Take the place out of ``scan``; names win over "near me", that over a pin."""
    asked = question is not None and question.ask in words_of.ASKS
    hits = _settled(_hits(scan, lexicon, asked=asked), scan)
    for hit in hits:
        lead = words_of.BEFORE.search(scan.text[: hit.start])
        scan.cover(lead.start() if lead else hit.start, hit.until, "place", "name")
    kept = [hit for hit in hits if not hit.rejected]
    if kept:
        scan.take_all(words_of.NEAR_ME, "place")
        return _named(scan, kept, lexicon, question)
    ask = question.ask if question is not None else ""
    text = read_name_nearby(scan)
    if text is not None:
        return Place(names=(text,))
    special = _special(scan, ask, pin)
    if special is not None:
        return special
    text = read_text(scan) or (answer(scan) if asked and not hits else None)
    return Place(names=(text,)) if text else None


def _special(scan: Scan, ask: str, pin: Point | None) -> Place | None:
    """A shared pin, anywhere, or near the writer."""
    asked = ask in words_of.ASKS
    if pin is not None and not scan.has(words_of.ANYWHERE):
        scan.take_all(rf"{words_of.PIN}|{words_of.NEAR_ME}", "place")
        return Place(special="pin", point=pin)
    if scan.take(words_of.ANYWHERE, "place") or (asked and scan.has(words_of.ANYWHERE_ASKED)):
        scan.take(words_of.ANYWHERE_ASKED, "place")
        return Place(special="any")
    if ask == "ask_pin" and scan.take(words_of.PIN, "place"):
        return Place(special="here")
    is_about_here = not ask or asked or scan.has(words_of.NEAR)
    if is_about_here and scan.take_all(words_of.NEAR_ME, "place"):
        return Place(special="here")
    if asked and scan.take(words_of.PIN, "place"):
        return Place(special="here")
    return None


def _hits(scan: Scan, lexicon: Lexicon, *, asked: bool) -> list[_Hit]:
    """Every name in what is left of the line, sure ones and doubtful ones."""
    hits: list[_Hit] = []
    words = list(scan.words())
    whole = [(found.start(), found.group()) for found in re.finditer(r"\S+", scan.whole)]
    at = 0
    while at < len(words):
        run = _run(words[at : at + MAX_WORDS + 1])
        found = lexicon.place_at([word for _, word in run]) if run else None
        if found is None and at < len(whole):
            long = _run(whole[at : at + MAX_WORDS + 1])
            found = _taken_by_others(scan, lexicon, long, words[at : at + MAX_WORDS])
            run = long if found is not None else run
        if found is None and run:
            found = _misspelled(scan, lexicon, run[0], asked=asked)
        if found is None:
            at += 1
            continue
        start = run[0][0]
        last_at, last = run[found.words - 1]
        end = last_at + len(last)
        hits.append(_hit(scan, lexicon, found, start, end, asked=asked))
        at = next((i for i, (where, _) in enumerate(words) if where >= end), len(words))
    return hits


# Rules of other slots that take words no list of theirs knows.
_GUESSES = ("unknown words", "beside product")


def _taken_by_others(
    scan: Scan, lexicon: Lexicon, run: list[tuple[int, str]], left: Sequence[tuple[int, str]]
) -> FoundPlace | None:
    """A name that went to another slot: as unknown goods, or the horn of "Golden Horn"."""
    found = lexicon.place_at([word for _, word in run]) if run else None
    if found is None or found.is_weak:
        return None
    if found.words == 1:
        return found if _is_taken(scan, run[0][0], rules=_GUESSES) else None
    return found if any(word[0] != COVER for _, word in left[: found.words]) else None


def _run(words: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """The words up to the first sign but the point of "4. Levent" and of "Princes' Islands"."""
    run: list[tuple[int, str]] = []
    for at, (where, word) in enumerate(words):
        if (word == "." and at == 1 and run[0][1].isdigit()) or (word == "'" and run):
            continue
        if not _WORD.fullmatch(word):
            break
        run.append((where, word))
    return run[:MAX_WORDS]


def _misspelled(
    scan: Scan, lexicon: Lexicon, word: tuple[int, str], *, asked: bool
) -> FoundPlace | None:
    start, text = word
    found = lexicon.gazetteer.resembling(text)
    if text in words_of.NOT_A_NAME:
        return None
    if found is None or (lexicon.product_at([text]) is not None):
        return None
    end = start + len(text)
    sure = asked or _has_place_form(found) or _fits(scan, start, end)
    bare = not _VOWELS.intersection(text[1:])
    return found if sure or bare or len(text) > _SURE_TYPO else None


_VOWELS = frozenset("aeiou")
# A longer misspelling is a place even where nothing else says so.
_SURE_TYPO = 6


def _hit(
    scan: Scan, lexicon: Lexicon, found: FoundPlace, start: int, end: int, *, asked: bool
) -> _Hit:
    after, before = scan.text[end:], scan.text[:start]
    around = words_of.AFTER.match(after)
    until = end + (around.end() if around else 0)
    rejected = bool(words_of.REJECTED_AFTER.match(scan.text[until:])) or bool(
        words_of.REJECTED_AFTER.match(after) or words_of.REJECTED_BEFORE.search(before)
    )
    sure = _is_sure(scan, lexicon, found, start, end, asked=asked)
    return _Hit(found, start, end, until, sure, rejected)


def _is_sure(
    scan: Scan, lexicon: Lexicon, found: FoundPlace, start: int, end: int, *, asked: bool
) -> bool:
    """Whether the name is meant as a place here, whatever stands beside it."""
    name = scan.text[start:end]
    if not found.ending and _is_kind_of_goods(scan, name, end, lexicon):
        return False
    if not found.is_weak:
        return True
    if found.is_never:
        marked = "'" in name and _is_capital(scan, start)
        answers = asked and found.name not in words_of.NOT_AN_ANSWER
        return (marked and is_locative(found.ending)) or answers
    if asked or _has_place_form(found):
        return True
    alone = _is_alone(scan, start, end)
    first = start == 1 or scan.whole[:start].endswith((". ", "! ", "? "))
    capital = _is_capital(scan, start) and not first and not alone
    return not found.ending and (capital or alone or _fits(scan, start, end))


def _has_place_form(found: FoundPlace) -> bool:
    return bool(found.ending) and is_locative(found.ending)


def _is_capital(scan: Scan, start: int) -> bool:
    return scan.surface(start, start + 1)[:1].isupper()


def _fits(scan: Scan, start: int, end: int) -> bool:
    return bool(words_of.PREPOSITION.search(scan.text[:start])) or bool(
        words_of.AFTER.match(scan.text[end:])
    )


def _is_alone(scan: Scan, start: int, end: int) -> bool:
    """Whether the name stands between commas or at the end after one."""
    before, after = scan.whole[:start].rstrip(), scan.whole[end:].lstrip()
    opens = before.endswith((",", ".", "!", "?", ";"))
    if not before:
        return " " in scan.whole[start:end] and after[:1] in (",", ".")
    return opens and (not after or after[0] in ",.!?;")


def _is_kind_of_goods(scan: Scan, name: str, end: int, lexicon: Lexicon) -> bool:
    """Whether the name is said of goods that come from there: "Rize çayı", "adana dürüm"."""
    following = scan.whole[end:].split(" ", 2)[1:2]
    if not following or not following[0].isalpha():
        return False
    word = following[0]
    if word in words_of.ORIGINS.get(name, ()):
        return True
    goods = lexicon.product_at([word]) if _is_taken(scan, end + 1) else None
    return (
        goods is not None
        and goods.ending in ("i", "u", "si", "su")
        and not words_of.PLACE_NOUN.fullmatch(word)
    )


def _is_taken(scan: Scan, at: int, *, rules: Sequence[str] = ()) -> bool:
    """Whether the word at ``at`` of the line was taken as goods, by one of ``rules`` if given."""
    pieces = scan.pieces_between(at, at + 1)
    return bool(pieces) and any(
        find.slot in ("product", "variant")
        and find.start <= pieces[0].start < find.end
        and (not rules or find.rule in rules)
        for find in scan.finds
    )


def _settled(hits: list[_Hit], scan: Scan) -> list[_Hit]:
    """The sure hits, and the doubtful ones beside a place that they lie in."""
    sure = [hit for hit in hits if hit.is_sure]
    if sure and all(hit.rejected for hit in sure):
        # "Mersin değil Adana": beside a place that is turned down another one is meant.
        sure += [hit for hit in hits if not (hit.is_sure or hit.found.is_never)]
    for hit in hits:
        if not hit.is_sure and any(_lies_beside(hit, other, scan) for other in sure):
            sure.append(hit)
    return sorted((_narrowed(hit, sure) for hit in sure), key=lambda hit: hit.start)


def _lies_beside(hit: _Hit, other: _Hit, scan: Scan) -> bool:
    first, second = sorted((hit, other), key=lambda one: one.start)
    gap = scan.whole[first.end : second.start]
    return gap.strip(" ,'(") == "" and any(
        spelling.entry.lies_in(outer.entry)
        for spelling in hit.found.spellings
        for outer in other.found.spellings
    )


def _narrowed(hit: _Hit, hits: Sequence[_Hit]) -> _Hit:
    """The hit with those of its meanings that lie in another place of the message, if any do."""
    if len(hit.found.spellings) < 2:
        return hit
    inner = tuple(
        spelling
        for spelling in hit.found.spellings
        if any(
            spelling.entry.lies_in(outer.entry)
            for other in hits
            if other is not hit
            for outer in other.found.spellings[:1]
        )
    )
    return replace(hit, found=replace(hit.found, spellings=inner)) if inner else hit


def _named(scan: Scan, hits: list[_Hit], lexicon: Lexicon, question: Question | None) -> Place:
    chosen = _chosen(scan, hits, is_single=question is not None and question.ask == "s_place")
    names = tuple(dict.fromkeys(_name(hit, lexicon.home) for hit in chosen))
    if len(names) > 1:
        return Place(names=names, point=_middle([hit.entry.point for hit in chosen]))
    if chosen[0].entry.kind in ("district", "province"):
        text = read_quarter(scan, chosen[0].end) or read_noun(scan)
        if text is not None:
            return Place(names=(f"{names[0]} {text}",), point=chosen[0].entry.point)
    found = choices((s.entry for s in chosen[0].found.spellings), lexicon.home)
    if len(found) == 1:
        return Place(names=names, point=found[0].point)
    best = found[0]
    is_best_known = best.kind == "province" or best.province in WELL_KNOWN
    return Place(names=names, point=best.point if is_best_known else None, choices=found)


def _middle(points: Sequence[Point]) -> Point | None:
    """The point between places of one town; ``None`` for places farther apart."""
    middle = Point(
        sum(point.latitude for point in points) / len(points),
        sum(point.longitude for point in points) / len(points),
    )
    return middle if all(distance_m(point, middle) <= _ONE_TOWN_M for point in points) else None


# Places no farther than this from their middle can be served by one wish.
_ONE_TOWN_M = 15_000


def _chosen(scan: Scan, hits: list[_Hit], *, is_single: bool) -> list[_Hit]:
    """One place, or several that the message offers as alternatives."""
    if len(hits) == 1:
        return hits
    gaps = [scan.whole[a.end : b.start] for a, b in pairwise(hits)]
    if words_of.BETWEEN.match(scan.whole[hits[-1].end :]):
        return hits[-2:]
    if any(words_of.OR.search(gap) for gap in gaps):
        return _without_outer(hits, beside=True)
    if any(words_of.BUT.search(gap) for gap in gaps):
        return hits[-1:]
    finer = _without_outer(hits, beside=False)
    joined = all(words_of.AND.match(gap) or not gap.strip() for gap in gaps)
    same = len({hit.entry.kind for hit in finer}) == 1
    if len(finer) > 1 and joined and same and not is_single and finer[0].entry.kind != "landmark":
        return finer
    at = [hit for hit in finer if not hit.found.ending.endswith(("an", "en"))] or finer
    return [min(at, key=lambda hit: _FINER.index(hit.entry.kind) > 2)]


def _without_outer(hits: list[_Hit], *, beside: bool) -> list[_Hit]:
    """The hits but those in which another one lies; with ``beside`` only where they touch."""
    return [
        outer
        for outer in hits
        if not any(
            inner.entry.lies_in(outer.entry)
            for inner in hits
            if inner is not outer
            and (not beside or abs(inner.start - outer.end) < 2 or abs(outer.start - inner.end) < 2)
        )
    ] or hits[-1:]


def _name(hit: _Hit, home: Point | None) -> str:
    """The name as the person said it, spelled properly; nicknames and slips get the full one."""
    entry = choices((s.entry for s in hit.found.spellings), home)[0]
    said = next(s.text for s in hit.found.spellings if s.entry == entry)
    if hit.found.is_typo or said == entry.name:
        return entry.name
    if said == entry.name_en:
        return said
    noun = said.rpartition(" ")[2]
    if noun in ("sq", "uni"):
        return entry.name_en or entry.name
    return entry.name if noun in _SHORT_NOUNS or noun == said else _titled(said)


# Common nouns that are written in full where a name is shown.
_SHORT_NOUNS = frozenset(("cad", "cd", "mah", "mh", "blv", "bulv", "üni"))


def _titled(text: str) -> str:
    upper = str.maketrans({"i": "İ"})
    turkish = any(sign in "çğıöşüâ" for sign in text.lower())
    return " ".join(
        (word[0].translate(upper) if turkish else word[0]).upper() + word[1:]
        for word in text.split()
    )

"""Where: place names in the nominative, a shared pin, near the writer, or anywhere."""

from __future__ import annotations

import re
from dataclasses import dataclass

from iceshop.kernel.geo import Point
from whatsapp.nlu.endings import is_locative, stems
from whatsapp.nlu.lexicon import MAX_WORDS, Found, Lexicon, PlaceEntry
from whatsapp.nlu.reading import Place, Question
from whatsapp.nlu.scan import Scan, rule

_ASKS = ("ask_place", "ask_pin", "s_place")
_WORD = re.compile(r"[a-z][\w']*|\d+")
# What stands around a place's name and is explained with it.
_BEFORE = re.compile(
    r"(?:(?<= )(?:somewhere|anywhere|in|at|near|around|by|to|from|of|on|within|close"
    r"|next|the|in front|opposite|bring it|front"
    r"|i'm|im|we're) )+$"
)
_AFTER = re.compile(
    r"(?: (?:sahil\w*|iskele\w*|meydan\w*|metro\w*|merkez\w*|civar\w*|taraf\w*|cevre\w*"
    r"|carsi\w*|kopru\w*|belediye\w*"
    r"|yakin\w*|pier|square|sq|beach|bridge|station|market|ferry|terminal|town hall"
    r"|center|centre|area|side|marmaray\w*"
    r"|cikis\w*|onu\w*|semt\w*|mah\w*|ilce\w*|karsi\w*|avm|hal\w*|vapur\w*|rihtim\w*|otogar\w*"
    r"|stadi\w*|neighbou?rhood|district"
    r"|cad\w*|sokak\w*|gibi|icinde|dolaylari\w*|uygun))+(?= )"
)
_PARK = re.compile(r" (?:park[a-z']*)(?= )")
_ARENA = re.compile(r" (?:[a-z']+ )?(?:arasi|arasinda)")
_PREPOSITION = re.compile(r"(?:^| )(?:in|at|near|around|to|by|from|of|on) (?:the )?$")
_REJECTED_AFTER = re.compile(r" (?:yerine|degil|olmasin|olmaz|haric)(?= )")
_REJECTED_BEFORE = re.compile(r" (?:not|instead of|rather than|except)(?: in| at)? $")
_OR = re.compile(r" (?:or|veya|ya da|yada|ve|and|,|/|-|ile|ya|olmadi) ")

_ANYWHERE = (
    r"(?:yer|konum|semt|mekan)(?:i|in)? (?:hic )?(?:fark ?etmez|onemli degil)|nere(?:si"
    r"|de) olursa(?: olsun)?|her yer(?:e|de)?(?: olur)?"
    r"|herhangi (?:bir|1) yer\w*|anywhere(?: is fine| works| will do)?|wherever|(?:don'?t care"
    r"|doesn'?t matter"
    r"|not picky|no preference|don'?t mind)(?: about)?"
    r" (?:where|the place|the location)|any (?:place|area|location|where)"
    r"|all over (?:the city|istanbul)"
)
_ANYWHERE_ASKED = r"fark ?etmez|farketmez|doesn'?t matter|don'?t (?:care|mind)|whatever|any"
_NEAR_ME = (
    r"(?:bana|buraya|evime|evin|evimin|eve|isyerime|isimin|ofise|konumuma"
    r"|bulundugum yere) (?:en )?yakin\w*(?: bir| 1)?(?: yer\w*)?|yakinim\w*|yakinlar\w*"
    r"|yakinda(?:ki)?"
    r"|cevrem\w*|etrafim\w*|civarim\w*|oldugum yer\w*|bu civar\w*|buralar\w*|near ?(?:me"
    r"|by)|close (?:by|to (?:me|my \w+|home|here))"
    r"|around (?:me|here|my \w+)|near (?:my \w+|here|home)|in my (?:area|neighbou?rhood)"
    r"|nearest|closest"
)
_PIN = (
    r"(?:buraya|burada|burasi|bulundugum yer\w*|konumum\w*|(?:iste )?konum(?:u)? (?:attim"
    r"|bu)|(?:right )?here|my (?:current )?location|this (?:place|spot|location)"
    r"|attigim konum\w*|su anki konum\w*)"
)


@dataclass(frozen=True, slots=True)
class _Hit:
    name: str
    entry: PlaceEntry
    start: int
    end: int
    rejected: bool


def read_place(
    scan: Scan, lexicon: Lexicon, language: str, question: Question | None, pin: Point | None
) -> Place | None:
    """Take the place out of ``scan``; names win over "near me", that over a pin."""
    asked = question is not None and question.ask in _ASKS
    hits = _hits(scan, lexicon, language, asked=asked)
    if hits:
        scan.take_all(_NEAR_ME, "place")
        return _named(scan, hits)
    if pin is not None and not scan.has(_ANYWHERE):
        scan.take_all(rf"{_PIN}|{_NEAR_ME}", "place")
        return Place(special="pin", point=pin)
    if scan.take(_ANYWHERE, "place") or (asked and scan.has(_ANYWHERE_ASKED)):
        scan.take(_ANYWHERE_ASKED, "place")
        return Place(special="any")
    if scan.take(_NEAR_ME, "place"):
        return Place(special="here")
    if asked and scan.take(_PIN, "place"):
        return Place(special="pin")
    return _unknown(scan, asked=asked)


def _hits(scan: Scan, lexicon: Lexicon, language: str, *, asked: bool) -> list[_Hit]:
    hits: list[_Hit] = []
    at = 0
    words = list(scan.words())
    while at < len(words):
        start, _ = words[at]
        run = _run(words[at : at + MAX_WORDS])
        found = lexicon.place_at(run) if run else None
        if found is None or not _is_place(scan, found, start, words, at, asked=asked):
            at += 1
            continue
        last_at, last = words[at + found.words - 1]
        hits.append(_hit(scan, found.entry, language, start, last_at + len(last)))
        at += found.words
    for hit in hits:
        scan.cover(hit.start, hit.end, "place", "name")
    return hits


def _run(words: list[tuple[int, str]]) -> list[str]:
    run: list[str] = []
    for _, word in words:
        if not _WORD.fullmatch(word):
            break
        run.append(word)
    return run


def _is_place(
    scan: Scan,
    found: Found[PlaceEntry],
    start: int,
    words: list[tuple[int, str]],
    at: int,
    *,
    asked: bool,
) -> bool:
    """Whether an everyday word is meant as the name of a place here."""
    if (
        not found.is_weak
        or asked
        or (is_locative(found.ending) and found.words == 1 and found.ending)
    ):
        return True
    first = scan.pieces_between(start, start + 1)
    capital = bool(first) and at > 0 and scan.source[first[0].start].isupper()
    following = words[at + found.words][1] if at + found.words < len(words) else ""
    ends = following in ("", ",", ".", "!", "?") or following.startswith("#")
    opens = at == 0 or words[at - 1][1] in (",", ".") or words[at - 1][1].startswith("#")
    behind = _AFTER.match(
        scan.text, words[at + found.words - 1][0] + len(words[at + found.words - 1][1])
    )
    fits = bool(_PREPOSITION.search(scan.text[:start])) or behind is not None
    return not found.ending and (capital or fits or (ends and opens and at > 0))


def _hit(scan: Scan, entry: PlaceEntry, language: str, start: int, end: int) -> _Hit:
    name = (language == "en" and entry.name_en) or entry.name
    after = scan.text[end:]
    before = scan.text[:start]
    rejected = bool(_REJECTED_AFTER.match(after)) or bool(_REJECTED_BEFORE.search(before))
    if (park := _PARK.match(after)) is not None:
        name, end = f"{name} Park" + "ı" * (language == "tr"), end + park.end()
    elif (around := _AFTER.match(after)) is not None:
        end += around.end()
    if (lead := _BEFORE.search(before)) is not None:
        start = lead.start()
    return _Hit(name, entry, start, end, rejected)


def _named(scan: Scan, hits: list[_Hit]) -> Place | None:
    kept = [hit for hit in hits if not hit.rejected]
    if len(kept) > 1 and not _says_between(scan, kept):
        parents = {hit.entry.parent for hit in kept} | {"İstanbul"}
        finer = [hit for hit in kept if hit.entry.name not in parents]
        kept = finer or kept[:1]
    names = tuple(dict.fromkeys(hit.name for hit in kept))
    point = kept[0].entry.point if len(names) == 1 else None
    return Place(names=names, point=point) if names else None


def _says_between(scan: Scan, hits: list[_Hit]) -> bool:
    gap = scan.whole[hits[0].end : hits[1].start + 1]
    return bool(_ARENA.match(scan.whole[hits[-1].end :])) or bool(
        re.search(r" (?:or|veya|ya|yada) ", gap)
    )


def _unknown(scan: Scan, *, asked: bool) -> Place | None:
    """A name that the lexicon lacks: with a place's ending, or as the answer."""
    for found in re.finditer(r"(?<= )([a-z]{3,})'([dt][ae](?:y[iı]m|y[iı]z)?)(?= )", scan.text):
        if scan.surface(*found.span())[:1].isupper():
            scan.cover(*found.span(), "place", "ending")
            return Place(names=(scan.surface(*found.span()).partition("'")[0],))
    named = rule(r"(?:in|near|around|at) ([a-z]{4,})").search(scan.text)
    if named is not None and scan.surface(*named.span(1))[:1].isupper():
        scan.cover(*named.span(), "place", "preposition")
        return Place(names=(scan.surface(*named.span(1)),))
    return _answer(scan) if asked else None


_NOT_A_NAME = frozenset(
    "olsun olur lutfen please pls the in at near bir yer yerde somewhere evet yes ok"
    " tamam bence iyi hayir no yok"
    " bilmiyorum i don't know".split()
)


def _answer(scan: Scan) -> Place | None:
    words = [
        (at, w)
        for at, w in scan.words()
        if _WORD.fullmatch(w) and w not in _NOT_A_NAME and not w.isdigit()
    ]
    if not words or len(words) > 4 or scan.has(r"english|ingilizce|turkce|turkish"):
        return None
    start, end = words[0][0], words[-1][0] + len(words[-1][1])
    text = scan.surface(start, end)
    scan.cover(start, end, "place", "answer")
    stem = next((s for s, ending in stems(words[-1][1]) if ending and is_locative(ending)), "")
    if stem and "'" in text:
        text = text.rpartition("'")[0]
    return Place(names=(text,))

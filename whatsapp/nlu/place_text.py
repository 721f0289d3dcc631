"""Names that the gazetteer lacks: kept as they were written, in the nominative."""

from __future__ import annotations

import re

from whatsapp.nlu import place_words as words_of
from whatsapp.nlu.endings import is_locative, stems
from whatsapp.nlu.scan import Scan, rule

_WORD = re.compile(r"[a-z][\w']*")
_MOST_WORDS = 4
_APOSTROPHE = re.compile(r"(?<= )([a-z]{3,})'(n?[dt][ae](?:n|y[iu]m|y[iu]z)?|y[ae])(?= )")
_I_AM_AT = re.compile(r"(?<= )([a-z]{4,}?)'?n?([dt][ae]y[iu][mz])(?= )")
_NAME = r"[a-z][a-z']*"
_WITH_NOUN = re.compile(
    rf"(?<= )((?:{_NAME} ){{0,2}}{_NAME}) ({words_of.NOUNS})({words_of.NOUN_ENDING})(?= )"
)
_NOUN_ALONE = re.compile(
    r"(?<= )(otogar|terminal|iskele|liman|marina|meydan|carsi|sahil|hal|istasyon|gar|havaalani"
    r"|havalimani|kampus|metro|sanayi)('?n?[dt][ae](?:y[iu]m|y[iu]z|ki)?)(?= )"
)
_SIDE = re.compile(rf"(?<= )((?:{_NAME} ){{0,2}}{_NAME}) (?:hemen |tam )?({words_of.SIDES})(?= )")
# Sides that need a genitive or a capital before them: "burada", "orada", "içinde", "arası".
_LOOSE_SIDE = re.compile(r"(?:ic|ust|alt|or|bura|yakin)\w*")
_GENITIVE = re.compile(r"[a-z]+'?n?[iu]n")
_ENGLISH = rule(
    r"(in front of|opposite|across from|next to|behind|outside|inside|near ?by|near|around|close by"
    r"|close to|not far from|right by|by|at|in|beside|towards)"
    r"(?= (?:the )?((?:[a-z][a-z']*|st\.?)(?: [a-z][a-z']*){0,3}))"
)
_NEARBY = rule(r"(?:near ?by|close ?by|not far from) (?:the )?([a-z][a-z']*)")
_QUARTER = re.compile(r" ([a-z]{4,}?)'?(n[dt][ae]|[dt][ae])(?:y[iu][mz])?(?= )")
_ALONE = re.compile(rf"(?<= , )((?:{_NAME} ){{1,3}}{_NAME})(?= [,.#]|\s*$)")
_TURKISH_NOUN = re.compile(
    r"(?:caddesi|sokagi|meydani|sahili|plaji|parki|carsisi|iskelesi|mahallesi|garaji|otogari|gari"
    r"|duragi|istasyonu|hastanesi|universitesi|kampusu|pasaji|sitesi|avm|kavsagi|koprusu|golu)"
)
_STRONG_ENGLISH = ("in front", "opposite", "across", "next to", "behind", "outside", "beside")
_ENGLISH_NOUN = re.compile(
    r"(?:station|square|park|mall|pier|beach|bridge|mosque|tower|university|campus|airport|hotel"
    r"|hospital|museum|bazaar|market|street|avenue|harbou?r|marina|terminal|stadium|church|opera"
    r"|library|school|gate|castle|lake|stop|exit|centre|center|hall|office|theatre|cinema)"
)
# An answer with one of these is no name but talk.
_TALK = (
    r"can|could|would|will|should|do|does|did|is|are|was|let'?s|speak|talk|switch|continue|write|why"
    r"|who|what|when|how|which|english|ingilizce|turkish|turkce|konus\w*|devam|m[iu]|m[iu]s[iu]n\w*"
    r"|neden|niye|kim|kac\w*|hangi\w*|ne|nedir|gunlerden|anla\w*|bil\w*|\?|iptal\w*|vazgec\w*"
    r"|dur\w*|selam|merhaba|hello|hi|thanks?|tesekkur\w*|sag ?ol|yok|istemiyorum|want|need|don'?t"
)
# Words of time and verb forms.
_NO_NAME = re.compile(
    r"(?:saat|gun|hafta|ay|sabah|aksam|ogle|gece|dakika)\w*"
    r"|\w+(?:yor|cak|cek|sin|lim|rim|mek|mak)\w*"
)
_STOPS = frozenset(
    """
    for to on at in by with under max around about from before after until till between and or
    but please pls is are was i we you they he she it my our the a an today tomorrow tonight now
    icin en max saat bugun yarin kadar ama lazim istiyorum ve ile bir bi var mi
    """.split()
)


def read_text(scan: Scan) -> str | None:
    """Take a place that only its form tells out of ``scan``: "Çınarlı'da", "near the opera"."""
    return (
        _with_apostrophe(scan)
        or _beside(scan)
        or _english(scan)
        or _i_am_at(scan)
        or read_noun(scan)
        or _between_commas(scan)
    )


def read_name_nearby(scan: Scan) -> str | None:
    """Take the name in "nearby Limerick", where "nearby" is not said of the writer."""
    for found in _NEARBY.finditer(scan.text):
        if scan.surface(*found.span(1))[:1].isupper():
            return _english(scan)
    return None


def read_noun(scan: Scan) -> str | None:
    """Take a common noun that says where by itself: "otogarda"."""
    found = _NOUN_ALONE.search(scan.text)
    if found is None:
        return None
    scan.cover(*found.span(), "place", "noun")
    return _nominative(scan, *found.span())


def read_quarter(scan: Scan, at: int) -> str | None:
    """Take an unknown name in the locative right behind that of its city at ``at``."""
    found = _QUARTER.match(scan.text, at)
    if found is None or words_of.AFTER.match(scan.text, at) is not None:
        return None
    stem = found.group(1)
    if stem in words_of.NOT_A_PLACE or stem in words_of.NOT_A_NAME or _NO_NAME.fullmatch(stem):
        return None
    scan.cover(*found.span(), "place", "quarter")
    return _titled(_nominative(scan, *found.span()).strip())


def answer(scan: Scan) -> str | None:
    """The bare words of an answer to "where", in the nominative; or ``None``."""
    words = [
        (at, word)
        for at, word in scan.words()
        if _WORD.fullmatch(word) and word not in words_of.NOT_A_NAME
    ]
    if not words or len(words) > _MOST_WORDS or scan.has(_TALK, whole=True):
        return None
    start, end = words[0][0], words[-1][0] + len(words[-1][1])
    text = _nominative(scan, start, end)
    scan.cover(start, end, "place", "answer")
    return text


def _nominative(scan: Scan, start: int, end: int) -> str:
    """The person's own words for ``[start, end)`` without the ending that says where."""
    text = scan.surface(start, end)
    if "'" in text.rpartition(" ")[2]:
        head, _, ending = text.rpartition("'")
        return head if is_locative(ending.lower()) or len(ending) > 1 else text
    last = scan.whole[start:end].rpartition(" ")[2]
    for stem, ending in stems(last):
        if ending in _WHERE and len(stem) > 2:
            return text[: len(text) - len(ending)]
    return text


_WHERE = frozenset(
    """
    nda nde ndan nden da de ta te dan den tan ten dayim deyim tayim teyim dayiz deyiz tayiz teyiz
    ndayim ndeyim ndayiz ndeyiz
    """.split()
)


def _with_apostrophe(scan: Scan) -> str | None:
    for found in _APOSTROPHE.finditer(scan.text):
        if scan.surface(*found.span())[:1].isupper() and found.group(1) not in words_of.NOT_A_PLACE:
            scan.cover(*found.span(), "place", "ending")
            return scan.surface(*found.span()).partition("'")[0]
    return None


def _i_am_at(scan: Scan) -> str | None:
    for found in _I_AM_AT.finditer(scan.text):
        stem = found.group(1)
        if stem.startswith(("bura", "ora", "sura")):
            continue
        if stem not in words_of.NOT_A_PLACE and stem.removesuffix("in") not in words_of.NOT_A_PLACE:
            scan.cover(*found.span(), "place", "ending")
            return _nominative(scan, *found.span())
    return None


def _beside(scan: Scan) -> str | None:
    """Take what stands before a noun or side: "Starbucks önünde", "Çınarlı caddesinde"."""
    for pattern in (_WITH_NOUN, _SIDE):
        for found in pattern.finditer(scan.text):
            start, end = _trimmed(scan, *found.span(1))
            if start >= end or not _is_meant(scan, pattern, found, start, end):
                continue
            scan.cover(start, found.end(), "place", "noun")
            if pattern is _SIDE:
                return _without_genitive(scan.surface(start, end))
            noun = scan.surface(*found.span(2))
            return f"{scan.surface(start, end)} {noun}"
    return None


def _is_meant(
    scan: Scan, pattern: re.Pattern[str], found: re.Match[str], start: int, end: int
) -> bool:
    """Whether the words are said of a place: they say where, or begin with a capital."""
    if scan.surface(start, end)[:1].isupper() and start > 1:
        return True
    if pattern is _SIDE:
        last = scan.whole[start:end].rpartition(" ")[2]
        return _GENITIVE.fullmatch(last) is not None or not _LOOSE_SIDE.fullmatch(found.group(2))
    return any(is_locative(ending) for ending in (found.group(3).strip("'"),)) and found.group(
        3
    ) not in ("a", "e", "ya", "ye")


def _without_genitive(text: str) -> str:
    return re.sub(r"'?n?[ıiuüIİUÜ]n$", "", text) if len(text) > 4 else text


def _trimmed(scan: Scan, start: int, end: int) -> tuple[int, int]:
    """The last words of the span that can belong to a name."""
    at = end
    for found in reversed(list(re.finditer(r"\S+", scan.text[start:end]))):
        word = found.group()
        if word in _STOPS or word in words_of.NOT_A_NAME or word in words_of.NOT_A_PLACE:
            break
        if _is_said_of_time(word):
            break
        at = start + found.start()
    return at, end


def _is_said_of_time(word: str) -> bool:
    return _NO_NAME.fullmatch(word) is not None


def _english(scan: Scan) -> str | None:
    for found in _ENGLISH.finditer(scan.text):
        words: list[str] = []
        for word in found.group(2).split():
            if word in _STOPS or word in words_of.NOT_A_NAME:
                break
            words.append(word)
        if not words:
            continue
        start = found.start(2)
        end = start + len(" ".join(words))
        text = scan.surface(start, end)
        noun = any(_ENGLISH_NOUN.fullmatch(word) for word in words)
        if found.group(1).startswith(_STRONG_ENGLISH) or noun or text[:1].isupper():
            scan.cover(found.start(), end, "place", "preposition")
            return text
    return None


def _between_commas(scan: Scan) -> str | None:
    """Take "Eymir Lake" or "Tunus Caddesi" that stands alone between commas."""
    for found in _ALONE.finditer(scan.text):
        words = found.group(1).split()
        noun = _ENGLISH_NOUN.fullmatch(words[-1]) or _TURKISH_NOUN.fullmatch(words[-1])
        if noun and len(words) > 1 and not _STOPS.intersection(words):
            scan.cover(*found.span(1), "place", "commas")
            return scan.surface(*found.span(1))
    return None


def _titled(text: str) -> str:
    return text[:1].replace("i", "İ").upper() + text[1:]

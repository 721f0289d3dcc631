"""Endings that Turkish and English nouns carry, on folded words."""

from __future__ import annotations

from collections.abc import Iterator

# Longest first: a longer ending explains more of the word.
_ENDINGS = sorted(
    """
    lerinden larindan lerinde larinda lerini larini lerine larina lerim larim lerimi larimi
    lerden lardan lerde larda lere lara leri lari lerle larla ler lar sindan sinden sinda
    sinde sundan sunden sunda sunde sina sine suna sune sini sunu sinin sunun si su indan
    inden inda inde undan unden unda unde ina ine una une ini unu inin unun ndan nden nda
    nde na ne ni nu nin nun dan den tan ten da de ta te ya ye yi yu a e i u in un yla yle la
    le yim yum dayim deyim tayim teyim dayiz deyiz tayiz teyiz daki deki taki teki ci cu
    cisi cusu cide cuda cida dayken deyken im um m imi umu mi mu imin umun ligi lik luk es s
    """.split(),
    key=len,
    reverse=True,
)
# What the name of a place carries: cases, "I am in", "that of"; shortest first, for
# many names end like a case themselves.
_OF_PLACES = sorted(
    """
    a e ya ye na ne i u yi yu ni nu in un nin nun da de ta te dan den tan ten nda nde ndan nden
    la le yla yle ca ce dayim deyim tayim teyim dayiz deyiz tayiz teyiz ndayim ndeyim ndayiz ndeyiz
    dayken deyken ndayken ndeyken dayiz daydim deydim daki deki taki teki ndaki ndeki dakine dekine
    sinda sinde sindan sinden sina sine sindayim sindeyim si su indayim indeyim inda inde undayim
    li lu lilar luyum s
    """.split(),
    key=len,
)
_SOFTENED = {"b": "p", "c": "c", "d": "t", "g": "k"}
_LOCATIVE: tuple[str, ...] = (
    "da",
    "de",
    "ta",
    "te",
    "dan",
    "den",
    "tan",
    "ten",
    "ya",
    "ye",
    "dayim",
    "deyim",
)
_LOCATIVE += ("tayim", "teyim", "dayiz", "deyiz", "tayiz", "teyiz", "daki", "deki", "taki", "teki")
_SHORTEST = 2


def stems(word: str) -> Iterator[tuple[str, str]]:
    """Yield ``(stem, ending)`` readings of a folded word: as it stands first, then shorter ones.

    >>> next(stems("moda'da"))
    ('moda', 'da')
    >>> ("simit", "e") in set(stems("simide"))
    True
    """
    stem, apostrophe, ending = word.partition("'")
    if apostrophe and len(stem) >= _SHORTEST:
        yield stem, ending
        yield stem + ending, ""
        return
    yield word, ""
    if word.endswith("ies"):
        yield word[:-3] + "y", "ies"
    for ending in _ENDINGS:
        stem = word[: -len(ending)]
        if word.endswith(ending) and len(stem) >= _SHORTEST:
            yield stem, ending
            if ending[0] in "aeiu" and stem[-1] in _SOFTENED:
                yield stem[:-1] + _SOFTENED[stem[-1]], ending


def place_stems(word: str) -> Iterator[tuple[str, str]]:
    """Yield ``(name, ending)`` readings of a folded word that may be the name of a place.

    >>> dict(place_stems("hamamyolundayim"))["hamamyolu"]
    'ndayim'
    """
    stem, apostrophe, ending = word.partition("'")
    if apostrophe and len(stem) >= _SHORTEST:
        yield stem, ending
        if ending == "s" or ending not in _OF_PLACES:
            yield stem + ending, ""
        return
    yield word, ""
    for ending in _OF_PLACES:
        stem = word[: -len(ending)]
        if word.endswith(ending) and len(stem) >= _SHORTEST:
            yield stem, ending
            if ending[0] in "aeiu" and stem[-1] == "g":
                yield stem[:-1] + "k", ending


def is_locative(ending: str) -> bool:
    """Whether the ending says where, whence or whither.

    >>> is_locative("deyim"), is_locative("nda"), is_locative("lar")
    (True, True, False)
    """
    return ending.removeprefix("n").removeprefix("in") in _LOCATIVE or ending.endswith(
        ("nda", "nde", "ndan", "nden")
    )

"""Forms of nouns: which name a declined word stands for, and the nominative of unknown ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from whatsapp.nlu.endings import stems

# Possessive and plural endings that carry a further case ending: "lahmacunlarimizdan".
_STACKED = re.compile(
    r"(?:l[ae]r)?(?:[iu]?m[iu]z|[iu]n[iu]z|[iu]m|[iu]n|s[iu])?"
    r"(?:[yn]?[iu]|[yn]?[ae]|n?[dt][ae]n?|n[iu]n|[iu]n|yl[ae]|l[ae]|c[iu]k|cu[gk]\w*|lar[iu])"
)
_SOFTENED = {"b": "p", "c": "c", "d": "t", "g": "k"}
_PLURALS = frozenset(("", "s", "es", "ies"))
_SHORT = 3
_LONGEST_ENDING = 11
_REMEMBERED = 4096


def noun_stems(language: str) -> Callable[[str], Iterable[tuple[str, str]]]:
    """How words of ``language`` are taken apart: ``(stem, ending)``, as it stands first."""
    return _turkish_stems if language == "tr" else _english_stems


@lru_cache(_REMEMBERED)
def _turkish_stems(word: str) -> tuple[tuple[str, str], ...]:
    return tuple(_turkish(word))


@lru_cache(_REMEMBERED)
def _english_stems(word: str) -> tuple[tuple[str, str], ...]:
    return tuple(_english(word))


def _turkish(word: str) -> Iterator[tuple[str, str]]:
    if len(word) > _SHORT + 1 and word.endswith("s"):
        yield word, ""
        yield word[:-1], "s"
    yield from stems(word)
    if "'" in word:
        return
    for ending in ("leri", "lari"):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            # The plural of a compound: "konser biletleri" of "konser bileti".
            yield from ((word[: -len(ending)] + of_it, ending) for of_it in ("i", "u", "si", "su"))
    for cut in range(max(_SHORT, len(word) - _LONGEST_ENDING), len(word) - _SHORT):
        stem, ending = word[:cut], word[cut:]
        if _STACKED.fullmatch(ending):
            yield stem, ending
            if ending[0] in "aeiu" and stem[-1] in _SOFTENED:
                yield stem[:-1] + _SOFTENED[stem[-1]], ending


def _english(word: str) -> Iterator[tuple[str, str]]:
    """English plurals; Turkish endings too, but on no short word: "cap" is not in "cape"."""
    for stem, ending in stems(word):
        if ending in _PLURALS or "'" in word or (len(stem) > _SHORT and len(ending) > 1):
            yield stem, ending


_CASE = re.compile(
    r"(?P<stem>.{2,}?[aeiou])(?:y[iuae]|yl[ae]|[dt][ae]n?|n[iu]n)"
    r"|(?P<bare>.{2,}?(?:[fstkchp](?=t)|[^aeioufstkhp](?=d)))[dt][ae]n?"
    r"|(?P<many>.{3,}?)l[ae]r(?:[iuae]|d[ae]n?)?"
)
# Singular nouns that only look like a form of another.
_WHOLE = frozenset("keten sabun odun balon vagon kimono salon bidon karton koton telefon".split())
_PAIRED = frozenset(
    """
    shoes boots trousers jeans shorts glasses sunglasses scissors leggings tights pants gloves
    socks headphones earphones earbuds binoculars pliers goggles fries nachos crisps sneakers
    trainers slippers sandals pyjamas pajamas tongs oats clothes boxers swimmers skis curtains
    """.split()
)


def nominative(name: str, language: str) -> str:
    """The form of an unknown ``name`` that a dictionary has; lower-case in, lower-case out.

    >>> nominative("turşuyu", "tr"), nominative("yoga matı", "tr"), nominative("soy candles", "en")
    ('turşu', 'yoga matı', 'soy candle')
    """
    head, _, last = name.rpartition(" ")
    last = last.partition("'")[0] if language == "tr" else last.removesuffix("'s")
    last = _turkish_nominative(last, is_compound=bool(head)) if language == "tr" else singular(last)
    return f"{head} {last}".strip()


def _turkish_nominative(word: str, *, is_compound: bool) -> str:
    folded = word.translate(_PLAIN)
    found = _CASE.fullmatch(folded)
    if found is None or folded in _WHOLE:
        return word
    kind = found.lastgroup
    stem = word[: len(found.group(kind))] if kind else word
    return word if len(stem) < (3 if kind == "stem" else 4) else stem


_PLAIN = str.maketrans("ıüöçşğâîû", "iuocsgaiu")


def singular(word: str) -> str:
    """An English noun in the singular; pairs such as "shoes" stay as they are said.

    >>> singular("brushes"), singular("berries"), singular("glass"), singular("shoes")
    ('brush', 'berry', 'glass', 'shoes')
    """
    if word in _PAIRED or len(word) < 4:
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("shes", "ches", "sses", "xes", "zes")):
        return word[:-2]
    if word.endswith("ves") and len(word) > 5:
        return word[:-1] if word.endswith(("oves", "eves")) else word[:-3] + "f"
    if word.endswith("toes") or (word.endswith("oes") and len(word) > 5):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word

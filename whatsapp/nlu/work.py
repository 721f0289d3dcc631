"""Work to be done on a thing, said with a verb: "araba yıkatmak", "phone screen repaired"."""

from __future__ import annotations

import re

from iceshop.kernel.text import fold
from whatsapp.nlu.nouns import singular

# What Turkish has done to a thing, and the name of that work; the thing keeps its bare form.
_DONE_TR = (
    (r"yikat\w*|yikan(?:acak|sin|masi)\w*|yikama\w*", "yıkama"),
    (r"boyat\w*", "boyama"),
    (r"kestir\w*|kesilecek", "kesimi"),
    (r"temizlet\w*|temizlenecek", "temizliği"),
    (r"degistir(?:t|ec|ic|me|iyo)\w*|degisecek|degismesi\w*", "değişimi"),
    (r"tamir (?:ettir|edil|olacak)\w*|onar(?:il|t)\w*", "tamiri"),
    (r"cektir\w*", "çekimi"),
    (r"diktir\w*", "dikimi"),
    (r"kirala\w*", "kiralama"),
    (r"utulet\w*", "ütüleme"),
    (r"cilalat\w*", "cilası"),
    (r"monte ettir\w*|kurdur\w*", "montajı"),
    (r"kisalt(?:tir)?\w*", "kısaltma"),
    (r"doldur(?:t|ac)\w*", "dolumu"),
)
_DONE_EN = (
    (r"dry cleaned", "dry cleaning"),
    (r"repaired|fixed|mended", "repair"),
    (r"cleaned", "cleaning"),
    (r"washed", "wash"),
    (r"hemmed", "hemming"),
    (r"altered|shortened|taken in", "alteration"),
    (r"ironed|pressed", "ironing"),
    (r"replaced", "replacement"),
    (r"changed", "change"),
    (r"installed|fitted", "installation"),
    (r"serviced", "service"),
    (r"painted", "painting"),
    (r"dyed|coloured|colored", "colouring"),
    (r"engraved", "engraving"),
    (r"groomed", "grooming"),
    (r"sharpened", "sharpening"),
)
_DOES_EN = (
    (r"fix(?:es|ing)?|repairs?|mends?", "repair"),
    (r"shortens?|hems?|alters?", "alteration"),
    (r"installs?", "installation"),
    (r"irons?", "ironing"),
)
_BEHIND = {
    language: [(re.compile(rf" (?:{verb})(?= )"), noun) for verb, noun in table]
    for language, table in (("tr", _DONE_TR), ("en", _DONE_EN))
}
_BEFORE = [
    (
        re.compile(rf" (?:{verb})(?: (?:my|our|a|an|the|some|broken|old|\d+))* (?P<made>[a-z ]*)$"),
        noun,
    )
    for verb, noun in _DOES_EN
]
# Pairs that go by one of them before the name of work.
_PAIRS = {
    pair: pair.removesuffix("s")
    for pair in ("shoes", "boots", "sneakers", "curtains", "gloves", "headphones", "sandals")
}
_BROKE = re.compile(
    r" (?:(?:has|is|just) )*(?:bozul\w*|bozuk|kirildi|patladi|calismiyo\w*|broke\w*|died|dead"
    r"|not working|stopped working|leaks?|leaking|su kaciriyo\w*|akitiyo\w*)(?= )"
)
_REPAIR = {
    "tr": (re.compile(r" (?:tamir\w*|usta\w*|servis\w*)(?= )"), "tamiri"),
    "en": (re.compile(r" (?:repair\w*|fix\w*|mechanic|technician|service)(?= )"), "repair"),
}


def as_noun(run: list[str], language: str) -> list[str] | None:
    """Folded words with the first verb of work made a noun: "araba yikatmak", "araba yikama"."""
    for at, word in enumerate(run[1:4], 1):
        for verb, work in _BEHIND["tr" if language == "tr" else "en"]:
            if verb.match(f" {word} "):
                return [*run[:at], *fold(work).split()]
    return None


def work_on(name: str, line: str, start: int, end: int, language: str) -> str | None:
    """The work that the line asks for on the thing ``name`` at ``[start, end)``, if it does."""
    thing = name if language == "tr" else _PAIRS.get(name, singular(name))
    for verb, work in _BEHIND["tr" if language == "tr" else "en"]:
        if verb.match(line[end:]):
            return f"{thing} {work}"
    if language != "tr":
        for verb, work in _BEFORE:
            if (found := verb.search(line[:start])) is not None:
                return f"{found['made']}{thing} {work}"
    asks, work = _REPAIR["tr" if language == "tr" else "en"]
    rest = line[:start] + line[end:]
    return f"{thing} {work}" if _BROKE.match(line[end:]) and asks.search(rest) else None

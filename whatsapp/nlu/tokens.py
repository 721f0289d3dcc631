"""A message as pieces: folded words, numbers with a value, signs; each knows where it stood."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from iceshop.kernel.text import clean, fold
from whatsapp.nlu.time_spelling import respelled

_TOKEN = re.compile(
    r"(?P<date>\d{4}-\d{2}-\d{2}(?!\d)|\d{1,2}[./]\d{1,2}[./]\d{2,4}(?!\d)|\d{1,2}/\d{1,2}(?!\d))"
    r"|(?P<number>\d+(?:[.,:]\d+)*)"
    r"|(?P<word>[^\W\d_]+(?:['`´][^\W\d_]+)*)"
    r"|(?P<sign>\S)"
)
# "19 30 da", "at 3 30 pm": hour and minute with a blank; "1900" behind a word for times.
_BLANK = re.compile(
    r"(?<![\d.,:])([01]?\d|2[0-3]) ((?:00|15|30|45)"
    r"(?= (?:gibi|civar|aras|sular|\d{1,2} [0-5]\d aras))"
    r"|[0-5]\d(?= ?'?[dt][ae]n?\b| ?[ap]\.?m\b))",
    re.IGNORECASE,
)
_FOUR_DIGITS = re.compile(
    r"(?:(?<=\bat )|(?<=@)|(?<=@ )|(?<=\bsaat )|(?<=\bby )|(?<=\buntil )|(?<=\bafter )"
    r"|(?<=\bbefore )|(?<![\d.,:+ ])(?<!\d )(?=0))([01]\d|2[0-3])([0-5]\d)"
    r"(?![\d.,:/]| ?(?:tl|lira|try|₺|\$|€|usd|eur|each|kg|m\b|\d{2,}))",
    re.IGNORECASE,
)
# A day and month with points that can be no time: "26.09", "5.10. 16:00".
_POINTED = re.compile(
    r"(?<![\d.,:])(?:(?P<a>2[5-9]|3[01])\.(?P<b>0[1-9]|1[0-2])(?![\d,]|\.\d| ?(?:tl|lira|₺|kg|m\b))"
    r"|(?P<c>\d{1,2})\.(?P<d>0?[1-9]|1[0-2])\.(?= (?:saat )?\d))",
    re.IGNORECASE,
)
_APOSTROPHE = str.maketrans("’‘ʼ´`", "'''''")
_DASH = re.compile("[\u2010-\u2015\u2212]")
# Spellings with digits and points, and what the rules read instead.
_WITH_DIGITS = (
    (re.compile(r"\b2m(?:o?rr?ow?|oro|rw)\b", re.IGNORECASE), "tomorrow"),
    (re.compile(r"\b2(?:nite|night)\b", re.IGNORECASE), "tonight"),
    (re.compile(r"\b2day\b", re.IGNORECASE), "today"),
    (re.compile(r"\bb4\b", re.IGNORECASE), "before"),
    (re.compile(r"(?<=\b[012]\d)h(?=[0-5]\d\b)", re.IGNORECASE), ":"),
    (re.compile(r"\bone (?=o'?clock)", re.IGNORECASE), "1 "),
    # seconds and the points of "a.m." say nothing
    (re.compile(r"(?<=\d:[0-5]\d):[0-5]\d\b"), ""),
    (re.compile(r"(?<=\d) ?a\. ?m\b\.?", re.IGNORECASE), " am "),
    (re.compile(r"(?<=\d) ?p\. ?m\b\.?", re.IGNORECASE), " pm "),
)
_LATIN_WORD_WITH_DIGITS = re.compile(r"\b(?:ps|usb|mp|xbox)\d+\b|(?<![^\W\d_])m2\b", re.IGNORECASE)

# Short forms as people type them, folded; one word may become several.
SHORT = {
    "tmrw": "tomorrow", "tmr": "tomorrow", "tmw": "tomorrow", "tomorow": "tomorrow",
    "tommorow": "tomorrow", "tommorrow": "tomorrow", "tonite": "tonight", "moring": "morning",
    "mornin": "morning", "arvo": "afternoon", "rn": "right now", "ppl": "people", "pls": "please",
    "plz": "please", "abt": "about", "thurs": "thursday", "thur": "thursday", "tues": "tuesday",
    "wanna": "want to", "walkin": "walking", "gonna": "going to", "thx": "thanks", "n": "and",
    "yarn": "yarin", "yrn": "yarin", "sbh": "sabah", "aksm": "aksam", "pzt": "pazartesi",
    "cmt": "cumartesi", "crs": "carsamba", "prs": "persembe", "bi": "bir", "bide": "bir de",
    "dakka": "dakika", "dakkada": "dakikada",
    "tmm": "tamam", "tm": "tamam", "haftasonu": "hafta sonu", "haftaici": "hafta ici",
    "ogledensonra": "ogleden sonra", "slm": "selam", "mrb": "merhaba", "merhabalar": "merhaba",
    "acilen": "acil", "birsey": "bir sey", "bisey": "bir sey", "sgt": "saat", "dk": "dakika",
    "dkya": "dakikaya", "dkda": "dakikada", "dkye": "dakikaya", "hft": "hafta", "aks": "aksam",
    "hftsonu": "hafta sonu", "hftya": "haftaya", "crsmba": "carsamba", "prsmbe": "persembe",
    "pzr": "pazar", "pzrts": "pazartesi", "ctesi": "cumartesi", "bgn": "bugun", "snr": "sonra",
    "gbi": "gibi", "btwn": "between", "paz": "pazar", "gib": "gibi",
    "xmas": "christmas", "nxt": "next", "wknd": "weekend", "wkend": "weekend", "wknds": "weekend",
    "nite": "night", "hafatya": "haftaya", "bw": "between",
    "ogln": "oglen", "ogledn": "ogleden", "wk": "week", "whenevr": "whenever", "mins": "minutes",
    "dklik": "dakikalik", "bugn": "bugun", "simdi": "simdi", "yarinki": "yarin", "kac": "kac",
    "kisilk": "kisilik", "ksi": "kisi", "kisii": "kisi", "lutfn": "lutfen", "gn": "gun",
    "istiyom": "istiyorum", "istiyoz": "istiyoruz", "ariyom": "ariyorum",
}  # fmt: skip
_CURRENCY = {
    "tl": "tl", "lira": "tl", "liras": "tl", "₺": "tl", "lirasi": "tl", "dolar": "usd",
    "dollar": "usd", "dollars": "usd", "bucks": "usd", "usd": "usd", "$": "usd", "euro": "eur",
    "euros": "eur", "eur": "eur", "avro": "eur", "€": "eur", "sterlin": "gbp", "quid": "gbp",
    "gbp": "gbp", "£": "gbp", "pounds": "gbp",
}  # fmt: skip
_CURRENCY_WORD = re.compile(
    r"(tl|lira|dolar|euro|avro|sterlin)'?(lik|ligi|si|[iy]?[ae]|y[ai]|[yns]?i|ye|yu"
    r"|[dt][ae]n?|s[iu]n?[ae]?)"
)
_PERCENT_WORDS = ("yuzde", "percent", "pct")


@dataclass(frozen=True, slots=True)
class Piece:
    """One word, number or sign.

    ``canon`` is its folded form, ``start`` and ``end`` its place in the cleaned text. Numbers have
    a ``value`` and the Turkish ``ending`` that followed; ``clock`` is set for ``9:30`` and dates.
    """

    canon: str
    start: int
    end: int
    value: float | None = None
    ending: str = ""
    clock: bool = False


def prepare(text: str) -> str:
    """Return ``text`` cleaned, with plain digits, apostrophes and dashes."""
    plain = _DASH.sub("-", clean(text).translate(_APOSTROPHE))
    for typed, word in _WITH_DIGITS:
        plain = typed.sub(word, plain)
    plain = _POINTED.sub(
        lambda m: f"{m['a'] or m['c']}/{m['b'] or m['d']}" + " " * (m["c"] is not None), plain
    )
    plain = _FOUR_DIGITS.sub(r"\1:\2", _BLANK.sub(r"\1:\2", plain))
    digits = (_digit(sign) for sign in plain)
    return _LATIN_WORD_WITH_DIGITS.sub(lambda m: m.group().translate(_SPELLED), "".join(digits))


def _digit(sign: str) -> str:
    if sign.isascii() or unicodedata.category(sign) != "Nd":
        return {"٫": ".", "٬": ",", "٪": "%"}.get(sign, sign)
    return str(unicodedata.digit(sign))


# Circled digits keep the name of a thing ("PS5") one word; they fold back to plain ones.
_SPELLED = {ord(str(n)): chr(0x2460 + n - 1) for n in range(1, 10)}


def split(text: str) -> list[Piece]:
    """Cut prepared text into pieces; numbers are still as they were typed."""
    pieces: list[Piece] = []
    for found in _TOKEN.finditer(text):
        start, end = found.span()
        kind = found.lastgroup
        if kind == "sign" and _joins(text, start):
            continue
        if kind in ("date", "number"):
            pieces.append(Piece(found.group(), start, end, clock=kind == "date"))
        else:
            pieces.extend(_words(found.group(), start, end))
    return pieces


def _joins(text: str, at: int) -> bool:
    """Whether the sign is the hyphen of a compound such as "gluten-free" or "3-seater"."""
    return text[at] == "-" and text[at - 1 : at].isalnum() and text[at + 1 : at + 2].isalpha()


def _words(word: str, start: int, end: int) -> list[Piece]:
    folded = fold(word).strip("'") or word
    folded = SHORT.get(folded) or respelled(folded)
    if folded in _CURRENCY or word == "TRY":
        folded = _CURRENCY.get(folded, "tl")
    elif (money := _CURRENCY_WORD.fullmatch(folded)) is not None:
        folded = f"{_CURRENCY[money.group(1)]}'{money.group(2)}"
    elif folded in _PERCENT_WORDS:
        folded = "%"
    return [Piece(part, start, end) for part in folded.split()]

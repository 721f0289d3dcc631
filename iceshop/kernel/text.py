"""Text from people: made safe to store, made comparable, and Turkish endings for what we write."""

from __future__ import annotations

import re
import unicodedata

# Longest text that the messaging platform delivers.
TEXT_CAP = 4096
# A letter of any living script carries fewer marks than this; more is a prank.
_MARKS_PER_LETTER = 4

_INVISIBLE = {"Cf", "Cs", "Co", "Cn"}
_KEPT_FORMAT = {"\N{ZERO WIDTH JOINER}"}  # joins emoji; useless elsewhere, harmless in display
_VARIATION = re.compile("[\ufe00-\ufe0f]")

_LOWER_TR = {ord("I"): "ı", ord("İ"): "i"}
# Letters that Unicode does not take apart into a base letter and a mark.
_ASCII = str.maketrans({"ı": "i", "ß": "ss", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe"})


def clean(text: str, cap: int = TEXT_CAP) -> str:
    """Return ``text`` fit to be stored, shown and matched.

    NUL, control characters but newline and tab, direction overrides, zero-width signs and lone
    surrogates go; special spaces become plain ones; letters are composed (NFC); marks beyond four a
    letter are dropped; at most ``cap`` code points stay, never cut inside an emoji sequence.
    """
    kept: list[str] = []
    marks = 0
    for sign in unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")):
        category = unicodedata.category(sign)
        if category == "Cc" and sign not in "\n\t":
            continue
        if category in _INVISIBLE and sign not in _KEPT_FORMAT:
            continue
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if marks <= _MARKS_PER_LETTER:
            kept.append(" " if category == "Zs" else sign)
    return _cut("".join(kept), cap).strip()


def _cut(text: str, cap: int) -> str:
    if len(text) <= cap:
        return text
    end = cap
    while end > 0 and _continues(text[end], text[end - 1]):
        end -= 1
    return text[:end]


def _continues(sign: str, before: str) -> bool:
    joined = "\N{ZERO WIDTH JOINER}" in (sign, before)
    flag = "\U0001f1e6" <= sign <= "\U0001f1ff"
    tone = "\U0001f3fb" <= sign <= "\U0001f3ff"
    return joined or flag or tone or unicodedata.category(sign) in ("Mn", "Me")


def tr_lower(text: str) -> str:
    """Lower-case as Turkish does: I to ı, İ to i.

    >>> tr_lower("IŞIK İPTAL")
    'ışık iptal'
    """
    return text.translate(_LOWER_TR).lower()


def fold(text: str) -> str:
    """Return the matching key of ``text``: lower-case, without marks, every i the same.

    Letters of other scripts stay what they are, so a Cyrillic look-alike does not match.

    >>> fold("KADIKÖY") == fold("Kadıköy") == fold("kadikoy")
    True
    >>> fold("İPTAL"), fold("Şapka")
    ('iptal', 'sapka')
    """
    lowered = _VARIATION.sub("", tr_lower(text)).translate(_ASCII)
    parts = unicodedata.normalize("NFKD", lowered)
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


# --- Turkish case endings after names, times and prices -------------------------------------

_BACK = "aıouAIOU"
_VOWELS = "aıoueiöüAIOUEİÖÜ"
_HARD = "çfhkpsştÇFHKPSŞT"
# Last word of a number as it is read aloud, by its last digits.
_DIGIT = ["sıfır", "bir", "iki", "üç", "dört", "beş", "altı", "yedi", "sekiz", "dokuz"]
_TENS = ["", "on", "yirmi", "otuz", "kırk", "elli", "altmış", "yetmiş", "seksen", "doksan"]


def _spoken_end(text: str) -> str:
    """Return the word with which ``text`` ends when it is read aloud."""
    digits = re.search(r"(\d+)(\D*)$", text)
    if digits is None:
        return text
    if "₺" in digits.group(2):
        return "lira"
    number = digits.group(1)
    if text[-3:-2] in (".", ":") and number == "00":
        # 15.00 is read "on beş": the minutes are silent, the hour is heard.
        return _spoken_end(text[:-3])
    value = int(number)
    if value % 10:
        return _DIGIT[value % 10]
    if value % 100:
        return _TENS[value % 100 // 10]
    if value % 1000:
        return "yüz"
    return "bin" if value else "sıfır"


def _last_vowel(word: str) -> str:
    return next((sign for sign in reversed(word) if sign in _VOWELS), "e")


def dative(text: str) -> str:
    """Append the ending of direction: to, until.

    >>> [dative(text) for text in ("13.40", "14.20", "15.00", "Moda")]
    ["13.40'a", "14.20'ye", "15.00'e", "Moda'ya"]
    """
    word = _spoken_end(text)
    vowel = "a" if _last_vowel(word) in _BACK else "e"
    return f"{text}'{'y' if word[-1] in _VOWELS else ''}{vowel}"


def locative(text: str) -> str:
    """Append the ending of place and time: at, in.

    >>> [locative(text) for text in ("14.00", "13.55", "Kadıköy", "Beşiktaş")]
    ["14.00'te", "13.55'te", "Kadıköy'de", "Beşiktaş'ta"]
    """
    word = _spoken_end(text)
    vowel = "a" if _last_vowel(word) in _BACK else "e"
    return f"{text}'{'t' if word[-1] in _HARD else 'd'}{vowel}"


def ablative(text: str) -> str:
    """Append the ending of origin: from.

    >>> ablative("14.03"), ablative("118 ₺")
    ("14.03'ten", "118 ₺'dan")
    """
    return locative(text) + "n"

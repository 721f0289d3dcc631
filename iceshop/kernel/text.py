"""Text from people: made safe to store, made comparable, and Turkish endings for what we write."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from itertools import takewhile

# Longest text that the messaging platform delivers.
TEXT_CAP = 4096
# A letter of any living script carries fewer marks than this; more is a prank.
_MARKS_PER_LETTER = 4

_INVISIBLE = {"Cf", "Cs", "Co", "Cn"}
_JOINER = "\N{ZERO WIDTH JOINER}"
_JOINED = {"So", "Sk", "Mn", "Me"}  # what a joiner may follow: emoji, their tones and marks
_VARIATION = re.compile("[\ufe00-\ufe0f]")
# Signs that are drawn as nothing without being spaces: fillers of Hangul, the empty Braille cell.
_BLANKS = re.compile("[\u115f\u1160\u3164\uffa0\u2800]")
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029]")
# No emoji is longer; what goes on like one beyond this is a prank and may be cut anywhere.
_LONGEST_SEQUENCE = 32

_LOWER_TR = {ord("I"): "ı", ord("İ"): "i"}
# Letters that Unicode does not take apart into a base letter and a mark.
_ASCII = str.maketrans({"ı": "i", "ß": "ss", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe"})


def clean(text: str, cap: int = TEXT_CAP) -> str:
    """Return ``text`` fit to be stored, shown and matched.

    NUL, control characters but newline and tab, direction overrides, zero-width signs and lone
    surrogates go; special spaces become plain ones; letters are composed (NFC); marks beyond four a
    letter are dropped; at most ``cap`` code points stay, never cut inside an emoji sequence.
    Cleaning what is clean changes nothing.
    """
    kept: list[str] = []
    marks = 0
    for sign in unicodedata.normalize("NFC", _visible(text)):
        marks = marks + 1 if unicodedata.category(sign) in ("Mn", "Me") else 0
        if marks <= _MARKS_PER_LETTER:
            kept.append(sign)
    return _cut("".join(kept).strip(" \n\t" + _JOINER), cap).rstrip(" \n\t" + _JOINER)


def _visible(text: str) -> str:
    """Return ``text`` without what is not seen, with plain spaces and line ends."""
    kept: list[str] = []
    before = ""
    for sign in _BLANKS.sub(" ", _LINE_ENDS.sub("\n", text)):
        category = unicodedata.category(sign)
        if category == "Cc" and sign not in "\n\t":
            continue
        if category in _INVISIBLE and not (sign == _JOINER and before in _JOINED):
            continue
        before = category
        kept.append(" " if category == "Zs" else sign)
    return "".join(kept)


def _cut(text: str, cap: int) -> str:
    if len(text) <= cap:
        return text
    end = cap
    while end > 0 and _splits(text, end):
        end -= 1
        if cap - end > _LONGEST_SEQUENCE:
            return text[:cap]
    return text[:end]


def _splits(text: str, end: int) -> bool:
    """Whether a cut before ``end`` would part what is drawn as one."""
    sign, before = text[end], text[end - 1]
    if _is_flag_half(sign):
        halves = sum(1 for _ in takewhile(_is_flag_half, reversed(text[:end])))
        return halves % 2 == 1
    tone = "\U0001f3fb" <= sign <= "\U0001f3ff"
    return tone or _JOINER in (sign, before) or unicodedata.category(sign) in ("Mn", "Me")


def _is_flag_half(sign: str) -> bool:
    return "\U0001f1e6" <= sign <= "\U0001f1ff"


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
    parts = unicodedata.normalize("NFKD", _VARIATION.sub("", text))
    bare = "".join(sign for sign in parts if not unicodedata.combining(sign))
    return tr_lower(bare).translate(_ASCII)


# --- Turkish case endings after names, times and prices -------------------------------------

_BACK = "aıou"
_VOWELS = "aıoueiöü"
_HARD = "çfhkpsştxq"
_OWN_LETTERS = frozenset("çğıöşü")
# Last word of a number as it is read aloud, by its last digits.
_DIGIT = ["sıfır", "bir", "iki", "üç", "dört", "beş", "altı", "yedi", "sekiz", "dokuz"]
_TENS = ["", "on", "yirmi", "otuz", "kırk", "elli", "altmış", "yetmiş", "seksen", "doksan"]
_POWERS = ((1_000_000_000, "milyar"), (1_000_000, "milyon"), (1000, "bin"), (100, "yüz"))
_CURRENCY = {"₺": "lira", "TL": "lira", "€": "avro", "$": "dolar", "£": "sterlin"}
_PRICE = re.compile(r"\d\s?(₺|TL|[€$£])$")
_NUMBER = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d+)\W*$")
_INITIALS = re.compile(rf"[{_VOWELS}][^{_VOWELS}]{{2}}")  # AVM, AKM; BİM is read as a word
_WORD = re.compile(r"[^\W\d_]+")

# Names that are written with other vowels than they are spoken with: stem's last vowel as heard.
_HEARD = {
    "center": "a", "kemal": "e", "celal": "e", "bilal": "e", "hilal": "e", "iclal": "e",
    "istiklal": "e", "ikbal": "e", "zuhal": "e", "saat": "e", "harf": "e",
}  # fmt: skip
# Heads of compounds that already bear the ending of possession: Nişantaşı, Moda Fırını. A case
# ending then begins with n. Kırklareli and Kocaeli count, Tunceli and Denizli do not.
_HEADS = """
    oğlu düzü burnu değirmeni taşı başı (?<!v)altı içi üstü yolu pazarı hisarı beylerbeyi eminönü
    kırklareli kocaeli meydanı parkı pasajı sarayı bulvarı limanı sahili rıhtımı merkezi salonu garı
    stadı camii ormanı apartmanı oteli fırını manavı kasabı bakkalı restoranı marketi dükkanı
    (?:kitab|balık|konuk|kahve|köfte)evi [aı]ğı [ei]ği (?<![kb])uğu [öü]ğü suyu
""".split()
_POSSESSED = re.compile(rf"(?:{'|'.join(_HEADS)})$")
# As the last of several words these too: İstiklal Caddesi, Mısır Çarşısı, Pasta Evi.
_POSSESSED_LAST = re.compile(r"(?:[aı]sı|[ei]si|[ou]su|[öü]sü|^evi|^ili)$")


@dataclass(frozen=True, slots=True)
class _Heard:
    """How a text ends when it is read aloud."""

    is_back: bool
    ends_in_vowel: bool
    is_hard: bool
    is_possessed: bool = False


# Initials and units; nearly all letters are read with an e at their end.
_LETTER_BY_LETTER = _Heard(is_back=False, ends_in_vowel=True, is_hard=False)


def _heard(text: str) -> _Heard:
    price = _PRICE.search(text)
    if price is not None:
        return _of_word(_CURRENCY[price.group(1)])
    number = _NUMBER.search(text)
    if number is not None:
        return _of_word(_spoken_number(text[: number.end(1)], number.group(1)))
    return _of_name(text)


def _spoken_number(text: str, digits: str) -> str:
    """Return the last word of the number with which ``text`` ends."""
    if digits == "00" and text[-3:-2] in (".", ":"):
        # 15.00 is read "on beş": the minutes are silent, the hour is heard.
        hour = re.search(r"\d+$", text[:-3])
        digits = hour.group() if hour else digits
    value = int(digits.replace(".", ""))
    if value == 0:
        return _DIGIT[0]
    for power, word in _POWERS:
        if value % power == 0:
            return word
    return _DIGIT[value % 10] if value % 10 else _TENS[value % 100 // 10]


def _of_name(name: str) -> _Heard:
    written = _WORD.findall(name)
    words = [_sounds(word) for word in written]
    last = words[-1] if words else ""
    if written and written[-1].isupper() and _INITIALS.fullmatch(last):
        return _LETTER_BY_LETTER
    heard = _of_word(last)
    owned = _POSSESSED.search(last) or (len(words) > 1 and _POSSESSED_LAST.search(last))
    return replace(heard, is_possessed=bool(owned))


def _sounds(word: str) -> str:
    """Return ``word`` in small letters, foreign ones as the nearest of the alphabet."""
    return "".join(sign if sign in _OWN_LETTERS else fold(sign) for sign in tr_lower(word))


def _of_word(word: str) -> _Heard:
    vowels = [sign for sign in word if sign in _VOWELS]
    if not vowels:
        return _LETTER_BY_LETTER
    return _Heard(
        is_back=_HEARD.get(word, vowels[-1]) in _BACK,
        ends_in_vowel=word[-1] in _VOWELS,
        is_hard=word[-1] in _HARD,
    )


def dative(text: str) -> str:
    """Append the ending of direction: to, until.

    >>> [dative(text) for text in ("13.40", "14.20", "15.00", "Moda", "Beyoğlu")]
    ["13.40'a", "14.20'ye", "15.00'e", "Moda'ya", "Beyoğlu'na"]
    """
    heard = _heard(text)
    link = "n" if heard.is_possessed else "y" if heard.ends_in_vowel else ""
    return f"{text}'{link}{'a' if heard.is_back else 'e'}"


def locative(text: str) -> str:
    """Append the ending of place and time: at, in.

    >>> [locative(text) for text in ("14.00", "13.55", "Kadıköy", "Beşiktaş", "Nişantaşı")]
    ["14.00'te", "13.55'te", "Kadıköy'de", "Beşiktaş'ta", "Nişantaşı'nda"]
    """
    heard = _heard(text)
    start = "nd" if heard.is_possessed else "t" if heard.is_hard else "d"
    return f"{text}'{start}{'a' if heard.is_back else 'e'}"


def ablative(text: str) -> str:
    """Append the ending of origin: from.

    >>> ablative("14.03"), ablative("118 ₺")
    ("14.03'ten", "118 ₺'dan")
    """
    return locative(text) + "n"

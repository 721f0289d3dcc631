"""Words of money: what a sum is for, bounds, hints, and slips of the finger in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from whatsapp.nlu.spelling import distance
from whatsapp.nlu.tokens import Piece

CURRENCIES = {"tl": "TRY", "usd": "USD", "eur": "EUR", "gbp": "GBP"}
CURRENCY = r"(?:(?:turk|turkish) )?(?:tl|usd|eur|gbp)(?:'[a-z]+)?"
_CASE = r"(?:n[aeiu]|nd[ae]n?|n[iu]n)?"
# What a sum is for; the first that fits wins.
PER: tuple[tuple[str, str], ...] = (
    (
        "kg",
        rf"kilosu{_CASE}|kilogrami{_CASE}|kg'?s[iu]{_CASE}|(?:a|per|the|each|every|/|for (?:a|1))"
        r" (?:kilos?|kilogram|kg)(?! of )|kilo basi(?:na)?|kilo fiyati|kiloya|kiloluk fiyat"
        r"|(?<!\d )(?:kilo|kg)(?!\w| basi)",
    ),
    (
        "person",
        r"(?:kisi|adam|kelle|kafa|insan|bas) ?ba[sc]i(?:na|nda|ndan|miza)?|kisi bas|her ?(?:kese"
        r"|kes"
        r"|birimiz\w*|kisiye|kisi)|birimize"
        r"|(?:a|per|each|every|/) (?:head|person|people|guest|kid|child|player|student|adult|capita"
        r"|kisi)"
        r"|pp|p / p|ppl|for each (?:of us|person|guest)|per each person|each of us"
        r"|(?<!\d )kisi(?!\w)",
    ),
    ("pair", rf"cifti{_CASE}|(?:a|per|the|each|every|for a|/) pair|cift basi(?:na)?"),
    (
        "m2",
        rf"metrekaresi{_CASE}|m ?2'?s[iu]{_CASE}"
        r"|(?:a|per|/|each) (?:square met(?:re|er)|m2|sqm|sq m|metrekare)",
    ),
    (
        "each",
        rf"tanesi{_CASE}|tane ?basi(?:na)?|taneye|adedi{_CASE}|adet ?basi(?:na)?|adet fiyati|adede"
        rf"|birim(?:i{_CASE})?|birim fiyati?|beheri{_CASE}|each(?: one)?|apiece|a ?piece"
        r"|(?:per|the|/) (?:piece|item|unit|one|pc|adet|tane)|a (?:pop|unit|go)|for one|for each"
        r"|(?:a|an|per) (?:ticket|cup|slice|bottle|plate|bowl|glass|portion|serving|copy|loaf|rose"
        r"|can|jar|tray|bag|box|pack|bunch|session|seat|game|ride|wash|cut|night|mug|card|stem"
        r"|shirt|chair|book|bar|tyre|tire|dozen|crate|carton)(?! of )",
    ),
)
_PER_RULES = tuple((name, re.compile(rf"(?<![a-z])(?:{words})(?![a-z])")) for name, words in PER)
PER_WORDS = "|".join(words for _, words in PER)

# Beside a sum: the most, the least, plain talk of money, and vagueness.
CAP_LEFT = (
    r"max(?:imum)?(?: of)?|maks(?:imum)?|mak[sx]|en (?:fazla|cok|yuksek)(?:i|si)?|azami"
    r"|at (?:the )?"
    r"(?:very )?most|up ?to|under|below|less than|lower than|within (?:a )?budget of"
    r"|no higher than|ust (?:limit"
    r"|sinir)\w*"
    r"|(?:not|no|never|nothing|cant|can'?t|won'?t|wont|dont|don'?t|don'?t want to"
    r"|dont want to)(?: (?:do|go|pay|spend|be|to))*"
    r" (?:more than|over|above|exceed(?:ing)?|past|beyond|higher than)|cheaper than"
    r"|limit(?:im|imiz)?(?: is| of)?|cap(?:ped)?(?: of| at| is)?|(?:tops|ceiling)(?: is"
    r"| of)?"
    r"|(?:the )?most i(?:'d|'ll| can| would| will)?(?: pay| spend| give| do| afford)?(?: is)?"
)
CAP_RIGHT = (
    r"(?:at )?max(?:imum)?|cap|mak[sx](?:imum)?|en (?:fazla|cok)|azami"
    r"|at (?:the )?(?:very )?most|tops"
    r"|or (?:less|under|below|cheaper)|(?:and )?(?:no more|not more|nothing more)"
    r"|not (?:a|one) (?:\w+ )?more|limit(?:im|imiz)?|(?:is )?(?:my|the|our) (?:limit"
    r"|max(?:imum)?|cap"
    r"|ceiling|most)(?: .{0,12}(?:pay|spend|afford))?|ust sinir\w*|tavan\w*|or so max"
    r"|(?:ya da|veya) (?:daha )?(?:az|alti|ucuz)\w*|ve alti"
)
# With the number's ending: "120'yi geçmesin", "200'e kadar".
BOUND = (
    r"gec(?:me|ir|er)\w*|asma\w*|asarsa\w*|(?:daha )?(?:fazla|cok|pahali|yukari)(?:si|ya)? (?:ol"
    r"|ver|et"
    r"|ode|cik|tut)(?:ma|me|em|meme|dirme)\w*|ustu (?:ol|cik|ver)m\w*|ustu(?:ne|nde) (?:cik|ol|ver)"
    r"\w*m[aei]\w*|alti(?:nda|na|ni)?(?: olsun| olursa| olmali| olan)?|asagi(?:si)? olursa"
    r"|kadar(?: (?:cik|ol|ver|ode|al)\w*)?|(?:ver|ode)(?:r|ir|er|ebil|ey|irim|iriz|rim)\w*|verim"
    r"|cikar(?:im|iz)|cikabil\w*|razi(?:yim|yiz)"
)
BUDGET = (
    r"(?:toplam )?butce(?:m|miz|si|yi|mi|mizi|miz de|m de)?(?: olarak| toplam)?"
    r"|(?:(?:my|our|the|a|with a|total) )*(?:total )?budget(?:'?s| is| of| around| up to| to| at"
    r"| would be| should be| must be| can be| now is| will be)?|toplam(?:da|i|i da)?"
    r"|total(?: of)?|in total|altogether|topl?u"
    r"|(?:willing|ready|happy|prepared) to (?:pay|spend)|(?:i(?:'d| can| could| will|'ll"
    r"| would)?|we"
    r"(?:'d| can| could| will|'ll)?) (?:pay|spend|afford)(?: (?:up to|like))?|spend(?:ing)?"
    r"|pay(?:ing)?"
    r"|cebimde|elimde|param(?: var)?|hepsi(?:ne)?|komple|ayirdim|price (?:range )?(?:of|around|is)"
)
HINT = (
    r"tutar(?:i)?|fiyat(?:i)?|ucret(?:i)?|for|got|have|is|yaklasik|around|about|like|roughly|approx"
    r"(?:imately)?|ortalama|sadece|only|just|gunluk|daily|its|it's|it'?s|say|so|to|diyelim|su kadar"
    r"|somewhere|between|from|of|olarak|icin|asagi yukari|asagi|yukari|tahmini|make it|maybe"
)
SUM_RIGHT = (
    r"altogether|to spend|total|in total|all in|all included|toplam(?:da)?|butce\w*|budget"
    r"|hepsi(?:ne|nin)?"
    r"(?: icin| dahil)?|dahil|komple|for (?:both|all|everything|the (?:lot|whole \w+|set|two|pair))"
    r"(?: of (?:us|them|it))?|ayirdim|var (?:cebimde|elimde|param)|bayilirim|harcar\w*"
    r"|harcayabil\w*"
)
ABOUT = (
    r"civar\w*|falan|filan|felan|or so|ish|dolay\w*|bandinda|gibi|arasi\w*|arasin\w*|aralig\w*"
    r"|alir(?:im|iz)|alinir(?: mi)?|olur(?: mu)?|bulursam|varsa|var mi|yeter\w*|yapalim|olsun"
    r"|olabilir|diyelim|yap|please|pls|lutfen|o zaman|iste|tamam"
)
FLOOR_LEFT = r"en az|asgari|min(?:imum)?|minimum of|at least|en dusuk|alt (?:limit|sinir)\w*"
FLOOR_RIGHT = (
    r"(?:asagi|az|ucuz|dusuk)(?:si|ya)?(?: d[ae])? (?:ol|in|dus)m[aei]\w*|and up|or more"
    r"|ve (?:ustu|uzeri|yukari)"
    r"\w*|ustu|uzeri|yukari"
)
TO = r"(?:-|~|/|ile|ila|il|to|and|veya|ya da|ve|or)"

_MONTH = (
    r"ocak|subat|mart|nisan|mayis|haziran|temmuz|agustos|eylul|ekim|kasim|aralik|jan\w*|feb\w*"
    r"|march"
    r"|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*"
)
# Words after a number that count something other than money.
COUNTED = (
    rf"(?:{_MONTH})\w*|kisi(?! ?bas)\w*|people|persons?|guests?|km|m|cm|mm|ml|cl|metre\w*|meters?"
    r"|metres?|minutes?|mins?|dakika\w*|saat\w*|hours?|hrs?|days?|nights?|gun\w*|gece\w*|hafta\w*"
    r"|weeks?|months?|tane|adet|pcs|pieces?|kg|kilo|kilos|g|gb|tb|w|watt|inch\w*|inc|gr|gram\w*"
    r"|l|lt"
    r"|litre\w*|lit(?:er|re)s?|pm|am|a m|p m|years?|yas\w*|yil\w*|ay|aylik|of us|of them"
    r"|porsiyon\w*"
    r"|portions?|kutu\w*|box\w*|paket\w*|packs?|kasa\w*|koli\w*|beden|numara\w*|no|nolu|th"
    r"|arkadas\w*|friends?|mates|bucuk|ceyrek|cift|pairs?|dilim|slices?|bardak|sise|bottles?|x|%"
    r"|mbps|mah\w*|hz|model|inci|nci|'nci|metrekare|m2|sqm|square|o'?clock|blok|daire|kat|sokak"
)
NOT_MONEY = rf"(?! (?:{COUNTED})(?= ))"

_MENDED = (
    "lira tanesi adedi kilosu metrekaresi cifti basi butce butcem toplam maksimum dolar euro"
    " dollars"
    " bucks quid maximum budget gecmesin asmasin kadar apiece person each kisilik kisiyiz"
).split()
_CANON = {
    "lira": "tl",
    "dolar": "usd",
    "dollars": "usd",
    "bucks": "usd",
    "euro": "eur",
    "quid": "gbp",
}
_SLANG = re.compile(r"(?:papel|kayme|teklik|liracik|kagit(?= |$))(?:ye|e|den)?")
_RIGHT_WORDS = frozenset(
    "kilos cift bas basin persons altin kasar basit baska bazi butun each kilo kisi tane lara"
    " liman adeti toplu toplar reach"
    " teach peach beach budge tanesini tanem kiralik".split()
)


def mend(pieces: Sequence[Piece]) -> list[Piece]:
    """Spell words of money rightly where they stand beside a number; slang becomes currency.

    >>> [p.canon for p in mend([Piece("90", 0, 2, 90.0), Piece("lria", 3, 7)])]
    ['90', 'tl']
    """
    mended = list(pieces)
    for at, piece in enumerate(pieces):
        near = [pieces[i] for i in (at - 1, at + 1) if 0 <= i < len(pieces)]
        beside = any(one.value is not None and not one.clock for one in near)
        if piece.value is None and len(piece.canon) > 2 and (beside or piece.canon == "basi"):
            behind = at > 0 and pieces[at - 1].value is not None
            canon = _mended(piece.canon, behind=behind)
            if canon != piece.canon:
                mended[at] = replace(piece, canon=canon)
    return mended


def _mended(word: str, *, behind: bool) -> str:
    if behind and _SLANG.fullmatch(word):
        return "tl"
    if not word.isalpha() or word in _RIGHT_WORDS or word in _MENDED:
        return word
    stem = next((end for end in ("ya", "dan", "lik") if word.endswith(end) and len(word) > 5), "")
    for right in _MENDED:
        if _is_slip(word, right):
            return _CANON.get(right, right)
        if stem and right == "lira" and _is_slip(word.removesuffix(stem), right):
            return f"tl'{stem}"
    return word


def _is_slip(word: str, right: str) -> bool:
    """One letter off; in short words only two letters swapped or one doubled or left out."""
    if word[0] != right[0] or abs(len(word) - len(right)) > 1 or distance(word, right) != 1:
        return False
    if len(right) > 5:
        return True
    return len(word) != len(right) or sorted(word) == sorted(right)


def per_of(words: str, default: str = "total") -> str:
    """What a price is for, from the words around it."""
    return next((name for name, pattern in _PER_RULES if pattern.search(words)), default)

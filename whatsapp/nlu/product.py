"""What is wanted or sold: known names, and open vocabulary where no name is known."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from iceshop.kernel.text import tr_lower
from whatsapp.nlu import product_words as words
from whatsapp.nlu.compounds import compounds
from whatsapp.nlu.lexicon import MAX_WORDS, Found, Lexicon, ProductEntry, key
from whatsapp.nlu.named import Named
from whatsapp.nlu.nouns import nominative
from whatsapp.nlu.scan import Scan, rule
from whatsapp.nlu.unknown import read_unknown_product, unexplained
from whatsapp.nlu.variants import attach_amounts, read_variants
from whatsapp.nlu.work import as_noun, work_on

__all__ = [
    "Named",
    "attach_amounts",
    "flavour_names",
    "read_products",
    "read_unknown_product",
    "read_variants",
    "unexplained",
]

_WORD = re.compile(r"[a-z][\w']*|\d+")
_COUNT = re.compile(r"\d+(?:\.\d+)?(?:'s[ae]r)?")
_FLAVOURS = ("çikolata", "çilek", "limon", "muz", "fıstık", "fındık", "portakal", "peynir", "bal")
# Goods whose names begin with what is in them: the head is the product, the rest narrows it.
_FILLED = frozenset(("bakery", "dessert", "food", "drink", "coffee"))
_HEADS = frozenset(("etli", "zeytinyagli", "sosisli", "tuzlu"))
# What a noun of English stands behind, when the word could be a verb as well.
_BEFORE_NOUN = re.compile(
    r" (?:a|an|the|some|any|my|of|for|want|need|buy|get|new|good|cheap|more|extra|and|or|with"
    r"|find|selling|sell|have|like|love|eat|drink|craving|fancy|fresh|your|this|that|used|\d+|#+"
    r"|,|&|\+) $|^ $"
)
_AFTER_VERB = re.compile(r" (?:a|an|the|me|us|my|it|this|that|you|to|for me|up) ")
_NOT_WATER = re.compile(r" (?:an\w*|siralar\w*|aralar\w*|gunler\w*|saat\w*) ")
_MODEL = re.compile(r"(?:\d+[a-z]?|pro|max|plus|mini|air|ultra|note|se|[a-z]\d+| )*")
_COUNTED = re.compile(
    r" \d+(?:\.\d+)?(?:'s[ae]r)?(?: (?:kg|kilos?|g|gr|gram|tane|adet|paket|packs?|kutu|box(?:es)?"
    r"|koli|kasa|crates?|demet|of|a|dilim|cans?|jars?|kavanoz))* $"
)
_COUNTED_KIND = re.compile(r" \d+ [a-z]+ $")
_COUNTS = re.compile(r" \d+(?:\.\d+)? (?:kg|kilo|gram|gr|tane|adet|paket|kutu|koli|kasa|demet)")
_ADDED = re.compile(r" (?:ve|and|ile|bir de|\+|&) $")
# Names shorter than this take endings only in their own language: "hamsi" is no ham.
_SHORT = 4
# What is sold by its flavour.
_FLAVOURED = frozenset(("dessert", "bakery", "drink", "coffee"))

_WISHED = re.compile(r" (?:lazim|isti|ariyo|bakiyo|al[ai]|var mi|siparis|\d+ )")
# "for pickling", of a cucumber.
_FOR = frozenset(("lik", "luk"))
_POSSESSED = frozenset(("i", "u", "si", "su"))
_MINE = frozenset("im um ima uma ime ume imize umuza imiza umuze imi umu imin umun".split())
_SHOP = re.compile(
    r" (?:shops?|places?|restaurants?|stores?|house|sellers?|stalls?|salonu\w*|dukkan\w*|evi\w*"
    r"|halin?\w*|pazari\w*)(?= )"
)
_ONE = re.compile(r" ones?(?= (?:[,.;!?)#-]|$))")
_TARGET = re.compile(r" for (?:my|our|his|her|their|the)(?: [a-z]+)? $")

_Line = list[tuple[int, str]]
_Hit = tuple[Found[ProductEntry], int]
_Look = Callable[[list[str]], Found[ProductEntry] | None]


def read_products(scan: Scan, lexicon: Lexicon, language: str, *, asked: bool) -> list[Named]:
    """Take known products out of ``scan``, in the order of the message."""
    strong: list[Named] = []
    weak: list[Named] = []
    line = list(scan.words())
    hung = [] if language == "tr" else [m.span() for m in rule(words.WITH).finditer(scan.text)]
    for found, at in _found(line, lexicon, language):
        named = _named(scan, line[at : at + found.words], found, language)
        if any(start <= named.start < end for start, end in hung):
            continue
        if found.is_weak and _is_other_word(scan, named, language):
            continue
        counted = (
            _COUNTED.search(scan.whole[: named.start]) is not None
            or _COUNTS.match(scan.whole[named.end :]) is not None
            or (found.ending == "s" and _COUNTED_KIND.search(scan.whole[: named.start]) is not None)
        )
        loose = (found.is_weak and not counted and not asked) or _is_aside(scan, named, found)
        (weak if loose else strong).append(named)
    kept = _wanted(scan, strong, weak)
    kept = _without_doubles(scan, compounds(scan, kept, lexicon, language))
    kept = _without_flavours(scan, kept, lexicon, language)
    for named in kept:
        work = work_on(named.name, scan.text, named.start, named.end, language)
        if work is not None:
            entry = lexicon.product(work, language)
            named.name = work if entry is None else entry.name(language, key(work))
        scan.cover(named.start, named.end, "product", "name")
    return kept


def _named(scan: Scan, line: _Line, found: Found[ProductEntry], language: str) -> Named:
    start, end = line[0][0], line[-1][0] + len(line[-1][1])
    name = found.entry.name(language, found.spelling)
    if language == "tr" and found.words > 1 and found.ending in _POSSESSED:
        name = tr_lower(scan.surface(start, end))
    elif language != "tr" and name in found.entry.proper:
        name = nominative(name, language)
    return Named(name, start, end, ending=found.ending)


def _is_aside(scan: Scan, named: Named, found: Found[ProductEntry]) -> bool:
    """Whether the product is only spoken of: a kebab shop, a case for my phone."""
    return (
        found.ending in _MINE
        or _SHOP.match(scan.text[named.end :]) is not None
        or (found.ending == "" and _ONE.match(scan.text[named.end :]) is not None)
        or _TARGET.search(scan.text[: named.start]) is not None
        or (found.entry.category == "electronics" and scan.text[: named.start].endswith(" for "))
    )


def _found(line: _Line, lexicon: Lexicon, language: str) -> list[_Hit]:
    """Products by exact spelling, and by a slip of the finger what is counted or else missing."""
    exact = _walk(line, lambda run: _exact(run, lexicon, language))
    taken = {n for found, at in exact for n in range(at, at + found.words)}
    has_strong = any(not found.is_weak for found, _ in exact)
    for found, at in _walk(line, lambda run: _slipped(run, lexicon, language)):
        counted = at > 0 and _COUNT.fullmatch(line[at - 1][1]) is not None
        if taken.isdisjoint(range(at, at + found.words)) and (counted or not has_strong):
            exact.append((found, at))
    return _without_brands(line, sorted(exact, key=lambda pair: pair[1]))


def _walk(line: _Line, look: _Look) -> list[_Hit]:
    hits: list[_Hit] = []
    at = 0
    while at < len(line):
        run = _run(line[at : at + MAX_WORDS])
        found = look(run) if run else None
        if found is not None:
            hits.append((found, at))
        at += found.words if found is not None else 1
    return hits


def _run(line: _Line) -> list[str]:
    run: list[str] = []
    for _, word in line:
        if not _WORD.fullmatch(word):
            break
        run.append(word)
    return run


def _exact(run: list[str], lexicon: Lexicon, language: str) -> Found[ProductEntry] | None:
    found = lexicon.product_at(run, language)
    work = as_noun(run, language)
    done = lexicon.product_at(work, language) if work is not None else None
    if work is not None and done is not None and done.words == len(work) > 1:
        return done
    if found is None:
        return None
    if found.words == 1:
        if found.ending in _FOR:
            return None
        short = len(found.spelling) < _SHORT and key(found.entry.name(language)) != found.spelling
        other = short or words.is_common(run[0]) or lexicon.place_at(run) is not None
        return None if found.ending and other else found
    filled = words.MADE.fullmatch(run[0]) and run[0] not in _HEADS
    if filled and found.entry.category in _FILLED:
        head = lexicon.product_at(run[1:], language)
        return found if head is None or head.words != found.words - 1 else None
    return found


def _slipped(run: list[str], lexicon: Lexicon, language: str) -> Found[ProductEntry] | None:
    first = run[0]
    if len(first) < 5 or first.isdigit() or words.is_common(first) or words.narrows(first):
        return None
    if lexicon.place_at(run) is not None:
        return None
    found = lexicon.product_like(run, language)
    if found is None or any(words.is_common(word) for word in run[1 : found.words]):
        return None
    return found


def _is_other_word(scan: Scan, named: Named, language: str) -> bool:
    """Whether an everyday word only looks like the product: "şu an" and "su", "book a table"."""
    typed = tr_lower(scan.surface(named.start, named.end))
    if any(not sign.isascii() and sign not in named.name for sign in typed if sign.isalpha()):
        return True
    behind = scan.text[named.end :]
    if language == "tr":
        return _NOT_WATER.match(behind) is not None
    before = scan.text[: named.start]
    is_noun = named.ending != "" or _BEFORE_NOUN.search(before) is not None
    return _AFTER_VERB.match(behind) is not None or not is_noun


def _likeliest(scan: Scan, weak: list[Named]) -> list[Named]:
    """Of everyday words that could be products, the one that is asked for, else the first."""
    asked = [n for n in weak if _WISHED.match(scan.text[n.end :])]
    return (asked or weak)[:1]


def _wanted(scan: Scan, strong: list[Named], weak: list[Named]) -> list[Named]:
    """Leave out what is turned down: "kahve değil pizza", "anything but tea"."""
    named = [*strong, *weak]
    hard = [n for n in named if _is_turned_down(scan, n, words.TURNED_DOWN, words.TURNS_DOWN)]
    hard += [n for n in named if n not in hard and any(n.end + 1 == h.start for h in hard)]
    soft = [
        n
        for n in named
        if _is_turned_down(scan, n, words.SOFTLY_TURNED_DOWN, words.SOFTLY_TURNS_DOWN)
    ]
    free = [n for n in strong if n not in hard and n not in soft]
    free = free or _likeliest(scan, [n for n in weak if n not in hard and n not in soft])
    kept = free or [n for n in strong if n not in hard] or _likeliest(scan, weak)
    for product in (*hard, *soft):
        if product not in kept:
            scan.cover(product.start, product.end, "rejected", "product")
    return [p for p in kept if p not in hard and not _is_to_eat(scan, p, kept)]


def _is_to_eat(scan: Scan, named: Named, others: list[Named]) -> bool:
    """Whether "yemek" is the verb of what stands right before it: "mantı yemek istiyoruz"."""
    return scan.whole[named.start : named.end] == "yemek" and any(
        other.end + 1 == named.start for other in others
    )


def _is_turned_down(
    scan: Scan, named: Named, behind: re.Pattern[str], before: re.Pattern[str]
) -> bool:
    return (
        behind.match(scan.text[named.end :]) is not None
        or before.search(scan.text[: named.start]) is not None
    )


def _without_doubles(scan: Scan, named: list[Named]) -> list[Named]:
    """Leave out a name in brackets behind another: "bagels (simit)" are one thing."""
    kept: list[Named] = []
    for one in named:
        if kept and scan.text[kept[-1].end : one.start] == " ( ":
            scan.cover(one.start, one.end, "product", "in brackets")
        else:
            kept.append(one)
    return kept


def flavour_names(lexicon: Lexicon) -> frozenset[str]:
    """Names of products that narrow another product when they stand beside it."""
    known = (lexicon.product(flavour) for flavour in _FLAVOURS)
    return frozenset(entry.name(code) for entry in known if entry for code in ("tr", "en"))


def _without_flavours(
    scan: Scan, named: list[Named], lexicon: Lexicon, language: str
) -> list[Named]:
    """Let "chocolate" beside a cake narrow it: it is no product of its own there."""
    flavours = flavour_names(lexicon)
    solid = [n for n in named if n.name not in flavours]
    kept = list(named)
    for flavour in named:
        others = [n for n in solid if n is not flavour]
        if not others:
            continue
        near = min(others, key=lambda n: abs(n.start - flavour.start))
        entry = lexicon.product(near.name)
        beside = flavour.end + 1 == near.start and entry is not None and entry.category in _FILLED
        sweet = entry is not None and entry.category in _FLAVOURED
        if flavour.name not in flavours and not (beside and sweet and language != "tr"):
            continue
        if beside or (sweet and not _is_counted(scan, flavour)):
            kept.remove(flavour)
            if sweet or beside:
                near.narrowed.append((flavour.start, flavour.end))
    return kept


def _is_counted(scan: Scan, flavour: Named) -> bool:
    """Whether a number counts the flavour itself, as goods: "3 lemons", "1 kg limon"."""
    before = scan.whole[: flavour.start]
    return _COUNTED.search(before) is not None or _ADDED.search(before) is not None


def _without_brands(line: _Line, found: list[_Hit]) -> list[_Hit]:
    """Leave out the phone that a case is for: "iphone 13 kılıfı"."""
    kept: list[_Hit] = []
    for hit, following in pairwise([*found, None]):
        if hit is not None and not (following and _is_brand_of(line, hit, following)):
            kept.append(hit)
    return kept


def _is_brand_of(line: _Line, brand: _Hit, thing: _Hit) -> bool:
    found, at = brand
    between = " ".join(word for _, word in line[at + found.words : thing[1]])
    return found.entry.category == "electronics" and _MODEL.fullmatch(between) is not None

"""What is wanted or sold: names, how many of each, and the words that narrow them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from iceshop.kernel.text import tr_lower
from whatsapp.nlu.lexicon import MAX_WORDS, Lexicon
from whatsapp.nlu.quantity import Amount
from whatsapp.nlu.scan import Scan, rule

_WORD = re.compile(r"[a-z][\w']*|\d+")
_COUNT = re.compile(r"\d+(?:\.\d+)?")
_FLAVOURS = ("çikolata", "çilek", "limon", "muz", "fıstık", "fındık", "portakal", "peynir", "bal")
_TR_WITH = (
    r"(?:cikolata|cilek|vanilya|fistik|findik|muz|limon|visne|karamel|frambuaz|peynir|kasar"
    r"|sucuk|kiyma|ispanak|zeytin|patates|tereyag|susam|tavuk|et|ton balik|sut|seker|ceviz"
    r"|bal|kaymak|mantar|misir|acı?|sos)"
)
VARIANT = (
    rf"{_TR_WITH}l[iu](?!k)|(?:seker|gluten|laktoz|alkol|kafein|kablo|yag|tuz"
    r"|ac[iı])s[iu]z|gluten free|sugar free|lactose free"
    r"|(?:kucuk|orta|buyuk|kucuk|xl|dev|tek|cift|mini|maxi) boy|(?:xxl|xl|xs"
    r"|[sml]) beden|size (?:xxl|xl|xs|[smlx]|\d+)(?: frame)?|\d+ (?:numara|beden|no)"
    r"|\d+'(?:l[iu]k?) koltuk|\d seater|xxl|xl|large|small|medium|(?:extra )?large|buyuk|kucuk"
    r"|kirmizi|siyah|beyaz|mavi|lacivert|yesil|sari|mor|pembe|gri|kahverengi|turuncu|bej"
    r"|bordo|red|black|white|blue|navy|green|yellow"
    r"|purple|pink|gr[ea]y|brown|beige|vegan|vejetaryen|vegetarian|organik|organic|taze"
    r"|fresh|karisik|sade|acili|acisiz|spicy|bol \w+(?:lu|li)"
    r"|soguk|sicak|buzlu|iced|hot|decaf|kafeinsiz|2'nci el|2 el|second hand|2th hand"
    r"|used|yeni nesil|kablosuz|wireless|bluetooth"
    r"|seffaf|transparent|deri|leather|baskili|dried|smoked|margherita|margarita|type c"
    r"|usb c|paperback|hardcover|with (?:our )?logo"
    r"|antep usulu|\w+ usulu|stand up(?: show)?|men's (?:xl|l|m|s)|women's (?:xl|l|m|s)"
    r"|serpme|rotisserie|strawberry|chocolate|vanilla|caramel"
)
# A number after one of these belongs to a name or a size.
_MODEL = re.compile(
    r" (?:iphone|galaxy|samsung|redmi|xiaomi|size|numara|no|model|ps|xbox|airpods|pro"
    r"|beden) $"
)
_REJECTED_VARIANT = (
    rf"(?:{VARIANT}) (?:degil|yerine|olmasin)|(?:not|instead of|rather than) (?:{VARIANT})"
)


@dataclass(slots=True)
class Named:
    """A product named in the message, with its place in the canonical line."""

    name: str
    start: int
    end: int
    amount: Amount | None = None
    variant: list[str] = field(default_factory=list)


def read_products(scan: Scan, lexicon: Lexicon, language: str, *, asked: bool) -> list[Named]:
    """Take known products out of ``scan``, in the order of the message."""
    scan.take_all(r"(?:[a-z]+ )(?:istemiyorum|istemiyoruz|istemem)(?= [a-z])", "rejected")
    strong: list[Named] = []
    weak: list[Named] = []
    words = list(scan.words())
    at = 0
    while at < len(words):
        run = _run(words[at : at + MAX_WORDS])
        found = lexicon.product_at(run) if run else None
        if found is None:
            at += 1
            continue
        last_at, last = words[at + found.words - 1]
        named = Named(found.entry.name(language), words[at][0], last_at + len(last))
        if found.is_weak and _is_other_word(scan, named):
            at += 1
            continue
        counted = at > 0 and _COUNT.fullmatch(words[at - 1][1]) is not None
        (weak if found.is_weak and not counted and not asked else strong).append(named)
        at += found.words
    kept = strong or weak[:1]
    kept = _without_flavours(kept, lexicon)
    for named in kept:
        scan.cover(named.start, named.end, "product", "name")
    return kept


def _is_other_word(scan: Scan, named: Named) -> bool:
    """Whether a short everyday word only looks like the product: "şu an" and "su"."""
    typed = tr_lower(scan.surface(named.start, named.end))
    if any(not sign.isascii() and sign not in named.name for sign in typed if sign.isalpha()):
        return True
    return (
        re.match(r" (?:an\w*|siralar\w*|aralar\w*|gunler\w*|saat\w*) ", scan.text[named.end :])
        is not None
    )


def _run(words: list[tuple[int, str]]) -> list[str]:
    run: list[str] = []
    for _, word in words:
        if not _WORD.fullmatch(word):
            break
        run.append(word)
    return run


def flavour_names(lexicon: Lexicon) -> frozenset[str]:
    """Names of products that narrow another product when they stand beside it."""
    known = (lexicon.product(flavour) for flavour in _FLAVOURS)
    return frozenset(entry.name(code) for entry in known if entry for code in ("tr", "en"))


def _without_flavours(named: list[Named], lexicon: Lexicon) -> list[Named]:
    """Drop "chocolate" beside a cake: it narrows the product and is none of its own."""
    flavours = flavour_names(lexicon)
    solid = [n for n in named if n.name not in flavours]
    return solid if solid and len(solid) < len(named) else named


def attach_amounts(scan: Scan, named: list[Named], amounts: list[Amount]) -> Amount | None:
    """Give each product its number; returns an amount that belongs to none."""
    for product in named:
        product.amount = _number_before(scan, product)
    left: Amount | None = None
    for amount in amounts:
        after = [n for n in named if n.start >= amount.end and n.amount is None]
        before = [n for n in named if n.end <= amount.start and n.amount is None]
        near = [n for n in after if n.start - amount.end < 40] or before[-1:] or after
        if near:
            near[0].amount = amount
        elif named and named[0].amount is None:
            named[0].amount = amount
        else:
            left = left or amount
    return left


def _number_before(scan: Scan, product: Named) -> Amount | None:
    """A bare number before the name, with at most two narrowing words between."""
    head = scan.text[: product.start]
    found = re.search(rf"(?<= )(\d+(?:\.\d+)?)((?: (?:{VARIANT}|[sml]|more|de|da|adet))*) $", head)
    if found is None or _MODEL.search(head[: found.start()]):
        return None
    start = found.start(1)
    scan.cover(start, found.end(1), "quantity", "before product")
    return Amount(float(found.group(1)), None, start, found.end(1))


def read_variants(scan: Scan, named: list[Named]) -> tuple[str, ...]:
    """Take narrowing words out of ``scan``, as written; those inside the names count too."""
    scan.take_all(_REJECTED_VARIANT, "rejected")
    spans = [match.span() for match in scan.take_all(VARIANT, "variant")]
    for product in named:
        line = f" {scan.whole[product.start : product.end]} "
        inner = [match.span() for match in rule(VARIANT).finditer(line)]
        spans += [
            (a + product.start - 1, b + product.start - 1) for a, b in inner if b < len(line) - 1
        ]
    words = (tr_lower(scan.surface(*span)) for span in sorted(spans))
    return tuple(dict.fromkeys(words))


# Words that are no product when nothing else explains them.
_EMPTY = frozenset(
    """
    ve bir bu su o ben sen biz siz var yok mi mu misin musun icin ile gibi kadar sonra once
    ama da de ne nasil nerede zaman olsun olur olmaz lazim istiyorum istiyoruz isterim ister
    istiyor istiyoruz ariyorum ariyoruz bakiyorum bakiyoruz alirim alabilirim alicam alcam
    alacagim almak alalim yiyelim icelim icicez yemek icmek yesek icsek gelirim gelicem
    olabilir bulabilir lutfen tesekkurler merhaba selam sey seyler ya abi kanka arkadaslar acaba
    fark etmez en fazla cok max toplam butce butcem tane adet kisi kisilik yer yerde taraf
    civari civarinda yakin arasi hediye falan ekle daha bana bize beni hadi hani cekti canim
    canimiz the a an and or is are am i you we they it me my our us your for of in on at to
    from with within near around by until till after before between under over most up not
    no yes please hello hi hey need want looking look find get got have has some any would
    like could can id i'd i'm im we're want wanna buy order book grab craving feel anyone
    selling someone do does there be will i'll we'll love thing something good best place
    places pls that this those these so um basically just really maybe also too add make one
    ones if possible possibly free day time yeah ok okay thanks say pick lets let's go meet
    today tomorrow now price people person each per head budget lira
    """.split()
)


_VERB = re.compile(
    r".{2,}(?:[iu]yor(?:um|uz|sun|lar)?|[ae]ca[gk]\w+|[ae]ce[gk]\w+|[ae]lim|[ae]yim"
    r"|ebilir\w*|abilir\w*)"
)


def read_unknown_product(scan: Scan, language: str) -> Named | None:
    """The longest run of words that nothing explains, as a product that the lexicon lacks."""
    runs: list[list[tuple[int, str]]] = [[]]
    for start, word in scan.words():
        plain = word.partition("'")[0]
        if _VERB.fullmatch(plain):
            plain = "ve"
        if word.isascii() and re.fullmatch(r"[a-z][a-z']+\d*", word) and plain not in _EMPTY:
            runs[-1].append((start, word))
        elif runs[-1]:
            runs.append([])
    runs = [run for run in runs if run]
    if not runs:
        return None
    best = max(runs, key=lambda run: min(len(run), 3))
    if len(best) > 4:
        return None
    start, end = best[0][0], best[-1][0] + len(best[-1][1])
    name = (
        tr_lower(scan.surface(start, end)) if language == "tr" else scan.surface(start, end).lower()
    )
    scan.cover(start, end, "product", "unknown words")
    return Named(name.split("'")[0] if language == "tr" else _singular(name), start, end)


def unexplained(scan: Scan) -> list[str]:
    """Words with a meaning of their own that nothing took out of ``scan``."""
    plain = (word.partition("'")[0] for _, word in scan.words())
    return [
        w
        for w in plain
        if w.isalpha() and len(w) > 2 and w not in _EMPTY and not _VERB.fullmatch(w)
    ]


def _singular(name: str) -> str:
    if name.endswith("ies") and len(name) > 4:
        return name[:-3] + "y"
    return name[:-1] if name.endswith("s") and not name.endswith(("ss", "us", "is")) else name

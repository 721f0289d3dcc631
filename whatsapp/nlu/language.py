"""Which of the two languages a message is in, and whether another one is asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping

from iceshop.kernel.text import fold
from whatsapp.nlu.learned import Weights, trained

_TR_LETTERS = re.compile("[çğışöüÇĞİŞÖÜ]")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
# How sure the classifier must be; below, the conversation's language holds.
SURE_ENOUGH = 0.8
_LONGEST_WORD = 24

_TR = frozenset(
    """
    ve bir bi bu su o ben sen biz siz onlar var yok mi mu icin ile gibi kadar sonra once ama
    da de ne nasil nerede ne zaman kac kisi kisilik tane adet lazim istiyorum isterim
    istiyoz istiyom olsun olur olmaz olmasin tamam tmm evet hayir yok degil en fazla max
    liraya bugun yarin yarn sabah sbh aksam ogle ogleden gece hafta haftaya gun gunu saat
    saatte icinde simdi hemen acil cuma cumartesi pazar pazartesi sali carsamba persembe
    merhaba selam slm mrb gunaydin iyi sagol tesekkurler tesekkur lutfen iptal vazgectim bos
    bosver kahve cay pizza ya abi kanka hadi ok butce butcem tanesi kisi basi yuz bin elli
    iki uc dort bes alti yedi sekiz dokuz yirmi otuz kirk yarim bucuk ceyrek toplam toplamda
    civari civarinda arasi fark etmez farketmez nerde neden cok az daha hic her sey seyi
    bana sana bize size beni yakin yakinda yakininda burada buraya orada dur cik ret basla
    yardim silin sil hesabimi verilerimi mesaj atma atmayin istemiyorum geliyorum gelirim
    gelicem gelemem gelemiyorum gelmedi aynen he hee eyvallah onayliyorum kabul katiliyorum
    almayayim indirim yaparim yapariz veririm kurtarmaz stokta elimde kaldi bitti acigiz
    kapaliyiz paket kutu kasa porsiyon bide bisey noldu oldu olacak nedir misin musun
    misiniz musunuz ariyorum bakiyorum bakiyoruz alirim alicam alcam yer yerde taraf tarafi
    haric hangi kim buna
    """.split()
)
_EN = frozenset(
    """
    the a an and or is are am i you we they he she it me my our us your for of in on at to
    from with within near around by until till after before between under over max most
    least up not no yes yep yeah nope nah ok okay please pls thanks thx hello hi hey good
    morning evening afternoon night tonight tonite today tomorrow tmrw now soon asap want
    need looking would like could can get got have some any people ppl person each per head
    budget lira hour hours minutes day week weekend monday tuesday wednesday thursday friday
    saturday sunday mon tue wed thu fri sat cancel help how tell quarter what when where who
    why does do don't dont im i'm i'd i'll it's that this there here coffee tea liras kilo
    two three four five six seven eight nine ten twenty thirty fifty hundred half couple
    dozen large small about like size off discount percent left stock sold out open closed
    weekdays weekends sorry deal sure fine too much expensive late same time instead make
    move delete erase account data human unsubscribe start again just only free cheap
    somewhere anywhere whenever nothing right count in's let's come coming pass interested
    won't can't we're we'll nvm walk walking minute limit really tops quid bucks
    """.split()
)
_BOTH = frozenset(
    "max ok pizza a kilo size on at o do he de da var mi burger lira mon sat us cay kebab"
    " no".split()
)
_NAMES = r"(?:english|ingilizce|turkish|turkce)"
_REST = r"(?:please|pls|plz|lutfen|now|instead|then|ok|thanks|thx|tesekkurler|olur mu|mi|mu)"
# Words of a canonical line that ask for a language; "Turkish coffee" and "an English book" do not.
WISH = (
    rf"(?:(?:can|could|may|let'?s|shall|i'?d|would|do|prefer|like|to|we|you|us|me|it|this|please"
    rf"|just)"
    rf" ){{0,5}}(?:speak|speaking|in|use|write in|write|talk in|talk|switch to|change to"
    rf"|continue in"
    rf"|reply in|answer in|prefer|do) {_NAMES}(?: {_REST})*(?= [#.,!?]| $)"
    rf"|{_NAMES}(?:'?ye|ya)?(?: \w+)? (?:konus\w*|yaz(?!ici|ili)\w*|devam\w*|cevap\w*|anlat\w*"
    rf"|soyle\w*|gec(?:elim|er\w*|in|sek)|olsun|biliyor mu\w*)(?: \w+)?"
    rf"|{_NAMES} (?:please|pls|plz|lutfen)"
    rf"|(?:i )?(?:don'?t|do not|can'?t|cannot|no)(?: \w+)? (?:speak|understand|know|read) {_NAMES}"
    rf"|{_NAMES} (?:bilmi\w+|bilmem|anlami\w+|anlamam|konusami\w+|konusmu\w+|yok)"
)
_WISH = re.compile(rf"(?<= )(?:{WISH})(?= )|^ {_NAMES} $")
_REFUSED = re.compile(
    rf"(?:don'?t|do not|can'?t|cannot|no)(?: \w+)? (?:speak|understand|know|read)"
    rf"|{_NAMES} (?:bilm|anlam|konusam|konusmu|yok)"
)
_NAME = re.compile(_NAMES)
_NOT_WORD = re.compile(r"[^\w']+")


def asked_for(text: str) -> str | None:
    """The language that the message asks to go on in, whatever it is written in.

    >>> asked_for("in english please"), asked_for("türkçe yazar mısın"), asked_for("turkish coffee")
    ('en', 'tr', None)
    """
    line = f" {_NOT_WORD.sub(' ', fold(text)).strip()} "
    found = _WISH.search(line)
    if found is None:
        return None
    named = _NAME.search(found.group())
    english = named is not None and named.group().startswith(("eng", "ing"))
    return "en" if english is not (_REFUSED.search(found.group()) is not None) else "tr"


def detect(text: str, fallback: str, weights: Weights | None = None) -> str:
    """Return ``"tr"`` or ``"en"``; ``fallback`` when the message shows neither.

    An empty ``fallback`` says that nothing was spoken before: the likelier one is taken.
    ``weights`` are those of another classifier than the bundled one, for its training.

    >>> detect("yarin kadikoyde kahve", "en"), detect("coffee in Kadıköy", "tr")
    ('tr', 'en')
    """
    if (wish := asked_for(text)) is not None:
        return wish
    signs = language_signs(text)
    if not signs:
        return fallback or "tr"
    chances = (weights or trained().language).probabilities(signs)
    likely = max(chances, key=lambda name: chances[name])
    return likely if chances[likely] >= SURE_ENOUGH or not fallback else fallback


def language_signs(text: str) -> Mapping[str, float]:
    """What the language classifier sees: known words, parts of words, Turkish letters."""
    words = [fold(word)[:_LONGEST_WORD] for word in _WORD.findall(text.replace("’", "'"))]
    named: dict[str, float] = {}
    for word in words:
        known = "both" if word in _BOTH else "tr" if word in _TR else "en" if word in _EN else "no"
        named[f"k:{known}"] = named.get(f"k:{known}", 0.0) + 1.0
        named[f"w:{word}"] = 0.5
        if known != "both":
            padded = f" {word} "
            for size in (2, 3, 4):
                for at in range(len(padded) - size + 1):
                    named[f"c:{padded[at : at + size]}"] = 0.3
    if named and _TR_LETTERS.search(text):
        named["letters"] = 1.0
    return named

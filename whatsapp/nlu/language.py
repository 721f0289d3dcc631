"""Which of the two languages a message is in."""

from __future__ import annotations

import re

from iceshop.kernel.text import fold

_TR_LETTERS = re.compile("[çğışöüÇĞİŞÖÜ]")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
# Foreign letters in a name do not make an English sentence Turkish: words weigh more.
_WORD_WEIGHT, _ENDING_WEIGHT, _LETTER_WEIGHT = 2.0, 0.7, 0.6

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
    "max ok pizza a on at o do he de da var mi burger lira mon sat us cay kebab no".split()
)
_TR_ENDING = re.compile(
    r".{3,}(?:iyor\w*|uyor\w*|lar|ler|lari|leri|daki|deki|dan|den|tan|ten|lik|lim|mek|mak|miyor\w*"
    r"|misin|musun|yim|yiz|dim|tim|dik|cam|cem|caz|cez|sin|sun|sana|sene|malim|kte|kta"
    r"|yle|yla|nda|nde)"
)
_EN_ENDING = re.compile(r".{3,}(?:ing|tion|ly|ed|ght|ness|ould|'s|'re|'ll|n't|'ve|ies|th)")


# "Can we speak English" decides, whatever it is written in.
_WISH = re.compile(
    r"\b(?:english|ingilizce|turkish|turkce)\b(?= (?:please|pls|konus\w*|devam|yaz\w*|lutfen)|$)"
)


def detect(text: str, fallback: str) -> str:
    """Return ``"tr"`` or ``"en"``; ``fallback`` when the message shows neither.

    >>> detect("yarin kadikoyde kahve", "en"), detect("coffee in Kadıköy", "tr")
    ('tr', 'en')
    """
    if (wish := _WISH.search(fold(text))) is not None:
        return "en" if wish.group().startswith(("eng", "ing")) else "tr"
    words = [fold(word) for word in _WORD.findall(text.replace("’", "'"))]
    score = sum(_weight(word) for word in words)
    if _TR_LETTERS.search(text):
        score += _LETTER_WEIGHT
    return "tr" if score > 0 else "en" if score < 0 else fallback


def _weight(word: str) -> float:
    if word in _BOTH:
        return 0.0
    if word in _TR or word in _EN:
        return _WORD_WEIGHT * ((word in _TR) - (word in _EN))
    return _ENDING_WEIGHT * (
        (_TR_ENDING.fullmatch(word) is not None) - (_EN_ENDING.fullmatch(word) is not None)
    )

"""Stop, start, erase: acts that must never be missed and never be guessed."""

from __future__ import annotations

import re

from iceshop.kernel.text import fold
from whatsapp.nlu.reading import Act, Question
from whatsapp.nlu.tokens import prepare

_STOP = frozenset(
    (
        "stop",
        "dur",
        "cik",
        "ret",
        "unsubscribe",
        "durdur",
        "durdurun",
        "stopall",
        "quit",
        "red",
        "durun",
        "optout",
    )
)
_START = frozenset(
    ("start", "basla", "baslat", "unstop", "subscribe", "resubscribe", "optin", "restart")
)
_CANCEL = frozenset(("iptal", "cancel"))
# What may stand beside a command without changing it; "all" is said with STOP only.
_POLITE = frozenset(
    "lutfen please pls plz artik now hemen iceshop bitte tamam ok all everything hepsini".split()
)

_MESSAGE = r"(?:mesaj|bildirim|reklam|sms|teklif|ileti|kampanya|duyuru|firsat|spam)\w*"
_NOT_SEND = (
    r"(?:atma(?!k\b|l[iı])\w*|atmyin\w*|gonderme(?!k\b|li)\w*|yollama(?!k\b|li)\w*|gelmesin\w*"
    r"|istemiyor\w*|istemem\w*|istemiyom|(?:atmayi|gondermeyi|yollamayi|yazmayi) \w+)"
)
_END = (
    r"(?:kes(?!inlikle|in (?:gel|or|var))\w*|durdur\w*|kapat(?!mis|tim)\w*|birak\w*|sonlandir\w*"
    r"|engelle\w*)"
)
_LIST = r"(?:liste|rehber|grup|grub|sistem|abonelik|uyelik|kayit)\w*"
_OUT = r"(?:cik(?:ar\w*|mak|alim|iyorum|acagim|ayim)|ayril\w*|sil(?!gi|ik)\w*|kaldir\w*)"
_AGAIN = r"(?:bir daha|bi daha|artik|bundan sonra|asla)"
_ENGLISH_MESSAGE = (
    r"(?:message|messages|messaging|texts?|texting|notifications?|notif\w*|emails?|sms|spam\w*"
    r"|offers|promos?|promotions?|updates|whatsapps?)"
)
_NOT_WANT = (
    r"(?:(?:don'?t|do not|no longer|not|never|rather not|didn'?t)(?: \w+)?"
    r" (?:want|wish|need|like|get|receive|care)|sick of|tired of)"
)
_OPT_OUT = re.compile(
    # Turkish
    rf"\b{_MESSAGE}(?: \w+){{0,3}} {_NOT_SEND}"
    rf"|\b{_MESSAGE}(?: \w+){{0,2}} {_END}"
    rf"|\b(?:atma(?:yin\w*)?|gonderme(?:yin\w*)?|yollama(?:yin\w*)?)(?: \w+){{0,2}} {_MESSAGE}"
    rf"|\b(?:bana|beni|bize)(?: \w+){{0,4}} (?:gonderme(?:yi\w*)|yollama(?:yi\w*)|atmayi\w*)"
    rf"|\b(?:abone|uye)(?:lig|lik)\w*(?: \w+){{0,3}} (?:{_OUT}|iptal\w*|sonlandir\w*|birak\w*"
    rf"|bitir\w*)"
    r"|\babonelikten\b"
    rf"|\bbeni(?: \w+){{0,3}} (?:listenizden|listeden|gruptan|rehberden|sistemden|rehberinizden)"
    rf"(?: \w+)? {_OUT}"
    r"|\b(?:listeden|listenizden|sistemden|gruptan|rehberden|listelerinizden)(?: \w+)?"
    r" cik(?:mak|iyorum|ayim|acagim|alim|tim|ar\w* beni)\b"
    r"|^(?:lutfen )?(?:listeden|listenizden|gruptan|sistemden) cik\w*(?: beni| artik| lutfen)*$"
    r"|\bbeni (?:\w+ )?(?:cikar(?!t)\w*|listeden\w* \w+)"
    rf"|\bnumaram\w*(?: \w+){{0,2}} (?:liste|rehber)\w* {_OUT}"
    rf"|\b(?:bana |{_AGAIN} |beni |lutfen |whatsapp\w* )+(?:yazma(?:yin\w*|zsaniz|z misiniz|)\b"
    rf"|ulasma\w*"
    r"|arama(?:yin|yiniz)\b|haber verme\w*|bildirme\w*)"
    rf"|^(?:lutfen )?(?:yazma|yazmayin|yazmayiniz)(?: (?:bana|artik|lutfen|yeter))*$"
    rf"|\byazmayin bana\b"
    r"|\byazmayin$(?<=sizi yazmayin)"
    rf"|\bhaber vermeyin(?: artik)?\b|\brahatsiz (?:etme\w*|edilmek isteme\w*)"
    r"|\b(?:beni )?rahat birak\w*|\bpesimi birak\w*|\bspam yapma\w*"
    r"|\b(?:mesaj|bildirim|reklam|sms|spam)\w*(?: \w+)? (?:bikt|usand|yeter)\w*"
    r"|\b(?:bikt|usand)\w* (?:\w+ ){0,2}(?:mesaj|bildirim|reklam|sms|spam)\w*"
    # English
    r"|\b(?:done|fed up|enough)(?: with| of)?(?: \w+){0,2} (?:messages|texts|notifications|spam)\b"
    r"|\b(?:don'?t|do not|stop|quit|never|no more|cease|block|pause|end|turn off|switch off"
    r"|disable|mute)(?: (?:ever|please|sending|send|getting|writing|giving|me|us|any|more|these"
    r"|those|all|the|your|of|this))*"
    rf" (?:{_ENGLISH_MESSAGE}(?! (?:the|him|her|them)\b)|contact(?:ing)? (?:me|us)\b|contacting"
    r"|writ(?:e|ing) (?:to )?(?:me|us)\b|bother(?:ing)?(?: me| us)?\b|bugging|spamming|pestering"
    r"|harassing|whatsapping|calling me|call me)\b"
    rf"|\b{_NOT_WANT}(?: \w+){{0,4}} (?:messages|texts|texting|notifications|emails|spam|promos)\b"
    r"|\bunsubscribe\b|\bopt(?:ing)?(?: me| us)? out\b"
    r"|\b(?:remove|take|delete|get|drop) (?:me|us|my number|this number)(?: off| from| out of)*"
    r"(?: \w+){0,2} (?:lists?|mailing|messages|texts|database|contacts|group)\b"
    r"|\b(?:remove|drop|lose) (?:me|my number)$|\bremove my number\b(?! and)"
    r"|\bleave (?:me|us) alone\b"
    r"|\bstop (?:sending|bugging|the messages)(?! (?:him|her|them)\b)"
    r"|\bstop (?:this|it|these|that)(?: now| please)?$|^(?:please )?stop(?: it)? no more\b"
    r"|\b(?:don'?t|do not|stop) (?:ever )?send(?:ing)? me (?:anything|stuff|things|this|these"
    r"|any)\b"
    r"|\b(?:cancel|end|terminate) my (?:subscription|membership)\b"
    r"|\b(?:i )?want out(?: of (?:this|the|your) \w+)?$|\bwithdraw my consent to (?:message"
    r"|text)\w*"
)
_OPT_IN = re.compile(
    rf"\b(?:tekrar|yeniden|yine)(?: \w+){{0,2}} {_MESSAGE}(?: \w+){{0,2}} (?:al(?!ma[ysm])\w*"
    rf"|at(?!ma[ysm])\w*"
    r"|gonder(?!me)\w*|gelsin|ac\w*|baslat\w*)"
    rf"|\b{_MESSAGE}(?: \w+){{0,2}} (?:tekrar|yeniden|geri)(?: \w+)? (?:al(?!ma[ysm])\w*"
    rf"|at(?!ma[ysm])\w*"
    r"|gonder(?!me)\w*|gelsin|ac\w*|baslat\w*)"
    rf"|\b(?:tekrar|yeniden|geri) (?:abone|uye|kayit|katil\w*|basla\w*)"
    r"|\b(?:abone|uye)(?:lig|lik)\w*(?: \w+){0,2} (?:tekrar|yeniden|geri)(?: \w+)? (?:ac\w*"
    r"|baslat\w*)"
    r"|\b(?:tekrar|yine|yeniden)(?: bana)? (?:yaz(?:abilir\w*|in|ar misin\w*)|haber ver\w*)"
    r"|\b(?:resubscribe|re subscribe)\b"
    r"|\bsubscribe (?:me|again)\b|\bopt(?:ing)? (?:me )?(?:back )?in\b"
    r"|\b(?:start|resume|begin|re ?activate|continue)(?: \w+){0,3} (?:messages?|messaging|texts?"
    r"|texting|updates|notifications?)\b|\bsign me (?:back )?up\b(?: (?:again|for (?:messages"
    r"|updates)))?"
    r"|\bturn(?: \w+){0,2} (?:messages|notifications|texts|updates)(?: back)? on\b"
    r"|\bturn (?:back )?on(?: \w+){0,2} (?:messages|notifications|texts|updates)\b"
    r"|\b(?:message|text|write to|notify) me again\b"
    r"|\b(?:want|like|happy)(?: \w+){0,3} (?:messages|texts|notifications|updates) again\b"
)
_OWN = (
    r"(?:veri(?:m|ler|leri|lerim)\w*|bilgiler\w*|bilgim\w*|hesabim\w*|hesabimi|kaydim\w*"
    r"|kayitlarim\w*|profilim\w*|numaram\w*|gecmisim\w*|telefonum\w*|her seyim\w*)"
)
_ERASE = (
    r"(?:sil(?!gi|ik|me\b|mey|miy)\w*|kaldir(?!ma)\w*|yok (?:ed|et)(?!me)\w*|temizle(?!me)\w*"
    r"|imha\w*|unut(?!ma)\w*)"
)
_MINE = r"(?:data|accounts?|information|info|profile|details|records?|history|everything|all)"
_REMOVE = (
    r"(?:delete|erase|remove|wipe|destroy|purge|forget|scrub|clear|deactivate|get rid of|close)"
)
_DELETE = re.compile(
    rf"\b{_OWN}(?: \w+){{0,5}} {_ERASE}|\b(?:sil|silin|silebilir)(?: \w+){{0,3}} {_OWN}"
    rf"|\bhesab[iı](?:m[iı]|m)\w*(?: \w+){{0,3}} kapat(?!ma)\w*"
    rf"|\b(?:benimle ilgili|hakkimda\w*|bana ait)(?: \w+){{0,4}} {_ERASE}"
    rf"|\bbeni (?:\w+ ){{0,2}}(?:sistem\w*|kayit\w*|her yerden|tamamen)(?: \w+)? sil(?!me)\w*"
    rf"|\bbeni unut(?:un|unuz)?$|\bunutulma hakk\w*|\bkvkk\b(?: \w+){{0,6}} (?:{_ERASE})"
    rf"|\b{_REMOVE}(?: \w+){{0,3}} (?:my|our)(?: \w+){{0,2}}"
    r" (?:data|account|information|info|profile|details|records?|history)\b"
    rf"|\b{_REMOVE} (?:all |the )?(?:personal )?(?:data|information|info)(?: \w+){{0,3}} (?:me"
    rf"|mine|us)\b"
    rf"|\b{_REMOVE} (?:everything|all)(?: \w+){{0,4}} (?:me|mine|us)\b"
    rf"|\b{_REMOVE} all (?:the )?data\b"
    rf"|\b(?:my|our)(?: \w+)? (?:data|account|information|info|profile|details|records?|history)"
    r"(?: \w+){0,3} (?:deleted|erased|removed|destroyed|wiped|gone|forgotten|purged)\b"
    r"|\bforget (?:about )?me(?: completely| please| entirely)?$"
    r"|\b(?:delete|remove|erase) me (?:completely |entirely )?(?:from (?:your|the) (?:system"
    r"|records|database)\w*)"
    r"|\b(?:remove|delete) me (?:completely|entirely)\b"
    r"|\bright to (?:be forgotten|erasure)\b|\b(?:gdpr|kvkk)(?: \w+){0,3} (?:deletion|erasure"
    r"|erase)\b"
    r"|\b(?:delete|wipe|remove|erase) my number and\b"
)
_OFF_A_LIST = re.compile(r"\bnumara\w* \w*(?:liste|rehber)\w*|\b(?:from|off) (?:your|the) lists?\b")
_NEGATED = re.compile(
    r"\b(?:silme(?:yin\w*|sin\w*)?|kaldirma(?:yin)?|unutma(?:yin)?)\b"
    r"|\b(?:don'?t|do not|never) (?:delete|erase|remove|forget|wipe|close)\b"
)
_ABOUT_LISTING = re.compile(
    r"\b(?:ilan|talep|taleb|siparis|teklif|istek|isteg)\w*(?: \w+){0,2} (?:sil|kaldir|cikar)\w*"
    r"|\b(?:my|the|this) (?:\w+ )?(?:request|order|listing|offer|item)\b"
)
# A yes to "shall everything be erased" in words of its own.
_YES_ERASE = re.compile(r"\bsil(?!me|ik|gi)\w*|\b(?:delete|erase|wipe)\b")
_NO_STOP = re.compile(
    r"\b(?:don'?t|do not|never|please no) (?:stop|unsubscribe|opt out|remove me|take me off)\b"
    r"|\b(?:beni )?cikarmayin\b|\bbirakmayin\b|\bdurdurmayin\b|\bkesmeyin\b"
)
# Saying what nobody should hear is no wish for silence: "don't message the seller".
_OTHERS = re.compile(
    r"\b(?:message|text|write to|contact|call|bother) (?:the|him|her|them|your|that|this) "
    r"|\bno more (?:than|seats|people|time)\b|\badresi yazma"
)


def plain_line(text: str) -> str:
    """The message folded, its words parted by single spaces, apostrophes kept."""
    return re.sub(r"[^\w']+", " ", fold(prepare(text))).strip().replace("_", " ")


def denies_stop(text: str) -> bool:
    """Whether the message says not to stop or not to erase, or speaks of somebody else."""
    line = plain_line(text)
    return any(found.search(line) is not None for found in (_NO_STOP, _NEGATED, _OTHERS))


def safety_act(text: str, question: Question | None) -> Act | None:
    """The act of a message that stops, starts, cancels alone or erases; ``None`` for any other."""
    line = plain_line(text)
    words = line.replace("'", "").split()
    if not words:
        return None
    if all(len(word) == 1 for word in words):
        words = ["".join(words)]
    alone = [word for word in words if word not in _POLITE] or words
    for commands, act in ((_STOP, Act.OPT_OUT), (_START, Act.OPT_IN), (_CANCEL, Act.CANCEL)):
        if all(word in commands for word in alone):
            return act
    if _NO_STOP.search(line) is None and _OTHERS.search(line) is None:
        if _OPT_OUT.search(line) is not None and not _erases(line):
            return Act.OPT_OUT
        if _OPT_IN.search(line) is not None:
            return Act.OPT_IN
    asked = question is not None and question.ask == "ask_delete"
    says_yes = asked and _YES_ERASE.search(line) is not None and _NEGATED.search(line) is None
    return Act.DELETE_DATA if says_yes or _erases(line) else None


def _erases(line: str) -> bool:
    return (
        _DELETE.search(line) is not None
        and _OFF_A_LIST.search(line) is None
        and _NEGATED.search(line) is None
        and (_ABOUT_LISTING.search(line) is None or "veri" in line or "data" in line)
    )

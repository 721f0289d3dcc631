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
        "stopall",
        "quit",
        "red",
        "durun",
        "optout",
    )
)
_START = frozenset(("start", "basla", "baslat", "unstop", "subscribe", "optin"))
_CANCEL = frozenset(("iptal", "cancel"))
_POLITE = frozenset(("lutfen", "please", "pls", "artik", "now", "hemen", "iceshop"))

_MESSAGE = r"(?:mesaj|bildirim|reklam|sms|teklif)\w*"
_OPT_OUT = re.compile(
    rf"\b{_MESSAGE}(?: \w+){{0,3}} (?:atma\w*|gonderme\w*|yollama\w*|gelmesin"
    r"|istemiyor\w*|istemem|kes\w*|durdur\w*|kapat\w*)"
    rf"|\b(?:atma\w*|gonderme\w*|yollama\w*)(?: \w+){{0,2}} {_MESSAGE}"
    r"|\babonelik\w*(?: \w+){0,3} (?:cik\w*|iptal\w*|sonlandir\w*|birak\w*|kaldir\w*)"
    r"|\babonelikten\b"
    r"|\b(?:listeden|listenizden|sistemden|gruptan|rehberden) (?:cik\w*|sil\w*)"
    r"|\bbeni (?:cikar\w*|listeden\w*)"
    r"|\b(?:bana |bir daha |artik )+(?:yazma\w*|ulasma\w*|arama(?:yin|yiniz)?)\b|\brahatsiz etme\w*"
    r"|\b(?:don'?t|do not|stop|quit|never|no more|cease)(?: (?:ever|please|sending|send"
    r"|me|any|more|these|those|all|the|your))*"
    r" (?:message?\w*|messaging|text(?:s|ing)?|contact\w*|writ\w+|spam\w*|bother\w*"
    r"|notif\w*|email\w*|whatsapp\w*)\b"
    r"|\bunsubscribe\b|\bopt(?:ing)?(?: me)? out\b|\b(?:remove|take|delete) me (?:from"
    r"|off)\b|\bleave me alone\b"
    r"|\bno more (?:texts?|messages?)\b|\bstop (?:sending|this|it|bugging|the messages)\b"
)
_OPT_IN = re.compile(
    rf"\b(?:tekrar|yeniden)(?: \w+){{0,2}} {_MESSAGE}(?: \w+){{0,2}} (?:al\w*|at\w*"
    r"|gonder\w*|gelsin|ac\w*|baslat\w*)"
    rf"|\b{_MESSAGE}(?: \w+){{0,2}} (?:tekrar|yeniden|geri) (?:al\w*|at\w*|gonder\w*"
    r"|gelsin|ac\w*|baslat\w*)"
    r"|\b(?:tekrar|yeniden) (?:abone|uye|kayit|basla\w*)|\bresubscribe\b"
    r"|\bsubscribe me\b|\bopt(?:ing)? (?:me )?(?:back )?in\b"
    r"|\b(?:start|resume|begin)(?: \w+){0,2} (?:message\w*|messaging|text\w*|again"
    r"|updates)\b|\bsign me (?:back )?up\b"
    r"|\b(?:message|text) me again\b"
)
_OWN = r"(?:veri|bilgi|hesab|hesap|kayd|kayit|profil|numaram|gecmis)\w*"
_DELETE = re.compile(
    rf"\b{_OWN}(?: \w+){{0,5}} (?:sil(?!ik)\w*|kaldir\w*|yok ed\w*|temizle\w*|unut\w*)"
    rf"|\b(?:sil|silin|silebilir)(?: \w+){{0,3}} {_OWN}"
    r"|\b(?:delete|erase|remove|wipe|destroy|purge|forget)(?: \w+){0,4} (?:data|account"
    r"|information|info|profile|details|records?|history)\b"
    r"|\b(?:delete|erase|forget) (?:everything|all)(?: \w+){0,3} (?:me|mine)\b"
    r"|\bforget (?:about )?me\b|\bright to be forgotten\b|\bunutulma hakk\w*"
)
_NEGATED = re.compile(r"\b(?:silme\w*|don'?t (?:delete|erase)|do not (?:delete|erase))\b")
_NO_STOP = re.compile(r"\b(?:don'?t|do not) (?:stop|unsubscribe|opt out)\b")


def safety_act(text: str, question: Question | None) -> Act | None:
    """The act of a message that stops, starts, cancels alone or erases; ``None`` for any other."""
    line = re.sub(r"[^\w']+", " ", fold(prepare(text))).strip().replace("_", " ")
    words = line.replace("'", "").split()
    if not words:
        return None
    if all(len(word) == 1 for word in words):
        words = ["".join(words)]
    alone = [word for word in words if word not in _POLITE] or words
    for commands, act in ((_STOP, Act.OPT_OUT), (_START, Act.OPT_IN), (_CANCEL, Act.CANCEL)):
        if all(word in commands for word in alone):
            return act
    if _NO_STOP.search(line) is None:
        if _OPT_OUT.search(line):
            return Act.OPT_OUT
        if _OPT_IN.search(line):
            return Act.OPT_IN
    if _DELETE.search(line) and _NEGATED.search(line) is None:
        return Act.DELETE_DATA
    return None

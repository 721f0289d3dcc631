"""The few whole messages that the conversation itself knows beyond the reading's acts."""

from __future__ import annotations

import re

from iceshop.kernel.text import fold

_NOT_A_WORD = re.compile(r"[^\w ]+")

_ON_THE_WAY = re.compile(
    r"\b(yoldayi[mz]|yola cikti[mk]|geliyorum|geliyoruz|on my way|on our way|omw|coming now)\b"
)
_HUMAN = re.compile(
    r"\b(insanla|gercek (?:bir )?(?:insan|kisi)|yetkili|temsilci|musteri hizmetleri|"
    r"(?:real |a )(?:human|person)|human being|agent|operator|representative)\b"
)
_THANKS = re.compile(
    r"\b(tesekkur\w*|sag ?ol\w*|eyvallah|gorusuruz|hosca ?kal\w*|iyi gunler|"
    r"thanks|thank you|thx|cheers|bye|goodbye)\b"
)
_WANTS = re.compile(
    r"\b(istiyoru[mz]|isteri[mz]|almak|alacagi[mz]|ariyoru[mz]|bakiyoru[mz]|"
    r"i (?:want|need)|we (?:want|need)|i d like|looking for|can i get)\b"
)
_PAUSE = frozenset({"beklet", "duraklat", "ara ver", "pause", "pause it"})
_RESUME = frozenset({"devam", "devam et", "surdur", "resume", "continue", "go on"})


def _key(text: str) -> str:
    return " ".join(_NOT_A_WORD.sub(" ", fold(text)).split())


def says_on_the_way(text: str) -> bool:
    """Whether the sender has left, or says to be coming."""
    return bool(_ON_THE_WAY.search(_key(text)))


def wants_human(text: str) -> bool:
    """Whether a person is asked for."""
    return bool(_HUMAN.search(_key(text)))


def says_want(text: str) -> bool:
    """Whether something is wished for."""
    return bool(_WANTS.search(_key(text)))


def says_thanks(text: str) -> bool:
    """Whether it is thanks or a farewell."""
    return bool(_THANKS.search(_key(text)))


def says_pause(text: str) -> bool:
    """Whether the message is nothing but the word for pausing."""
    return _key(text) in _PAUSE


def says_resume(text: str) -> bool:
    """Whether the message is nothing but the word for going on."""
    return _key(text) in _RESUME

"""Who comes along, named one by one: "ben, eşim ve iki çocuk", "me and my two kids"."""

from __future__ import annotations

import re
from dataclasses import dataclass

_KIN_TR = (
    r"(?:(?:kiz|erkek|ev|oda|is|okul|en yakin|yakin|bir) )?(?:anneanne|babaanne|kayinvalide"
    r"|kayinpeder"
    r"|es|kari|koca|kiz|ogl|oglan|cocug|anne|baba|kardes|abla|abi|agabey|arkadas|sevgili|kuzen"
    r"|teyze"
    r"|amca|hala|dayi|dost|nisanli|bebeg|dede|nine|kanka|yenge|eniste|torun|gelin|damad|komsu|hanim"
    r"|yegen|minig|ufaklig|partner|kuzi|manit|bro)(?:[iu]m[iu]z|[iu]m|m[iu]z|m)(?P<with>l[ae]"
    r"|yl[ae]"
    r"|l)?(?:[iu]n|[iu]|[ae])?"
)
_MANY_TR = (
    r"(?:tane )?(?:kucuk |buyuk |yakin |is |okul |sinif )?(?:arkadas\w*|cocu\w*|kisi(?:yle)?"
    r"|kardes\w*"
    r"|kuzen\w*|yetiskin\w*|bebe\w*|misafir\w*|kanka\w*|kiz\w*|oglan\w*|oglum\w*|dost\w*|ogrenci\w*"
    r"|torun\w*|yegen\w*|erkek\w*|kadin\w*|ufaklik\w*)(?: daha)?"
)
_KIN_EN = (
    r"(?:wife|husband|daughter|son|mom|mum|mother|dad|father|brother|sister|friend|girlfriend"
    r"|boyfriend|gf|bf|partner|kid|cousin|colleague|coworker|baby|child|aunt|uncle|buddy|mate"
    r"|fiance|fiancee|grandma|grandpa|grandmother|grandfather|roommate|flatmate|housemate|boss"
    r"|neighbou?r|pal|bestie|bro|sis|spouse|nephew|niece|toddler|boy|girl|guy|lad|date|hubby|missus"
    r"|mother in law|in law|teammate|classmate|guest|son in law)"
)
_OWN = r"(?:(?:my|our|a|an|the|his|her|another|1|one|best|good|old|little|big|close|new) )*"
_MANY_EN = (
    r"(?:of )?(?:(?:my|our|the|other|more|little|small|good|close|best|old|grown up|uni|work"
    r"|school) )*"
    r"(?:people|persons?|guests|adults?|guys|girls|boys|lads|friends|folks|kids|children|students"
    r"|colleagues|coworkers|mates|others|cousins|sisters|brothers|sons|daughters|buddies|pals"
    r"|roommates|flatmates|babies|toddlers|more|grandkids|parents|in laws|teammates|classmates)"
)
_I = r"(?:ben(?: de)?|me|i|myself|kendim|moi)"
_JOIN = r"(?:ve|ile|,|bir|de|da|ayrica|arti|\+|and|plus|&|with|also|as well as|bir de|along)"
_MEMBER = (
    rf"(?:(?P<i>{_I})|(?:(?:my|our|the|other) )?(?P<n>\d+) (?P<many>{_MANY_TR}"
    rf"|{_MANY_EN})"
    rf"|(?P<two>(?:(?:my|our|his|her) )(?:parents|grandparents|in laws|folks))"
    rf"|(?P<tr>{_KIN_TR}|anne(?= baba))|(?P<en>{_OWN}{_KIN_EN}))"
)


_NAMELESS = re.sub(r"\(\?P<\w+>", "(?:", _MEMBER)
_RUN = re.compile(rf"(?<= )(?:with )?{_NAMELESS}(?:(?: {_JOIN})* {_NAMELESS})*(?= )")
_ONE = re.compile(rf"(?<= ){_MEMBER}(?= )")
_EXTRA = re.compile(
    rf"(?<= ){_I} (?:\+|plus|arti) (?P<n>\d+)(?= )|(?<= )(?P<m>\d+) (?:\+|plus|arti) {_I}(?= )"
)
# Who is not the speaker: "with 8 people" may count everybody, "with 8 friends" does not.
_FRIENDS = r"friend|kid|child|mate|cousin|brother|sister|arkadas|cocu|kardes|kuzen|kanka|buddy|pals"


# "5 kişi, ben dahil": the speaker is one of those counted.
_INCLUDED = re.compile(r" dahil(?= )")


@dataclass(frozen=True, slots=True)
class Party:
    """People named one by one, the speaker included, and where in the line they stand."""

    size: int
    start: int
    end: int


def read_party(line: str, *, asked: bool) -> Party | None:
    """The people named one by one in the canonical ``line``.

    Kin without the speaker count only when they come along ("eşimle", "with my wife") or when
    the number of people was ``asked``.
    """
    for run in _RUN.finditer(line):
        size = _size(run.group(), asked=asked)
        if size is not None and _INCLUDED.match(line, run.end()):
            size -= 1
        if size is not None:
            return Party(size, *run.span())
    extra = _EXTRA.search(line)
    if extra is not None:
        return Party(1 + int(extra["n"] or extra["m"]), *extra.span())
    return None


def _size(words: str, *, asked: bool) -> int | None:
    has_i = comes_with = friends = False
    kin = counted = 0
    members = list(_ONE.finditer(f" {words} "))
    for member in members:
        if member["i"]:
            has_i = True
        elif member["two"]:
            kin += 2
        elif member["n"]:
            counted += int(member["n"])
            friends = friends or re.search(_FRIENDS, member["many"]) is not None
            comes_with = (
                comes_with or re.search(r"(?:[iu]m|m[iu]z)l[ae]$", member["many"]) is not None
            )
        else:
            kin += 1
            comes_with = comes_with or bool(member["with"])
    comes_with = comes_with or (words.startswith("with ") and "a date" not in words)
    if has_i and kin + counted:
        return 1 + kin + counted
    if comes_with and (kin or friends) and not has_i:
        return 1 + kin + counted
    return 1 + kin + counted if asked and kin and not has_i else None

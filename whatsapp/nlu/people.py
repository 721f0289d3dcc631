"""How many people, and how far they go."""

from __future__ import annotations

import re

from whatsapp.nlu.reading import Question
from whatsapp.nlu.scan import Scan, rule

_MOST_PEOPLE = 10_000
_WALK_M_PER_MINUTE = 80
_WALKING_DISTANCE_M = 1000
_PEOPLE = (
    r"(?:people|persons?|guests?|pax|adults?|guys|friends|folks|kids|heads|students|colleagues)"
)
_TR_NUMBERS = {"iki": 2, "uc": 3, "dord": 4, "bes": 5, "alti": 6}
_KIN_TR = (
    r"esim|karim|kocam|kizim|oglum|cocugum|annem|babam|kardesim|ablam|abim|arkadasim"
    r"|sevgilim|kuzenim|teyzem|amcam|halam"
    r"|dayim|dostum|nisanlim|bebegim|anneannem|dedem|kankam"
)
_KIN_EN = (
    r"wife|husband|daughter|son|mom|mum|mother|dad|father|brother|sister|friend"
    r"|girlfriend|boyfriend|gf|bf|partner|kid"
    r"|cousin|colleague|baby|child|aunt|uncle|buddy|mate|fiance|fiancee|grandma|grandpa|roommate"
)
_NOT_AFTER_FOR = (
    r"(?! (?:tl|usd|eur|gbp|hours?|hrs?|minutes?|mins?|days?|weeks?|months?|am|pm|%|o'?clock"
    r"|kg|kilos?|each|a |per )|[:'.])"
)
_SIZES = (
    r"(\d+)'?(?:er|ser)? kisi(?:lik|yiz|yim|y|ye|yle|cik|ligi|likti|den|nin|olacagiz"
    r"|ligine|yi)?(?: (?:icin|olacagiz|geliyoruz|gelecegiz))?",
    r"(\d+) kisilik\w*",
    r"(?:for |we(?:'re| are)(?: a (?:group|party) of)? |(?:party|group|table|team) (?:of"
    rf"|for) )?(?:about )?(\d+) (?:of us|{_PEOPLE})",
    r"(?:party|group|table|team|crew) (?:of|for) (\d+)",
    rf"for (?:the )?(\d+)(?: of us)?{_NOT_AFTER_FOR}",
    r"(\d+) arkadas(?:iz|la|im)?",
    r"(?:we(?:'re| are|'ll be| will be)) (\d+)(?: now)?(?= (?:$|[,.!]))",
    r"(\d+)'(?:imiz|miz|umuz)(?: icin)?",
)
_PAIR = (
    r"(?:for )?(?:just |only )?(?:the two of us|both of us|us two|couple of us|as a couple)"
    r"|ikimiz(?:e| icin)?|cift olarak"
)
_ALONE = (
    r"just (?:me|myself)|only me|by myself|alone|for myself|tek basima|tek kisi(?:yim|lik)?"
    r"|yalnizim|yalniz|sadece ben|1 kisi|kendim icin"
)


def read_group_size(scan: Scan, question: Question | None) -> int | None:
    """Take the number of people out of ``scan``."""
    scan.take_all(
        r"(?:\d+ kisi(?: lazim)?|\d+ people) degil(?: de)?|not \d+(?: people)?(?= (?:,|but|we))",
        "rejected",
    )
    size = _counted_kin(scan) or _adults_and_children(scan) or _stated(scan)
    if size is None and scan.take(_PAIR, "group_size"):
        size = 2
    if size is None and question is not None and question.ask == "ask_group_size":
        size = _answer(scan)
    return size if size is not None and 0 < size <= _MOST_PEOPLE else None


def _answer(scan: Scan) -> int | None:
    if scan.take(_ALONE, "group_size"):
        return 1
    if (found := scan.take(r"(\d+)(?:'[a-z]+)?", "group_size")) is not None:
        return int(found.group(1))
    named = scan.take(r"(iki|uc|dord|bes|alti)(?:miz|umuz|imiz)\w*", "group_size")
    return _TR_NUMBERS[named.group(1)] if named else None


def _stated(scan: Scan) -> int | None:
    for pattern in _SIZES:
        found = rule(pattern).search(scan.text)
        if found is not None:
            scan.cover(*found.span(), "group_size")
            return int(found.group(1))
    return None


def _adults_and_children(scan: Scan) -> int | None:
    kinds = (
        r"(?:cocuk|yetiskin|bebek|buyuk|kids?|child(?:ren)?|adults?|toddlers?|bab(?:y|ies)|ogrenci)"
    )
    found = scan.take(rf"\d+ {kinds}(?:(?: ve| and| ,| plus)? \d+ {kinds})+", "group_size")
    return sum(map(int, re.findall(r"\d+", found.group()))) if found else None


def _counted_kin(scan: Scan) -> int | None:
    """Count the members of "ben eşim ve kızım" or "me and 2 friends"."""
    line = scan.text
    found = re.search(
        rf"(?<= )(?:ben(?: ve| ile)?(?: ,)?)((?:(?: ve| ,| ile| bir de| bi)* (?:{_KIN_TR}"
        r"|\d+ (?:arkadas\w*|cocu\w*)))+)(?= )",
        line,
    ) or re.search(
        r"(?<= )(?:me|i|myself)(?: ,)?((?:(?: and| ,| &| plus| with)* (?:(?:my|our|a|the"
        r"|his|her) )?"
        rf"(?:{_KIN_EN}|\d+ (?:{_PEOPLE}|of my friends|others|{_KIN_EN}s)))+)(?= )",
        line,
    )
    if found is None:
        found = re.search(
            rf"(?<= )((?:my|our) (?:{_KIN_EN})(?:(?: ,| and) (?:my "
            rf"|our )?(?:{_KIN_EN}))*) and (?:i|me)(?= )",
            line,
        )
    if found is None:
        found = re.search(
            rf"(?<= )((?:{_KIN_TR})(?:(?: ,| ve| ile) (?:{_KIN_TR}))*) (?:ve|ile) ben(?= )", line
        )
    if found is None:
        found = re.search(r"(?<= )(?:me|ben|i) ((?:\+|plus|arti) \d+(?: \w+)?)(?= )", line)
    if found is None:
        return None
    scan.cover(*found.span(), "group_size", "kin")
    numbers = [int(n) for n in re.findall(r"\d+", found.group(1))]
    plain = re.sub(r"\d+ \w+(?: my friends)?", "", found.group(1))
    return 1 + sum(numbers) + len(re.findall(rf"\b(?:{_KIN_TR}|{_KIN_EN})\b", plain))


def read_radius_m(scan: Scan, question: Question | None) -> int | None:
    """Take how far somebody goes out of ``scan``, in metres."""
    near = r"(?:(?:en fazla|max(?:imum)?|at most|within|under|up to|yaklasik|about|(?:in )?a) )*"
    far = (
        r"(?: (?:civar\w*|cevre\w*|icinde|icerisinde|yaricap\w*|uzak\w*|mesafe\w*"
        r"|otesi\w*|kadar|walking distance|walk"
        r"|radius|around|away|of|from|max(?:imum)?|at most|tops|en fazla|yakin\w*|or less))*"
    )
    found = scan.take(
        rf"{near}(\d+(?:\.\d+)?) (?:km|kilomet(?:re|er)s?|kilometre\w*)(?:'[a-z]+)?{far}",
        "radius_m",
    )
    if found is not None:
        return round(float(found.group(1)) * 1000)
    found = scan.take(
        rf"{near}(\d{{2,5}}) (?:m|mt|metre\w*|met(?:re|er)s?)(?:'[a-z]+)?{far}", "radius_m"
    )
    if found is not None:
        return int(found.group(1))
    return _walk(scan, near) or _bare(scan, question)


def _walk(scan: Scan, near: str) -> int | None:
    found = scan.take(
        rf"{near}(\d+) (?:dakika(?:lik)?|minutes?|mins?) (?:yuru\w*(?: mesafe\w*)?"
        r"|(?:walk(?:ing)?|on foot)(?: distance| away)?)(?: anca| max| at most)?",
        "radius_m",
    )
    if found is not None:
        return int(found.group(1)) * _WALK_M_PER_MINUTE
    said = scan.take(
        r"(?:within )?walking distance(?: of)?|walkable|yurume mesafe\w*|yuruyerek", "radius_m"
    )
    return _WALKING_DISTANCE_M if said else None


def _bare(scan: Scan, question: Question | None) -> int | None:
    if question is None or question.ask != "ask_radius":
        return None
    found = scan.take(r"(\d+(?:\.\d+)?)(?:'[a-z]+)?", "radius_m")
    if found is None:
        return None
    number = float(found.group(1))
    # People answer 3 for kilometres and 500 for metres.
    return round(number * 1000 if number < 50 else number)

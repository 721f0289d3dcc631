"""How many people, and how far they go."""

from __future__ import annotations

import re

from whatsapp.nlu.party import read_party
from whatsapp.nlu.reading import Question
from whatsapp.nlu.scan import Scan, rule

_MOST_PEOPLE = 10_000
_WALK_M_PER_MINUTE = 80
_WALKING_DISTANCE_M = 1000
_MILE_M = 1609.344
_PEOPLE = (
    r"(?:people|persons?|guests?|pax|adults?|guys|friends|folks|kids|heads|students|colleagues"
    r"|members|players|coworkers|buddies|mates|lads|girls|children|attendees|participants|diners)"
)
_PEOPLE_TR = (
    r"(?:kisi(?! ?bas|n[iu]n)\w*|nufus|kelle|arkadas\w*|ogrenci\w*|misafir\w*|davetli\w*|cocuk"
    r"(?:lar)?|calisan\w*|personel|oyuncu\w*|hatun|erkek|kanka\w*|genc\w*|katilimci\w*)"
)
# People who are also what goods are for: only where the clause ends behind them.
_ENDS = (
    r"(?= (?:$|[,.!?;)(]|for|in|at|on|tonight|tomorrow|today|this|next|near|by|around|under|max"
    r"|please|that|which|to|not|outside|inside|indoors"
    r"|and|with|from|between|before|after|over|who|coming|want|wanting|we|up|per|budget|total"
    r"|icin|ve"
    r"|var\w*|gel\w*|ol\w*|bu|yarin|bugun|aksam\w*|kisi|adam|toplam|[#]+))"
)
_COMING_TR = r"(?!olmaz)(?:ol|gel|gid|katil|otur|yi|ye|toplan|bulus)\w*(?:z|d[iu]k)"
_TURNED_DOWN = (
    r"(?:\d+ kisi\w*(?: lazim)?|\d+ people|\d+'(?:[iu]z|yiz)) degil\w*(?: de)?"
    r"|\d+ degil\w*(?= ,? ?(?:\w+ )?\d+(?: kisi|'| ol))|not \d+(?: people| of us)?(?= (?:,|but"
    r"|we|$|\.|it))"
    r"|1 (?:kisi|arkadas\w*) daha(?=.* \d)|(?:1|another|a) (?:friend|person)(?: \w+)? (?:too|more)"
    r"(?=.* \d)"
    r"|(?:instead of|rather than) \d+(?: people| of us)?|\d+ (?:kisi )?yerine(?= \d+)"
)
_NOT_AFTER_FOR = (
    r"(?! (?:tl|usd|eur|gbp|hours?|hrs?|minutes?|mins?|days?|weeks?|months?|[ap]\.? ?m|%|o'?clock"
    r"|kg|kilos?|each|a |per )|[:'.])"
)
_WE_ARE = (
    r"(?:we|there|they)(?:'re|'ll be|'s| are| r| is| will be| ll be| re)(?: going to be)?"
    r"(?: (?:now|actually|about|around|roughly|only|just|like|maybe|probably|a|an|the|going|up"
    r"|down|to"
    r"|total|in total|all|going to be))*"
)
_GATHERING = r"(?:party|group|table|team|crew|fam\w*|squad|class|bunch|gang|band|crowd|reservation)"
_BOOKED = "|".join(
    f"(?<={word} )"
    for word in (
        "seat seats ticket tickets room spot spots place places dinner lunch breakfast brunch"
        " picnic booking meal menu"
    ).split()
)
_SIZES = (
    r"(?:artik |simdi |toplam )?(\d+)(?: kisi)? (?:olduk|oluyoruz|olacagiz|olucaz|olcaz)",
    rf"(?:{_WE_ARE} )?(?:a )?{_GATHERING} (?:of|for) (?:about "
    rf"|around )?(\d+)(?: {_PEOPLE})?{_NOT_AFTER_FOR}",
    rf"(\d+)'?(?:er|ser)? (?:kisi(?! ?bas|n[iu]n)\w*|nufus|kelleyiz)(?: (?:icin|{_COMING_TR}))?",
    r"(\d+) kisilik\w*",
    rf"(?:for |{_WE_ARE} )?(?:about )?(\d+) of us",
    rf"(?:for |{_WE_ARE} )(?:about )?(\d+) (?:[a-z]+ )?{_PEOPLE}",
    r"(?:about |around )?(\d+) (?:people|persons?|guests?|pax|adults?|guys|friends|folks|students"
    r"|colleagues|players|mates|ppl)",
    rf"(?:{_WE_ARE}) (\d+)(?: now| in total)?(?= (?:$|[,.!;)]|and|so|if|tonight|today|tomorrow"
    rf"|#+))",
    r"aile(?:ce|cek|mle|ecek)? (?:toplam )?(\d+)(?: kisi\w*)?",
    r"(\d+) (?:arkadas\w*|misafir\w*|davetli\w*|ogrenci\w*)(?: icin)?",
    rf"(\d+) (?:{_PEOPLE_TR}|{_PEOPLE}){_ENDS}",
    r"(\d+)'(?:imiz|miz|umuz|[iu]m[iu]z)(?:[ae]|[iu]n|d[ae]n?|l[ae])?(?: icin)?",
    rf"(?:toplam(?:da)? )?(\d+)'(?:[iu]z|yiz)(?: {_COMING_TR})?",
    rf"(?:toplam(?:da)? |biz )?(\d+) {_COMING_TR}",
    # What is booked stays to be read as the product.
    rf"(?:{_BOOKED})for (\d+){_NOT_AFTER_FOR}",
    rf"(?:seats?|accommodates?|accommodating|fits?|hosts?|holds?) (\d+){_NOT_AFTER_FOR}",
    rf"for (?:the )?(?:about )?(\d{{1,2}})(?: of us)?{_NOT_AFTER_FOR}{_ENDS}",
)
_PAIR = (
    r"(?:for )?(?:just |only )?(?:the (?:2|two) of us|both of us|us (?:2|two)|couple of us"
    r"|as a couple)"
    r"|(?:we'?re|we are) a couple|cift olarak|cift(?:iz|lere|ler icin)|kari koca(?:yiz)?"
    r"|ikili olarak|ikisi icin|ikimiz\w*"
)
_ALONE = (
    r"(?:table|dinner|lunch|breakfast|seat|room|bar|spot)(?: [a-z]+)? for one|(?:just"
    r"|only) (?:me|myself)|by myself|on my own|tek (?:basima|basinayim|kisiyim|kisiyiz)"
    r"|bir (?:tek )?ben|(?:sadece|yalnizca|bir tek) (?:ben(?:im)?|kendim)(?: icin)?|1 ben(?:im)?"
    r"|(?:it'?s )?just for me|solo|yalniz (?:geliyorum|gelecegim|gelicem|basima|ben)"
)
_ALONE_ASKED = (
    r"(?:just|only)? ?(?:me|myself|i)|alone|for myself|tek(?: kisi\w*| ben)?|yalnizim|yalniz|ben"
    r"|1 kisi|kendim(?: icin)?|kimse(?: yok)?|no ?(?:one|body) else|a single person|single"
)


def read_group_size(scan: Scan, question: Question | None) -> int | None:
    """Take the number of people out of ``scan``."""
    asked = question is not None and question.ask == "ask_group_size"
    scan.take_all(_TURNED_DOWN, "rejected")
    size = _named(scan, asked=asked)
    size = size or _adults_and_children(scan) or _stated(scan)
    if size is None and scan.take(_PAIR, "group_size"):
        size = 2
    if size is None and scan.take(_ALONE, "group_size"):
        size = 1
    if size is None and asked:
        size = _answer(scan)
    return size if size is not None and 0 < size <= _MOST_PEOPLE else None


def _named(scan: Scan, *, asked: bool) -> int | None:
    party = read_party(scan.text, asked=asked)
    if party is None:
        return None
    # "ben dahil 5 kişi": a total that is said goes before what was counted.
    total = rule(r"(?:toplam(?:da)?|in total|total of|all together|altogether) (\d+)(?: kisi\w*)?")
    said = total.search(scan.text[party.end - 1 :])
    scan.cover(party.start, party.end, "group_size", "kin")
    return int(said.group(1)) if said and int(said.group(1)) <= 2 * party.size else party.size


def _answer(scan: Scan) -> int | None:
    if (
        found := scan.take(r"(?:\d+ (?:-|or|to|ile|ya da|veya) )?(\d+)(?:'[a-z]+)?", "group_size")
    ) is not None:
        return int(found.group(1))
    if scan.take(r"(?:a )?couple|cift", "group_size"):
        return 2
    return 1 if scan.take(_ALONE_ASKED, "group_size") else None


def _stated(scan: Scan) -> int | None:
    for pattern in _SIZES:
        found = rule(pattern).search(scan.text)
        if found is not None:
            scan.cover(*found.span(), "group_size")
            return int(found.group(1))
    return None


def _adults_and_children(scan: Scan) -> int | None:
    kinds = (
        r"(?:cocuk|yetiskin|bebek|buyuk|kucuk|kids?|child(?:ren)?|adults?|toddlers?|bab(?:y|ies)"
        r"|ogrenci|kadin|erkek|kiz|oglan|women|woman|men|man|girls?|boys?|grown ups?|seniors?|tam)"
    )
    found = scan.take(
        rf"\d+ {kinds}(?:(?: ve| and| ,| plus| \+| bir de)* \d+ {kinds})+", "group_size"
    )
    return sum(map(int, re.findall(r"\d+", found.group()))) if found else None


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
        # 20 metres alone are a length of goods.
        rf"{near}(\d{{3,5}}|\d\d(?= \w+(?:'[a-z]+)? (?:c[ie]v|c[ei]vr|ic|uzak|mesafe|otesi|kadar"
        rf"|walk|radius|around|away|of|from|yakin)))"
        rf" (?:m|mt|metre\w*|met(?:re|er)s?)(?:'[a-z]+)?{far}",
        "radius_m",
    )
    if found is not None:
        return int(found.group(1))
    found = scan.take(rf"{near}(\d+(?:\.\d+)?|a) miles?{far}", "radius_m")
    if found is not None:
        return round((1 if found.group(1) == "a" else float(found.group(1))) * _MILE_M)
    return _walk(scan, near) or _bare(scan, question)


def _walk(scan: Scan, near: str) -> int | None:
    found = scan.take(
        rf"{near}(\d+) (?:dakika(?:lik)?|minutes?|mins?) (?:yuru\w*(?: mesafe\w*)?"
        r"|(?:walk(?:ing)?|on foot)(?: distance| away)?)(?: anca| max| at most)?",
        "radius_m",
    )
    if found is None:
        found = scan.take(
            rf"(?:yuruy\w*|walking|on foot) {near}(\d+) (?:dakika\w*|dk|minutes?|mins?)", "radius_m"
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

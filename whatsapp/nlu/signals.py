"""Signs that a person needs another treatment: abuse, a child at the other end, distress.

A lexicon over the folded line. Turkish words that fold into something harmless ("şık", "sık",
"piç", English "pic") are read with their own letters instead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from iceshop.kernel.text import fold, tr_lower
from whatsapp.nlu.tokens import prepare

_NOT_WORD = re.compile(r"[^\w']+")


@dataclass(frozen=True, slots=True)
class Signals:
    """What was seen; all three may be true of one message."""

    abuse: bool = False
    minor: bool = False
    distress: bool = False


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<= )(?:{pattern})(?= )")


_INSULT = (
    r"geri ?zekali\w*|aptal(?:sin\w*|lar|siniz)?|salak(?:sin\w*|lar|siniz)?|ahmak\w*|embesil\w*"
    r"|dangalak\w*|serefsiz\w*|haysiyetsiz\w*|namussuz\w*|ahlaksiz\w*|pezevenk\w*|orospu\w*"
    r"|kahpe\w*|yavsak\w*|dalyarak\w*|yarrak\w*|yarra[gm]\w*|ibne\w*|gavat\w*|kaltak\w*|pust\w*"
    r"|it herif\w*|hayvan herif\w*|mal herif\w*|mal m[iı]s[iı]n\w*|pic kurusu|gotveren\w*"
    r"|dingil\w*|lavuk\w*"
    r"|idiots?|morons?|assholes?|bastards?|bitch(?:es)?|cunts?|dickheads?|wankers?|twats?"
    r"|motherfuckers?|scumbags?|imbeciles?|retards?|piece of (?:shit|crap)"
    r"|sons? of (?:a )?bitch\w*"
    r"|(?:you(?:'re| are|r)?|u) (?:all )?(?:so |such |fucking |a |bunch of )*(?:stupid|dumb\w*"
    r"|fools?"
    r"|pigs?|trash|garbage)"
)
_CURSE = (
    r"siktir\w*|sik[ei]r(?:im|iz|ler|sin)|sikey?im|sikt[iı]g[iı]m\w*|amk|amq|aq|mk|amina ko\w*"
    r"|aminiza ko\w*|aminakoy\w*|anan[iı](?:z[iı])?|bac[iı]n[iı] sik\w*|allah belani\w*|belani \w*"
    r"|defol\w*(?: git)?|gebersin\w*|geber|kahrol\w*|zikkim\w*"
    r"|fuck(?:ing)? (?:you\w*|u|off|this shop|idiots?)|fck (?:you|off|u)|f\*+k (?:you|off)|stfu"
    r"|shut (?:the fuck )?up|go to hell|screw (?:you|u)|drop dead|rot in hell"
)
_THREAT = (
    r"(?:seni|sizi|onu|hepinizi)(?: \w+){0,3} (?:oldur\w*|gebert\w*|dov\w*|vurur\w*|vuracag\w*"
    r"|bogar\w*|kes(?:erim|ecegim)|yakar\w*|bitir(?:irim|ecegim)|mahved\w*|pisman ed\w*)"
    r"|gebert(?:irim|ecegim|ecem)\w*|oldur(?:urum|ecegim|ecem|uruz)\w*"
    r"|kafan[iı]\w* (?:kir\w*|patlat\w*|ez\w*)|agzini\w* (?:burnunu \w+|kir\w*|dagit\w*)"
    r"|(?:dukkan\w*|ofis\w*|ev\w*|orayi|mekan\w*)(?: \w+){0,2} (?:yak(?:ar|acag|acam)\w*"
    r"|bas(?:ar|acag)\w*)"
    r"|(?:evini\w*|adresini\w*|nerede oturdugunu\w*)(?: \w+)? biliyor\w*|seni bul(?:urum|acagim)"
    r"|sizi bul(?:urum|acagim)|pisman olacaksin\w*"
    r"|(?:kill|murder|shoot|stab|beat|hurt|smash) (?:you|u|him|her|your|the seller)(?: \w+)*"
    r"|(?:i|we)(?:'ll| will| am going to|'m going to) (?:find you|burn|come for you|hunt you)"
    r"|(?:i )?know where you (?:live|are)|burn (?:your|the) (?:shop|store|house|place)(?: down)?"
    r"|you(?:'ll| will) (?:regret|pay for) (?:this|it)|watch your back"
)
_ABUSE = _words(f"{_INSULT}|{_CURSE}|{_THREAT}")
_OWN_LETTERS = re.compile(r"(?<!\w)(?:piç(?:ler|sin|siniz)?|göt(?:ler|ün|lek)?|oç|oçlar)(?!\w)")
# Scolding oneself, or speech that only sounds rude.
_HARMLESS = _words(
    r"(?:ne |cok )?(?:aptal|salak) (?:kafam|gibi (?:unuttum|yanlis)|ben(?:im)?)"
    r"|(?:i'?m|i am|i feel|i was)(?: \w+)? (?:stupid|dumb|idiot|moron)|i'?m (?:such )?an idiot"
    r"|(?:kill|beat|smash) (?:the|your) (?:price|time|hunger|competition)\w*"
    r"|beat (?:you )?(?:to it|there|you to)|anani sagol\w*|mk ?2|mal mi(?:si)?"
    r"|idiot(?:'s)? guide\w*"
)

_UNDER_AGE = r"(?:[6-9]|1[0-7]|alti|yedi|sekiz|dokuz|on(?: (?:bir|iki|uc|dort|bes|alti|yedi))?)"
_MINOR = _words(
    rf"{_UNDER_AGE} yas(?:indayim|imdayim|indayiz|ima|ima yeni)(?: \w+)?"
    rf"|yasim (?:daha )?{_UNDER_AGE}"
    rf"|(?:ben )?daha {_UNDER_AGE} yas\w*"
    r"|18(?:'?den| yasindan)? kucu(?:gum|k\w*)|18 yasindan kucugum|resit degilim|resit olmadim"
    r"|yasim tutmuyor\w*|(?:ilk|orta)okul(?:a|da|dayim|dan)?(?: \w+)? ?(?:gidiyorum|okuyorum"
    r"|ogrencisiyim)?"
    r"|(?:lise|ortaokul|ilkokul) ogrencisiyim|liseye (?:gidiyorum|basladim)|lise(?:de|deyim"
    r"| \d)(?: okuyorum)?"
    r"|\d+(?:'?inci|'?nci|'?uncu|'?nc[iu])? sinif(?:a gidiyorum|tayim|im|ta okuyorum)"
    r"|(?:annem|babam|ailem)(?:in|lerin|den|e)? (?:haberi yok|bilmiyor|bilmesin|gormesin|gizli"
    r"|duymasin|soyleme\w*|izin vermi\w*|kizar)"
    r"|(?:i'?m|im|i am|am)(?: only| just)? (?:[6-9]|1[0-7])(?: years? old| yo| y o)?(?= (?:and"
    r"|but|so|can|is|am|years?|#|$))"
    r"|(?:i'?m|im|i am)(?: only| just)? (?:[6-9]|1[0-7]) (?:years? old|yo)|(?:i'?m|i am"
    r"|im) (?:a )?minor|under ?age(?:d)?"
    r"|i'?m (?:a )?(?:kid|child|teen\w*)|(?:i'?m |im )?(?:in|at) (?:middle|primary|elementary"
    r"|high) school"
    r"|(?:i'?m |im )?in (?:the )?\d+th grade"
    r"|my (?:mom|mum|dad|parents?)(?: \w+)? (?:doesn'?t|don'?t|dont|doesnt|can'?t|mustn'?t"
    r"|won'?t) (?:know|let|find out|allow|see)"
    r"|(?:don'?t|dont) tell my (?:mom|mum|dad|parents?)"
)
# Somebody else's child, or a length of time.
_NOT_MINOR = _words(
    r"(?:lise|ortaokul|ilkokul)\w* (?:onu\w*|yani\w*|karsisi\w*|arkasi\w*|arkadas\w*|mudur\w*"
    r"|ogretmeni\w*|kapisi\w*)"
    r"|(?:near|opposite|behind|next to|teach(?:er)?(?: at| in)?|work at)(?: \w+){0,2} (?:high"
    r"|primary|middle|elementary) school"
    r"|(?:kizim|oglum|kardesim|yegenim|cocugum|torunum|kedim|kopegim)(?: \w+){0,3}"
    r"|my (?:son|daughter|kids?|child|nephew|niece|brother|sister)(?: \w+){0,3}"
)
_DISTRESS = _words(
    r"intihar(?: (?:et\w*|ed\w*|dusun\w*|mektub\w*))?|kendimi (?:oldur\w*|asacag\w*|kes(?:iyor"
    r"|ecek|mek)\w*|atacag\w*)"
    r"|kendime zarar\w*|canima kiy\w*|hayatima son\w*|yasamak istemiyor\w*|olmek istiyor\w*"
    r"|yasamanin (?:bir )?anlami (?:yok|kalmadi)|yasamaktan biktim|artik dayanamiyorum"
    r"|dayanacak gucum \w+"
    r"|(?:kocam|esim|babam|sevgilim|abim|annem)(?: \w+){0,2} (?:dov(?:uyor|du|ecek)\w*|vuruyor"
    r"|vurdu|siddet\w*)"
    r"|siddet goruyor\w*|tehdit ediliyorum|kimsem yok|cok yalnizim|depresyonday\w*|bunalimday\w*"
    r"|evsizim|sokakta kaldim|(?:uc|iki|kac|[2-9]) gundur (?:ac(?:im|iz)|yemek yemedi\w*"
    r"|bir sey yemedi\w*)"
    r"|kill(?:ing)? my ?self|suicid(?:e|al)|(?:want|wanna|going) (?:to )?die|end (?:my life"
    r"|it all)"
    r"|self ?harm\w*|(?:hurt|cut|harm)(?:ing)? my ?self|no reason to live"
    r"|don'?t want to live(?: anymore)?"
    r"|can'?t (?:go on|take it|cope)(?: (?:anymore|any more|any longer|like this))"
    r"|(?:he|she|husband|boyfriend|wife|dad|father)(?: \w+)? (?:beats?|hits?|hitting|beating"
    r"|abuses?) (?:me|us)"
    r"|(?:i'?m )?being abused|i(?:'?m| am| feel) (?:so )?(?:depressed|hopeless|suicidal)|i(?:'?m"
    r"| am) homeless"
    r"|haven'?t eaten (?:in|for) (?:\w+ )?days"
)
_NOT_DISTRESS = _words(
    r"intihar (?:timi|mangasi|komandosu)|suicide squad|(?:kitab\w*|film\w*|roman\w*|book"
    r"|movie)(?: \w+){0,3}"
    r" (?:intihar|suicide)|(?:intihar|suicide)(?: \w+){0,2} (?:kitab\w*|film\w*|roman\w*|oyun\w*"
    r"|book|movie|ticket\w*)"
    r"|(?:aclik|gulmek|susuzluk|merak|sicak)t?an ol\w*|(?:acliktan|gulmekten|sicaktan) olmek"
    r"|(?:not|never) (?:going to|gonna) die"
)


def signals(text: str) -> Signals:
    """Return the signs that ``text`` shows; never raises.

    >>> signals("seni bulurum").abuse, signals("şık bir elbise").abuse
    (True, False)
    """
    source = prepare(text)
    line = f" {_NOT_WORD.sub(' ', fold(source)).replace('_', ' ').strip()} "
    return Signals(
        abuse=_ABUSE.search(_HARMLESS.sub(" ", line)) is not None
        or _OWN_LETTERS.search(tr_lower(source)) is not None,
        minor=_MINOR.search(_NOT_MINOR.sub(" ", line)) is not None,
        distress=_DISTRESS.search(_NOT_DISTRESS.sub(" ", line)) is not None,
    )

"""What stands around a place's name in both languages, on folded words."""

from __future__ import annotations

import re

# Asked for by these questions, a bare word is a place.
ASKS = ("ask_place", "ask_pin", "s_place")

# Common nouns of places; with a name before them they are a part of it.
NOUNS = (
    r"(?:otobus|sahil|iskele|meydan|metro|metrobus|marmaray|tramvay|carsi|pazar yeri|kopru"
    r"|belediye|park"
    r"|cadde|sokak|sok|cad|bulvar|mahalle|mah|semt|ilce|otogar|terminal|garaj|gar|istasyon|durak"
    r"|havaalani|havalimani|marina|liman|hal|rihtim|vapur|universite|kampus|kampüs|hastane|okul"
    r"|lise|stad|stadyum|cami|camii|kale|kule|muze|heykel|anit|saat kulesi|avm|outlet|plaza|sanayi"
    r"|sanayi sitesi|site|osb|adliye|postane|kutuphane|kultur merkezi|sinema|plaj|koy|ada|orman"
    r"|koru|gol|selale|kavsak|gecit|tunel|han|hamam|bedesten|hastahane|universitesi|eczane|firin"
    r"|merkez|ust gecit|alt gecit|viyaduk|tren gari|market)"
)
# Their endings: possessive, case, "I am at".
NOUN_ENDING = (
    r"(?:l[ae]r)?(?:'?(?:n?[iu]n|s[iu]|[iu])?n?(?:[dt][ae]n?|[yn]?[ae])?(?:y[iu]m|y[iu]z|[iu]m|[iu]z"
    r"|ki)?)"
)
# Positions: "önünde", "karşısı", "arkasında", "içindeyiz", "tarafı", "civarı".
SIDES = (
    r"(?:on(?:u|unde|undeyim|undeyiz|une|unden|u)|karsi(?:si|sinda|sindayim|sindayiz|sina)?"
    r"|arka(?:si|sinda|sindayim|sindayiz|sina)|yan(?:i|inda|indayim|indayiz|ina)"
    r"|ic(?:i|inde|indeyim|indeyiz)|ust(?:u|unde)|alt(?:i|inda)|kose(?:si|sinde)"
    r"|dip(?:i|inde)|dibinde|cikis(?:i|inda|indayim)|giris(?:i|inde|indeyim)|or(?:asi|da|aya|ada"
    r"|dan|adan|alarda|alari|alara|adayim)|bura(?:si|da|larda)|taraf\w*|civar\w*|cevre\w*|yakin\w*"
    r"|dolay\w*|etraf\w*|hizasinda|ust(?:u|unde))"
)
AFTER = re.compile(
    rf"(?: (?:{NOUNS}{NOUN_ENDING}|{SIDES}|(?:pier|square|sq|beach|bridge|station|market|bazaar"
    r"|ferry|terminal|town hall|old|post office|mosque|tower|castle|harbou?r|exit|stop|tram"
    r"|center|centre|area|side|neighbou?rhood|district|campus|stadium|avenue|street|statue|uni"
    r"|university|hospital|mall|airport|marina|port|lake|park|bus)(?:'s)?"
    r"|gibi|icinde|uygun|onu\w*))+(?= )"
)
BEFORE = re.compile(
    r"(?:(?<= )(?:somewhere|anywhere|in|at|near|around|by|to|from|of|on|within|close|next|the"
    r"|front|opposite|bring it|i'm|im|we're|behind|across|over|round|right|either|between|outside"
    r"|inside|past) )+$"
)
PREPOSITION = re.compile(
    r"(?:^| )(?:in|at|near|around|to|by|from|of|on|behind|opposite|outside|inside|between|towards"
    r"|round|across from|next to) (?:the )?$"
)
REJECTED_AFTER = re.compile(
    r"(?: (?:tarafi|civari|semti))?,?"
    r" (?:yerine|degil\w*|olmasin|olmaz|haric\w*|disinda|uzak|cok uzak|iptal|istemiyorum|istemem"
    r"|is (?:too )?far|is out|doesn't work|won't work|'den vazgectim)(?= )"
)
REJECTED_BEFORE = re.compile(
    r" (?:not|instead of|rather than|except(?: for)?|but not|anywhere but|everywhere but"
    r"|somewhere other than|other than|swap|no longer|moved from|apart from|away from)"
    r"(?: in| at| near| around| the)* $"
)
OR = re.compile(
    r"(?: |^)(?:or|if not(?: then)?|failing that|otherwise|either|veya|ya da|yada|ya|yahut|yoksa"
    r"|olmadi|olmazsa|o da olmazsa|/|ister)(?: |$)"
)
AND = re.compile(r"^[ #]*(?:ve|and|ile|&|,|/|-|yahut|hem)[ #]*$")
BUT = re.compile(r" (?:ama|fakat|ancak|but|though|lakin) ")
BETWEEN = re.compile(r" (?:[a-z']+ )?(?:arasi|arasinda|arasindayim|arasi bir yer)(?= )")

_NO_MATTER = r"(?:hic )?(?:fark ?etmez|farketmez|onemli degil|onemsiz|mühim degil)"
ANYWHERE = (
    rf"(?:yer|konum|semt|mekan|lokasyon|ilce|mahalle)(?:i|in|si)? {_NO_MATTER}"
    rf"|nere(?:si|de|ye|den)?(?:si)? (?:olursa|olsa)(?: olsun| olur)?|neresi {_NO_MATTER}"
    r"|her yer(?:e|de|den)?(?: olur| uyar| gelirim)?|her ?hangi (?:bir|1) yer\w*"
    r"|istedig(?:in|iniz) yer\w*|sehrin (?:neresi|her yeri)\w*"
    r"|anywhere(?: is fine| works| will do| is ok| at all| goes| really)?(?! near| around| close"
    r"| but| on| in)|any where|wherever|(?:don'?t care|doesn'?t matter|does not matter"
    r"|not picky|no preference|don'?t mind|not fussy)(?: about)?"
    r" (?:where|the place|the location|the area|location)"
    r"|any (?:place|area|location|where|spot|district|neighbou?rhood)(?: is fine| works)?"
    r"|all over (?:the city|istanbul|town)|location doesn'?t matter"
)
ANYWHERE_ASKED = (
    r"fark ?etmez|farketmez|doesn'?t matter|don'?t (?:care|mind)|whatever|any|sen sec|siz secin"
    r"|onemli degil|you (?:choose|pick|decide)|no preference|herhangi biri?|hepsi olur|neresi olsa"
)
NEAR_ME = (
    r"(?:bana|bize|buraya|evime|evimize|evin|evimin|eve|isyerime|is yerime|isime|isin|isimin|ofise"
    r"|ofisime|ofisin|konumuma|yurda|yurduma|okula|okuluma|otele|otelime|otelimize"
    r"|(?:bulundugu(?:m|muz)|oldugu(?:m|muz)|oturdugu(?:m|muz)|kaldigi(?:m|miz)) yere)"
    r" (?:en |daha )?yakin\w*(?: bir| 1)?(?: yer\w*)?(?: olsun)?"
    r"|(?:bizim|benim) (?:ora\w*|bura\w*|mahalle\w*|semt\w*|taraf\w*|ev\w*|sokak\w*)"
    r"|(?:evin|evimin|isin|isyerinin|ofisin|okulun) (?:ora\w*|bura\w*|yan\w*|civar\w*|etraf\w*"
    r"|taraf\w*|onu\w*|cevre\w*)"
    r"|(?:oturdugu(?:m|muz)|bulundugu(?:m|muz)|oldugu(?:m|muz)) (?:yer\w*|semt\w*|mahalle\w*)"
    r"|yakinim\w*|yakinlar\w*|yakinda(?:ki)?|en yakin(?:i|daki|inda)?|yakin (?:bir |1 )?yer\w*"
    r"|yakin bir (?:nokta|konum|dukkan)\w*"
    r"|cevrem\w*|etrafim\w*|civarim\w*|civarda|etrafta|cevrede|bu (?:civar|taraf|bolge|cevre|semt"
    r"|mahalle)\w*|bura(?:lar|nin) ?\w*"
    r"|near(?:est)? (?:to )?me|nearby|near ?by|near us|close (?:by|to (?:me|us|my \w+|our \w+|home"
    r"|here|where i(?:'m| am| live)))"
    r"|(?:a?round|near) (?:me|us|here|my \w+|our \w+|home)|in (?:my|our|the|this) (?:area"
    r"|neighbou?rhood|vicinity|street)|round the corner|around the corner|not far from (?:me|here"
    r"|home|my \w+)|where i (?:am|live)|wherever i am|within reach|in the vicinity|locally"
    r"|nearest|closest"
)
PIN = (
    r"(?:buraya|burada|burda|burasi|burdayim|buradayim|bulundugum yer\w*|konumum\w*"
    r"|(?:iste |al )?konum(?:u|um)? (?:bu|at\w*|gonder\w*|yolla\w*)|(?:right |over )?here(?: you"
    r" (?:go|are))?|(?:this is )?my (?:current )?location|this (?:place|spot|location)"
    r"|attigim konum\w*|su anki konum\w*|pin attim|i(?:'m| am) here|here it is|sent (?:you )?(?:my"
    r" |the )?(?:pin|location)|dropped a pin)"
)
# Words that never are a name in the slot of a place.
NOT_A_NAME = frozenset(
    """
    olsun olur lutfen please pls the in at near bir 1 yer yerde somewhere evet yes ok tamam bence
    iyi hayir no yok bilmiyorum i don't know not sure anywhere english turkish turkce ingilizce
    ingilizcesi maybe belki sanirim galiba thanks tesekkurler sagol ya ki de da ben biz orasi orda
    orada oraya nerede where what ne how nasil soon sonra once first second a an my our your this
    that it me us you them time once least most all night noon lunch home work once present moment
    cheap budget reasonable good best any some bulk total advance general particular person cash
    biseyler bisey bisiler bisi seyler sey bisiyler
    actually just only sadece aslinda yani rather instead well sorry pardon wait dur yine gene artik
    konuda arada sirada sonunda icinde uzerinde hakkinda fiyata stock fact touch front stead
    """.split()
)
# Names of districts that are no answer to "where" but a word of consent or doubt.
NOT_AN_ANSWER = frozenset(
    "ist ank olur hani of can tut cal cat orta sur mut bor emek oran kas".split()
)
# Where people say they are without naming a place.
NOT_A_PLACE = frozenset(
    """
    ev is ofis okul yol araba ders toplanti hastane mutfak banyo kapi sokak disari iceri yatak oda
    sinif mesai tatil izin sira kasa telefon hat bekleme hala on arka yan bura ora bu su o ne
    nere hangi bahce balkon internet site sayfa liste sepet yurt
    """.split()
)
# Dishes and goods called after where they come from; no place is meant by those names.
_ORIGINS: dict[str, str] = {
    "adana": "kebap kebab kebabi durum wrap wraps porsiyon acili kebabs",
    "urfa": "kebap kebab durum wrap wraps lahmacun isot biberi kebabs",
    "antep": "fistik fistigi fistikli baklava lahmacun katmer beyran pistachio",
    "gaziantep": "fistik fistigi fistikli katmer beyran",
    "maras": "dondurma dondurmasi biber biberi",
    "inegol": "kofte koftesi meatballs mobilya",
    "tekirdag": "kofte koftesi raki",
    "akcaabat": "kofte koftesi",
    "rize": "cay cayi tea",
    "bursa": "kebap kebabi iskender seftalisi kestane",
    "kayseri": "manti mantisi pastirma pastirmasi sucuk",
    "afyon": "sucuk sucugu kaymak kaymagi kaymakli lokum",
    "ezine": "peynir peyniri cheese",
    "edirne": "peynir peyniri ciger cigeri",
    "kars": "kasar kasari gravyer bal bali kaz",
    "malatya": "kayisi kayisisi",
    "amasya": "elma elmasi",
    "giresun": "findik findigi",
    "gemlik": "zeytin zeytini",
    "ayvalik": "tost tostu zeytinyagi",
    "susurluk": "ayran ayrani tost tostu",
    "hatay": "kunefe kunefesi doner",
    "antakya": "kunefe usulu",
    "mersin": "tantuni tantunisi",
    "anamur": "muz muzu",
    "finike": "portakal portakali",
    "erzurum": "cag kadayif",
    "tokat": "kebap kebabi yaprak",
    "trabzon": "ekmek ekmegi burma hurmasi pide pidesi",
    "vakfikebir": "ekmek ekmegi",
    "konya": "etliekmek",
    "izmir": "kofte koftesi bombasi tulum tulumu lokmasi",
    "siirt": "battaniye fistigi buryan",
    "van": "kahvalti kahvaltisi otlu",
    "denizli": "havlu havlusu horozu",
    "isparta": "gul gulu hali halisi",
    "bolu": "cikolata",
    "canakkale": "domates domatesi peynir",
    "diyarbakir": "karpuz karpuzu ciger",
    "kanlica": "yogurt yogurdu",
    "silifke": "yogurt yogurdu",
    "sile": "bezi",
    "angora": "yunu",
}
# Of several forms of "here", those said only of a place.
NEAR = r"\w*yakin\w*|near\w*|close(?:st)?|around"
ORIGINS: dict[str, frozenset[str]] = {k: frozenset(v.split()) for k, v in _ORIGINS.items()}
PLACE_NOUN = re.compile(rf"(?:{NOUNS}|{SIDES}){NOUN_ENDING}|{SIDES}")

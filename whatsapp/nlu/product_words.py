"""Words around products: what narrows them, what asks for them, what turns them down."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from whatsapp.nlu.nouns import noun_stems

# Shorter stems are too often parts of other words.
_FORM = 4

# What Turkish says with "with": the thing itself is on the product, not the product.
_TR_WITH = (
    r"(?:cikolata|cilek|vanilya|fistik|findik|muz|limon|visne|karamel|frambuaz|peynir|kasar"
    r"|sucuk|kiyma|ispanak|zeytin|patates|tereyag|susam|tavuk|et|ton balik|sut|seker|ceviz"
    r"|bal|kaymak|mantar|misir|aci|sos|meyve|badem|kakao|tarcin|nane|zencefil|orman meyve"
    r"|kestane|hindistan cevizi|nutella|oreo|lotus|yulaf sut|badem sut|krema|sogan|sarimsak"
    r"|domates|biber|yumurta|kavurma|pastirma|kusbasi|jambon|salam|sosis|ezme|yogurt|nar eksi"
    r"|roka|avokado|kizarmis|kekik|baharat|kepek|cavdar|tahil|bugday|misket limon|kayisi|incir"
    r"|uzum|elma|portakal|karpuz|kavun|seftali|ananas|mango|hurma|pekmez|tahin|labne|mozzarella"
    r"|desen|cizgi|kare|cicek|puantiye|fermuar|dugme|kapuson|topuk|astar|yaka|kollu|cep|kapak"
    r"|tekerlek|motor|ekran|mikrofon|isik|led isik|saat|lacivert|isim|logo|resim|fotograf"
    r"|kisiye ozel isim|jole|gaz)"
)
_COLOURS = (
    r"kirmizi|siyah|beyaz|mavi|lacivert|yesil|sari|mor|pembe|gri|kahverengi|turuncu|bej|bordo"
    r"|krem rengi|haki|turkuaz|altin rengi|gumus rengi|ekru|fusya|lila|antrasit|ten rengi|pudra"
    r"|murdum|(?:acik|koyu) (?:mavi|yesil|gri|pembe|kahverengi|mor|sari)|rengarenk|renkli|red"
    r"|black|white|blue|navy(?: blue)?|green|yellow|purple|pink|gr[ea]y|brown|beige"
    r"|orange(?= [a-z]{3,})|maroon|burgundy|turquoise|khaki|golden|silver|cream coloured|ivory"
    r"|mint green|teal|violet|(?:dark|pale|bright) (?:red|blue|green|gr[ea]y|brown|pink|purple"
    r"|yellow)|multicolou?red"
)
_SIZES = (
    r"(?:en )?(?:kucuk|orta|buyuk|kucuk|xl|dev|tek|cift|maxi|battal|uzun|kisa) boy"
    r"|(?:xxxl|xxl|xl|xs|[sml]|small|medium|large) beden|size (?:xxl|xl|xs|[smlx]|\d+(?:\.\d+)?)"
    r"|\d+(?:\.\d+)?(?:'[a-z]+)? (?:numara|beden|no|yas|aylik)|numara \d+"
    r"|\d+'(?:l[iu]k?) (?:koltuk|paket|set|takim)|\d+'l[iu]|(?:[2-9]|1[0-2]) seater|xxxl|xxl|xl|xs"
    r"|extra large|extra small|large|small|medium|king size|queen size"
    r"|buyuk|kucuk|cift kisilik|tek kisilik|uzun kollu|long sleeved?|short sleeved?"
    r"|(?:six|\d+) pack(?: ones?)?(?= )|men's (?:xxl|xl|l|m|s)|women's (?:xxl|xl|l|m|s)"
    r"|bebek boy|yetiskin boy|regular size"
)
_KINDS = (
    r"gluten free|sugar free|lactose free|dairy free|fat free|alcohol free|caffeine free"
    r"|no sugar|(?:seker|gluten|laktoz|alkol|kafein|kablo|yag|tuz|sos|sogan|et|sut|cekirdek|koku"
    r"|seritt?|domates|sarimsak|marul|baharat|buz|kol|yaka|dikis|ac[iı]|kemik|deri|tursu|un"
    r"|ketcap|mayonez|buzsuz)s[iu]z|vegan|vejetaryen|vegetarian|veggie|organik|organic|ev yapimi"
    r"|el yapimi|homemade|handmade|koy usulu|taze|fresh(?:ly baked)?|karisik|sade|acili|acisiz"
    r"|spicy|extra hot|extra spicy|(?:az|cok|orta|bol|ekstra|cift|duble) \w+(?:lu|li)|(?:az|orta"
    r"|cok) sekerli|az pismis|orta pismis|iyi pismis|cok pismis|medium rare|well done|crispy"
    r"|citir|soguk|sicak|buzlu|iced|cold(?! brew)|hot(?! dog)|decaf|kafeinsiz|2'nci el|2\.? el"
    r"|second hand|2th hand|used|refurbished|yenilenmis|yeni nesil|kablosuz|kablolu|wireless"
    r"|wired|bluetooth|sarjli|rechargeable|elektrikli|akilli|su gecirmez|waterproof|seffaf"
    r"|transparent|deri|leather|suet|suede|pamuklu|yunlu|wool(?:len)?|polyester|ayakli|pedalli"
    r"|glass(?= [a-z]{4,})|hasir|kaucuk|baskili|printed|with (?:our )?logo|dried|smoked"
    r"|tutsulenmis|kizarmis|haslanmis|donmus|frozen|dondurulmus|canned|margherita|margarita"
    r"|pepperoni|type c|usb c|micro usb|paperback|hardcover|ciltli|scented|unscented|kokulu"
    r"|kokusuz|wholemeal|split|granit|led|karton kapak|antep usulu|\w+ usulu|\w+ style"
    r"|stand up(?: show)?|serpme|rotisserie|(?<!\d )kislik|yazlik|hediyelik|mevsimlik|katlanir"
    r"|folding|foldable|ortopedik|orthopedic|slim fit|oversize|oversized|bol kesim|dar kesim"
    r"|yuksek bel|yoresel|tam bugday|whole ?wheat|whole ?grain|sourdough|eksi mayali|yarim yagli"
    r"|tam yagli|semi skimmed|skimmed|full fat|low fat|cift kasarli|double cheese|extra \w+"
    r"|sutlu|milk(?= chocolates?)"
)
_FLAVOURS = r"strawberry|chocolate|vanilla|caramel|lemon|hazelnut|pistachio|coconut|raspberry|oreo"
VARIANT = (
    rf"(?:(?:bol|az|cok|cift|ekstra|orta|duble) )?{_TR_WITH}l[iu](?!k)"
    rf"|{_COLOURS}|{_SIZES}|{_KINDS}|{_FLAVOURS}"
)
_KNOWN = re.compile(VARIANT)
# Narrowing words that are also something else: only right beside a product.
BESIDE = (
    r"double|single|mini|jumbo|unisex|erkek|kadin|mens|womens|men's|women's|kids'?|light|diyet"
    r"|diet|zero|dogal|natural|mild|rare|clear|mat|parlak|matte|shiny|pamuk|cotton|keten|linen"
    r"|ipek|silk|kadife|velvet|plastik|plastic|metal|celik|steel|cam|seramik|ceramic|kumas|fume"
    r"|izgara|grilled|fried|baked|raw|cig|boiled|spor|klasik|classic|vintage|yerli|ithal"
    r"|imported|local|dana|kuzu|bitter|dark|manuel|manual|otomatik|automatic|digital|dijital"
    r"|profesyonel|professional|sifir|brand new|ahsap|wooden|mixed|plain|winter|summer|kuru|dry"
    r"|soft|sert|ince|kalin|thick|thin|uzun|kisa|long|short|full|whole|butun|dilim|dilimlenmis"
    r"|sliced|salamura|cherry|salkim|antep|maras|kayseri|antakya|ezine|turkish|italian|greek"
    r"|french|belgian|japanese|korean|mexican|swedish|chinese|thai|indian|spanish|american"
    r"|brazilian|moroccan|acoustic|stainless steel|paslanmaz celik|akustik|italyan|fransiz"
)
BESIDE_WORD = re.compile(BESIDE)
# Turkish adjectives made from any noun: they narrow the product that they stand beside.
MADE = re.compile(r"[a-z]{3,}(?:l[iu]|s[iu]z)")
NOT_MADE = frozenset(
    """
    sali belli sevgili onemli gerekli ozelli uygun hesapli hizli acili turlu tatli misli kadinli
    beyazli ikili dolu ilgili nedenli sebepli kisili pahali mahalli hayirli degerli gizli sakli
    kokulu canli sali adresli kiloli tarihli saatli lirali liralik evli dikkatli suresiz ucretsiz
    sensiz onsuz bensiz gereksiz yersiz sayisiz kesintisiz eksiksiz sorunsuz butceli fiyatli
    anadolu basli yasli kili okullu yuzlu kolu telli isyerli indirimli kilolu surekli edirneli
    """.split()
)
# What English hangs on behind a product.
WITH = (
    r"(?:with(?:out)?|no) (?:extra |a lot of |lots of |some )?(?!(?:my|a|an|the|our|friends?"
    r"|family|him|her|me|us|you|them|more|problem|later|idea|rush|hurry|one|need|matter|pickup"
    r"|delivery)\b)(?:[a-z]+ )?(?:milk|cheese|onions?|sauce|ice|sugar|salt|nuts?|cream|fruits?"
    r"|logo|names?|toppings?|ketchup|mayo|gluten|meat|olives?|mushrooms?|garlic|lemon|mint|honey"
    r"|caramel|bacon|egg|eggs|butter|jam|sprinkles|pickles|lettuce|tomato(?:es)?|chocolate"
    r"|strawberries|hood|pockets|zip|sleeves|filling|fries|rice|salad|bread|yoghurt|yogurt|spice"
    r"|hazelnuts?|pistachios?|walnuts?|cinnamon|syrup)"
)
# After a product: it is not wanted. Before it, in English. ``SOFT`` may also speak of a request.
TURNED_DOWN = re.compile(
    r"(?: (?:filan|falan|yok|hic))? (?:degil(?! mi)|yerine|olmasin|haric\w*|disinda|olmaz|almayalim"
    r"|gecelim|bos ?ver\w*)(?= )"
)
SOFTLY_TURNED_DOWN = re.compile(
    r" (?:istemi\w*|istemem|istemez\w*|sevm\w*|yemem|yemez\w*|yemi\w*|icmem|icmi\w*|kalsin)(?= )"
)
TURNS_DOWN = re.compile(
    r" (?:not|instead of|rather than|anything but|everything but|except|other than|apart from"
    r"|no longer|scratch the|forget the|skip the|drop the|without)(?: (?:an?|the|any|for|some))?"
    r"(?: #+)* $"
)
SOFTLY_TURNS_DOWN = re.compile(
    r" (?:no|no more|don'?t (?:want|like|eat|drink)|hate|sick of|tired of|had enough)"
    r"(?: (?:an?|the|any|some))?(?: #+)* $"
)
# Turkish verb forms; what is left when these and the common words go may name a product.
_VERB = re.compile(
    r".{2,}(?:[iu]yo(?:r\w*|m|z|n)?|[ae]ca[gk]\w*|[ae]ce[gk]\w*|[iu]?[cy]?[ae]cam|[iu]c[ae][mzk]"
    r"|[ae]cez|[ae]caz|[ae]l[iu]m|[ae]y[iu]m|[ae]bil\w*|[dt][iu](?:m|niz|ler|lar)|s[ae](?:m|k|niz)"
    r"|[ae][iu]?r[iu][mz]|[iu]r[iu][mz]|m[ae]m|m[ae]l[iu]\w*|m[iu]s[iu][nm]\w*|[dt][iu]r[iu]r\w*"
    r"|t[iu]rm[ae][km]|l[ae]m[ae]k|l[ae]nm[ae]k)"
)
# Short forms of verbs as they are typed: "alcam", "yicez", "gelip", "bulsun".
_SHORT_VERB = re.compile(
    r"(?:al|gel|git|gid|yi|ye|ic|yap|bul|ver|ol|bak|kal|cik|ara|iste|cek|ugra|bekle|otur|bulus)"
    r"(?:[iuy]?c[ae][mzkg]\w*|[iu]p|s[iu]n(?:l[ae]r)?|[dt][iu]k?|m[iu]s|[iuae]r(?:s[ae])?|[ae]ma\w*"
    r"|[iu]l[iu]r|ur|sak|sek|yor|ken|in|un|iyim|ayim|elim|alim|in|iyo\w*|uyo\w*)"
)
_INFINITIVE = re.compile(r".{2,}m[ae][kg]\w?")
_NOUNS = frozenset("ekmek cakmak kaymak parmak irmak tokmak basamak yemek kazak plastik".split())


@cache
def common_words() -> frozenset[str]:
    """Folded everyday words that name nothing that shops sell."""
    path = resources.files("whatsapp.nlu") / "data" / "common_words.txt"
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if line[:1] != "#" for word in line.split())


def narrows(word: str) -> bool:
    """Whether a folded word is one that narrows a product, also beyond the lists."""
    if word in NOT_MADE or word in common_words():
        return False
    return MADE.fullmatch(word) is not None or _KNOWN.fullmatch(word) is not None


def is_common(word: str) -> bool:
    """Whether a folded word is an everyday one or a verb, and no name of goods."""
    plain = word.partition("'")[0]
    if word in common_words() or plain in common_words():
        return True
    if plain in _NOUNS or plain.endswith(("cake", "cakes")):
        return False
    return any(form.fullmatch(plain) for form in (_VERB, _SHORT_VERB, _INFINITIVE))


def is_open(word: str) -> bool:
    """Whether a folded word may name a thing that no catalogue knows: no form of a common word."""
    if len(word) < 2 or is_common(word):
        return False
    known = common_words()
    forms = noun_stems("tr")(word)
    return not any(len(stem) >= _FORM and stem in known for stem, ending in forms if ending)

"""Words that show what a message does, folded; patterns over the whole canonical line."""

from __future__ import annotations

import re


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<= )(?:{pattern})(?= )")


YES = _words(
    r"evet|e+vt|olur|tamam(?:dir)?|tamamdir|onay(?:liyorum|ladim|la|lariz)?"
    r"|kabul(?: ediyorum| ettim)?|dogru|aynen(?: oyle)?|oyle|geliyorum"
    r"|geliyoruz|gelirim|geliriz|gelecegim|gelecegiz|varim|variz|katiliyor\w*|katilirim"
    r"|katiliriz|uyar|uygun(?:dur)?|super|harika|peki|elbette|tabii?(?: ki)?|he+|hah|hee"
    r"|eyvallah|eywallah|olsun(?: bakalim)?|anlastik|isterim|alirim|aliyorum|hay ?hay"
    r"|yayinla(?!ma(?:yin\w*|yalim|sin\w*)? )\w*|gonder"
    r"|okey|oke|okay|ok|k|kk|yes|yess+|y|yep|yup|yeah|ya|sure"
    r"|of course"
    r"|count (?:me|us) in|(?:i'?m|we'?re|im) in(?! [a-z#])|i agree|agreed?|accept(?:ed)?"
    r"|(?:that'?s |all )?(?:right|correct|fine|good|great|perfect)|sounds good"
    r"|let'?s (?:do it|go)|(?:i'?ll|we'?ll|i will|we will) (?:be there|come|take it)"
    r"|(?:i'?m|we'?re) coming|deal|definitely|absolutely|confirm(?:ed)?|go ahead|do it"
    r"|works(?: for me)?|yes please|see you there|publish(?: it)?|kaydet(?!me)\w*|oldu(?: bu)?"
    r"|yaz|yoldayim"
    r"|yoldayiz|geldim|cikiyorum|on (?:my|our) way|👍|👌|✅|✔|🙌|💯|🙋"
)
NO = _words(
    r"hayir|yok|yoo?k?|olmaz|istemiyor\w*|istemem|istemeyiz|gelemem|gelemiyor\w*"
    r"|gelemicem|gelemeyecegim|gelemeyiz|gelmiyor\w*|gelmem|almayayim|almayacagim|almam"
    r"|almiyorum|uymaz|uymuyor|(?:yayinlama|onaylama|kaydetme)(?:yin\w*|yalim|sin\w*)?"
    r"|(?:don'?t|do not) (?:publish|post|save|confirm)"
    r"|kalsin|pas|bu sefer\w* (?:pas|kalsin|olmaz|degil)|pahali|cok pahali|onaylamiyorum"
    r"|kabul etmiyor\w*|reddediyorum|yanlis|degil|katilamam|katilamiyor\w*|yetisemem"
    r"|yetisemiyor\w*|mumkun degil|hic|gerek yok|begenmedim"
    r"|no|nope|nah|na|no thanks?(?: you)?|not? (?:interested|coming|really|now|today"
    r"|for me|this time|anymore)|(?:i'?ll )?pass|(?:i )?(?:can'?t|cannot"
    r"|won'?t)(?: make it| come| be there)?|too expensive|don'?t want|decline|reject"
    r"|refuse|wrong|incorrect|disagree|i'?m out|count me out|skip|degistir\w*|change|edit"
    r"|duzelt\w*|maybe (?:next|another"
    r"|later)(?: time)?|next time|baska zaman|(?:bir|1) dahakine|👎|❌|🚫"
)
CANCEL = _words(
    r"iptal(?: \w+)?|vaz ?gec\w*|bos ?ver\w*|gerek kalmadi|ihtiyacim kalmadi"
    r"|artik (?:istemiyor\w*|gerek yok|lazim degil)|(?:talebi\w*|siparisi\w*|ilani\w*"
    r"|istegi\w*) (?:geri cek\w*|kaldir\w*|sil\w*|kapat\w*)"
    r"|cancel(?:led|lation|ling)?|never ?mind|nvm|forget (?:it|about it)"
    r"|(?:i )?changed my mind|(?:don'?t|do not|no longer) (?:need|want) (?:it|this|that"
    r"|them)(?: anymore)?|call it off|withdraw|scrap (?:it|that)|drop (?:it|my request)"
    r"|take (?:back|down) my (?:request|listing)|no longer needed"
)
NO_CANCEL = _words(
    r"iptal (?:etme(?:yin|yiniz)?|etmeyelim|olmasin|istemiyorum|degil)|vazgecme\w*"
    r"|(?:don'?t|do not|not|no need to) (?:cancel|want to cancel)"
    r"|iptal (?:etmek )?istemi\w*"
)
MOVE = _words(
    r"ertele\w*|kaydir\w*|otele\w*|(?:saati|zamani|gunu|tarihi)(?: \w+)? (?:al\w*"
    r"|degis\w*|cek\w*|kaydir\w*)|alalim(?: mi)?|alabilir mi\w*|alsak|cekelim|yapsak"
    r"|baska (?:saat|gun|zaman)\w*|gec kal\w*|gecikec\w*|gecikir\w*|geciki\w*"
    r"|daha (?:gec|erken)(?: \w+)? (?:olsa|olabilir|olur)|de olsa(?: daha)?(?: iyi)?"
    r"|olsa daha iyi"
    r"|reschedul\w*|postpone\w*|(?:move|push|shift|change|switch) (?:it|this|the (?:time"
    r"|meeting|meet|date|slot)|our \w+|my \w+|that|us)|instead|could we (?:do|make|meet"
    r"|say)|can we (?:do|make|meet|say|move|change)|(?:running|be|i'?m|gonna be"
    r"|going to be)(?: \w+){0,3} late|later time|earlier|another (?:time|day)"
    r"|different (?:time|day)|make it (?:at )?\d+"
)
LATE = _words(
    r"(?:\d+(?:\.\d+)? )?(?:saat|dakika) (?:gec\w*)(?: \w+)?|gec kal\w*|gecik\w*"
    r"|(?:running |be |i'?m )?(?:about |like )?(?:an|a|\d+(?:\.\d+)?) (?:hours?|mins?"
    r"|minutes?) late"
)
COMPLAINT = _words(
    r"rezalet|rezil|berbat|igrenc|bozuk(?: cikti)?|bayat(?:ti| cikti)?|soguk (?:geldi"
    r"|cikti)|buz gibi (?:geldi|cikti)|sikayet\w*|magdur\w*|dolandir\w*|kandir\w*"
    r"|aldat\w*|(?:param\w*|ucret\w*) (?:geri|iade)\w*|iade (?:istiyor\w*|edin)"
    r"|para iadesi|ayip(?: ya| ediyorsunuz)?|gelmedi(?:ler)?|gelen olmadi|yanlis (?:urun"
    r"|siparis)\w* \w+|eksik (?:geldi|cikti|verdi\w*)|kimse (?:gelmedi|yoktu)|kapaliydi"
    r"|kaba\w* davran\w*|kabaydi\w*|cok kaba|terbiyesiz\w*|hakaret\w*|kotu(?:ydu| cikti)"
    r"|memnun (?:kalmadi\w*|degil\w*)|zehirlen\w*|fazla para (?:aldi|cekti|istedi)\w*"
    r"|indirim(?:i)? (?:yapmadi|uygulanmadi|vermedi)\w*|uygulamadi\w*|hala bekliyorum"
    r"|elimde kaldi"
    r"|disgrac\w*|disgusting|terrible|awful|horrible|scam\w*|fraud|rip ?off|refund"
    r"|money back|never (?:showed up|came|arrived|turned up)|didn'?t (?:show up|come"
    r"|arrive|turn up|honou?r|get what)|no ?show|complain\w*|complaint|(?:was|were|is"
    r"|arrived|came|got)(?: \w+)? (?:cold|stale|rotten|broken|burnt|rude|spoiled|raw"
    r"|expired|damaged)|rude|wrong (?:order|item|product)|overcharged|ripped off|worst"
    r"|unacceptable|broken|stuck with|kept (?:us|me) waiting|waited (?:for )?\d+"
    r"|was closed|nobody (?:came|was there)|food poisoning|charged (?:me|us) (?:more"
    r"|twice|full|double)|ruined"
)
STATUS = _words(
    r"ne oldu|noldu|n'?oldu|ne durumda\w*|durum(?:u|um)? (?:ne|nedir|nasil)|ne asamada"
    r"|hangi asamada|bulundu mu|buldunuz mu|bulabildiniz mi|haber var mi|gelisme var mi"
    r"|var mi gelisme|kac kisi (?:olduk|oldu|var|katildi|geliyor|toplandi)|kac kisiyiz"
    r"|ne zaman bulus\w*|nerede bulus\w*|saat kacta|bulusma (?:ne zaman|nerede|kacta)"
    r"|(?:talebim|siparisim|istegim) (?:ne|nerede|hangi|nasil|var)(?: \w+)?"
    r"|kac (?:musteri|alici|kisi) (?:bekliyor|var|geliyor|gelecek|onayladi)|son durum"
    r"|onaylandi mi|ne zaman belli olur|hala bekliyor muyuz"
    r"|any (?:news|updates?|luck|progress)|what'?s (?:the status|happening|going on"
    r"|up) (?:with|of|on)|status|(?:where|how) is my (?:request|order|deal)"
    r"|how many (?:people|of us|joined|are we|are in|buyers|customers|others"
    r"|have)(?: \w+)*|have you found|did you find|found (?:anything|one|any)(?: yet)?"
    r"|when (?:do|are|will) we meet(?:ing)?|where (?:do|are) we meet(?:ing)?"
    r"|how'?s my (?:request|order)|what happened to|is it (?:confirmed|on)"
    r"|what time (?:is it|do we meet|are we meeting)|where'?s my"
)
HELP = _words(
    r"yardim(?: \w+)?|nasil (?:para|odeme) \w+|nasil (?:calis\w*|kullan\w*|oluyor"
    r"|isliyor|yapacagim|yapilir"
    r"|yapiyor\w*)|bu ne(?:dir)?|ne (?:yapi?yor\w*|ise yar\w*|iş)|kimsin(?:iz)?"
    r"|siz kimsiniz|anlamadim|gercek (?:biri\w*|kisi\w*|insan\w*)|insan(?:la"
    r"|a) (?:gorus\w*|bagla\w*|konus\w*)|temsilci\w*|canli destek|musteri hizmet\w*"
    r"|yetkili\w*|destek|komisyon\w*|ucretli mi|ucretsiz mi|bedava mi|para (?:aliyor"
    r"|kesiyor) mus\w*|ne kadar (?:kesi\w*|aliyor\w*)|guvenilir mi|odeme(?:yi)? (?:nasil"
    r"|nerede|kime)|nasil (?:odeyecegim|odeniyor|odenir)|iceshop ne\w*|bilgi (?:alabilir"
    r"|verir|almak) \w+"
    r"|help|how (?:does|do) (?:this|it|i|that|iceshop)(?: \w+)*|what (?:is|exactly is"
    r"|are) (?:this|iceshop|you|it)(?: \w+)*|what exactly|what do you do|who (?:are you"
    r"|is this)|(?:talk|speak|connect me) (?:to|with) (?:a |an )?(?:human|person|agent"
    r"|someone|somebody|real|representative|operator|manager)(?: \w+)?|real (?:person"
    r"|human)|customer (?:service|support)|(?:support|agent)|commission"
    r"|how much (?:do you|does it|is the fee|commission|do i pay you)(?: \w+)*|is (?:it"
    r"|this) (?:free|safe|legit)|what can you do|i don'?t understand|explain"
    r"|how do i pay|(?:what are|any) (?:the |your )?fees"
)
GREETING_FORMS = (
    r"selamun aleykum|selamunaleykum|selam\w*|merhaba\w*|sa|as|aleykum ?selam|gunaydin"
    r"|iyi (?:gunler|aksamlar|geceler|sabahlar|calismalar|haftalar)|hayirli (?:sabahlar"
    r"|aksamlar|gunler|isler)|hey+|naber|nasilsin(?:iz)?|kolay gelsin"
    r"|tesekkur\w*(?: ederim| ederiz)?|cok tesekkurler|sag ?ol\w*|eyvallah|gorusuruz"
    r"|hosca ?kal\w*|hoscakalin|bay bay|bb|alo|efendim|mersi"
    r"|hello+|hi+|hiya|howdy|yo|good (?:morning|evening|afternoon|night|day)|greetings"
    r"|thanks?(?: you)?(?: so much| a lot| very much)?|thank u|ty|cheers|bye+|goodbye"
    r"|see (?:you|ya)(?: later)?|take care|what'?s up|sup|how are you|nice one"
    r"|have a (?:good|nice|great) (?:one|day|evening|night)"
)
GREETING = _words(GREETING_FORMS)
# "Morning!" alone.
HELLO = re.compile(r"^ (?:morning|afternoon|evening)(?= (?:[a-z]+ )?(?:[!.,] )*$)")
# Small words that a greeting may carry without becoming anything else.
FILLER = frozenset(
    "cok canim abi abla kardesim kanka hocam ya size sana hepinize herkese a lot very"
    " much there all everyone guys"
    " iceshop saticiyim esnafim dukkan sahibiyim i'm im a seller mate man friend dear"
    " for everything and ve so your you da ben de tamam ok okay you'"
    " : ) ( ! . , ? ; -".split()
)
OUT_OF_SCOPE = _words(
    r"hava (?:nasil|durumu|kac)\w*|fikra|saka|siir|sarki|odev\w*|mac (?:kac|ne|sonucu)"
    r"|dolar (?:kac|ne)|euro (?:kac|ne)|kac (?:lira|tl) (?:oldu|yapar)|tl oldu"
    r"|sevgili ol\w*|evlen\w* mi\w*|burc\w*|fal(?:im)?|kim (?:kazandi|kazanir)"
    r"|baskent\w*|cumhurbaskani|siyaset|secim|bitcoin|kripto|(?:onceki|yukaridaki"
    r"|tum) (?:talimat|komut|kural)\w*|sistem (?:mesaji|komutu|talimati)\w*"
    r"|yapay zeka misin|kod yaz\w*|cevir(?:ir)? mis\w*|tarif(?:i)? ver\w*"
    r"|weather|joke|poem|song|homework|essay|exchange rate|(?:who|what) (?:won"
    r"|is the capital|is the president)|capital of|stock market|horoscope|marry me"
    r"|love you|election|politics|translate|recipe|write (?:me )?(?:a|an|my|some) \w+"
    r"|ignore (?:all |the |your |any )*(?:previous |prior |above "
    r"|earlier )*(?:instructions?|rules|prompts?)|system prompt|you are now|pretend"
    r"|act as|are you (?:an? )?(?:ai|bot|robot|human)|tell me about|who invented"
    r"|meaning of life|football score|what'?s \d+|news today|(?:previous"
    r"|prior) instructions"
)
WISH = _words(
    r"istiyor\w*|isterim|isteriz|istesek|lazim\w*|ariyor\w*|bakiyor\w*|alabilir miyim|almak"
    r"|alacagim|alicam|alcam|alalim|alirim|yiyelim|icelim|bulabilir mi\w*|var mi"
    r"|bulur musun\w*|cekti|yemek|siparis (?:ver\w*|etmek)"
    r"|want(?:ing|s)?|need(?:s|ed)?|looking for|look for|i'?d (?:like|love)|would like"
    r"|craving|can i get|get me|find me|anyone selling|does anyone|in the mood for|fancy"
    r"|searching for|after some|order|buy|feel like|renting"
    r"|(?:i'?m|im|we'?re|i am|we are) (?:still )?after (?:an?|some|the)"
)
CORRECTION = _words(
    r"degil|yerine|pardon|yanlis|olsun|olacak|instead|not|wrong|should be|make it|actually"
    r"|rather|ekle\w*|add|change|degistir\w*|cikar|remove|also|bir de|sadece|only|no my"
)
# "I do not know yet", or a wish about the language: nothing is filled, the question stands.
UNDECIDED = _words(
    r"ne bileyim|bilmiyorum|bilmem|bilemedim|emin degilim|kararsizim|siz secin|en ucuz\w*"
    r"|ucuz olsun|cheapest|as cheap as possible|no idea|not sure"
    r"|(?:i )?don'?t know|dunno|idk|english|ingilizce|turkce|turkish"
)
# What somebody asks about an offer before answering it.
ABOUT_THE_DEAL = _words(
    r"nerede(?:ydi)?|neresi|hangi (?:dukkan|kafe|mekan)|ne zaman|saat kac\w*|kacta|(?:fiyat\w*"
    r"|ne) ne kadar|ne kadar|kac (?:lira|tl|para)"
    r"|where|when|what time|which (?:shop|place|cafe|store)|how much|what(?:'s| is) the (?:price"
    r"|address|place|time)"
)
# Answers that can only mean one thing when nothing else is said and a yes or no was asked.
EXACT_YES = _words(
    r"evet|e+vt|olur|tamam|onayliyorum|kabul|kabul ediyorum|dogru|aynen|yes|yep|yup|yeah|sure|ok"
    r"|okay|okey|agreed?|correct|confirm|👍|👌|✅|✔|💯|lutfen|please|abi|tabii?"
)
EXACT_NO = _words(r"hayir|olmaz|istemiyorum|no|nope|nah|no thanks?|👎|❌|🚫|tesekkurler|thanks")
# Somebody tries to give the reader orders; whatever else is said is not wanted from a shop.
INSTRUCTIONS = _words(
    r"(?:onceki|yukaridaki|tum|butun|eski) (?:talimat|komut|kural|yonerge)\w*"
    r"|sistem (?:mesaji|komutu|talimati|promptu)\w*|(?:talimat|komut|yonerge)lar\w* (?:unut"
    r"|yok say)\w*"
    r"|(?:ignore|forget|disregard|override)(?: \w+){0,3} (?:instructions?|rules|prompts?"
    r"|guidelines)"
    r"|system prompt|you are now|developer mode|jailbreak|pretend (?:to be|you are|that you)"
)

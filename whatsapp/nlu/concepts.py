"""Words of both languages that mean about the same, under one name each."""

from __future__ import annotations

from collections.abc import Iterator

# Folded words; a star stands for any ending. A word may belong to several.
_CONCEPTS = {
    "pay": "ode* para parayi param ucret* kart* komisyon* fatura* kesinti* nakit pesin bedava"
    " taksit*"
    " pay pays paid paying payment* fee fees charge* card cards commission invoice* cash cost free",
    "person": "temsilci* yetkili* insan* destek* operator* muhatap musteri_hizmet* human agent*"
    " representative manager support someone somebody",
    "how": "nasil how",
    "why": "neden niye nicin why",
    "who": "kim kimler kimin kimle kimsin* who whose whom",
    "where": "nere* nerde* adres* where address",
    "when": "zaman kacta when",
    "many": "kac kaci kacimiz many",
    "what": "ne nedir neler nesi what what's",
    "which": "hangi* which",
    "can_i": "miyim miyiz muyum muyuz can could may",
    "asks": "mi mu misin* musun* miyim miyiz muyuz acaba do does did is are was will would",
    "news": "haber* gelisme* durum* asama* alemde* akibet* news update* status latest progress"
    " happening hear heard yet",
    "wait": "bekl* wait*",
    "found": "bulundu* buldu* bulabil* cikti found find",
    "come": "gel* katil* yolda* vardim geldik orada* ordayim come* coming join* attend arrive*"
    " there"
    " way",
    "wont_come": "gelem* gelmiyo* gelmem* gelmicem katilam* yetisem* musait skip pass",
    "busy": "mesgul* isim hasta* hastay* sick ill busy plans elsewhere traffic trafik*",
    "bad": "kotu* bozuk* kirik* rezalet* rezil* berbat* eksik* bayat* soguk* cig cigdi ezil* kaba*"
    " ayip igrenc* calismi* pis kirli kil yanik curuk* bitik broken broke bad terrible awful cold"
    " stale rude missing rotten damaged burnt dirty squashed raw disgusting shame mess worst poor"
    " leaking expired unhappy disappointed satisfied memnun* magdur* zarar* sikayet*",
    "nobody": "kimse nobody noone none empty bos kapaliydi",
    "refund": "iade* geri refund* back",
    "cheat": "dolandir* kandir* aldat* sahte kazik* hirsiz* scam* cheat* fraud fake overcharg*"
    " ripped",
    "drop": "vazgec* iptal* bosver* cancel* withdraw* scrap forget nevermind nvm drop call_off",
    "no_need": "gerek* ihtiyac* kalmadi artik needed anymore longer already zaten",
    "got_it": "aldim aldik buldum bulduk hallet* bought elsewhere sorted yerden",
    "dear": "pahali* butce* asar asiyor fazla expensive pricey steep afford budget",
    "far": "uzak* far distance",
    "late": "gec gecik* geciki* rotar* late delay* behind",
    "move": "ertele* kaydir* alalim alsak cek* cekelim yerine degis* move* push* shift* postpone*"
    " reschedul* instead rather earlier later another other ileri erken",
    "thanks": "tesekkur* sag sagol* eyvallah mersi emeginize elinize thank* thx cheers appreciated"
    " grateful",
    "hello": "selam* merhaba* gunaydin* mrb slm nbr naber hi hello hey morning evening"
    " greetings sup",
    "wishes": "hayirli* kolay kolayliklar iyi bayram* kandil* bol bereket* kazanc* kutlu mutlu nice"
    " merry happy good blessed",
    "smalltalk": "hava mac maci fikra* saka sarki* siir* masal* dolar euro altin bitcoin borsa"
    " burc*"
    " ruya* secim* deprem* film dizi netflix futbol takim galatasaray fenerbahce besiktas_maci"
    " hukumet"
    " weather match joke song poem story gold horoscope score homework odev* election earthquake"
    " movie series dream president capital population euro dollar recipe married love",
    "favour": "kredi borc eleman* cirak job hiring staff loan lend borrow ilac* eczane pharmacy"
    " elektrik internet",
    "publish": "yayin* publish* live",
    "discount": "indirim* iskonto* dus* inerim ineriz kampanya* discount* off",
    "cannot": "can't cannot couldn't unable yapam* veremem* olmaz imkansiz mumkun impossible"
    " possible"
    " kurtarm* zarar",
    "have": "sat* stok* elimde elimizde var geldi cikardim sell* stock have got available arrived",
    "out": "bitti* tukendi* kalmadi* yok sold gone finished out ran",
    "left": "kaldi left last remaining son",
    "open": "acik* aciyor* aciliyor* acariz kapali* kapat* kapan* open* close* closing closed",
    "want": "isti* lazim ara* ariyor* bakiyor* almak want* need* look* craving fancy",
    "data": "veri* bilgi* hesab* sakla* gizlilik kvkk gdpr data account privacy store details",
    "join_me": "varim variz ekle* yazin beni bizi count add book sign put down",
    "agree": "kabul* onay* dogru* tamam* olur* aynen uygun* evet agree* accept* correct right fine"
    " exactly sure yes deal confirm* approve*",
    "good": "super* harika* guzel* mukemmel* great perfect lovely nice awesome cool brilliant",
    "dislike": "begenm* sevmem ilgilenm* istemi* istemem uymaz uymuyor interested like",
    "wrong": "yanlis* hata* degil wrong incorrect mistake not",
    "bot": "bot robot yapay ai machine",
    "service": "sistem* uygulama* program* platform* iceshop hizmet* app system service thing",
    "tell": "anlat* acikla* bilgi explain tell information info mean anlam*",
    "group": "grup* grub* toplan* doldu* group people joined others",
    "us": "bana bize me us my our",
    "start": "baslat* basla tekrar yeniden yine again back restart resume",
    "stop": "yazma* atma* gonderme* rahatsiz* durdur* sustur* stop unsubscribe bother* spam*",
    "messages": "mesaj* bildirim* reklam* sms message* text* notification* spam",
    "price": "fiyat* zam tane* tanesi kilosu kilo price prices each apiece per",
}  # fmt: skip
_NEGATION = ("no", "not", "never", "nobody", "nothing", "dont", "cant", "wont", "hayir", "yok",
             "degil", "without", "asla")  # fmt: skip
_NEGATED_VERB = (
    "mayin", "meyin", "mayiniz", "meyiniz", "miyorum", "miyoruz", "muyorum", "muyoruz", "miyor",
    "muyor", "madi", "medi", "mayacagim", "meyecegim", "mayalim", "meyelim", "mayayim", "meyeyim",
    "mam", "mem", "mayiz", "meyiz", "masin", "mesin", "mem", "mezsem", "maz", "mez", "miycem",
    "micem", "micez", "mucaz", "madim", "medim", "madik", "medik", "mediniz", "madilar", "mediler",
)  # fmt: skip
_EXACT: dict[str, list[str]] = {}
_PREFIX: dict[str, list[str]] = {}
for _name, _words in _CONCEPTS.items():
    for _word in _words.split():
        _table = _PREFIX if _word.endswith("*") else _EXACT
        _table.setdefault(_word.rstrip("*"), []).append(_name)
_LONGEST = max(map(len, _PREFIX))


def concepts(word: str) -> Iterator[str]:
    """The names of what the folded ``word`` may mean; ``negation`` for what denies."""
    yield from _EXACT.get(word, ())
    for size in range(2, min(len(word), _LONGEST) + 1):
        yield from _PREFIX.get(word[:size], ())
    if (
        word in _NEGATION
        or word.endswith("n't")
        or (len(word) > 5 and word.endswith(_NEGATED_VERB))
    ):
        yield "negation"

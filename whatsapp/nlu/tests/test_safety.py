from __future__ import annotations

import pytest

from whatsapp.nlu.reading import Act
from whatsapp.nlu.safety import safety_act
from whatsapp.nlu.tests.said import asking, read

OPT_OUT = """
STOP
stop all
STOP please!!
dur
Dur artık
ÇIK
ret
durdurun
lütfen durun
bir daha yazmayın
bir daha bana yazmayın lütfen
bana yazmayın artık
artık yazmayın
beni listeden çıkarın
listenizden çıkarın beni
listenizden çıkmak istiyorum
numaramı listenizden silin
numaramı rehberinizden çıkarın
rahatsız etmeyin artık
beni rahatsız etmeyin
lütfen rahatsız etmeyiniz
mesaj istemiyorum
mesaj almak istemiyorum
daha fazla mesaj istemiyorum
sizden mesaj almak istemiyoruz
bana mesaj atmayın
mesaj göndermeyin bana
bi daha mesaj atmyın
mesajlarınızı istemiyorum
bildirim istemiyorum
bildirimleri kapatın
bildirimleri durdurun lütfen
mesajları durdur
mesajları kesin artık
reklam atmayın
reklam göndermeyi bırakın
teklif göndermeyin artık
spam yapmayın
üyelikten çıkmak istiyorum
üyeliğimi iptal edin
üyeliğimi sonlandırın
aboneliği iptal et
abonelikten ayrılmak istiyorum
aboneliğimi sonlandırın
gruptan çıkarın beni
beni sistemden çıkarın
sistemden çıkmak istiyorum
beni çıkarın
beni bu listeden silin
artık mesaj gelmesin
bana bir daha ulaşmayın
bana bir şey göndermeyin
bir daha aramayın beni
beni aramayın artık
beni bir daha rahatsız etmeyin
mesaj atmayı kesin
mesaj atmayı bırakın
artık bana yazmazsanız sevinirim
yazmayın bana yeter
engelliyorum sizi yazmayın
bu mesajları almak istemiyorum
bundan sonra mesaj yollamayın
haber vermeyin artık
bana bildirim göndermeyi bırakır mısınız
onayımı geri çekiyorum mesaj atmayın
ticari ileti almak istemiyorum
izni kaldırıyorum, mesaj gelmesin
fırsat mesajı almak istemiyorum
whatsapptan yazmayın
rahat bırakın beni
rahat bırakın
unsubscribe
unsubscribe me pls
I want to unsubscribe
please unsubscribe this number
how do i unsubscribe
opt out
opt me out
I'd like to opt out
remove me
remove me from your list
take me off your list
take me off this list please
remove my number
remove my number from your list
take my number off your messages
pls take my number off the list
delete my number from your list
stop messaging me
stop texting me
stop sending me messages
stop sending these
stop sending me stuff
please stop texting
stop contacting me
stop spamming me
don't message me again
dont text me anymore
do not contact me
never message me again
don't write to me anymore
don't send me anything else
no more messages
no more texts please
no more notifications
i don't want any more messages
i don't want to receive messages
i do not want these messages
I no longer want to get these texts
we'd rather not get these texts any longer
leave me alone
quit messaging me
quit bothering me
turn off notifications
cancel my subscription
end my subscription
i want out of this list
block these messages
stop all messages
stop it, no more texts
please stop all notifications
don't bother me again
lose my number
i withdraw my consent to messages
stop stop stop
stop bitte please
stop the messages
mesajlardan bıktım
bıktım bu mesajlardan
bildirimlerden usandık artık
i'm done with these messages
fed up with your texts
enough of these notifications
""".strip().splitlines()
DELETE = """
hesabımı silin
hesabımı kapat
hesabımı kapatın lütfen
hesabım silinsin
tüm verilerimi silin
verilerimi silin ya
verilerimin silinmesini istiyorum
verilerimi sil
benimle ilgili her şeyi silin
hakkımdaki tüm bilgileri silin
bana ait ne varsa silin
bilgilerimi yok edin
kişisel verilerimi imha edin
KVKK kapsamında bilgilerimin imhası
KVKK kapsamında bilgilerimin silinmesini talep ediyorum
kvkk gereği verilerimin yok edilmesini istiyorum
kayıtlarımı silin
kaydımı silin
profilimi silin
numaramı ve geçmişimi silin
konuşma geçmişimi silin
unutulma hakkımı kullanmak istiyorum
beni tamamen silin sistemden
beni sistemden tamamen sil
bütün bilgilerimi sistemden kaldırın
verilerimi sistemlerinizden temizleyin
beni unutun
hesabımı ve verilerimi tamamen sil
kişisel bilgilerimin silinmesini rica ediyorum
adımı ve telefonumu silin kayıtlarınızdan
her şeyimi silin
beni kayıtlarınızdan silin
verilerimi saklamayın silin
delete my data
delete all my data
please delete my account
close my account
close my account and delete everything
erase my data
erase everything you know about me
wipe everything you know about me
wipe my data
forget me
forget about me completely
delete everything you have on me
delete all you have about me
delete me from your system
remove my data
remove all my information
remove my personal details
I want my data deleted
i want my information destroyed
my data should be erased
please get rid of my data
gdpr deletion request
right to be forgotten
I invoke my right to erasure
purge my records
destroy my personal data
scrub my details from your system
i want you to delete my profile
can you delete my history
delete my details
deactivate and delete my account
""".strip().splitlines()
NEITHER = """
iptal etmeyin
siparişimi iptal etmeyin
silmeyin sakın
verilerimi silmeyin
hesabımı silmeyin
don't cancel
don't delete my data
do not delete my account
don't stop
please don't stop sending deals
don't unsubscribe me
durakta kahve istiyorum
otobüs durağı yanında simit
metro durağında buluşalım
i'll stop by at 5
can you stop by the shop
one stop before taksim
bus stop yanında
just got off at the bus stop, be there in 5
non-stop party tickets
stop, Jose is not coming
the bus doesn't stop there
stopped at the light, 5 min late
bi dur ya fiyat yanlış 90 olacak
dur bi saniye 4 kişi olacak
dur bakalım bi düşüneyim
dur 5 dakika, geliyorum
çıkışta buluşalım
iş çıkışı kahve
çıkıyorum evden
evden çıktım geliyorum
metro çıkışı 2
retro bir saat arıyorum
rest of the team is coming
limonata bitti ilandan kaldırın
fiyatı listeden kaldırın
ilanımı silin
talebimi silin
pizza talebimi silin
siparişimi silin
kahve talebimi kaldırın
ayranı listeden çıkarın
soğanı çıkarın
soğansız olsun, turşuyu çıkar
domatesi listeden çıkar
take the onions off
remove the ayran from my order
take down my listing
delete the second item
delete my request
remove my pizza request
erase the price
silgi ve kalem lazım
data kablosu istiyorum
usb veri kablosu
a data cable please
account of three coffees
gmail hesabı açmak istiyorum
hesabı kim ödüyor
hesap lütfen
hesabı bölüşelim
kayıt defteri arıyorum
profil resmi çektirmek istiyorum
mesaj gelince haber verin
mesaj atın bana hazır olunca
bana mesaj at
mesajınızı gördüm geliyorum
mesaj kutusu dolmuş
message me when ready
text me the address
send me a message at 5
don't message the seller yet
no more than 100 lira
no more than 3 people
no more seats?
i don't want onions
istemiyorum
mesaj masası arıyorum
rahatsız koltuk, yenisi lazım
rahat bir koltuk
rahat ayakkabı
beni ara
beni saat 5te arayın
arama yapıyorum bekleyin
aramaya devam edin
aramayı bırakmayın
leave it at the door
leave me two portions
i'm leaving alone, just me
quit smoking patches
i quit my job, need a coffee
opt for the bigger one
subscribe to a magazine, is it sold here
dergi aboneliği almak istiyorum
spor salonu üyeliği arıyorum
gym membership for a month
üyelik ücreti var mı
reklam filmi çeken biri
reklam tabelası yaptıracağım
unutmayın 4 kişiyiz
beni unutmayın
don't forget me
don't forget about me
forget it
sakın unutma
saat 7yi unut 8 olsun
i forgot my wallet
i'd never forget that kebab
gruptan kimse gelmedi
gruba 2 kişi daha ekle
list the products please
never been to moda
stop asking, it's 300 lira
yazmayı unuttum 3 kişiyiz
adresi yazmayın telefonla söylerim
kredi kartı bilgilerimi nereye yazıyorum
kvkk metni nerede
what data do you keep
hangi verilerimi tutuyorsunuz
bilgi alabilir miyim
bilgisayar tamiri
numaramı nereden buldunuz
numaram değişti
my number changed
clean my carpet, 20 m2
wipe clean tablecloth
delete key for a keyboard
forget-me-not çiçeği
close to my place
closing account at the bar
beklemekten bıktım
pizzadan bıktım başka bir şey
bu kadar yeter teşekkürler
2 tane yeter
enough for 3 people
i'm done with work at 6
we've had enough coffee
""".strip().splitlines()
CANCEL = """
iptal
İPTAL
iptal lütfen
cancel
Cancel please
""".strip().splitlines()
OPT_IN = """
START
başla
BAŞLAT
tekrar mesaj almak istiyorum
mesajları tekrar aç
bildirimleri yeniden açın
yeniden abone olmak istiyorum
bana tekrar yazabilirsiniz
yine mesaj atabilirsiniz
subscribe me again
opt me back in
start sending me messages again
turn notifications back on
you can message me again
resume messages
sign me back up
i want to receive messages again
re-subscribe
mesajları kapatmıştım geri açın lütfen
bildirimleri tekrar açar mısınız
""".strip().splitlines()


@pytest.mark.parametrize("text", OPT_OUT)
def test_wish_for_silence_is_an_opt_out(text: str) -> None:
    assert safety_act(text, None) is Act.OPT_OUT


@pytest.mark.parametrize("text", DELETE)
def test_wish_to_be_erased_is_read(text: str) -> None:
    assert safety_act(text, None) is Act.DELETE_DATA


@pytest.mark.parametrize("text", CANCEL)
def test_cancel_alone_cancels(text: str) -> None:
    assert safety_act(text, None) is Act.CANCEL


@pytest.mark.parametrize("text", OPT_IN)
def test_wish_to_hear_again_is_an_opt_in(text: str) -> None:
    assert safety_act(text, None) is Act.OPT_IN


@pytest.mark.parametrize("text", NEITHER)
def test_near_miss_neither_stops_nor_erases(text: str) -> None:
    assert safety_act(text, None) not in (Act.OPT_OUT, Act.DELETE_DATA)
    assert read(text).act not in (Act.OPT_OUT, Act.DELETE_DATA)


@pytest.mark.parametrize("ask", ["offer", "reminder", "confirm_intent", "ask_time", "ask_delete"])
@pytest.mark.parametrize("text", ["bir daha yazmayın", "remove my number", "stop messaging me"])
def test_wish_for_silence_counts_whatever_was_asked(text: str, ask: str) -> None:
    assert read(text, question=asking(ask)).act is Act.OPT_OUT

from __future__ import annotations

import pytest

from whatsapp.nlu.signals import Signals, signals
from whatsapp.nlu.tests.said import read

ABUSE = """
salak mısınız siz
ne biçim iş bu geri zekalılar
şerefsiz herif paramı yedin
siktir git
amk böyle iş olmaz
seni bulurum görürsün
dükkanınızı yakarım
kafanı kırarım senin
hepinizi gebertirim
evini biliyorum dikkat et
orospu çocukları
defolun gidin
aq nerde kaldı pizza
fuck you
you are all idiots
you're so stupid
i will kill you
I know where you live
go to hell
you piece of shit
what a bunch of morons, seriously
burn your shop down, that's what i'll do
""".strip().splitlines()
NO_ABUSE = """
şık bir elbise arıyorum
sık sık geliyorum buraya
limonu sıktım üstüne
piknik için piyaz
kahve öldürücü güzeldi
hayvan maması lazım 2 kilo
mal geldi mi depoya
I got 3 of them
send me a pic of the cake
killer deal, i'm in
can you beat the price
beat you to it, already there
I'm such an idiot, wrong date
aptal kafam yanlış yazdım, saat 5 olacak
köpek gezdirme hizmeti
kes bi dilim pasta
bu fiyat beni bitirdi
mk 2 mikser var mı
assistant manager ile görüşmek istiyorum
dumbbell set 10 kg
garbage bags, 2 packs
it cost me a fortune
""".strip().splitlines()
MINOR = """
14 yaşındayım alabilir miyim
ben daha 12 yaşımdayım
reşit değilim olur mu
18 yaşından küçüğüm
lise öğrencisiyim indirim var mı
7. sınıfa gidiyorum
annemin haberi yok
babam bilmesin lütfen
on beş yaşındayım
I'm 14 years old
im 13 and my mom doesn't know
i am a minor, can i join
I'm in 8th grade
don't tell my parents
i'm underage is that ok
""".strip().splitlines()
NO_MINOR = """
I'm 15 minutes away
im 14 km from there
35 yaşındayım
kızım 10 yaşında ona oyuncak lazım
14 yaşındaki oğluma hediye bakıyorum
oğlum 12 yaşında
my son is 12
15 tane simit
10 kişiyiz
yaş pasta 12 kişilik
kadıköy lisesi önünde
we are 12 people
I'm 25
annem için çiçek
my mom and I want tea
15 dakikaya oradayım
high school opposite, that's where we meet
""".strip().splitlines()
DISTRESS = """
intihar etmek istiyorum
artık yaşamak istemiyorum
kendime zarar vereceğim
kocam beni dövüyor yardım edin
kimsem yok çok yalnızım
üç gündür açım param da yok
depresyondayım
ölmek istiyorum
i want to kill myself
I don't want to live anymore
my husband beats me
i'm feeling suicidal
i can't go on like this
""".strip().splitlines()
NO_DISTRESS = """
açlıktan ölüyorum bir pizza
gülmekten öldüm ya
I'm starving, any burgers?
dying for a coffee
a cake to die for
2 tickets for Suicide Squad
can't go on saturday
death by chocolate cake
evde yalnızım, tek kişilik pizza
kilo vermek istemiyorum
bu akşam yemek yemedim, lahmacun
i'm dead tired, need coffee
dayanıklı bir çanta
homeless shelter için 50 sandviç
""".strip().splitlines()


@pytest.mark.parametrize("text", ABUSE)
def test_insult_and_threat_are_abuse(text: str) -> None:
    assert signals(text).abuse


@pytest.mark.parametrize("text", MINOR)
def test_child_is_seen(text: str) -> None:
    assert signals(text).minor


@pytest.mark.parametrize("text", DISTRESS)
def test_distress_is_seen(text: str) -> None:
    assert signals(text).distress


@pytest.mark.parametrize("text", [*NO_ABUSE, *NO_MINOR, *NO_DISTRESS])
def test_everyday_message_shows_no_sign(text: str) -> None:
    assert signals(text) == Signals()


def test_reading_carries_the_signs() -> None:
    reading = read("14 yaşındayım, salak mısınız siz")

    assert (reading.abuse, reading.minor, reading.distress) == (True, True, False)

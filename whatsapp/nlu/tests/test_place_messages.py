"""Where, in messages of buyers and sellers in both languages."""

from __future__ import annotations

import pytest

from iceshop.kernel.geo import Point, distance_m
from whatsapp.nlu import corpus
from whatsapp.nlu.gazetteer import bundled_places, key
from whatsapp.nlu.lexicon import bundled
from whatsapp.nlu.parse import parse
from whatsapp.nlu.tests.said import NOW, read, said


def place_of(text: str, **how: str) -> object:
    """The place of a message, folded; several are joined by commas."""
    place = said(text, **how).get("place")
    if isinstance(place, list):
        return ", ".join(sorted(map(key, place)))
    return place if place is None or place.startswith("@") else key(place)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        # cases, possessives and "I am in", with apostrophe and without
        ("yarın kadıköydeyim 2 tost lazım", "kadikoy"),
        ("Beşiktaş'tan alırım 3 kg mandalina", "besiktas"),
        ("konyaaltında şemsiye kiralamak istiyoruz", "konyaalti"),
        ("modanın orda dondurma var mı", "moda"),
        ("taksime yakın bir berber lazım bugün", "taksim"),
        ("bornova tarafı halı yıkama arıyorum", "bornova"),
        ("üsküdar civarı börek bakıyoruz", "uskudar"),
        ("bebekteyiz waffle yiyelim dedik", "bebek"),
        ("Nişantaşı'ndayım manikür yaptırmak istiyorum", "nisantasi"),
        ("çengelköyde olanından 2 kg çilek", "cengelkoy"),
        ("Ümraniye'ye getirebilecek biri, 4 koli su", "umraniye"),
        ("yarın ataşehirdeki ofise 10 sandviç", "atasehir"),
        ("Kızılayda buluşalım 3 kişilik döner", "kizilay"),
        ("KADIKÖY'DE KAHVE LAZIM", "kadikoy"),
        ("karşıyakadayız canımız boyoz çekti", "karsiyaka"),
        ("maslağa yakın vegan burger", "maslak"),
        # names of several words, common nouns and short forms
        ("bağdat caddesinde oje arıyorum 100 tl", "bagdat caddesi"),
        ("istiklal cad. üzerinde kitap bakıyorum", "istiklal caddesi"),
        ("galata kulesinin önünde 2 mısır", "galata kulesi"),
        ("sabiha gökçende 1 saat sonra şarj aleti lazım", "sabiha gokcen"),
        ("boğaziçi üniversitesinde 5 adet poğaça", "bogazici universitesi"),
        ("mecidiyeköy metronun çıkışında 1 şemsiye", "mecidiyekoy"),
        ("kadıköy boğanın orda 6 gül", "kadikoy boga"),
        ("zorluda bu akşam 2 bilet", "zorlu center"),
        ("cevahir avm 43 numara bot bakıyorum", "cevahir avm"),
        ("anadolu hisarında 4 kişilik kahvaltı pazar", "anadolu hisari"),
        ("kapalı çarşı içinde gümüş kolye 500 tl", "kapali carsi"),
        ("antalya kaleiçi 2 nargile bu gece", "kaleici"),
        ("eskişehir hamamyolunda met helvası 1 kutu", "hamamyolu"),
        ("4. leventte 2 latte 5 gibi", "4 levent"),
        ("kordonda 2 bira lazım", "kordon"),
        ("Ankara Tunalı Hilmi'de kırtasiye malzemesi", "tunali hilmi"),
        ("odtüde 3 kişilik pizza", "odtu"),
        ("adana turgut özal bulvarında bici bici 2 porsiyon", "turgut ozal bulvari"),
        ("bursa heykelde 2 porsiyon iskender", "bursa heykel"),
        ("gaziantep bakırcılar çarşısında cezve", "bakircilar carsisi"),
        ("trabzon meydanda 1 kg fındık", "trabzon meydan"),
        ("yalıkavakta tekne turu 6 kişi", "yalikavak"),
        ("ölüdenizde yamaç paraşütü 2 kişi cumartesi", "oludeniz"),
        ("mersin pozcuda 2 tantuni", "pozcu"),
        # districts all over the country
        ("lüleburgazda yarın 2 kg köfte", "luleburgaz"),
        ("Akhisar'da zeytin 5 kg", "akhisar"),
        ("elbistanda tır lastiği arıyorum", "elbistan"),
        ("doğubayazıtta 2 halı yıkama", "dogubayazit"),
        ("Polatlı'da soğan 20 kg", "polatli"),
        ("cuma günü inegölde yatak odası takımı", "inegol"),
        ("safranboluda lokum 3 kutu yarın", "safranbolu"),
        # prepositions of English
        ("a loaf of sourdough near Cihangir please", "cihangir"),
        ("3 lattes around Levent at 4", "levent"),
        ("in front of the Galata tower, 2 simits", "galata tower"),
        ("haircut opposite Akmerkez tomorrow", "akmerkez"),
        ("flowers by the Kadıköy ferry tonight", "kadikoy ferry"),
        ("we're at Bebek, 2 ice creams", "bebek"),
        ("i'll be on Bagdat street around 5, want a burger", "bagdat street"),
        ("tickets for 2 on the asian side tonight", "asian side"),
        ("sunset by the golden horn for 4, tea and simit", "golden horn"),
        ("carpet shop in the grand bazaar, small kilim", "grand bazaar"),
        ("bike rental on princes' islands for 3", "princes islands"),
        ("somewhere in the old city for kebab tonight", "old city"),
        ("breakfast close to Ortaköy mosque", "ortakoy mosque"),
        ("any nail salon in Nisantasi tmrw?", "nisantasi"),
        ("dentist appointment in Çankaya next monday", "cankaya"),
        ("phone repair at Kanyon mall", "kanyon mall"),
        ("two towels from konyaalti beach now", "konyaalti beach"),
        # slips of the finger and bare consonants
        ("besiktsa da 2 kahve", "besiktas"),
        ("mecidyeköyde dürüm 2 tane", "mecidiyekoy"),
        ("kdky 2 bira", "kadikoy"),
        ("uskdarda simit 5 tane", "uskudar"),
        ("pizza for 2 in Kadikyo", "kadikoy"),
        ("tksm 3 dürüm", "taksim"),
        ("bakrköyde oyuncak araba", "bakirkoy"),
        # rejected and corrected
        ("moda değil caferağa olsun 2 kahve", "caferaga"),
        ("anywhere but Taksim, maybe Galata, 2 beers", "galata"),
        ("kadıköy yerine üsküdar, 2 çay", "uskudar"),
        ("not Şişli, Beşiktaş please, one cake", "besiktas"),
        ("levent hariç maslakta 3 salata", "maslak"),
        ("taksim olmaz, karaköyde kahve içelim", "karakoy"),
        ("instead of Moda let's do Bostancı, 2 teas", "bostanci"),
        # several
        ("kadıköy ya da moda, 2 filtre kahve", "kadikoy, moda"),
        ("levent veya etiler sushi 2 kişi", "etiler, levent"),
        ("coffee in Karaköy or Galata", "galata, karakoy"),
        ("şişli, beşiktaş, kağıthane olur, 2 pide", "besiktas, kagithane, sisli"),
        ("etiler-levent arası 1 çiçek", "etiler, levent"),
        ("bornova ve buca uyar 3 döner", "bornova, buca"),
        ("either Kartal or Pendik for 2 pizzas", "kartal, pendik"),
        # a place in another one
        ("Kadıköy Moda'da 2 dondurma", "moda"),
        ("Moda, Kadıköy, 2 dondurma", "moda"),
        ("istanbul beşiktaş 3 simit", "besiktas"),
        ("2 coffees in Alsancak, Izmir", "alsancak"),
        ("ankara bahçelievler 2 lahmacun", "bahcelievler"),
        ("ulus ankara 1 kg leblebi", "ulus"),
        # near the writer
        ("buralarda açık eczane var mı ağrı kesici lazım", "@here"),
        ("yakınımda oto lastik tamiri", "@here"),
        ("bana yakın olsun 2 pide", "@here"),
        ("evin oraya yakın kuru temizleme", "@here"),
        ("pizza near me", "@here"),
        ("any good falafel around here?", "@here"),
        ("2 cappuccinos close to my office", "@here"),
        ("bizim oralarda lahmacun 5 tane", "@here"),
        ("en yakın yerden 3 ekmek", "@here"),
        ("i need a locksmith nearby", "@here"),
        # anywhere
        ("2 sinema bileti nerede olursa olsun", "any"),
        ("bir masa lambası, yer önemli değil", "any"),
        ("one yoga mat, anywhere is fine", "any"),
        ("used guitar, wherever, up to 3000", "any"),
        # unknown names in the slot of a place
        ("Starbucks'ın önünde 2 çiçek", "starbucks"),
        ("Çınardibi'nde 3 gözleme", "cinardibi"),
        ("2 teas in front of the Süreyya opera", "sureyya opera"),
        ("sandwich near Greenfield Park", "greenfield park"),
        # goods and days that are called after places
        ("2 kg rize çayı lazım", None),
        ("maraş dondurması istiyoruz 4 kişi", None),
        ("yarım kilo antep fıstığı", None),
        ("bursa kebabı 2 porsiyon", None),
        ("inegöl köfte 3 porsiyon", None),
        ("kayseri mantısı yemek istiyoruz", None),
        ("adana dürüm 2 tane", None),
        ("pazar günü 3 kişilik kahvaltı", None),
        ("2 urfa 1 adana acılı olsun", None),
        ("kadıköyde adana dürüm", "kadikoy"),
        ("bal ve kaymak 2 porsiyon", None),
        ("çay içmek istiyoruz 3 kişi", None),
        ("bebek bezi 4 numara", None),
        ("van kahvaltısı pazar 4 kişi", None),
        ("bahçe hortumu 20 metre", None),
        ("ordu pazarı kapalı mı acaba", None),
        ("elma 3 kilo olur mu", None),
        ("a samsung charger please", None),
        ("can i get 2 coffees", None),
        ("side salad and a coke", None),
        ("hani nerde benim siparişim", None),
        ("taksitle telefon almak istiyorum", None),
    ],
)
def test_place_of_a_wish(text: str, place: object) -> None:
    assert place_of(text) == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("kadıköy", "kadikoy"),
        ("Üsküdar olsun", "uskudar"),
        ("caddebostan sahil", "caddebostan sahil"),
        ("konak", "konak"),
        ("moda ya da kadıköy", "kadikoy, moda"),
        ("beylikdüzü olmazsa avcılar", "avcilar, beylikduzu"),
        ("Levent, if not then Etiler", "etiler, levent"),
        ("anywhere in beşiktaş", "besiktas"),
        ("Çınardibi", "cinardibi"),
        ("buraya", "@here"),
        ("right here", "@here"),
        ("bana yakın", "@here"),
        ("fark etmez", "any"),
        ("whatever you like, don't mind", "any"),
        ("can we speak English please", None),
        ("türkçe konuşalım", None),
        ("in english please", None),
        ("ne demek o", None),
        ("bilmiyorum", None),
    ],
)
def test_place_in_answer_to_where(text: str, place: object) -> None:
    assert place_of(text, ask="ask_place") == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Moda Caddesi 12, Kadıköy", "moda"),
        ("Alsancak'tayız, Kıbrıs Şehitleri üzerinde", "alsancak"),
        ("dükkan karaköyde", "karakoy"),
    ],
)
def test_place_of_a_shop(text: str, place: object) -> None:
    assert place_of(text, ask="s_place", role="seller") == place


@pytest.mark.parametrize(
    ("text", "ask", "metres"),
    [
        ("moda 2 km çevresinde kahve", "", 2000),
        ("500 metre içinde berber", "", 500),
        ("kadıköye en fazla 1,5 km", "", 1500),
        ("within 3 km of Moda, a haircut", "", 3000),
        ("a bakery walking distance from Taksim", "", 1000),
        ("yürüme mesafesinde fırın", "", 1000),
        ("10 dakika yürüme mesafesi, 2 tost", "", 800),
        ("coffee within a 15 minute walk", "", 1200),
        ("bir buçuk kilometre", "ask_radius", 1500),
        ("yürüyerek 5 dakika", "ask_radius", 400),
        ("5 minutes on foot", "ask_radius", 400),
        ("yarım kilometre", "ask_radius", 500),
        ("half a mile", "ask_radius", 805),
        ("2 km", "ask_radius", 2000),
        ("750", "ask_radius", 750),
        ("1000 m yeter", "ask_radius", 1000),
        ("en çok on beş dakika yürürüm", "ask_radius", 1200),
        ("no more than 800 metres away, 2 pies", "", 800),
        ("2 kilometreyi geçmesin, halı saha", "", 2000),
        ("200g peynir lazım", "", None),
    ],
)
def test_radius(text: str, ask: str, metres: int | None) -> None:
    assert said(text, ask=ask).get("radius_m") == metres


def test_name_of_several_cities_is_marked() -> None:
    place = read("ereğlide 2 pide").place
    best_known = read("bahçelievlerde 2 pide").place

    assert place is not None
    assert {one.province for one in place.choices} == {"Konya", "Zonguldak"}
    assert place.point is None
    assert best_known is not None
    assert [one.province for one in best_known.choices][:2] == ["İstanbul", "Ankara"]
    assert best_known.point == best_known.choices[0].point


@pytest.mark.parametrize(
    ("text", "province"),
    [
        ("konya ereğlide 2 pide", "Konya"),
        ("Ereğli, Zonguldak 2 pide", "Zonguldak"),
        ("2 coffees in Bahçelievler, Ankara", "Ankara"),
        ("mersin yenişehirde tantuni", "Mersin"),
    ],
)
def test_city_beside_the_name_decides(text: str, province: str) -> None:
    place = read(text).place

    assert place is not None
    assert place.choices == ()
    assert place.point in [
        one.point for one in bundled_places().named(place.names[0]) if one.province == province
    ]


def test_home_decides_which_city_is_meant() -> None:
    place = parse(
        "bahçelievlerde 2 pide",
        now=NOW,
        zone=corpus.ZONE,
        language="tr",
        lexicon=bundled().at_home(Point(39.92, 32.85)),
    ).place

    assert place is not None
    assert place.choices == ()
    assert place.point is not None
    assert distance_m(place.point, Point(39.92, 32.85)) < 10_000


def test_several_places_of_one_town_have_a_middle() -> None:
    near = read("levent veya etiler, 2 pide").place
    far = read("ankara veya izmir, 2 pide").place

    assert near is not None
    assert near.point is not None
    assert distance_m(near.point, Point(41.0795, 29.023)) < 1000
    assert far is not None
    assert far.point is None

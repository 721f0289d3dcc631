"""Products, what narrows them, how many of each, and what is turned down."""

from __future__ import annotations

import pytest

from whatsapp.nlu.tests.said import said

# Wishes with the product that they name.
NAMED = [
    ("I'm after a second hand guitar", "guitar"),
    ("we're still after a decent violin", "violin"),
    ("ikinci el gitar arıyorum", "gitar"),
    ("kızıma keman bakıyoruz", "keman"),
    ("im after some drums for my son", "drum"),
    # endings, plurals, letters lost
    ("bu akşam lahmacunları nereden alalım, 3 kişiyiz", "lahmacun"),
    ("simitten 4 tane alacağım karaköyde", "simit"),
    ("şu tişörtü arıyorum siyah M beden bakırköy", "tişört"),
    ("baklavası güzel bir yer, yarım kilo alırım, gaziantep", "baklava"),
    ("canım künefeyi çekti yarın akşam izmirde", "künefe"),
    ("cilt bakımına gitmek istiyorum cumartesi levent", "cilt bakımı"),
    ("doğum günü pastasını yarın 5'te alabilirim", "doğum günü pastası"),
    ("kruvasanlardan 6 adet istiyoruz", "kruvasan"),
    ("2 tane tisort lazm XL", "tişört"),
    ("KÖFTE EKMEK LAZIM 3 TANE", "köfte ekmek"),
    ("need two umbrellas near taksim today", "umbrella"),
    ("looking for cherry tomatoes, 2 kg, bornova", "cherry tomato"),
    ("any bakeries with fresh baguettes around moda?", "baguette"),
    ("three brushes and paint... no just a haircut please, besiktas", "haircut"),
    # the longest name goes first
    ("çiğ köfte dürüm 2 tane yarın öğlen", "çiğ köfte dürüm"),
    ("kahve makinesi arıyorum 3 bin liraya kadar", "kahve makinesi"),
    ("türk kahvesi içelim mi kadıköyde 3 kişi", "Türk kahvesi"),
    ("portakal suyu lazım 2 litre", "portakal suyu"),
    ("tavuk döner istiyorum 2 porsiyon", "tavuk döner"),
    ("coffee beans half a kilo tomorrow morning kadikoy", "coffee beans"),
    ("i need a phone case for galaxy s22", "phone case"),
    ("want an ice cream at caddebostan", "ice cream"),
    # everyday words that are goods only where they stand like goods
    ("can i book a haircut for tomorrow at 5", "haircut"),
    ("i'd like a book, 200 tl, around moda", "book"),
    ("su lazım 2 koli bugün beşiktaş", "su"),
    ("3 top dondurma istiyoruz bebek", "dondurma"),
    # slips of the finger
    ("lahmcun istiyorum 4 tane yarın akşam fatih", "lahmacun"),
    ("cappucinno lazım 2 tane", "cappuccino"),
    ("dondrma alalım bebekte", "dondurma"),
    ("ayakkkabı bakıyorum 43 numara", "ayakkabı"),
    ("börrek istiyorum yarım kilo", "börek"),
    ("hedphones under 1000 lira in kadikoy", "headphones"),
    ("sandwitches for 10 people tomorrow noon", "sandwich"),
    ("chesecake 4 slices tonight nisantasi", "cheesecake"),
    ("pankek yicez pazar sabahı 2 kişi", "pankek"),
    # what people call it
    ("berber arıyorum şişlide akşam 6 gibi", "berber"),
    ("2 tane hamburger lazım bu akşam", "hamburger"),
    ("lookin for a gym in atasehir", "gym"),
    ("i need some detergent, 5 kg, kartal", "detergent"),
    ("kanat yiyelim mi bu akşam 4 kişi", "kanat"),
    # both languages in one sentence
    ("hocam 2 latte 1 brownie please moda", "latte"),
    ("abi i want lahmacun tonight fatih", "lahmacun"),
    ("bugün escape room yapalım mı 5 kişi taksim", "escape room"),
    ("one porsiyon mantı pls, üsküdar", "mantı"),
    # work on things
    ("halı yıkatmak istiyorum 2 tane 12 metrekare", "halı yıkama"),
    ("telefon ekranı değiştirmek istiyorum iphone 11", "telefon ekranı değişimi"),
    ("saçımı değil köpeğimi tıraş ettireceğim, köpek tıraşı lazım", "köpek tıraşı"),
    ("i need my shoes repaired by friday", "shoe repair"),
    ("can someone fix my laptop in kadikoy", "laptop repair"),
    ("jeans hemmed please, taksim, tomorrow", "jeans hemming"),
    ("klima montajı lazım cumartesi", "klima montajı"),
    ("laptopum bozuldu tamirci arıyorum ataşehir", "laptop tamiri"),
    ("need my winter coat dry cleaned by friday, sisli", "winter coat dry cleaning"),
    # heads with an unknown part
    ("oğluma 34 numara futbol ayakkabısı bakıyorum", "futbol ayakkabısı"),
    ("kızıma prenses kostümü 5 yaş bakıyorum", "prenses kostümü"),
    ("lale soğanı 20 adet lazım bahçe için", "lale soğanı"),
    ("printer ink for hp 305, black, kadikoy", "printer ink"),
    # what it is for is not what is wanted
    ("köpeğime tasma lazım orta boy", "tasma"),
    ("screen protector for iphone 15, 2 pieces", "screen protector"),
    ("iphone 14 pro max kılıf siyah", "kılıf"),
]

# Wishes for things that are in no catalogue.
UNKNOWN = [
    ("akordeon arıyorum ikinci el kadıköy", "akordeon"),
    ("sitar teli lazım yarın taksimde", "sitar teli"),
    ("2 adet bumerang alacağım bostancı", "bumerang"),
    ("telkari bilezik ucu istiyorum mardin çarşı", "bilezik ucu"),
    ("didgeridoo looking for one in kadikoy, 2000 lira", "didgeridoo"),
    ("looking for a theremin near taksim, max 5000", "theremin"),
    ("need two macrame hangers tomorrow in moda", "macrame hanger"),
    ("i want to buy a telescope, 5k max, bornova", "telescope"),
    ("bize mehteran takımı lazım cumartesi 20:00 bursa", "mehteran takımı"),
    ("yarın akşam ortaköyde turşuluk acur bakıyorum", "turşuluk acur"),
    ("kalimba var mı beşiktaşta 600 liraya kadar", "kalimba"),
    ("canım paçanga çekti, yarın öğlen, eminönü", "paçanga"),
    ("semaver kiralamak istiyoruz cumartesi piknik için", "semaver"),
    ("anyone selling kombu seaweed in sisli?", "kombu seaweed"),
    ("3 pretzels please, galata, tonight", "pretzel"),
]

# One thing turned down, another wanted.
TURNED_DOWN = [
    ("kahve değil pizza istiyorum", "pizza"),
    ("pizza olmasın lahmacun olsun", "lahmacun"),
    ("çay yerine limonata alalım kadıköy", "limonata"),
    ("lahmacun değil de pide bakıyorum", "pide"),
    ("döner istemiyorum, kumpir istiyorum ortaköy", "kumpir"),
    ("tatlı hariç bir şey, mesela börek", "börek"),
    ("not coffee, tea please", "tea"),
    ("instead of pizza, burgers for 4", "burger"),
    ("i want a burger rather than pizza tonight", "burger"),
    ("anything but sushi, maybe ramen", "ramen"),
    ("i don't want cake, i want ice cream", "ice cream"),
    ("no more kebab, we'd like fish tonight in bebek", "fish"),
    ("simit not bagel, 5 of them", "simit"),
    ("tea instead of coffee, 2 cups", "tea"),
]

# (message, narrowing words)
NARROWED = [
    ("büyük boy acılı lahmacun", ["büyük boy", "acılı"]),
    ("2 tane şekersiz türk kahvesi", ["şekersiz"]),
    ("orta şekerli türk kahvesi istiyorum", ["orta şekerli"]),
    ("kırmızı elbise arıyorum 38 beden", ["kırmızı", "38 beden"]),
    ("glutensiz ekmek lazım", ["glutensiz"]),
    ("cevizli baklava 1 kilo", ["cevizli"]),
    ("bol köpüklü ayran istiyorum", ["bol köpüklü"]),
    ("41 numara beyaz spor ayakkabı", ["41 numara", "beyaz"]),
    ("sütsüz filtre kahve alayım", ["sütsüz"]),
    ("ikinci el bisiklet bakıyorum", ["ikinci el"]),
    ("el yapımı mantı 2 porsiyon", ["el yapımı"]),
    ("çizgili gömlek arıyorum L beden", ["çizgili", "l beden"]),
    ("128 gb iphone bakıyorum", ["128 gb"]),
    ("dondurma, çikolatalı, 3 top", ["çikolatalı"]),
    ("fermuarlı sweatshirt lazım siyah", ["fermuarlı", "siyah"]),
    ("6'lı yumurta istiyorum", ["6'lı"]),
    ("large black t-shirt, moda", ["large", "black"]),
    ("two oat milk lattes", ["oat milk"]),
    ("pizza with extra cheese tonight", ["with extra cheese"]),
    ("burger without onions please, moda", ["without onions"]),
    ("size 38 red dress", ["size 38", "red"]),
    ("wooden table, second hand", ["wooden", "second hand"]),
    ("sugar free cheesecake, 2 slices", ["sugar free"]),
    ("wireless keyboard, white one", ["wireless", "white"]),
    ("vegan burger, gluten free", ["vegan", "gluten free"]),
    ("chocolate croissants, 4 of them", ["chocolate"]),
    ("65 inch television in levent", ["65 inch"]),
]

# (message, product, how many, unit)
COUNTED = [
    ("3 lahmacun", "lahmacun", 3, None),
    ("yarım kilo fıstık", "fıstık", 0.5, "kg"),
    ("çeyrek kilo fıstık alacağım", "fıstık", 0.25, "kg"),
    ("bir buçuk kilo kıyma lazım", "kıyma", 1.5, "kg"),
    ("1,5 lt süt", "süt", 1.5, "l"),
    ("iki düzine yumurta", "yumurta", 24, None),
    ("bir koli su", "su", 1, "box"),
    ("5 paket makarna lazım", "makarna", 5, "pack"),
    ("3 tane simit", "simit", 3, None),
    ("simit 3 tane olsun", "simit", 3, None),
    ("2 kasa domates istiyorum", "domates", 2, "crate"),
    ("dört porsiyon iskender", "iskender", 4, "portion"),
    ("2 bardak çay", "çay", 2, "glass"),
    ("bir çift çorap", "çorap", 1, "pair"),
    ("2 şişe zeytinyağı lazım", "zeytinyağı", 2, None),
    ("500 gram lokum", "lokum", 500, "g"),
    ("250 gr beyaz peynir", "beyaz peynir", 250, "g"),
    ("kahve 4 adet", "kahve", 4, None),
    ("10 büyük boy karışık pizza", "pizza", 10, None),
    ("a couple of coffees", "coffee", 2, None),
    ("half a dozen eggs", "egg", 6, None),
    ("a kilo of feta", "feta", 1, "kg"),
    ("two bottles of olive oil", "olive oil", 2, None),
    ("a box of chocolates please", "chocolate", 1, "box"),
    ("3 packs of napkins", "napkin", 3, "pack"),
    ("4 bowls of lentil soup", "lentil soup", 4, "bowl"),
    ("6 red roses", "rose", 6, None),
    ("two adana wraps", "wrap", 2, None),
    ("twenty five pide for the office", "pide", 25, None),
    ("2 kg of apples", "apple", 2, "kg"),
    ("10 m2 of carpet", "carpet", 10, "m2"),
    ("3 scoops of pistachio ice cream", "ice cream", 3, "scoop"),
]

# (message, product, further ones)
LISTED = [
    ("2 lahmacun 1 ayran", "lahmacun", [{"product": "ayran", "quantity": 1}]),
    ("pizza ve kola lazım", "pizza", [{"product": "kola"}]),
    (
        "3 simit, 2 çay, 1 kaşarlı tost",
        "simit",
        [{"product": "çay", "quantity": 2}, {"product": "tost", "quantity": 1}],
    ),
    ("yarım kilo peynir bir de 10 yumurta", "peynir", [{"product": "yumurta", "quantity": 10}]),
    (
        "domates 2 kilo, biber 1 kilo",
        "domates",
        [{"product": "biber", "quantity": 1, "unit": "kg"}],
    ),
    ("burger and fries for two", "burger", [{"product": "fries"}]),
    ("4 coffees plus 2 muffins", "coffee", [{"product": "muffin", "quantity": 2}]),
    (
        "2 kg tomatoes, 1 kg onions and 3 lemons",
        "tomato",
        [
            {"product": "onion", "quantity": 1, "unit": "kg"},
            {"product": "lemon", "quantity": 3},
        ],
    ),
    ("a desk lamp and a notebook", "desk lamp", [{"product": "notebook"}]),
]

# Talk in which no goods are named.
NO_GOODS = [
    "şu an müsait değilim",
    "bugün hava çok güzel",
    "gülüyorum ya size",
    "yarın akşam gelirim kadıköye",
    "tamam olur 5 gibi uygun",
    "i will be there at 7",
    "sure, sounds good to me",
    "can we make it tomorrow instead",
    "that works, thanks a lot",
    "kaç kişi olduk acaba",
]


@pytest.mark.parametrize(("text", "product"), [*NAMED, *UNKNOWN, *TURNED_DOWN])
def test_product_of_a_wish(text: str, product: str) -> None:
    assert said(text).get("product") == product


@pytest.mark.parametrize("text", [text for text, _ in TURNED_DOWN])
def test_what_is_turned_down_is_not_wanted_too(text: str) -> None:
    assert "also" not in said(text)


@pytest.mark.parametrize(("text", "variant"), NARROWED)
def test_words_that_narrow(text: str, variant: list[str]) -> None:
    assert said(text).get("variant") == variant


@pytest.mark.parametrize(("text", "product", "quantity", "unit"), COUNTED)
def test_how_many(text: str, product: str, quantity: float | None, unit: str | None) -> None:
    reading = said(text)

    assert reading.get("product") == product
    assert (reading.get("quantity"), reading.get("unit")) == (quantity, unit)


@pytest.mark.parametrize(("text", "product", "also"), LISTED)
def test_lists_of_products(text: str, product: str, also: list[dict[str, object]]) -> None:
    reading = said(text)

    assert (reading.get("product"), reading.get("also")) == (product, also)


@pytest.mark.parametrize("text", NO_GOODS)
def test_talk_names_no_goods(text: str) -> None:
    reading = said(text)

    assert "product" not in reading
    assert "also" not in reading

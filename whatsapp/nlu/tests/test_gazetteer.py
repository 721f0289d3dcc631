"""The named places: where they are, what is missing, what a name can mean."""

from __future__ import annotations

import pytest

from iceshop.kernel.geo import Point, distance_m
from whatsapp.nlu.gazetteer import Gazetteer, PlaceEntry, bundled_places, choices, edits, key
from whatsapp.nlu.lexicon import bundled

# True centres, from the districts' own maps.
DISTRICTS = [
    ("Kadıköy", "İstanbul", 40.9917, 29.0270),
    ("Beşiktaş", "İstanbul", 41.0422, 29.0083),
    ("Kartal", "İstanbul", 40.8886, 29.1856),
    ("Pendik", "İstanbul", 40.8747, 29.2353),
    ("Üsküdar", "İstanbul", 41.0233, 29.0151),
    ("Fatih", "İstanbul", 41.0186, 28.9394),
    ("Şişli", "İstanbul", 41.0602, 28.9877),
    ("Beyoğlu", "İstanbul", 41.0370, 28.9770),
    ("Bakırköy", "İstanbul", 40.9819, 28.8772),
    ("Sarıyer", "İstanbul", 41.1669, 29.0572),
    ("Beykoz", "İstanbul", 41.1342, 29.0922),
    ("Tuzla", "İstanbul", 40.8161, 29.3033),
    ("Silivri", "İstanbul", 41.0739, 28.2464),
    ("Şile", "İstanbul", 41.1758, 29.6133),
    ("Çatalca", "İstanbul", 41.1436, 28.4611),
    ("Çankaya", "Ankara", 39.9179, 32.8627),
    ("Keçiören", "Ankara", 39.9784, 32.8670),
    ("Polatlı", "Ankara", 39.5772, 32.1411),
    ("Bornova", "İzmir", 38.4698, 27.2211),
    ("Karşıyaka", "İzmir", 38.4594, 27.1153),
    ("Çeşme", "İzmir", 38.3228, 26.3064),
    ("Bergama", "İzmir", 39.1208, 27.1800),
    ("Ödemiş", "İzmir", 38.2278, 27.9696),
    ("Alanya", "Antalya", 36.5438, 31.9998),
    ("Manavgat", "Antalya", 36.7867, 31.4431),
    ("Kaş", "Antalya", 36.2018, 29.6377),
    ("Bodrum", "Muğla", 37.0344, 27.4305),
    ("Fethiye", "Muğla", 36.6217, 29.1164),
    ("Marmaris", "Muğla", 36.8550, 28.2742),
    ("Datça", "Muğla", 36.7269, 27.6861),
    ("Kuşadası", "Aydın", 37.8579, 27.2610),
    ("Nazilli", "Aydın", 37.9129, 28.3206),
    ("Tarsus", "Mersin", 36.9165, 34.8951),
    ("İskenderun", "Hatay", 36.5872, 36.1735),
    ("Gebze", "Kocaeli", 40.8028, 29.4307),
    ("İnegöl", "Bursa", 40.0781, 29.5133),
    ("Gemlik", "Bursa", 40.4311, 29.1561),
    ("Lüleburgaz", "Kırklareli", 41.4056, 27.3569),
    ("Çorlu", "Tekirdağ", 41.1592, 27.8000),
    ("Bandırma", "Balıkesir", 40.3522, 27.9767),
    ("Edremit", "Balıkesir", 39.5961, 27.0244),
    ("Ayvalık", "Balıkesir", 39.3190, 26.6954),
    ("Safranbolu", "Karabük", 41.2508, 32.6942),
    ("Ereğli", "Zonguldak", 41.2833, 31.4167),
    ("Ünye", "Ordu", 41.1271, 37.2882),
    ("Fatsa", "Ordu", 41.0310, 37.5000),
    ("Akçaabat", "Trabzon", 41.0214, 39.5715),
    ("Doğubayazıt", "Ağrı", 39.5472, 44.0833),
    ("Cizre", "Şırnak", 37.3302, 42.1848),
    ("Siverek", "Şanlıurfa", 37.7550, 39.3167),
    ("Elbistan", "Kahramanmaraş", 38.2058, 37.1983),
    ("Akşehir", "Konya", 38.3575, 31.4164),
    ("Tatvan", "Bitlis", 38.5010, 42.2811),
]


@pytest.mark.parametrize(("name", "province", "latitude", "longitude"), DISTRICTS)
def test_district_lies_where_it_is(
    name: str, province: str, latitude: float, longitude: float
) -> None:
    (entry,) = [
        place
        for place in bundled_places().named(name)
        if place.kind == "district" and place.province == province
    ]

    assert distance_m(entry.point, Point(latitude, longitude)) < 3000


def test_kadikoy_is_the_district_and_no_village() -> None:
    (entry, *others) = bundled_places().named("Kadıköy")

    assert (entry.kind, entry.province) == ("district", "İstanbul")
    assert [place for place in others if place.province == "İstanbul"] == []


def test_all_provinces_and_districts_are_there() -> None:
    places = bundled_places().places
    districts = [place for place in places if place.kind == "district"]

    assert len([place for place in places if place.kind == "province"]) == 81
    assert len(districts) == 973
    assert len({place.province for place in districts}) == 81
    assert len([place for place in districts if place.province == "İstanbul"]) == 39
    assert len([place for place in districts if place.province == "Ankara"]) == 25
    assert len([place for place in districts if place.province == "İzmir"]) == 30


def test_every_place_is_named_once_in_its_district() -> None:
    places = bundled_places().places

    assert len({(key(place.parent), key(place.name)) for place in places}) == len(places)


def test_every_place_lies_in_turkey_and_near_what_it_belongs_to() -> None:
    places = bundled_places().places
    districts = {(p.province, p.name): p for p in places if p.kind == "district"}
    provinces = {p.name: p for p in places if p.kind == "province"}
    far = {}
    for place in places:
        outer = districts.get((place.province, place.parent), provinces[place.province])
        metres = distance_m(place.point, outer.point)
        if metres > (200_000 if outer.kind == "province" else 60_000):
            far[place.name] = metres

    assert far == {}
    assert all(35.8 < place.point.latitude < 42.2 for place in places)
    assert all(25.6 < place.point.longitude < 44.9 for place in places)


def test_quarters_of_istanbul_lie_near_their_district() -> None:
    places = bundled_places().places
    districts = {p.name: p for p in places if p.kind == "district" and p.province == "İstanbul"}
    far = {
        place.name: metres
        for place in places
        if place.province == "İstanbul" and place.parent in districts and not place.is_rough
        and place.kind in ("neighbourhood", "landmark")
        and (metres := distance_m(place.point, districts[place.parent].point)) > 22_000
    }  # fmt: skip

    assert set(far) <= {"Ağva"}


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("princes islands", "Adalar"),
        ("the asian side", ""),
        ("asian side", "Anadolu Yakası"),
        ("Bosphorus Bridge", "15 Temmuz Şehitler Köprüsü"),
        ("old city", "Tarihi Yarımada"),
        ("grand bazaar", "Kapalıçarşı"),
        ("golden horn", "Haliç"),
        ("blue mosque", "Sultanahmet Camii"),
        ("uskudar pier", "Üsküdar İskelesi"),
        ("taksim sq", "Taksim Meydanı"),
        ("caddebostan plajı", "Caddebostan Sahili"),
        ("boğaziçi üni", "Boğaziçi Üniversitesi"),
        ("bağdat cad", "Bağdat Caddesi"),
        ("METU", "ODTÜ"),
        ("maiden's tower", "Kız Kulesi"),
        ("bşk", "Başakşehir"),
    ],
)
def test_place_is_known_by_its_other_names(name: str, place: str) -> None:
    found = bundled_places().named(name)

    assert (found[0].name if found else "") == place


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("besiktsa", "Beşiktaş"), ("mecidyekoy", "Mecidiyeköy"), ("ümraniyye", "Ümraniye"),
        ("zeytnburnu", "Zeytinburnu"), ("kdky", "Kadıköy"), ("bskts", "Beşiktaş"),
        ("uskdr", "Üsküdar"), ("tksm", "Taksim"), ("atshr", "Ataşehir"), ("gztp", "Göztepe"),
        ("samsung", ""), ("taksit", ""), ("massage", ""), ("altında", ""), ("günlük", ""),
        ("moden", ""), ("kedi", ""),
    ],
)  # fmt: skip
def test_slips_and_bare_consonants_are_recognised(typed: str, place: str) -> None:
    found = bundled_places().resembling(key(typed))

    assert (found.spellings[0].entry.name if found else "") == place


def test_name_of_several_cities_has_choices() -> None:
    named = bundled_places().named

    assert {one.province for one in choices(named("Yenişehir"))} >= {"Bursa", "Mersin"}
    assert [one.province for one in choices(named("Bahçelievler"))][:2] == ["İstanbul", "Ankara"]
    assert len(choices(named("Merkez"))) > 40
    assert [one.name for one in choices(named("Moda"))] == ["Moda"]


def test_home_decides_between_cities() -> None:
    named, lexicon = bundled_places().named, bundled()
    ankara = Point(39.92, 32.85)

    assert [one.province for one in choices(named("Bahçelievler"), ankara)] == ["Ankara"]
    assert [one.province for one in choices(named("Moda"), ankara)] == ["İstanbul"]
    there = lexicon.at_home(ankara).place("Ulus")
    assert there is not None
    assert there.province == "Ankara"
    assert lexicon.home is None


def test_place_lies_in_its_district_and_province() -> None:
    def place(name: str) -> PlaceEntry:
        return bundled_places().named(name)[0]

    assert place("Moda").lies_in(place("Kadıköy"))
    assert place("Moda").lies_in(place("İstanbul"))
    assert not place("Moda").lies_in(place("Üsküdar"))
    assert not place("Kadıköy").lies_in(place("Moda"))


def test_empty_gazetteer_finds_nothing() -> None:
    assert Gazetteer().at(["moda"]) is None
    assert Gazetteer().resembling("kadikyo") is None
    assert Gazetteer().named("Moda") == ()


def test_edits_count_swapped_neighbours_once() -> None:
    assert (edits("besitkas", "besiktas", 1), edits("moda", "soba", 1), edits("a", "abc", 1)) == (
        1, None, None,
    )  # fmt: skip

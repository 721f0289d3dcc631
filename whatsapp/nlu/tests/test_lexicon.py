from __future__ import annotations

import doctest
import importlib

import pytest

from iceshop.kernel.geo import distance_m
from whatsapp.nlu.lexicon import Lexicon, ProductEntry, bundled, key


def test_bundled_names_are_unique_and_inside_turkey() -> None:
    places = bundled().places

    assert len({key(place.name) for place in places}) == len(places)
    assert all(35.8 < place.point.latitude < 42.2 for place in places)
    assert all(25.6 < place.point.longitude < 44.9 for place in places)


def test_all_districts_of_istanbul_and_all_provinces_are_there() -> None:
    places = bundled().places

    assert sum(p.kind == "district" and p.parent == "İstanbul" for p in places) == 39
    assert sum(p.kind == "province" for p in places) == 81


def test_neighbourhoods_lie_near_their_district() -> None:
    lexicon = bundled()
    far = {
        place.name: distance
        for place in lexicon.places
        if place.kind == "neighbourhood" and (parent := lexicon.place(place.parent)) is not None
        and parent.kind == "district"
        and (distance := distance_m(place.point, parent.point)) > 15_000
    }  # fmt: skip

    assert far == {}


def test_lookup_knows_both_languages_and_no_letters() -> None:
    lexicon = bundled()

    assert lexicon.product("KRUVASAN") == lexicon.product("croissant")
    assert lexicon.place("nisantasi") == lexicon.place("NİŞANTAŞI")
    assert lexicon.product("Кahve") is None


def test_added_product_goes_before_a_bundled_one() -> None:
    own = ProductEntry("Kahve", "Our coffee")

    assert bundled().with_products([own]).product("kahve") is own


def test_empty_lexicon_finds_nothing() -> None:
    assert Lexicon((), ()).product_at(["kahve"]) is None


@pytest.mark.parametrize("name", ["endings", "clock", "numbers", "scan", "language"])
def test_examples_in_docstrings_hold(name: str) -> None:
    failed, tried = doctest.testmod(importlib.import_module(f"whatsapp.nlu.{name}"))

    assert tried > 0
    assert failed == 0

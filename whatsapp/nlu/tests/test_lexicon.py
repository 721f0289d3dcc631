from __future__ import annotations

import doctest
import importlib

import pytest

from whatsapp.nlu.gazetteer import Gazetteer
from whatsapp.nlu.lexicon import Lexicon, ProductEntry, bundled, key


def test_lookup_knows_both_languages_and_no_letters() -> None:
    lexicon = bundled()

    assert lexicon.product("KRUVASAN") == lexicon.product("croissant")
    assert lexicon.place("nisantasi") == lexicon.place("NİŞANTAŞI")
    assert lexicon.product("Кahve") is None


def test_added_product_goes_before_a_bundled_one() -> None:
    own = ProductEntry("Kahve", "Our coffee")

    assert bundled().with_products([own]).product("kahve") is own


def test_empty_lexicon_finds_nothing() -> None:
    assert Lexicon((), Gazetteer()).product_at(["kahve"]) is None


@pytest.mark.parametrize("name", ["endings", "gazetteer", "clock", "numbers", "scan", "language"])
def test_examples_in_docstrings_hold(name: str) -> None:
    failed, tried = doctest.testmod(importlib.import_module(f"whatsapp.nlu.{name}"))

    assert tried > 0
    assert failed == 0


def test_goods_have_names_of_their_own_and_kinds_that_exist() -> None:
    products = bundled().products
    names = {entry.name_en for entry in products}

    assert len(products) >= 1200
    assert len({key(name).replace(" ", "-") for name in names}) == len(products)
    assert {entry.kind for entry in products} - {""} <= names


@pytest.mark.parametrize(
    ("product", "kind"),
    [
        ("Türk kahvesi", "coffee"), ("iced latte", "latte"), ("mercimek çorbası", "soup"),
        ("doğum günü pastası", "cake"), ("sneakers", "shoes"), ("levrek", "fish"),
        ("kahve", ""), ("kahve makinesi", ""), ("coffee beans", ""), ("hot dog", ""),
    ],
)  # fmt: skip
def test_kind_is_the_wider_product(product: str, kind: str) -> None:
    entry = bundled().product(product)

    assert entry is not None
    assert entry.kind == kind


@pytest.mark.parametrize(
    ("typed", "language", "near"),
    [
        ("sünnet pastası", "tr", "cake"),
        ("volcano pizza", "en", "pizza"),
        ("lahmcun", "tr", "lahmacun"),
    ],
)
def test_products_near_an_unknown_name(typed: str, language: str, near: str) -> None:
    assert near in [entry.name_en for entry in bundled().products_near(typed, language)]


def test_nothing_is_near_a_name_of_nothing() -> None:
    assert bundled().products_near("didgeridoo", "en") == ()

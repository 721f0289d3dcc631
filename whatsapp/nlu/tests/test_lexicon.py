from __future__ import annotations

import doctest
import importlib

import pytest

from whatsapp.nlu.gazetteer import Gazetteer
from whatsapp.nlu.lexicon import Lexicon, ProductEntry, bundled


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

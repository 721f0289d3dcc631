"""The roster: whom a till may admit, without a number of anybody, signed for every browser."""

from __future__ import annotations

import json
from base64 import b64decode
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from pytest_django import DjangoAssertNumQueries

from accounts.identity.models import PersonIdentifier
from iceshop.kernel.text import fold
from windows.flash.tests.deeds import release
from windows.passes.domain import mac_of, rotating_code
from windows.passes.queries import qr_text
from windows.passes.words import words_of
from windows.tests.stories import (
    NOON,
    Shop,
    buyer,
    minutes,
    new_shop,
    new_window,
    pass_of,
    show_pass,
    take_seat,
)
from windows.tills.queries import roster
from windows.tills.signing import _private_key, public_key, signature

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Shop:
    return new_shop()


def shape(shop: Shop, *, after: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(roster(shop.store_id, now=NOON + minutes(after)).text())
    return found


def verify(text: str, signed: str) -> None:
    """As a browser does: by the raw point and the two halves of the signature."""
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), b64decode(public_key()))
    halves = b64decode(signed)
    pair = (int.from_bytes(halves[:32], "big"), int.from_bytes(halves[32:], "big"))
    point.verify(encode_dss_signature(*pair), text.encode(), ec.ECDSA(SHA256()))


def test_roster_holds_codes_short_names_and_prices_and_no_numbers(shop: Shop) -> None:
    person = buyer("Büşra Nur Çağlayan", party_size=2)
    window = new_window(shop, person)
    code = pass_of(take_seat(window, person.person_id)).code
    new_window(new_shop(name="Bahariye"), buyer("Gizli Kişi"))

    found = shape(shop)

    assert found["passes"] == [
        {
            "window": str(window.id),
            "code": code,
            "words": [_folded(code, "tr"), _folded(code, "en")],
            "name": "Büşra Ç.",
            "people": 2,
            "people_in": 0,
            "price_minor": 11_800,
        }
    ]
    assert [one["id"] for one in found["windows"]] == [str(window.id)]
    text = json.dumps(found)
    numbers = PersonIdentifier.objects.values_list("value", flat=True)
    assert numbers
    assert not [number for number in numbers if number in text]


def _folded(code: str, language: str) -> str:
    return fold(words_of(code, language))


def test_secret_of_the_roster_proves_the_codes_of_its_window(shop: Shop) -> None:
    person = buyer()
    window = new_window(shop, person)
    code = pass_of(take_seat(window, person.person_id)).code
    read = rotating_code(qr_text(code=code, window_id=window.id, now=NOON))
    assert read is not None
    (known,) = shape(shop)["windows"]

    secret = bytes.fromhex(known["secrets"][read.key_id])

    assert mac_of(secret, code, read.step) == read.mac


def test_roster_follows_what_happens(shop: Shop) -> None:
    people = buyer("Elif Kaya"), buyer("Mert Ak")
    window = new_window(shop, *people, starts_in=10)
    first, second = (take_seat(window, person.person_id) for person in people)
    show_pass(shop, first, now=NOON + minutes(11))
    release(second)

    (left,) = shape(shop, after=11)["passes"]
    assert (left["name"], left["people_in"]) == ("Elif K.", 1)
    assert shape(shop, after=30)["passes"] == []


def test_signature_holds_for_the_text_and_no_other(shop: Shop) -> None:
    text = roster(shop.store_id, now=NOON).text()
    signed = signature(text)

    verify(text, signed)
    with pytest.raises(InvalidSignature):
        verify(text.replace("2025", "2026"), signed)


def test_key_is_the_same_after_a_restart_and_another_for_another_secret(settings: Any) -> None:
    """F43: a release in the middle of a window leaves the rosters of its tills valid."""
    before = public_key()
    _private_key.cache_clear()
    assert public_key() == before
    settings.SECRET_KEY = "another-secret"
    assert public_key() != before


@pytest.mark.parametrize("people", [1, 3])
def test_roster_takes_five_queries(
    shop: Shop, people: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    guests = [buyer(f"Kişi {number}") for number in range(people)]
    window = new_window(shop, *guests)
    for guest in guests:
        take_seat(window, guest.person_id)

    with django_assert_num_queries(5):
        assert len(roster(shop.store_id, now=NOON).passes) == people

"""The city before its first day: shops on the product, people with phones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from random import Random
from uuid import UUID

from django.contrib.auth import get_user_model
from django.test import Client

from accounts.credentials.domain import StaffRole
from accounts.credentials.services import create_staff_user
from accounts.orgs import services as orgs
from accounts.orgs.domain import MemberRole
from commerce.places.queries import stores_of
from iceshop.infra.db import run_operation
from iceshop.kernel.actors import SYSTEM
from whatsapp.city.demo import open_shop
from whatsapp.city.people.buyer import Buyer
from whatsapp.city.people.person import Person
from whatsapp.city.people.seller import Seller
from whatsapp.city.sellers import city_shops
from whatsapp.city.shops import DemoShop
from whatsapp.conversation.reference import load_reference
from whatsapp.simulator.services import add_person

_FIRST_PHONE = 905_556_000_000
_FIRST_FOREIGN_PHONE = 447_700_910_000
# Most people think of the shops around one place; so many of them.
_KNOWN_SHOPS = 7
_NAMES = {
    "tr": (
        *("Elif", "Mert", "Okan", "Zeynep", "Can", "Ece", "Kaan", "Defne", "Emre", "İrem"),
        *("Barış", "Melis", "Onur", "Seda", "Yusuf", "Aslı", "Tuna", "Buse", "Arda", "Yağmur"),
    ),
    "en": ("Jane", "Tom", "Amy", "Ben", "Kate", "Liam", "Nora", "Sam", "Olga", "Paul"),
}
_PASSWORD = "only-in-a-played-city"


@dataclass(frozen=True)
class Town:
    """People by address, sellers' tills by store name, store ids by store name."""

    people: dict[str, Person]
    tills: dict[str, Client]
    stores: dict[str, UUID]


def build(*, buyers: int, sellers: int, seed: int, now: datetime) -> Town:
    """Load kinds and places, open the shops, and hand out phones."""
    load_reference(now=now)
    shops = city_shops(sellers, seed)
    people: dict[str, Person] = {}
    tills: dict[str, Client] = {}
    stores: dict[str, UUID] = {}
    for number, shop in enumerate(shops):
        organisation_id = open_shop(shop, now=now)
        name = shop.plan.name
        stores[name] = stores_of([organisation_id])[0].id
        tills[name] = _till(f"till-{number}", organisation_id, now)
        chance = Random(f"{seed}:seller:{number}")  # noqa: S311 - a played city has no secrets
        people[shop.phone] = Seller(
            shop=shop,
            language="en" if chance.random() < 0.15 else "tr",
            chance=chance,
            is_quick=number % 3 == 0,
        )
    for number in range(buyers):
        buyer = _buyer(number, shops, seed)
        people[buyer.address] = buyer
        _give_phone(buyer, now)
    return Town(people, tills, stores)


def _till(username: str, organisation_id: UUID, now: datetime) -> Client:
    """A logged-in browser of the shop's staff."""
    staff = create_staff_user(username=username, password=_PASSWORD, role=StaffRole.SELLER, now=now)
    run_operation(
        orgs.add_member,
        organisation_id=organisation_id,
        role=MemberRole.MANAGER,
        staff_user_id=staff.id,
        by=SYSTEM,
        now=now,
    )
    till = Client(raise_request_exception=False)
    till.force_login(get_user_model().objects.get(pk=staff.id))
    return till


def _buyer(number: int, shops: tuple[DemoShop, ...], seed: int) -> Buyer:
    chance = Random(f"{seed}:buyer:{number}")  # noqa: S311 - as above
    language = "en" if chance.random() < 0.25 else "tr"
    home = chance.choice(shops).plan.point
    near = sorted(
        shops,
        key=lambda shop: (
            (shop.plan.point.latitude - home.latitude) ** 2
            + (shop.plan.point.longitude - home.longitude) ** 2
        ),
    )
    return Buyer(
        address=_address(number, language, chance),
        name=f"{chance.choice(_NAMES[language])} {number + 1}",
        language=language,
        chance=chance,
        shops=tuple(near[:_KNOWN_SHOPS]),
    )


def _address(number: int, language: str, chance: Random) -> str:
    """A phone number; a user id where somebody hides it behind a name."""
    if chance.random() < 0.06:
        return f"TR.{number + 1:020d}"
    first = _FIRST_FOREIGN_PHONE if language == "en" else _FIRST_PHONE
    return str(first + number)


def _give_phone(buyer: Buyer, now: datetime) -> None:
    if buyer.address.isdigit():
        add_person(
            phone=buyer.address, name=buyer.name, role="buyer", language=buyer.language, now=now
        )

"""The shop's page: who may open and change one, what it takes, what it refuses."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.test import Client

from accounts.credentials.models import StaffUser
from accounts.credentials.tests.factories import StaffUserFactory
from accounts.orgs.models import Membership, SellerOrganisation
from accounts.orgs.tests.factories import MembershipFactory
from commerce.places.domain import PlaceKind
from commerce.places.models import Store
from commerce.places.queries import store_card
from commerce.places.services import put_neighbourhood
from commerce.places.tests.factories import StoreFactory, StoreHoursFactory
from iceshop.infra.db import run_operation
from iceshop.kernel.geo import Point

pytestmark = pytest.mark.django_db
ADD = "/board/shops/add"


@pytest.fixture(autouse=True)
def caferaga() -> None:
    run_operation(
        put_neighbourhood,
        key="caferaga",
        name="Caferağa",
        kind=PlaceKind.NEIGHBOURHOOD,
        point=Point(40.985, 29.026),
    )


@pytest.fixture
def house() -> Client:
    return browser(StaffUserFactory.create(is_staff=True))


def browser(user: StaffUser, language: str = "tr") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(user)
    return client


def member(store: Store, role: str) -> StaffUser:
    user = MembershipFactory.create(organisation=store.organisation, role=role).staff_user
    assert isinstance(user, StaffUser)
    return user


def sent(**change: str) -> dict[str, str]:
    return {
        "form_key": str(uuid4()),
        "seller": "new",
        "seller_name": "Moda Fırıncılık",
        "name": "Moda Fırını",
        "tile": "bakery",
        "address": "Moda Cd. 12",
        "neighbourhood": "caferaga",
        "point": "40.9868, 29.0258",
        "timezone": "Europe/Istanbul",
        "currency": "try",
        "people_per_five_minutes": "8",
        "max_parallel_windows": "1",
        "window_minutes": "20",
        "lead_minutes": "30",
        "day_1": "09:00-13:00, 14:00-19:30",
        "day_5": "18-02",
        "day_6": "24 saat",
        "day_7": "kapalı",
    } | change


def test_house_opens_a_shop_of_a_new_seller_once(house: Client) -> None:
    data = sent(owner_phone="+90 532 418 07 60")
    for _ in range(2):
        response = house.post(ADD, data)
        assert response.status_code == 302
    store = store_card(UUID(data["form_key"]))
    assert response.headers["Location"] == f"/board/products/add/{store.id}"
    assert (store.name, store.neighbourhood, store.currency) == ("Moda Fırını", "Caferağa", "TRY")
    assert (store.point.latitude, store.point.longitude) == (40.9868, 29.0258)
    assert store.hours.weekly == (
        (1, 540, 780),
        (1, 840, 1170),
        (5, 1080, 1560),
        (6, 0, 1440),
    )
    seller = SellerOrganisation.objects.get()
    assert (seller.name, seller.state) == ("Moda Fırıncılık", "verified")
    owner = Membership.objects.get()
    assert (owner.role, owner.person is not None, owner.staff_user) == ("owner", True, None)


def test_new_account_gets_a_password_that_is_shown_once(house: Client) -> None:
    data = sent(owner_username="firinci", owner_phone="905324180760")
    response = house.post(ADD, data)
    password = response.context["log_in"].password
    assert (response.status_code, response.headers["Cache-Control"]) == (200, "no-store")
    assert password in response.content.decode()
    assert Client().login(username="firinci", password=password)
    owner = Membership.objects.get()
    assert (owner.staff_user is not None, owner.person is not None) == (True, True)
    again = house.post(ADD, data)
    assert (again.status_code, password in again.content.decode()) == (302, False)


def test_without_a_pin_the_neighbourhood_says_where(house: Client) -> None:
    data = sent(point="")
    house.post(ADD, data)
    point = store_card(UUID(data["form_key"])).point
    assert (point.latitude, point.longitude) == (40.985, 29.026)


def test_owner_opens_a_second_shop_of_the_same_seller_only() -> None:
    first = StoreFactory.create()
    owner = browser(member(first, "owner"))
    data = sent(seller=str(first.organisation_id), owner_username="intruder")
    assert owner.get(ADD).status_code == 200
    assert owner.post(ADD, data).status_code == 302
    assert store_card(UUID(data["form_key"])).organisation_id == first.organisation_id
    assert not StaffUser.objects.filter(username="intruder").exists()
    for seller in ("new", str(StoreFactory.create().organisation_id)):
        assert owner.post(ADD, sent(seller=seller)).status_code == 422
    assert Store.objects.count() == 3


@pytest.mark.parametrize("role", ["staff", ""])
def test_who_decides_for_no_seller_opens_nothing(role: str) -> None:
    store = StoreFactory.create()
    client = browser(member(store, role) if role else StaffUserFactory.create())
    assert client.get(ADD).status_code == 403
    assert client.post(ADD, sent()).status_code == 403
    assert Store.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"seller_name": ""}, "seller_name"),
        ({"neighbourhood": "Nirgendwo", "point": ""}, "neighbourhood"),
        ({"point": "Moda"}, "point"),
        ({"point": "97.1, 29.0"}, "point"),
        ({"timezone": "Europe/Kadikoy"}, "timezone"),
        ({"currency": "12!"}, "currency"),
        ({"day_2": "from nine"}, "day_2"),
        ({"day_2": "09:75-10:00"}, "day_2"),
        ({"day_2": "25-26"}, "day_2"),
        ({"people_per_five_minutes": "0"}, "people_per_five_minutes"),
        ({"owner_phone": "none"}, "owner_phone"),
    ],
)
def test_refused_field_is_marked_and_nothing_is_written(
    house: Client, change: dict[str, str], field: str
) -> None:
    response = house.post(ADD, sent(**change))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert f'id="{field}-error"' in response.content.decode()
    assert "Moda Cd. 12" in response.content.decode()
    assert (Store.objects.count(), SellerOrganisation.objects.count()) == (0, 0)


def test_taken_user_name_is_said_at_its_field(house: Client) -> None:
    StaffUserFactory.create(username="selin")
    response = house.post(ADD, sent(owner_username="selin"))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["owner_username"]
    assert SellerOrganisation.objects.count() == 0


def test_page_shows_a_shop_as_it_stands_and_saves_all_of_it() -> None:
    store = StoreFactory.create(external_id="partner-7", max_parallel_windows=3)
    StoreHoursFactory.create(store=store, weekday=5, opens_minute=1080, closes_minute=1560)
    StoreHoursFactory.create(store=store, weekday=6, opens_minute=0, closes_minute=1440)
    owner, url = browser(member(store, "manager")), f"/board/shops/{store.pk}"
    before = store_card(store.pk)
    form = owner.get(url).context["form"]
    shown = {name: str(value) for name, value in form.initial.items()}
    assert (shown["day_5"], shown["day_6"]) == ("18:00-02:00", "00:00-24:00")
    assert owner.post(url, shown).status_code == 302
    assert store_card(store.pk) == before
    assert owner.post(url, shown | {"name": "Yeni Fırın", "day_5": ""}).status_code == 302
    after = store_card(store.pk)
    assert (after.name, after.hours.weekly, after.external_id) == (
        "Yeni Fırın",
        ((6, 0, 1440),),
        "partner-7",
    )


def test_shop_is_paused_and_takes_part_again() -> None:
    store = StoreFactory.create()
    owner = browser(member(store, "owner"))
    for is_active, state in (("0", "paused"), ("1", "active")):
        owner.post(f"/board/shops/{store.pk}/switch", {"is_active": is_active})
        assert store_card(store.pk).state == state


@pytest.mark.parametrize(("role", "status"), [("staff", 403), ("other", 404)])
def test_shop_opens_only_for_those_who_decide(role: str, status: int) -> None:
    store = StoreFactory.create()
    other = StoreFactory.create()
    client = browser(member(other, "owner") if role == "other" else member(store, role))
    url = f"/board/shops/{store.pk}"
    assert client.get(url).status_code == status
    assert client.post(url, sent()).status_code == status
    assert client.post(f"{url}/switch", {"is_active": "0"}).status_code == status
    assert store_card(store.pk).state == "active"


def test_list_of_shops_leads_to_a_new_one(house: Client) -> None:
    assert ADD in house.get("/board/").content.decode()
    staff = browser(member(StoreFactory.create(), "staff"))
    assert ADD not in staff.get("/board/", follow=True).content.decode()

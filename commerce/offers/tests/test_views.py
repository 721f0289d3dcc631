from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts.credentials.models import StaffUser
from accounts.credentials.tests.factories import StaffUserFactory
from accounts.identity.tests.factories import NOON
from accounts.orgs.tests.factories import MembershipFactory
from commerce.catalog.models import Offering, Product
from commerce.catalog.services import put_concept
from commerce.catalog.tests.factories import OfferingFactory
from commerce.offers.queries import offer_card
from commerce.places.models import Store
from commerce.places.tests.factories import StoreFactory
from commerce.pricing.domain import TermsPlan, Tier
from commerce.pricing.models import PriceRecord
from commerce.pricing.services import set_deal
from commerce.stock.services import receive, reserve
from iceshop.infra import clock
from iceshop.infra.db import run_operation
from iceshop.kernel.actors import SYSTEM
from iceshop.kernel.money import Money

pytestmark = pytest.mark.django_db


@pytest.fixture
def store() -> Store:
    run_operation(put_concept, name_tr="kruvasan", name_en="croissant", category="bakery")
    return StoreFactory.create(name="Moda Fırını")


@pytest.fixture
def offering(store: Store) -> UUID:
    row = OfferingFactory.create(store=store, product__folded="tereyagli kruvasan")
    run_operation(
        set_deal,
        offering_id=row.pk,
        price=Money(8_000, "TRY"),
        terms=TermsPlan(min_people=3, unit_cost_minor=3_400, floor_price_minor=5_500),
        tiers=[Tier.percent(5, 1_500)],
        by=SYSTEM,
        now=clock.system_now() - timedelta(days=40),
    )
    receive(offering_id=row.pk, quantity=40, by=SYSTEM, source_key=f"r{row.pk}", now=clock.now())
    return row.pk


def member(store: Store, role: str = "owner") -> StaffUser:
    user = MembershipFactory.create(organisation=store.organisation, role=role).staff_user
    assert isinstance(user, StaffUser)
    return user


def browser(user: StaffUser | None, language: str = "tr") -> Client:
    client = Client(headers={"accept-language": language})
    if user is not None:
        client.force_login(user)
    return client


def sent(**change: str) -> dict[str, str]:
    return {
        "form_key": str(uuid4()),
        "name_tr": "Tereyağlı kruvasan",
        "name_en": "Butter croissant",
        "price": "80",
        "on_hand": "40",
        "floor_price": "55",
        "unit_cost": "34",
        "min_people": "3",
        "max_people": "20",
        "lead_minutes": "",
        "window_minutes": "",
        "is_active": "1",
        "step-TOTAL_FORMS": "2",
        "step-INITIAL_FORMS": "0",
        "step-0-people": "5",
        "step-0-kind": "percent",
        "step-0-value": "15",
        "step-1-people": "",
        "step-1-kind": "percent",
    } | change


def test_alice_sees_her_products_with_figures(store: Store, offering: UUID) -> None:
    response = browser(member(store)).get("/board/products")
    text = response.content.decode()
    assert response.status_code == 200
    for part in ("Moda Fırını", "Tereyağlı kruvasan", "80\u00a0₺", "%15", "55\u00a0₺", "açık"):
        assert part in text
    assert reverse("products:edit", args=[offering]) in text
    assert reverse("products:add", args=[store.pk]) in text


def test_list_speaks_english(store: Store, offering: UUID) -> None:
    text = browser(member(store), "en").get("/board/products").content.decode()
    for part in ("Butter croissant", "₺80", "15%", "lowest price", "open"):
        assert part in text


def test_bob_of_the_staff_sees_the_list_without_its_buttons(store: Store, offering: UUID) -> None:
    bob = browser(member(store, "staff"))
    text = bob.get("/board/products").content.decode()
    assert "Tereyağlı kruvasan" in text
    assert reverse("products:edit", args=[offering]) not in text
    assert reverse("products:add", args=[store.pk]) not in text


@pytest.mark.parametrize(
    ("who", "status"), [("staff", 403), ("other", 404), ("owner", 200), ("house", 200)]
)
def test_pages_open_for_those_who_decide(
    store: Store, offering: UUID, who: str, status: int
) -> None:
    users = {
        "staff": lambda: member(store, "staff"),
        "other": lambda: member(StoreFactory.create()),
        "owner": lambda: member(store),
        "house": lambda: StaffUserFactory.create(is_staff=True),
    }
    client = browser(users[who]())
    pages = (
        reverse("products:edit", args=[offering]),
        reverse("products:add", args=[store.pk]),
    )
    assert [client.get(url).status_code for url in pages] == [status] * 2
    before = offer_card(offering)
    saved = {200: 302}.get(status, status)
    data = sent(name_tr="Simit")
    assert client.post(pages[0], data).status_code == saved
    assert (offer_card(offering) == before) is (status != 200)


def test_charlie_of_another_store_sees_only_his_own(store: Store, offering: UUID) -> None:
    other = StoreFactory.create(name="Pizzacı Sabri")
    text = browser(member(other)).get("/board/products").content.decode()
    assert "Pizzacı Sabri" in text
    assert "Tereyağlı kruvasan" not in text
    assert "Henüz ürün yok" in text


def test_account_without_a_shop_is_told_who_can_help() -> None:
    text = browser(StaffUserFactory.create()).get("/board/products").content.decode()
    assert "Henüz dükkânınız yok" in text


def test_anonymous_is_sent_to_log_in(store: Store, offering: UUID) -> None:
    anonymous = browser(None)
    for url in ("/board/products", reverse("products:edit", args=[offering])):
        response = anonymous.get(url)
        assert (response.status_code, response.headers["Location"]) == (
            302,
            f"/accounts/log-in?next={url}",
        )
    switch = reverse("products:switch", args=[offering])
    assert anonymous.post(switch, {"is_active": "0"}).status_code == 302
    assert offer_card(offering).offering.is_active


def test_product_is_added_once_for_one_page(store: Store) -> None:
    client, url = browser(member(store)), reverse("products:add", args=[store.pk])
    data = sent()
    for _ in range(2):
        response = client.post(url, data)
        assert (response.status_code, response.headers["Location"]) == (302, "/board/products")
    offer = offer_card(Offering.objects.get().pk)
    assert offer.offering.concept_key == "croissant"
    assert (offer.terms.price_minor, offer.stock.on_hand) == (8_000, 40)
    assert offer.terms.unit_price_minor(5) == 6_800


def test_product_is_changed_in_all_its_parts(store: Store, offering: UUID) -> None:
    data = sent(
        name_tr="Kruvasan",
        price="70,50",
        on_hand="12",
        floor_price="50",
        answers_by_rule="on",
        lead_minutes="5",
        **{"step-0-kind": "fixed", "step-0-value": "60"},
    )
    del data["is_active"]
    response = browser(member(store)).post(reverse("products:edit", args=[offering]), data)
    assert response.status_code == 302
    offer = offer_card(offering)
    assert (offer.offering.name("tr"), offer.offering.is_active) == ("Kruvasan", False)
    assert (offer.terms.price_minor, offer.terms.unit_price_minor(5)) == (7_050, 6_000)
    assert (offer.terms.plan.lead_minutes, offer.terms.plan.answers_by_rule) == (5, True)
    assert offer.stock.on_hand == 12


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name_tr": ""}, "Bu alan zorunlu."),
        ({"price": "abc"}, "Tutar okunamadı. Örnek: 118 ya da 118,50"),
        ({"price": "0"}, "Fiyat sıfırdan büyük olmalı."),
        ({"floor_price": "90"}, "Taban fiyat, liste fiyatından yüksek olamaz."),
        ({"max_people": "2"}, "En az kişi sayısı 1 ya da fazla"),
        ({"step-0-value": "40"}, "5 kişilik basamak taban fiyatın altına iniyor."),
        ({"step-0-people": "21"}, "21 kişilik basamak, en çok kişi sayısını aşıyor."),
        ({"step-0-kind": "words"}, "Bu indirim basamağı eksik ya da geçersiz."),
        ({"on_hand": "9"}, "10 adet söz verildi; stok bunun altına inemez."),
    ],
)
def test_refused_page_says_why_keeps_what_was_typed_and_writes_nothing(
    store: Store, offering: UUID, change: dict[str, str], sentence: str
) -> None:
    run_operation(reserve, offering_id=offering, quantity=10, source_key="w", now=clock.now())
    before = offer_card(offering)
    response = browser(member(store)).post(
        reverse("products:edit", args=[offering]), sent(name_en="Fresh croissant", **change)
    )
    text = response.content.decode()
    assert response.status_code == 422
    assert sentence in text
    assert 'value="Fresh croissant"' in text
    assert offer_card(offering) == before


def test_restricted_goods_are_explained_at_entry(store: Store) -> None:
    run_operation(put_concept, name_tr="rakı", name_en="raki", is_restricted=True)
    response = browser(member(store)).post(
        reverse("products:add", args=[store.pk]), sent(name_tr="Rakı")
    )
    assert response.status_code == 422
    assert "burada satılamaz" in response.content.decode()
    assert not Product.objects.exists()


def test_product_that_the_store_has_is_not_added_again(store: Store, offering: UUID) -> None:
    response = browser(member(store)).post(
        reverse("products:add", args=[store.pk]), sent(name_tr="Tereyağlı Kruvasan")
    )
    assert response.status_code == 422
    assert "Bu ürün bu dükkânda zaten var." in response.content.decode()


def test_page_tells_whether_a_percentage_may_be_shown(store: Store, offering: UUID) -> None:
    client, url = browser(member(store)), reverse("products:edit", args=[offering])
    assert "son 30 günün en düşük fiyatı olan 80\u00a0₺" in client.get(url).content.decode()
    young = OfferingFactory.create(store=store)
    url = reverse("products:edit", args=[young.pk])
    assert "30 günlük geçmişi olana dek" in client.get(url).content.decode()


def test_product_is_paused_and_resumed(store: Store, offering: UUID) -> None:
    client, url = browser(member(store)), reverse("products:switch", args=[offering])
    states = []
    for value in ("0", "0", "1"):
        assert client.post(url, {"is_active": value}).status_code == 302
        states.append(offer_card(offering).offering.is_active)
    assert states == [False, False, True]


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_the_same_queries_for_any_number(
    store: Store, count: int, django_assert_num_queries: Any
) -> None:
    OfferingFactory.create_batch(count, store=store)
    client = browser(member(store))
    # A fixed clock: the shared one asks the database now and then.
    with clock.use(lambda: NOON), django_assert_num_queries(11):
        assert client.get("/board/products").status_code == 200


def test_new_price_is_kept_in_the_history(store: Store, offering: UUID) -> None:
    client = browser(member(store))
    client.post(reverse("products:edit", args=[offering]), sent(price="75"))
    prices = PriceRecord.objects.order_by("valid_from").values_list("price_minor", "source")
    assert list(prices) == [(8_000, "system"), (7_500, "staff")]

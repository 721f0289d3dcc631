"""Who may see and do what: owner, staff, somebody of another shop, nobody, the house."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from windows.board.tests.conftest import LogIn
from windows.flash.queries import WindowCard, window_card
from windows.negotiation.queries import AskCard, ask_card
from windows.tests.stories import NOON, Shop, buyer, new_ask, new_shop, new_window

pytestmark = pytest.mark.django_db

PAGES = ("today", "offers", "results", "check_in")
WINDOW_PAGES = ("window", "cancel")
WINDOW_DEEDS = ("pause", "resume", "stock", "cancel")
ASK_DEEDS = ("accept", "counter", "refuse")


@pytest.fixture
def window(shop: Shop) -> WindowCard:
    return new_window(shop, buyer())


@pytest.fixture
def ask(shop: Shop) -> AskCard:
    return new_ask(shop, buyer("Mert Kaya"), buyer("Elif Yılmaz"), starts_in=240)


def pages(shop: Shop, window: WindowCard, ask: AskCard) -> list[str]:
    return [
        *(reverse(f"board:{name}", args=[shop.store_id]) for name in PAGES),
        *(reverse(f"board:{name}", args=[shop.store_id, window.id]) for name in WINDOW_PAGES),
        reverse("board:offer", args=[shop.store_id, ask.id]),
    ]


def deeds(shop: Shop, window: WindowCard, ask: AskCard) -> list[str]:
    return [
        *(reverse(f"board:{name}", args=[shop.store_id, window.id]) for name in WINDOW_DEEDS),
        *(reverse(f"board:{name}", args=[shop.store_id, ask.id]) for name in ASK_DEEDS),
        reverse("board:check_in", args=[shop.store_id]),
    ]


def is_untouched(window: WindowCard, ask: AskCard) -> bool:
    return window_card(window.id, now=NOON) == window and ask_card(ask.id, now=NOON) == ask


def test_owner_sees_every_page(owner: Client, shop: Shop, window: WindowCard, ask: AskCard) -> None:
    assert [owner.get(address).status_code for address in pages(shop, window, ask)] == [200] * 7


def test_operator_sees_every_page(
    log_in: LogIn, shop: Shop, window: WindowCard, ask: AskCard
) -> None:
    house = log_in(is_house=True)
    assert [house.get(address).status_code for address in pages(shop, window, ask)] == [200] * 7


def test_staff_see_everything_but_what_binds_the_shop(
    staff: Client, shop: Shop, window: WindowCard, ask: AskCard
) -> None:
    statuses = {address: staff.get(address).status_code for address in pages(shop, window, ask)}
    cancel = reverse("board:cancel", args=[shop.store_id, window.id])
    assert statuses.pop(cancel) == 403
    assert set(statuses.values()) == {200}


def test_another_shop_is_answered_like_one_that_does_not_exist(
    stranger: Client, shop: Shop, window: WindowCard, ask: AskCard
) -> None:
    gets = [stranger.get(address).status_code for address in pages(shop, window, ask)]
    posts = [stranger.post(address).status_code for address in deeds(shop, window, ask)]
    assert gets == [404] * 7
    assert posts == [404] * 8
    assert is_untouched(window, ask)


def test_nobody_is_led_to_the_log_in_and_back(
    client: Client, shop: Shop, window: WindowCard, ask: AskCard
) -> None:
    log_in = reverse("accounts:log_in")
    for address in pages(shop, window, ask):
        assert client.get(address).headers["Location"] == f"{log_in}?next={address}"
    for address in deeds(shop, window, ask):
        location = client.post(address).headers["Location"]
        assert location == f"{log_in}?next={reverse('board:stores')}"
    assert is_untouched(window, ask)


def test_a_part_that_lost_its_session_takes_the_whole_page_to_the_log_in(
    client: Client, shop: Shop
) -> None:
    address = reverse("board:today", args=[shop.store_id])
    response = client.get(
        address, headers={"HX-Request": "true", "HX-Current-URL": f"http://testserver{address}"}
    )
    assert response.status_code == 200
    assert response.headers["HX-Redirect"] == f"{reverse('accounts:log_in')}?next={address}"


def test_staff_cannot_answer_offers_or_cancel(
    staff: Client, shop: Shop, window: WindowCard, ask: AskCard
) -> None:
    addresses = [
        *(reverse(f"board:{name}", args=[shop.store_id, ask.id]) for name in ASK_DEEDS),
        reverse("board:cancel", args=[shop.store_id, window.id]),
    ]
    statuses = [
        staff.post(address, {"price": "119", "reason": "x"}).status_code for address in addresses
    ]
    assert statuses == [403] * 4
    assert is_untouched(window, ask)


def test_staff_do_not_see_costs(staff: Client, owner: Client, shop: Shop, ask: AskCard) -> None:
    address = reverse("board:offer", args=[shop.store_id, ask.id])
    cost_words = "Stays per piece"
    assert cost_words in owner.get(address).content.decode()
    assert cost_words not in staff.get(address).content.decode()


def test_what_is_not_of_the_store_in_the_address_does_not_exist(
    log_in: LogIn, shop: Shop, window: WindowCard, ask: AskCard
) -> None:
    other = new_shop(name="Komşu", concept="tea")
    browser = log_in(other)
    gets = [
        reverse("board:window", args=[other.store_id, window.id]),
        reverse("board:cancel", args=[other.store_id, window.id]),
        reverse("board:offer", args=[other.store_id, ask.id]),
    ]
    assert [browser.get(address).status_code for address in gets] == [404] * 3
    posts = deeds(
        Shop(other.organisation_id, other.store_id, other.offering_id, other.seller_id), window, ask
    )[:-1]
    assert [browser.post(a, {"left": 1, "reason": "x"}).status_code for a in posts] == [404] * 7
    assert is_untouched(window, ask)


def test_who_has_one_shop_lands_on_it(owner: Client, shop: Shop) -> None:
    response = owner.get(reverse("board:stores"))
    assert response.headers["Location"] == reverse("board:today", args=[shop.store_id])


def test_the_house_chooses_among_all_shops(log_in: LogIn, shop: Shop) -> None:
    other = new_shop(name="Komşu", concept="tea")
    text = log_in(is_house=True).get(reverse("board:stores")).content.decode()
    for store_id in (shop.store_id, other.store_id):
        assert f'href="{reverse("board:today", args=[store_id])}"' in text


def test_an_account_without_a_shop_is_told_who_can_help(log_in: LogIn) -> None:
    text = log_in().get(reverse("board:stores")).content.decode()
    assert "No shop belongs to this account yet" in text

"""What operators do in the admin goes through the services."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from accounts.credentials.domain import StaffRole
from accounts.credentials.models import StaffUser
from accounts.credentials.services import create_staff_user
from iceshop.infra import clock
from windows.flash.models import Window, WindowEvent
from windows.negotiation.models import Ask, AskEvent
from windows.passes.models import Pass
from windows.tests.stories import NOON, buyer, new_ask, new_shop, new_window, take_seat

pytestmark = pytest.mark.django_db
WINDOWS = "/admin/windows/window/"
ASKS = "/admin/windows/ask/"


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with clock.use(lambda: NOON):
        yield


@pytest.fixture
def operator() -> Client:
    create_staff_user(
        username="nur", password="kestane-şekeri-7", role=StaffRole.OPERATOR, now=NOON
    )
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(StaffUser.objects.get(username="nur"))
    return client


def act(client: Client, address: str, action: str, *rows: Any, reason: str = "") -> str:
    """Use an action on rows; what the page says afterwards."""
    sent = {"action": action, "_selected_action": [str(row.id) for row in rows], "reason": reason}
    response = client.post(address, sent, follow=True)
    assert response.status_code == 200
    return " ".join(str(message) for message in response.context["messages"])


def test_window_is_cancelled_with_a_reason(operator: Client) -> None:
    person = buyer()
    window = new_window(new_shop(), person)
    seat = take_seat(window, person.person_id)

    said = act(operator, WINDOWS, "cancel", window, reason="The oven broke")

    assert said == "Done: 1."
    row = Window.objects.get(pk=window.id)
    assert (row.state, row.cancel_reason) == ("cancelled", "The oven broke")
    assert row.seats.get(pk=seat.id).state == "released"
    event = WindowEvent.objects.get(window=row, move="cancel")
    user = StaffUser.objects.get(username="nur")
    assert (event.actor_kind, event.actor_key) == ("staff", str(user.pk))


def test_window_is_not_cancelled_without_a_reason(operator: Client) -> None:
    window = new_window(new_shop(), buyer())

    said = act(operator, WINDOWS, "cancel", window)

    assert said == "Write the reason first."
    assert Window.objects.get().state == "scheduled"


def test_refusal_of_a_service_is_told_and_the_others_go_on(operator: Client) -> None:
    over = new_window(new_shop(), buyer(), starts_in=-60, length=20)
    live = new_window(new_shop(), buyer())

    said = act(operator, WINDOWS, "cancel", over, live, reason="Storm")

    assert f"{over.id}: " in said
    assert said.endswith("Done: 1.")
    assert Window.objects.get(pk=over.id).state == "scheduled"
    assert Window.objects.get(pk=live.id).state == "cancelled"


def test_joins_are_paused_and_resumed(operator: Client) -> None:
    window = new_window(new_shop(), buyer())

    act(operator, WINDOWS, "pause_joins", window)
    assert Window.objects.get().joins_paused
    act(operator, WINDOWS, "resume_joins", window)
    assert not Window.objects.get().joins_paused


def test_ask_is_refused_for_the_seller(operator: Client) -> None:
    ask = new_ask(new_shop(), buyer(), buyer())

    act(operator, ASKS, "refuse", ask)

    assert Ask.objects.get().state == "refused"
    assert AskEvent.objects.get(move="refuse").actor_kind == "staff"


def test_page_of_a_window_offers_no_field_to_edit(operator: Client) -> None:
    window = new_window(new_shop(), buyer())
    address = f"{WINDOWS}{window.id}/change/"

    page = operator.get(address)
    operator.post(address, {"state": "cancelled", "price_minor": "1"})

    assert b'name="state"' not in page.content
    row = Window.objects.get()
    assert (row.state, row.price_minor) == ("scheduled", window.price_minor)


def test_code_of_a_pass_is_hidden_from_operators(operator: Client, admin_client: Client) -> None:
    person = buyer()
    window = new_window(new_shop(), person)
    take_seat(window, person.person_id)
    row = Pass.objects.get()
    address = f"/admin/windows/pass/{row.id}/change/"

    assert row.code.encode() not in operator.get(address).content
    assert row.code.encode() in admin_client.get(address).content


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("name", ["window", "seat", "invite", "ask", "notice", "decisionrecord"])
def test_list_takes_the_same_queries_however_long_it_is(
    admin_client: Client, name: str, count: int, django_assert_max_num_queries: Any
) -> None:
    for n in range(count):
        people = buyer(), buyer()
        window = new_window(new_shop(), *people, starts_in=30 + n)
        take_seat(window, people[0].person_id)
        new_ask(new_shop(), *people)

    with django_assert_max_num_queries(16):
        assert admin_client.get(f"/admin/windows/{name}/").status_code == 200

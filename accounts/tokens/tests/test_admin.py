from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from accounts.credentials.models import StaffUser
from accounts.credentials.services import create_staff_user
from accounts.credentials.tests.factories import PASSWORD, StaffUserFactory
from accounts.identity.tests.factories import NOON, PersonFactory, PersonIdentifierFactory
from accounts.orgs.models import Membership, SellerOrganisation
from accounts.orgs.tests.factories import MembershipFactory, SellerOrganisationFactory
from accounts.tokens.models import ApiToken
from accounts.tokens.services import issue_token

pytestmark = pytest.mark.django_db

TABLES = list(apps.get_app_config("accounts").get_models())


@pytest.fixture
def administrator() -> Client:
    client = Client()
    client.force_login(StaffUserFactory.create(is_staff=True, is_superuser=True))
    return client


def operator() -> Client:
    card = create_staff_user(username="op", password=PASSWORD, role="operator", now=NOON)
    client = Client()
    client.force_login(StaffUser.objects.get(pk=card.id))
    return client


def act(client: Client, table: str, action: str, row: Model) -> Any:
    return client.post(
        reverse(f"admin:accounts_{table}_changelist"),
        {"action": action, "_selected_action": str(row.pk)},
    )


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.__name__)
def test_every_table_is_listed_searched_and_never_added_to(
    administrator: Client, table: type[Model]
) -> None:
    PersonIdentifierFactory.create()
    MembershipFactory.create(person=PersonFactory.create())
    issue_token(name="kiosk", scopes=["buyer:write"], now=NOON)
    name = table.__name__.lower()
    url = reverse(f"admin:accounts_{name}_changelist")
    assert administrator.get(url).status_code == 200
    assert administrator.get(url, {"q": "x"}).status_code == 200
    assert administrator.get(reverse(f"admin:accounts_{name}_add")).status_code == 403
    assert admin.site._registry[table].list_filter


def test_pages_show_no_digest_of_a_password_or_token(administrator: Client) -> None:
    user = StaffUserFactory.create()
    issue_token(name="kiosk", scopes=["buyer:write"], now=NOON)
    token = ApiToken.objects.get()
    page = administrator.get(reverse("admin:accounts_staffuser_change", args=[user.pk]))
    assert user.password not in page.content.decode()
    page = administrator.get(reverse("admin:accounts_apitoken_change", args=[token.pk]))
    assert token.digest not in page.content.decode()
    assert token.prefix in page.content.decode()


@pytest.mark.parametrize(("action", "state"), [("verify", "verified"), ("suspend", "suspended")])
def test_state_of_a_seller_changes_by_action(
    administrator: Client, action: str, state: str
) -> None:
    row = SellerOrganisationFactory.create(state="pending")
    act(administrator, "sellerorganisation", action, row)
    row.refresh_from_db()
    assert row.state == state


def test_name_of_a_seller_is_corrected_but_not_its_state(administrator: Client) -> None:
    row = SellerOrganisationFactory.create(state="pending")
    url = reverse("admin:accounts_sellerorganisation_change", args=[row.pk])
    response = administrator.post(url, {"name": "Yeni ad", "state": "verified"})
    assert response.status_code == 302
    assert list(SellerOrganisation.objects.values_list("name", "state")) == [("Yeni ad", "pending")]


def test_operator_ends_a_membership_but_touches_no_account_or_token() -> None:
    client = operator()
    membership = MembershipFactory.create()
    act(client, "membership", "end", membership)
    assert not Membership.objects.get().is_active
    issue_token(name="kiosk", scopes=["buyer:write"], now=NOON)
    token, user = ApiToken.objects.get(), StaffUserFactory.create()
    act(client, "apitoken", "revoke", token)
    act(client, "staffuser", "close", user)
    token.refresh_from_db()
    user.refresh_from_db()
    assert (token.revoked_at, user.is_active) == (None, True)


def test_administrator_revokes_a_token_and_closes_an_account_but_not_the_own(
    administrator: Client,
) -> None:
    issue_token(name="kiosk", scopes=["buyer:write"], now=NOON)
    token, user = ApiToken.objects.get(), StaffUserFactory.create()
    own = StaffUser.objects.get(is_superuser=True)
    act(administrator, "apitoken", "revoke", token)
    act(administrator, "staffuser", "close", user)
    act(administrator, "staffuser", "close", own)
    for row in (token, user, own):
        row.refresh_from_db()
    assert token.revoked_at is not None
    assert (user.is_active, own.is_active) == (False, True)
    act(administrator, "staffuser", "open", user)
    user.refresh_from_db()
    assert user.is_active

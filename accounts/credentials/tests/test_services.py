from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import authenticate
from django.db import connection

from accounts.credentials import services
from accounts.credentials.domain import StaffRole
from accounts.credentials.models import FailedLogin, StaffUser
from accounts.credentials.queries import StaffCard, staff_card
from accounts.credentials.tests.factories import PASSWORD, StaffUserFactory
from iceshop.infra.audit.models import AuditFact
from iceshop.kernel.actors import SYSTEM
from iceshop.kernel.errors import Conflict, Invalid, LimitReached, NotFound

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def create(username: str = "selin", role: str = "seller", password: str = PASSWORD) -> StaffCard:
    return services.create_staff_user(username=username, password=password, role=role, now=NOON)


@pytest.mark.parametrize(
    ("role", "is_staff", "is_superuser"),
    [("admin", True, True), ("operator", True, False), ("seller", False, False)],
)
def test_account_has_the_rights_of_its_role(role: str, is_staff: bool, is_superuser: bool) -> None:
    card = create(role=role)
    user = StaffUser.objects.get(pk=card.id)
    assert (user.is_staff, user.is_superuser) == (is_staff, is_superuser)
    assert card == StaffCard(card.id, "selin", StaffRole(role))
    assert authenticate(username="selin", password=PASSWORD) == user
    assert list(AuditFact.objects.values_list("action", "object_key")) == [
        ("staff.created", str(card.id))
    ]


def test_operator_sees_everything_and_uses_actions_but_not_on_accounts_and_keys() -> None:
    user = StaffUser.objects.get(pk=create(role="operator").id)
    allowed = ("accounts.view_person", "commerce.change_store", "accounts.view_staffuser")
    refused = ("accounts.change_staffuser", "accounts.change_apitoken", "commerce.delete_store")
    assert [user.has_perm(name) for name in allowed] == [True] * 3
    assert [user.has_perm(name) for name in refused] == [False] * 3


def test_taken_username_is_refused() -> None:
    create()
    with pytest.raises(Conflict, match=r"staff\.username_taken"):
        create()


@pytest.mark.parametrize(
    ("username", "password", "code"),
    [
        ("selin", "12345678", "staff.password_weak"),
        ("selin", "kisa", "staff.password_weak"),
        ("  ", PASSWORD, "staff.username_missing"),
    ],
)
def test_unfit_account_is_refused(username: str, password: str, code: str) -> None:
    with pytest.raises(Invalid, match=code):
        create(username=username, password=password)
    assert not StaffUser.objects.exists()


def test_closed_account_cannot_log_in_until_it_is_opened() -> None:
    card = create()
    services.set_staff_active(user_id=card.id, is_active=False, by=SYSTEM, now=NOON)
    assert authenticate(username="selin", password=PASSWORD) is None
    services.set_staff_active(user_id=card.id, is_active=True, by=SYSTEM, now=NOON)
    assert authenticate(username="selin", password=PASSWORD) is not None


def test_unknown_account_is_not_found() -> None:
    with pytest.raises(NotFound, match=r"staff\.unknown"):
        staff_card(0)


def attempt(now: datetime = NOON, username: str = "Selin", address: str = "10.0.0.1") -> None:
    services.begin_login(username=username, address=address, now=now)


def test_eleventh_try_in_ten_minutes_is_refused_for_this_name_and_address_only() -> None:
    for second in range(10):
        attempt(NOON + timedelta(seconds=second))
    with pytest.raises(LimitReached) as caught:
        attempt(NOON + timedelta(seconds=60), username="SELİN")
    assert caught.value.retry_after_seconds == 540
    attempt(address="10.0.0.2")
    attempt(username="can")


def test_tries_older_than_ten_minutes_do_not_count_and_are_deleted() -> None:
    for _ in range(10):
        attempt()
    attempt(NOON + timedelta(minutes=10))
    assert FailedLogin.objects.count() == 1


def test_right_password_forgets_the_tries() -> None:
    for _ in range(10):
        attempt()
    services.finish_login(username="selin", address="10.0.0.1")
    attempt()
    assert FailedLogin.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_parallel_tries_get_no_more_than_ten() -> None:
    barrier, results = threading.Barrier(16), []

    def guess() -> None:
        try:
            barrier.wait(10)
            attempt()
            results.append(True)
        except LimitReached:
            results.append(False)
        finally:
            connection.close()

    threads = [threading.Thread(target=guess) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [False] * 6 + [True] * 10


def test_staff_user_of_the_house_sees_all_stores() -> None:
    assert StaffUserFactory.create(is_staff=True).sees_all_stores
    assert not StaffUserFactory.create().sees_all_stores
    assert not StaffUserFactory.create(is_staff=True, is_active=False).sees_all_stores

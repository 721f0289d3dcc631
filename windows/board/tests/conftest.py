"""People at the board: owner, staff with fewer rights, somebody of another shop, an operator."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import count
from uuid import UUID

import pytest
from django.test import Client

from accounts.credentials.domain import StaffRole
from accounts.credentials.models import StaffUser
from accounts.credentials.services import create_staff_user
from accounts.orgs import services as orgs
from accounts.orgs.domain import MemberRole
from iceshop.infra import clock
from iceshop.infra.db import run_operation
from iceshop.kernel.actors import SYSTEM
from windows.tests.stories import NOON, Shop, new_shop

_numbers = count(1)
PASSWORD = "kiraz-ağacı-42"

SetClock = Callable[[datetime], None]
LogIn = Callable[..., Client]


@pytest.fixture(autouse=True)
def at() -> Iterator[SetClock]:
    """Set the product's clock; it begins at NOON and stands still."""
    moment = {"now": NOON}

    def set_clock(now: datetime) -> None:
        moment["now"] = now

    with clock.use(lambda: moment["now"]):
        yield set_clock


@pytest.fixture
def shop() -> Shop:
    return new_shop(stock_units=500)


@pytest.fixture
def log_in() -> LogIn:
    """A browser of a new account: a member of a shop, or one of the house."""

    def make(
        shop: Shop | None = None, *, role: MemberRole = MemberRole.OWNER, is_house: bool = False
    ) -> Client:
        user = _account(StaffRole.OPERATOR if is_house else StaffRole.SELLER)
        if shop is not None:
            _join(shop.organisation_id, user, role)
        browser = Client()
        browser.cookies["django_language"] = "en"
        browser.force_login(StaffUser.objects.get(pk=user))
        return browser

    return make


@pytest.fixture
def owner(shop: Shop, log_in: LogIn) -> Client:
    return log_in(shop)


@pytest.fixture
def staff(shop: Shop, log_in: LogIn) -> Client:
    return log_in(shop, role=MemberRole.STAFF)


@pytest.fixture
def stranger(log_in: LogIn) -> Client:
    return log_in(new_shop(name="Yeldeğirmeni Kahvecisi", concept="tea"))


def _account(role: StaffRole) -> int:
    return create_staff_user(
        username=f"seller-{next(_numbers)}", password=PASSWORD, role=role, now=NOON
    ).id


def _join(organisation_id: UUID, user_id: int, role: MemberRole) -> None:
    run_operation(
        orgs.add_member,
        organisation_id=organisation_id,
        role=role,
        staff_user_id=user_id,
        by=SYSTEM,
        now=NOON,
    )

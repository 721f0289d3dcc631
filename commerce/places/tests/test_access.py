from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.credentials.tests.factories import StaffUserFactory
from accounts.orgs.tests.factories import MembershipFactory
from commerce.places.access import access_store, access_store_terms, stores_for
from commerce.places.models import Store
from commerce.places.tests.factories import StoreFactory
from iceshop.kernel.errors import NotAllowed, NotFound

pytestmark = pytest.mark.django_db


def owner_of(store: Store, role: str = "owner", **more: Any) -> Any:
    return MembershipFactory.create(organisation=store.organisation, role=role, **more).staff_user


@pytest.mark.parametrize("role", ["owner", "manager"])
def test_alice_decides_in_her_store(role: str) -> None:
    store = StoreFactory.create()
    alice = owner_of(store, role)
    assert access_store(alice, store.pk).id == store.pk
    assert access_store_terms(alice, store.pk).id == store.pk
    assert [card.id for card in stores_for(alice)] == [store.pk]


def test_bob_serves_but_does_not_decide() -> None:
    store = StoreFactory.create()
    bob = owner_of(store, "staff")
    assert access_store(bob, store.pk).id == store.pk
    with pytest.raises(NotAllowed, match=r"store\.not_decider"):
        access_store_terms(bob, store.pk)


def test_charlie_of_another_store_finds_nothing() -> None:
    store, other = StoreFactory.create(), StoreFactory.create()
    charlie = owner_of(other)
    for access in (access_store, access_store_terms):
        with pytest.raises(NotFound, match=r"store\.unknown"):
            access(charlie, store.pk)
    assert [card.id for card in stores_for(charlie)] == [other.pk]


def test_anonymous_finds_nothing() -> None:
    store = StoreFactory.create()
    with pytest.raises(NotFound, match=r"store\.unknown"):
        access_store(AnonymousUser(), store.pk)
    assert stores_for(AnonymousUser()) == ()


def test_ended_membership_and_closed_account_find_nothing() -> None:
    store = StoreFactory.create()
    former = owner_of(store, is_active=False)
    closed = owner_of(store, staff_user__is_active=False)
    for user in (former, closed):
        with pytest.raises(NotFound, match=r"store\.unknown"):
            access_store(user, store.pk)


@pytest.mark.parametrize("right", ["is_staff", "is_superuser"])
def test_house_sees_and_decides_everywhere(right: str) -> None:
    stores = StoreFactory.create_batch(2)
    user = StaffUserFactory.create(**{right: True})
    assert access_store_terms(user, stores[0].pk).id == stores[0].pk
    assert len(stores_for(user)) == 2


def test_unknown_store_is_not_found_even_by_the_house() -> None:
    with pytest.raises(NotFound, match=r"store\.unknown"):
        access_store(StaffUserFactory.create(is_superuser=True), UUID(int=1))

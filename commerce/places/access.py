"""Which stores a logged-in account may see and change.

A foreign store is answered like one that does not exist, so that nobody learns of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.contrib.auth.models import AbstractUser, AnonymousUser

from accounts.orgs.queries import (
    MemberCard,
    OrganisationCard,
    all_organisations,
    organisations_of_user,
)
from commerce.places.queries import StoreCard, all_stores, store_card, stores_of
from iceshop.kernel.errors import NotAllowed, NotFound

Visitor = AbstractUser | AnonymousUser


def stores_for(user: Visitor) -> tuple[StoreCard, ...]:
    """Stores that the account may see, by name; all for the house's own people."""
    if _is_house(user):
        return all_stores()
    return stores_of(membership.organisation.id for membership in _memberships(user))


def access_store(user: Visitor, store_id: UUID) -> StoreCard:
    """The store, for those who work there and for the house. Raises: NotFound("store.unknown")."""
    card = store_card(store_id)
    if _is_house(user) or _membership(user, card) is not None:
        return card
    raise NotFound("store.unknown")


def access_store_terms(user: Visitor, store_id: UUID) -> StoreCard:
    """The store, for those who may change its products, prices and terms.

    Raises: NotFound("store.unknown"), NotAllowed("store.not_decider") for staff who only serve.
    """
    card = access_store(user, store_id)
    if not may_decide(user, card):
        raise NotAllowed("store.not_decider")
    return card


def may_decide(user: Visitor, store: StoreCard) -> bool:
    """Whether the account may change the store's products, prices and terms. One query."""
    return store.id in decided_by(user, [store])


def decided_by(user: Visitor, stores: Iterable[StoreCard]) -> frozenset[UUID]:
    """Those of ``stores`` that the account may change. One query."""
    if _is_house(user):
        return frozenset(store.id for store in stores)
    deciding = {
        membership.organisation.id for membership in _memberships(user) if membership.decides
    }
    return frozenset(store.id for store in stores if store.organisation_id in deciding)


def may_add_sellers(user: Visitor) -> bool:
    """Whether the account may open a shop for somebody who is no seller yet."""
    return _is_house(user)


def may_open_store(user: Visitor) -> bool:
    """Whether the account may open a shop at all. One query."""
    return may_add_sellers(user) or bool(sellers_decided_by(user))


def sellers_decided_by(user: Visitor) -> tuple[OrganisationCard, ...]:
    """Sellers for which the account may open a shop, by name; all for the house. One query."""
    if _is_house(user):
        return all_organisations()
    return tuple(membership.organisation for membership in _memberships(user) if membership.decides)


def _is_house(user: Visitor) -> bool:
    return user.is_active and (user.is_staff or user.is_superuser)


def _memberships(user: Visitor) -> tuple[MemberCard, ...]:
    if not user.is_active or user.pk is None:
        return ()
    return organisations_of_user(user.pk)


def _membership(user: Visitor, store: StoreCard) -> MemberCard | None:
    return next(
        (
            membership
            for membership in _memberships(user)
            if membership.organisation.id == store.organisation_id
        ),
        None,
    )

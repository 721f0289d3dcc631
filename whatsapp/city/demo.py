"""Loading the demo city through the services that shops use."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from accounts.credentials.domain import StaffRole
from accounts.credentials.queries import staff_by_username
from accounts.credentials.services import create_staff_user, set_password
from accounts.identity import services as identity
from accounts.orgs import services as orgs
from accounts.orgs.domain import MemberRole, OrganisationState
from accounts.orgs.queries import organisation_by_external_id, role_of_person, role_of_user
from accounts.tokens.domain import Scope
from accounts.tokens.services import issue_token
from commerce.catalog import services as catalog
from commerce.catalog.queries import concept_for
from commerce.places import queries as place_queries
from commerce.places import services as places
from commerce.pricing import queries as pricing_queries
from commerce.pricing import services as pricing
from commerce.stock import services as stock
from iceshop.infra.audit import queries as audit_queries
from iceshop.infra.audit import services as audit
from iceshop.infra.db import run_operation
from iceshop.kernel.actors import SYSTEM
from whatsapp.city.shops import DemoProduct, DemoShop, buyers, shops
from whatsapp.conversation.reference import load_reference
from whatsapp.simulator.services import add_person

_LOADED = "demo.loaded"
# Shops that have a log-in of their own from the start.
_WITH_LOG_IN = ("moda-kahve", "yeldegirmeni-firin", "bahariye-pizza")


@dataclass(frozen=True, slots=True)
class LogIn:
    """A log-in made at random on the first run."""

    role: str
    username: str
    password: str
    store: str


@dataclass(frozen=True, slots=True)
class Keys:
    """What the person who started the demo needs to get in."""

    api_token: str
    log_ins: tuple[LogIn, ...]


def is_loaded() -> bool:
    """Whether loading came to its end once, or somebody runs shops of their own here."""
    return audit_queries.has_fact(action=_LOADED) or bool(
        [store for store in place_queries.all_stores() if store.external_id not in _demo_keys()]
    )


def mark_loaded(*, now: datetime) -> None:
    """Note that the demo is complete and its log-ins are written down."""
    run_operation(
        audit.record, by=SYSTEM, action=_LOADED, object_kind="demo", object_key="city", now=now
    )


def _demo_keys() -> frozenset[str]:
    return frozenset(shop.key for shop in shops())


def load(*, now: datetime) -> Keys:
    """Load reference data, shops, people with phones, log-ins and an API token.

    Repeatable: what a load that was cut off left behind is completed, with new passwords.
    """
    load_reference(now=now)
    log_ins = [_log_in(StaffRole.ADMIN, "admin", now), _log_in(StaffRole.OPERATOR, "operator", now)]
    for shop in shops():
        organisation_id = open_shop(shop, now=now)
        if shop.key in _WITH_LOG_IN:
            log_in = _log_in(StaffRole.SELLER, shop.key, now, store=shop.plan.name)
            run_operation(_join_staff, log_in.username, organisation_id, now)
            log_ins.append(log_in)
    for buyer in buyers():
        add_person(
            phone=buyer.phone, name=buyer.name, role="buyer", language=buyer.language, now=now
        )
    token = issue_token(name="demo", scopes=[scope.value for scope in Scope], now=now)
    return Keys(token, tuple(log_ins))


def open_shop(shop: DemoShop, *, now: datetime) -> UUID:
    """Enter a shop and give its seller a phone; returns the organisation. Repeatable."""
    organisation_id = run_operation(_put_shop, shop, now)
    add_person(
        phone=shop.phone,
        name=shop.person,
        role="seller",
        language="tr",
        store=shop.plan.name,
        now=now,
    )
    return organisation_id


def _log_in(role: StaffRole, username: str, now: datetime, store: str = "") -> LogIn:
    password = secrets.token_urlsafe(12)
    known = staff_by_username(username)
    if known is None:
        create_staff_user(username=username, password=password, role=role, now=now)
    else:
        set_password(user_id=known.id, password=password, by=SYSTEM, now=now)
    return LogIn(role.value, username, password, store)


def _join_staff(username: str, organisation_id: UUID, now: datetime) -> None:
    staff = staff_by_username(username)
    if (
        staff is not None
        and role_of_user(user_id=staff.id, organisation_id=organisation_id) is None
    ):
        orgs.add_member(
            organisation_id=organisation_id,
            role=MemberRole.MANAGER,
            staff_user_id=staff.id,
            by=SYSTEM,
            now=now,
        )


def _put_shop(shop: DemoShop, now: datetime) -> UUID:
    """Enter one shop with what it sells; returns its organisation. Repeatable."""
    organisation = organisation_by_external_id(shop.key) or orgs.add_organisation(
        name=shop.plan.name,
        state=OrganisationState.VERIFIED,
        external_id=shop.key,
        by=SYSTEM,
        now=now,
    )
    person = identity.find_or_create_person(
        phone=shop.phone, user_id=None, display_name=shop.person, language="tr", now=now
    )
    if role_of_person(person_id=person.id, organisation_id=organisation.id) is None:
        orgs.add_member(
            organisation_id=organisation.id,
            role=MemberRole.OWNER,
            person_id=person.id,
            by=SYSTEM,
            now=now,
        )
    plan = replace(shop.plan, external_id=shop.key)
    store = places.put_store(organisation_id=organisation.id, plan=plan, now=now)
    places.set_hours(store_id=store.id, weekly=shop.weekly)
    for product in shop.products:
        _put_product(product, organisation.id, store.id, now)
    return organisation.id


def _put_product(
    product: DemoProduct, organisation_id: UUID, store_id: UUID, now: datetime
) -> None:
    concept = concept_for(product.kind)
    if concept is None:
        raise LookupError(f"the demo's kind {product.kind!r} is not in the reference tables")
    card = catalog.put_product(
        organisation_id=organisation_id,
        name_tr=product.name_tr,
        name_en=product.name_en,
        concept_key=concept.key,
        now=now,
    )
    offering = catalog.put_offering(store_id=store_id, product_id=card.id, is_active=True, now=now)
    if pricing_queries.price_history(offering.id, limit=1):
        return
    for days, price_minor in product.history:
        pricing.set_price(
            offering_id=offering.id,
            price_minor=price_minor,
            currency="TRY",
            by=SYSTEM,
            now=now - timedelta(days=days),
        )
    pricing.set_deal(
        offering_id=offering.id, terms=product.terms, tiers=product.tiers, by=SYSTEM, now=now
    )
    stock.set_on_hand(
        offering_id=offering.id,
        on_hand=product.stock,
        by=SYSTEM,
        source_key=f"demo:{offering.id}",
        now=now,
    )

"""Putting stores, hours and named places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from accounts.credentials import services as credentials
from accounts.credentials.domain import StaffRole
from accounts.identity import services as identity
from accounts.orgs import services as orgs
from accounts.orgs.domain import MemberRole, OrganisationState
from commerce.places.domain import (
    NAME_CAP,
    LogIn,
    PlaceKind,
    PlacePlan,
    StorePlan,
    StoreState,
    check_hours,
    check_place,
    check_store,
)
from commerce.places.models import Neighbourhood, NeighbourhoodAlias, Store, StoreHours
from commerce.places.queries import PlaceCard, StoreCard, place_card, store_card
from iceshop.infra.audit import services as audit
from iceshop.infra.db import operation, step
from iceshop.kernel.actors import Actor
from iceshop.kernel.errors import Conflict, Invalid, NotFound
from iceshop.kernel.geo import Point
from iceshop.kernel.text import clean

# Rows a statement; PostgreSQL takes at most 65,535 parameters.
_BATCH = 5000


@dataclass(frozen=True, slots=True)
class StoreOpened:
    """What stands after a store was opened; ``is_new`` on the first of equal calls."""

    store: StoreCard
    is_new: bool


@step
def put_store(
    *,
    organisation_id: UUID,
    plan: StorePlan,
    now: datetime,
    store_id: UUID | None = None,
) -> StoreCard:
    """Add a store, or change the one of ``store_id`` or else of the plan's external id.

    Raises: Invalid (see ``check_store``), NotFound("store.unknown"),
    Conflict("store.external_id_taken") when another seller's store has the external id.
    """
    check_store(plan)
    columns = _columns(plan)
    target = _existing(organisation_id, plan.external_id, store_id)
    if target is None:
        row = Store.objects.create(organisation_id=organisation_id, created_at=now, **columns)
        return store_card(row.pk)
    Store.objects.filter(pk=target).update(**columns)
    return store_card(target)


@step
def set_hours(*, store_id: UUID, weekly: Iterable[tuple[int, int, int]]) -> StoreCard:
    """Replace the opening hours by ``(isoweekday, open minute, close minute)`` entries.

    Raises: Invalid("store.hours"), NotFound("store.unknown").
    """
    wanted = tuple(sorted(set(weekly)))
    check_hours(wanted)
    if len({(weekday, opens) for weekday, opens, _ in wanted}) < len(wanted):
        raise Invalid("store.hours")
    if not Store.objects.select_for_update(no_key=True).filter(pk=store_id).exists():
        raise NotFound("store.unknown")
    StoreHours.objects.filter(store_id=store_id).delete()
    StoreHours.objects.bulk_create(
        StoreHours(store_id=store_id, weekday=weekday, opens_minute=opens, closes_minute=closes)
        for weekday, opens, closes in wanted
    )
    return store_card(store_id)


@operation
def open_store(
    *,
    store_id: UUID,
    seller: UUID | str,
    plan: StorePlan,
    weekly: Iterable[tuple[int, int, int]],
    owner_phone: str = "",
    owner_log_in: LogIn | None = None,
    by: Actor,
    now: datetime,
) -> StoreOpened:
    """Add a store with its hours, to a seller that exists (its id) or to a new one (its name).

    ``store_id`` is the new store's; the same again changes nothing. Whoever may call this vouches
    for a new seller: it counts as verified. The owner gets asks on ``owner_phone`` over WhatsApp,
    and the board with ``owner_log_in``; either may be missing.
    Raises: as ``check_store``, ``set_hours``, ``orgs.add_organisation``, ``orgs.add_member``,
    ``credentials.add_staff_user`` and ``identity.find_or_create_person``.
    """
    if Store.objects.filter(pk=store_id).exists():
        return StoreOpened(store_card(store_id), is_new=False)
    check_store(plan)
    organisation_id = seller if isinstance(seller, UUID) else _verified_seller(seller, by, now)
    _add_owner(organisation_id, owner_phone, owner_log_in, by, now)
    Store.objects.create(
        pk=store_id, organisation_id=organisation_id, created_at=now, **_columns(plan)
    )
    _record("store.opened", store_id, by, now)
    return StoreOpened(set_hours(store_id=store_id, weekly=weekly), is_new=True)


@operation
def change_store(
    *,
    store_id: UUID,
    plan: StorePlan,
    weekly: Iterable[tuple[int, int, int]],
    by: Actor,
    now: datetime,
) -> StoreCard:
    """Save everything that the shop's page says. Raises: as ``put_store`` and ``set_hours``."""
    organisation_id = store_card(store_id).organisation_id
    put_store(organisation_id=organisation_id, plan=plan, now=now, store_id=store_id)
    _record("store.changed", store_id, by, now)
    return set_hours(store_id=store_id, weekly=weekly)


@operation
def set_store_state(*, store_id: UUID, state: StoreState, by: Actor, now: datetime) -> None:
    """Pause a store or let it take part again. The same state again changes nothing."""
    if Store.objects.filter(pk=store_id).exclude(state=state).update(state=state):
        _record(f"store.{state.value}", store_id, by, now)


@step
def put_neighbourhood(
    *,
    key: str,
    name: str,
    kind: PlaceKind | str,
    point: Point,
    parent_key: str = "",
    aliases: Iterable[str] = (),
) -> PlaceCard:
    """Add or change a named place; its name is always one of its spellings.

    Raises: Invalid("place.kind"), Invalid("place.name_missing").
    """
    put_neighbourhoods(plans=(PlacePlan(key, name, kind, point, parent_key, tuple(aliases)),))
    return place_card(key)


@step
def put_neighbourhoods(*, plans: Iterable[PlacePlan]) -> int:
    """Add or change many named places; returns how many. A handful of queries for all of them.

    Raises: Invalid("place.kind"), Invalid("place.name_missing").
    """
    wanted = {plan.key: plan for plan in plans}
    for plan in wanted.values():
        check_place(plan)
    Neighbourhood.objects.bulk_create(
        [_place_row(plan) for plan in wanted.values()],
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["name", "kind", "parent_key", "latitude", "longitude"],
    )
    meant = {(plan.key, folded) for plan in wanted.values() for folded in plan.spellings}
    stored = NeighbourhoodAlias.objects.filter(neighbourhood_id__in=list(wanted))
    rows = {
        (key, text): row
        for row, key, text in stored.values_list("pk", "neighbourhood_id", "folded")
    }
    NeighbourhoodAlias.objects.filter(pk__in=[rows[one] for one in rows.keys() - meant]).delete()
    NeighbourhoodAlias.objects.bulk_create(
        [
            NeighbourhoodAlias(neighbourhood_id=key, folded=text)
            for key, text in sorted(meant - rows.keys())
        ],
        batch_size=_BATCH,
        ignore_conflicts=True,
    )
    return len(wanted)


def _place_row(plan: PlacePlan) -> Neighbourhood:
    return Neighbourhood(
        key=plan.key,
        name=plan.name,
        kind=PlaceKind(plan.kind),
        parent_key=plan.parent_key,
        latitude=plan.point.latitude,
        longitude=plan.point.longitude,
    )


def _verified_seller(name: str, by: Actor, now: datetime) -> UUID:
    return orgs.add_organisation(name=name, state=OrganisationState.VERIFIED, by=by, now=now).id


def _add_owner(
    organisation_id: UUID, phone: str, log_in: LogIn | None, by: Actor, now: datetime
) -> None:
    """The owner's phone and account, as one member."""
    person_id = user_id = None
    if phone:
        person = identity.find_or_create_person(
            phone=phone, user_id=None, display_name="", language="tr", now=now
        )
        person_id = person.id
    if log_in is not None:
        account = credentials.add_staff_user(
            username=log_in.username,
            password=log_in.password,
            role=StaffRole.SELLER,
            by=by,
            now=now,
        )
        user_id = account.id
    if person_id or user_id:
        orgs.add_member(
            organisation_id=organisation_id,
            role=MemberRole.OWNER,
            person_id=person_id,
            staff_user_id=user_id,
            by=by,
            now=now,
        )


def _record(action: str, store_id: UUID, by: Actor, now: datetime) -> None:
    audit.record(by=by, action=action, object_kind="store", object_key=store_id, now=now)


def _existing(organisation_id: UUID, external_id: str, store_id: UUID | None) -> UUID | None:
    rows = Store.objects.values_list("pk", "organisation_id")
    if store_id is not None:
        found = rows.filter(pk=store_id, organisation_id=organisation_id).first()
        if found is None:
            raise NotFound("store.unknown")
        return found[0]
    found = rows.filter(external_id=external_id).first() if external_id else None
    if found is not None and found[1] != organisation_id:
        raise Conflict("store.external_id_taken")
    return found[0] if found else None


def _columns(plan: StorePlan) -> dict[str, object]:
    return {
        "name": clean(plan.name, NAME_CAP),
        "address": clean(plan.address, 250),
        "neighbourhood": clean(plan.neighbourhood, 80),
        "latitude": plan.point.latitude,
        "longitude": plan.point.longitude,
        "timezone": plan.timezone,
        "currency": plan.currency,
        "people_per_five_minutes": plan.people_per_five_minutes,
        "max_parallel_windows": plan.max_parallel_windows,
        "window_minutes": plan.window_minutes,
        "lead_minutes": plan.lead_minutes,
        "external_id": plan.external_id,
        "tile": plan.tile.value,
    }

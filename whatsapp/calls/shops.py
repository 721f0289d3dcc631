"""A new shop that its owner enters over the telephone; the house verifies it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from accounts.orgs import queries as orgs
from accounts.orgs import services as members
from accounts.orgs.domain import MemberRole, OrganisationState
from commerce.places import queries as places
from commerce.places import services as stores
from commerce.places.domain import StorePlan
from iceshop.infra.db import step
from iceshop.kernel.actors import Actor
from iceshop.kernel.text import clean

_NAME_CAP = 120
_ZONE = "Europe/Istanbul"
_PEOPLE_PER_FIVE_MINUTES = 5
_ALL_DAYS = tuple((weekday, 9 * 60, 18 * 60) for weekday in range(1, 8))


@step
def open_shop(*, person_id: UUID, name: str, place: str, now: datetime) -> str:
    """Enter a shop and its owner; returns the phrase that answers.

    It takes part in rounds once the house has verified the seller. Hours are nine to six until the
    owner says others; goods and terms are said as in every other talk.
    """
    if orgs.organisations_of_person(person_id):
        return "call.shop_known"
    name = clean(name, _NAME_CAP)
    if not name:
        return "call.shop_name"
    found = places.find_place(place)
    if not found:
        return "call.shop_place"
    by = Actor.person(person_id)
    seller = members.add_organisation(name=name, state=OrganisationState.PENDING, by=by, now=now)
    members.add_member(
        organisation_id=seller.id, role=MemberRole.OWNER, person_id=person_id, by=by, now=now
    )
    plan = StorePlan(
        name=name,
        point=found[0].point,
        timezone=_ZONE,
        people_per_five_minutes=_PEOPLE_PER_FIVE_MINUTES,
        neighbourhood=found[0].name,
    )
    store = stores.put_store(organisation_id=seller.id, plan=plan, now=now)
    stores.set_hours(store_id=store.id, weekly=_ALL_DAYS)
    return "call.shop_opened"

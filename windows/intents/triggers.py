"""A wish that a partner's program declares for a buyer: it counts at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.identity import services as identity
from accounts.identity.queries import PersonCard, person_by_published_id
from commerce.catalog.domain import refuse_restricted, slug_of
from commerce.catalog.queries import concept_for, offerings_for, restricted_words
from commerce.places.locating import Located, locate
from commerce.places.queries import StoreCard, store_cards
from iceshop.infra.db import operation, take_turns
from iceshop.kernel.actors import Actor
from iceshop.kernel.errors import Invalid
from iceshop.kernel.geo import Point, walk_m
from iceshop.kernel.time import TimeRange, join
from windows.intents import queries
from windows.intents.domain import DEFAULT_RADIUS_M, DISTRICT_RADIUS_M, Wish
from windows.intents.queries import IntentCard
from windows.intents.services import declare_intent

# The buyer's time when a program says none: so much opening time from now on...
OPENING_TIME = timedelta(hours=4)
# ... looked for this far ahead.
_HORIZON = timedelta(days=7)
# Places are known in one country so far.
_TIMEZONE = "Europe/Istanbul"
_CONCEPT_CAP = 60


@dataclass(frozen=True, slots=True)
class Trigger:
    """What the program says: who wants what, where; a ``point`` is where exactly."""

    buyer_id: str
    request: str
    location: str
    point: Point | None


@operation
def trigger_intent(
    *, trigger: Trigger, by: Actor, source_key: str, now: datetime
) -> tuple[IntentCard, bool]:
    """Declare the wish for the next opening hours, with any budget; whether it is new.

    A live wish of the same buyer for the same product is the same wish and stays as it is.
    Raises: Invalid("location.unknown"), Invalid("location.several"),
    Invalid("product.name_missing"), NotAllowed("product.restricted"), LimitReached("intent.limit").
    """
    take_turns(f"buyer {trigger.buyer_id}")
    located = locate(trigger.location, trigger.point)
    concept_key = _concept_key(trigger.request)
    person = _person(trigger.buyer_id, now)
    for card in queries.live_intents(person.id):
        if card.concept_key == concept_key and card.ends_at > now:
            return card, False
    wish = _wish(trigger.request, concept_key, located, now)
    return declare_intent(
        person_id=person.id, source_key=f"{source_key}:intent", wish=wish, by=by, now=now
    )


def next_opening_hours(stores: Iterable[StoreCard], now: datetime) -> tuple[TimeRange, ...]:
    """The first four hours from ``now`` on in which any of the stores is open.

    The next four hours where no store is known or none opens within a week.
    """
    ahead = TimeRange(now, now + _HORIZON)
    found: list[TimeRange] = []
    left = OPENING_TIME
    for span in join(part for one in stores for part in one.hours.open_ranges(ahead, one.zone)):
        part = TimeRange(span.start, min(span.end, span.start + left))
        found.append(part)
        left -= part.end - part.start
        if not left:
            break
    return tuple(found) or (TimeRange(now, now + OPENING_TIME),)


def _person(buyer_id: str, now: datetime) -> PersonCard:
    return person_by_published_id(buyer_id) or identity.find_or_create_external(
        external_id=buyer_id, now=now
    )


def _concept_key(request: str) -> str:
    """The concept that the request names; for an unknown one the key that it would get."""
    concept = concept_for(request)
    if concept is None:
        refuse_restricted(is_restricted=bool(restricted_words(request)))
    elif concept.is_restricted:
        refuse_restricted(is_restricted=True)
    key = concept.key if concept else slug_of(request)
    if not key:
        raise Invalid("product.name_missing")
    return key[:_CONCEPT_CAP]


def _wish(request: str, concept_key: str, located: Located, now: datetime) -> Wish:
    radius_m = DISTRICT_RADIUS_M if located.is_wide else DEFAULT_RADIUS_M
    return Wish(
        product_text=request,
        concept_key=concept_key,
        spans=next_opening_hours(_stores_near(concept_key, located.point, radius_m), now),
        point=located.point,
        place_name=located.name[:120],
        timezone=_TIMEZONE,
        radius_m=radius_m,
    )


def _stores_near(concept_key: str, point: Point, radius_m: int) -> list[StoreCard]:
    """Stores in reach that sell what satisfies the wish."""
    selling = store_cards({offering.store_id for offering in offerings_for(concept_key)})
    return [store for store in selling.values() if walk_m(point, store.point) <= radius_m]

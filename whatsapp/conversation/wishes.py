"""From the slots of a talk to a wish that the engine can place."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from commerce.catalog import queries as catalog
from iceshop.kernel.time import TimeRange
from whatsapp.conversation.lexicon import lexicon
from whatsapp.dialogue.slots import Slots
from windows.intents.domain import DEFAULT_RADIUS_M, DISTRICT_RADIUS_M, Wish

# "Any time" reaches as far as people plan an errand.
_ANY_TIME = timedelta(hours=24)
_WIDE_KINDS = frozenset({"district", "province", "area"})
# Budgets said for a piece or a head; any other is for everything together.
_FOR_ONE = frozenset({"each", "person", "kg", "pair"})


def wish_of(slots: Slots, *, zone: ZoneInfo, now: datetime) -> Wish:
    """The wish that ``slots`` mean at ``now``; ``slots`` are complete."""
    spans = slots.intervals or (TimeRange(now, now + _ANY_TIME),)
    product = slots.product or ""
    concept = catalog.concept_for(product)
    place = slots.place
    names = place.names if place else ()
    return Wish(
        product_text=product[:120],
        concept_key=concept.key if concept else "",
        variant=slots.variant,
        spans=tuple(spans),
        point=place.point if place and place.special != "any" else None,
        place_name=", ".join(names)[:120],
        timezone=zone.key,
        radius_m=slots.radius_m or _usual_radius_m(names),
        budget_minor=_budget_for_one(slots),
        currency=slots.budget.currency if slots.budget else "TRY",
        party_size=slots.party,
    )


def _usual_radius_m(names: tuple[str, ...]) -> int:
    if len(names) > 1:
        return DISTRICT_RADIUS_M
    entry = lexicon().place(names[0]) if names else None
    is_wide = entry is not None and entry.kind in _WIDE_KINDS
    return DISTRICT_RADIUS_M if is_wide else DEFAULT_RADIUS_M


def _budget_for_one(slots: Slots) -> int | None:
    budget = slots.budget
    if budget is None:
        return None
    return budget.amount_minor if budget.per in _FOR_ONE else budget.amount_minor // slots.party

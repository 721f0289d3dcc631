"""Fill the tables of kinds and places from the lexicon that reading comes with.

One source for both: what a message can name is what a shop can sell and where it can lie.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from commerce.catalog import services as catalog
from commerce.catalog.domain import ConceptPlan
from commerce.places import services as places
from commerce.places.domain import PlacePlan
from iceshop.infra.audit import queries as audit_queries
from iceshop.infra.audit import services as audit
from iceshop.infra.db import operation
from iceshop.kernel.actors import SYSTEM
from whatsapp.nlu.lexicon import Lexicon, PlaceEntry, ProductEntry, bundled, key

RESTRICTED = "restricted"
_LOADED = "reference.loaded"


def is_current() -> bool:
    """Whether the bundled lexicon is what was loaded last."""
    return audit_queries.has_fact(action=_LOADED, object_key=_digest(bundled()))


@operation
def load_reference(*, now: datetime) -> tuple[int, int]:
    """Add or update all kinds and places; returns how many there are of each. Repeatable."""
    lexicon = bundled()
    catalog.put_concepts(plans=_concept_plans(lexicon.products))
    places.put_neighbourhoods(plans=map(_plan, lexicon.places))
    audit.record(
        by=SYSTEM,
        action=_LOADED,
        object_kind="reference",
        object_key=_digest(lexicon),
        now=now,
    )
    return len(lexicon.products), len(lexicon.places)


def _digest(lexicon: Lexicon) -> str:
    return sha256(repr((lexicon.products, lexicon.places)).encode()).hexdigest()[:32]


def slug(text: str) -> str:
    """The key of a name: folded words joined by hyphens."""
    return key(text).replace(" ", "-")[:80]


def _concept_plans(entries: Iterable[ProductEntry]) -> tuple[ConceptPlan, ...]:
    """One concept for each kind of goods, under the wider kind whose wishes it meets."""
    return tuple(
        ConceptPlan(
            key=slug(entry.name_en),
            name_tr=entry.name_tr,
            name_en=entry.name_en,
            parent_key=slug(entry.kind) if entry.kind else None,
            category=entry.category,
            is_restricted=entry.category == RESTRICTED,
            aliases=(*entry.proper, *entry.aliases),
        )
        for entry in entries
    )


def _plan(entry: PlaceEntry) -> PlacePlan:
    parent = f"{slug(entry.parent)}-" if entry.parent else ""
    return PlacePlan(
        key=f"{parent}{slug(entry.name)}"[:80],
        name=entry.name,
        kind=entry.kind,
        point=entry.point,
        parent_key=slug(entry.parent) if entry.parent else "",
        aliases=tuple(entry.spellings()),
    )

"""Fill the tables of kinds and places from the lexicon that reading comes with.

One source for both: what a message can name is what a shop can sell and where it can lie.
"""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from commerce.catalog import services as catalog
from commerce.places import services as places
from commerce.places.domain import PlacePlan
from iceshop.infra.audit import queries as audit_queries
from iceshop.infra.audit import services as audit
from iceshop.infra.db import operation
from iceshop.kernel.actors import SYSTEM
from iceshop.kernel.errors import Conflict
from iceshop.kernel.text import fold
from whatsapp.nlu.lexicon import Lexicon, PlaceEntry, ProductEntry, bundled, key

# Kinds whose members satisfy a wish for the first one although their names do not say so.
_FAMILIES = {"coffee": ("coffee", {"coffee beans"})}
RESTRICTED = "restricted"
_LOADED = "reference.loaded"


def is_current() -> bool:
    """Whether the bundled lexicon is what was loaded last."""
    return audit_queries.has_fact(action=_LOADED, object_key=_digest(bundled()))


@operation
def load_reference(*, now: datetime) -> tuple[int, int]:
    """Add or update all kinds and places; returns how many there are of each. Repeatable."""
    lexicon = bundled()
    for entry in lexicon.products:
        _put_concept(entry, parent_key=None)
    for entry in lexicon.products:
        parent = _parent(entry, lexicon)
        if parent is not None:
            _put_concept(entry, parent_key=slug(parent.name_en))
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


def _put_concept(entry: ProductEntry, *, parent_key: str | None) -> None:
    try:
        catalog.put_concept(
            key=slug(entry.name_en),
            name_tr=entry.name_tr,
            name_en=entry.name_en,
            parent_key=parent_key,
            category=entry.category,
            is_restricted=entry.category == RESTRICTED,
            aliases=entry.aliases,
        )
    except Conflict as error:
        # Two kinds share a spelling; the first one keeps it.
        if error.code != "alias.taken":
            raise


def _parent(entry: ProductEntry, lexicon: Lexicon) -> ProductEntry | None:
    """The wider kind: the longest other name with which this one ends, else its family."""
    name = fold(entry.name_en)
    wider = [
        other
        for other in lexicon.products
        if other is not entry and name.endswith(f" {fold(other.name_en)}")
    ]
    if wider:
        return max(wider, key=lambda other: len(other.name_en))
    family = _FAMILIES.get(entry.category)
    if family is None or name in family[1] or name == family[0]:
        return None
    return lexicon.product(family[0])


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

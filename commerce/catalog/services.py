"""Putting concepts, products, aliases and offerings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from commerce.catalog.domain import (
    NAME_CAP,
    ConceptPlan,
    check_tree,
    refuse_restricted,
    slug_of,
    stored_name,
)
from commerce.catalog.models import Concept, ConceptAlias, Offering, Product, ProductAlias
from commerce.catalog.queries import (
    ConceptCard,
    OfferingCard,
    ProductCard,
    concept_card,
    kinds_of,
    offering_card,
    product_card,
)
from commerce.places.domain import name_key
from commerce.places.queries import store_card
from iceshop.infra.audit import services as audit
from iceshop.infra.db import operation, step
from iceshop.kernel.actors import Actor
from iceshop.kernel.errors import Conflict, Invalid
from iceshop.kernel.text import clean

_BATCH = 500


@step
def put_concept(
    *,
    name_tr: str,
    name_en: str,
    key: str = "",
    parent_key: str | None = None,
    category: str = "",
    is_restricted: bool = False,
    aliases: Iterable[str] = (),
) -> ConceptCard:
    """Add or change a concept; without a key it gets the slug of its English name.

    Both names are spellings of it. Spellings that it had stay.
    Raises: Invalid("product.name_missing"), NotFound("concept.unknown") for the parent,
    Invalid("concept.parent") for a parent that lies below it, Conflict("alias.taken").
    """
    name_tr, name_en = stored_name(name_tr), stored_name(name_en or name_tr)
    key = key or slug_of(name_en)
    if parent_key is not None:
        concept_card(parent_key)
        if parent_key in kinds_of(key):
            raise Invalid("concept.parent")
    Concept.objects.update_or_create(
        key=key,
        defaults={
            "name_tr": name_tr,
            "name_en": name_en,
            "parent_id": parent_key,
            "category": category,
            "is_restricted": is_restricted,
        },
    )
    for text in (name_tr, name_en, *aliases):
        _add_concept_alias(key, text)
    return concept_card(key)


@step
def put_concepts(*, plans: Iterable[ConceptPlan]) -> int:
    """Add or change many concepts; returns how many. A handful of queries for all of them.

    A spelling that another concept has stays with that one.
    Raises: Invalid("concept.parent") for parents that are not among the plans or in a circle.
    """
    wanted = {plan.key: plan for plan in plans}
    check_tree(wanted)
    columns = ["name_tr", "name_en", "category", "is_restricted"]
    Concept.objects.bulk_create(
        [
            Concept(key=plan.key, **{column: getattr(plan, column) for column in columns})
            for plan in wanted.values()
        ],
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=columns,
    )
    rows = list(Concept.objects.filter(pk__in=list(wanted)))
    for row in rows:
        row.parent_id = wanted[row.pk].parent_key
    Concept.objects.bulk_update(rows, ["parent"], batch_size=_BATCH)
    ConceptAlias.objects.bulk_create(
        [
            ConceptAlias(concept_id=plan.key, folded=folded, text=text)
            for plan in wanted.values()
            for folded, text in plan.spellings.items()
        ],
        batch_size=_BATCH,
        ignore_conflicts=True,
    )
    return len(wanted)


@step
def put_product(
    *,
    organisation_id: UUID,
    name_tr: str,
    concept_key: str,
    now: datetime,
    name_en: str = "",
    external_id: str = "",
) -> ProductCard:
    """Add a seller's product, or change the one that has this Turkish name.

    An English name or external id that is not given stays what it was.

    Raises: Invalid("product.name_missing"), NotFound("concept.unknown"),
    NotAllowed("product.restricted"), Conflict("product.external_id_taken").
    """
    name = stored_name(name_tr)
    refuse_restricted(is_restricted=concept_card(concept_key).is_restricted)
    _refuse_taken(organisation_id, external_id, besides=name_key(name))
    columns: dict[str, object] = {"name_tr": name, "concept_id": concept_key, "is_active": True}
    if name_en:
        columns["name_en"] = clean(name_en, NAME_CAP)
    if external_id:
        columns["external_id"] = external_id
    row, _ = Product.objects.update_or_create(
        organisation_id=organisation_id,
        folded=name_key(name),
        defaults=columns,
        create_defaults={**columns, "created_at": now},
    )
    return product_card(row.pk)


@step
def rename_product(*, product_id: UUID, name_tr: str, name_en: str) -> ProductCard:
    """Give a product other names; the old ones stay as aliases.

    Raises: NotFound("product.unknown"), Invalid("product.name_missing"),
    Conflict("product.name_taken").
    """
    old = product_card(product_id)
    name, folded = stored_name(name_tr), name_key(stored_name(name_tr))
    same_name = Product.objects.filter(organisation_id=old.organisation_id, folded=folded)
    if same_name.exclude(pk=product_id).exists():
        raise Conflict("product.name_taken")
    Product.objects.filter(pk=product_id).update(
        name_tr=name, name_en=clean(name_en, NAME_CAP), folded=folded
    )
    if folded != name_key(old.name_tr):
        add_alias(product_id=product_id, text=old.name_tr, language="tr")
    return product_card(product_id)


@step
def add_alias(*, product_id: UUID, text: str, language: str = "") -> None:
    """Let people call a product by another name. Repeating changes nothing.

    Raises: Invalid("alias.empty"), Invalid("alias.language").
    """
    if language not in ("", "tr", "en"):
        raise Invalid("alias.language")
    shown = clean(text, NAME_CAP)
    if not (folded := name_key(shown)):
        raise Invalid("alias.empty")
    ProductAlias.objects.get_or_create(
        product_id=product_id, folded=folded, defaults={"text": shown, "language": language}
    )


@step
def put_offering(
    *, store_id: UUID, product_id: UUID, is_active: bool, now: datetime
) -> OfferingCard:
    """Sell a product in a store, or change whether it is sold there.

    Raises: NotFound("store.unknown"), NotFound("product.unknown"),
    Invalid("offering.other_seller"), NotAllowed("product.restricted").
    """
    product = product_card(product_id)
    if store_card(store_id).organisation_id != product.organisation_id:
        raise Invalid("offering.other_seller")
    refuse_restricted(is_restricted=product.is_restricted)
    row, _ = Offering.objects.update_or_create(
        store_id=store_id,
        product_id=product_id,
        defaults={"is_active": is_active},
        create_defaults={"is_active": is_active, "created_at": now},
    )
    return offering_card(row.pk)


@step
def set_offering_active(*, offering_id: UUID, is_active: bool, by: Actor, now: datetime) -> None:
    """Take an offering out of new rounds, or put it back. Repeating changes nothing.

    Raises: NotFound("offering.unknown").
    """
    offering_card(offering_id)
    changed = Offering.objects.filter(pk=offering_id).exclude(is_active=is_active)
    if changed.update(is_active=is_active):
        audit.record(
            by=by,
            action="offering.resumed" if is_active else "offering.paused",
            object_kind="offering",
            object_key=offering_id,
            now=now,
        )


@operation
def switch_offering(*, offering_id: UUID, is_active: bool, by: Actor, now: datetime) -> None:
    """Do ``set_offering_active`` as a use-case of its own."""
    set_offering_active(offering_id=offering_id, is_active=is_active, by=by, now=now)


@operation
def set_concept_restricted(*, key: str, is_restricted: bool, by: Actor, now: datetime) -> None:
    """Ban all goods of a concept under the goods policy, or lift the ban.

    Raises: NotFound("concept.unknown").
    """
    concept_card(key)
    changed = Concept.objects.filter(pk=key).exclude(is_restricted=is_restricted)
    if changed.update(is_restricted=is_restricted):
        audit.record(
            by=by,
            action="concept.restricted" if is_restricted else "concept.allowed",
            object_kind="concept",
            object_key=key,
            now=now,
        )


@operation
def set_restricted(*, product_id: UUID, is_restricted: bool, by: Actor, now: datetime) -> None:
    """Ban a product under the goods policy, or lift the ban.

    Raises: NotFound("product.unknown").
    """
    product_card(product_id)
    changed = Product.objects.filter(pk=product_id).exclude(is_restricted=is_restricted)
    if changed.update(is_restricted=is_restricted):
        audit.record(
            by=by,
            action="product.restricted" if is_restricted else "product.allowed",
            object_kind="product",
            object_key=product_id,
            now=now,
        )


def _add_concept_alias(key: str, text: str) -> None:
    shown = clean(text, NAME_CAP)
    if not (folded := name_key(shown)):
        raise Invalid("alias.empty")
    row, _ = ConceptAlias.objects.get_or_create(
        folded=folded, defaults={"concept_id": key, "text": shown}
    )
    if row.concept_id != key:
        raise Conflict("alias.taken", alias=shown, concept=row.concept_id)


def _refuse_taken(organisation_id: UUID, external_id: str, *, besides: str) -> None:
    taken = Product.objects.filter(organisation_id=organisation_id, external_id=external_id)
    if external_id and taken.exclude(folded=besides).exists():
        raise Conflict("product.external_id_taken")

"""Reading concepts, products and offerings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from commerce.catalog.domain import drawing_of, without_trailing_digits
from commerce.catalog.models import Concept, Offering, Product
from commerce.places.domain import StoreState, name_key
from commerce.places.queries import VERIFIED
from iceshop.infra.prepared import Prepared, PreparedValues, given_list
from iceshop.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class ConceptCard:
    """A kind of thing that people wish for."""

    key: str
    name_tr: str
    name_en: str
    parent_key: str | None
    is_restricted: bool
    category: str

    def name(self, language: str) -> str:
        """The name in ``language``."""
        return self.name_tr if language == "tr" else self.name_en


@dataclass(frozen=True, slots=True)
class ProductCard:
    """What a seller calls one of its goods."""

    id: UUID
    organisation_id: UUID
    name_tr: str
    name_en: str
    concept_key: str
    external_id: str
    is_restricted: bool
    is_active: bool
    drawing: str

    def name(self, language: str) -> str:
        """The name in ``language``, the Turkish one where no other is known."""
        return self.name_tr if language == "tr" else (self.name_en or self.name_tr)


@dataclass(frozen=True, slots=True)
class OfferingCard:
    """A product in a store."""

    id: UUID
    store_id: UUID
    product: ProductCard
    is_active: bool

    @property
    def concept_key(self) -> str:
        """The concept of its product."""
        return self.product.concept_key

    def name(self, language: str) -> str:
        """The product's name in ``language``."""
        return self.product.name(language)


@dataclass(frozen=True, slots=True)
class ProductMatch:
    """Which product of a seller a text means; without one, ``candidates`` it might mean.

    ``is_ambiguous``: the candidates fit the text, and there are several.
    """

    product: ProductCard | None
    candidates: tuple[ProductCard, ...]
    is_ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class LexiconProduct:
    """A name of goods with its spellings, and the concept that it means."""

    concept_key: str
    name_tr: str
    name_en: str
    aliases: tuple[str, ...]
    category: str


def concept_card(key: str) -> ConceptCard:
    """The concept. One query. Raises: NotFound("concept.unknown")."""
    row = Concept.objects.filter(pk=key).first()
    if row is None:
        raise NotFound("concept.unknown")
    return _concept(row)


def concepts() -> dict[str, ConceptCard]:
    """All concepts by key. One query."""
    return {row.key: _concept(row) for row in Concept.objects.order_by("key")}


def concept_named(text: str) -> ConceptCard | None:
    """The concept of which ``text`` is a spelling, in any case, with or without marks.

    At most two queries.
    """
    key = name_key(text)
    if not key:
        return None
    row = (
        Concept.objects.filter(aliases__folded=key).first()
        or Concept.objects.filter(pk=key.replace(" ", "-")).first()
    )
    return _concept(row) if row else None


def concept_for(text: str) -> ConceptCard | None:
    """The concept that ``text`` names, or that some seller's product of this name belongs to.

    At most three queries.
    """
    named = concept_named(text)
    key = name_key(text)
    if named is not None or not key:
        return named
    row = (
        Concept.objects.filter(
            Q(products__folded=key) | Q(products__aliases__folded=key), products__is_active=True
        )
        .order_by("key")
        .first()
    )
    return _concept(row) if row else None


def kinds_of(concept_key: str) -> frozenset[str]:
    """The concept and all below it: what satisfies a wish for it. One query.

    A wish for coffee accepts Turkish coffee; a wish for Turkish coffee does not accept coffee.
    """
    return _with_descendants(concept_key, _children())


def kinds_of_each(concept_keys: Iterable[str]) -> dict[str, frozenset[str]]:
    """``kinds_of`` for each of ``concept_keys``. One query."""
    children = _children()
    return {key: _with_descendants(key, children) for key in concept_keys}


_OF_KINDS = Prepared(
    lambda: _sellable().filter(product__concept_id__in=given_list("kinds", "text")).order_by("id")
)
_AT_STORES = Prepared(
    lambda: _sellable().filter(store_id__in=given_list("stores", "uuid")).order_by("id")
)


def offerings_for(concept_key: str) -> tuple[OfferingCard, ...]:
    """Offerings that satisfy a wish for the concept and may be sold now, by id. Two queries."""
    return tuple(_offering(row) for row in _OF_KINDS(kinds=list(kinds_of(concept_key))))


def sellable_offerings(store_ids: Iterable[UUID]) -> tuple[OfferingCard, ...]:
    """Offerings of the stores that may be sold now, by id. One query."""
    return tuple(_offering(row) for row in _AT_STORES(stores=list(store_ids)))


def offerings_of_stores(store_ids: Iterable[UUID]) -> tuple[OfferingCard, ...]:
    """All offerings of the stores, also paused ones, by name. One query."""
    rows = Offering.objects.filter(store_id__in=list(store_ids)).select_related("product__concept")
    return tuple(_offering(row) for row in rows.order_by("product__name_tr", "id"))


def offering_card(offering_id: UUID) -> OfferingCard:
    """The offering. One query. Raises: NotFound("offering.unknown")."""
    found = offering_cards([offering_id])
    if not found:
        raise NotFound("offering.unknown")
    return found[offering_id]


_SOME = Prepared(
    lambda: Offering.objects.filter(pk__in=given_list("pks", "uuid")).select_related(
        "product__concept"
    )
)


def offering_cards(offering_ids: Iterable[UUID]) -> dict[UUID, OfferingCard]:
    """The offerings that exist among ``offering_ids``. One query."""
    return {row.pk: _offering(row) for row in _SOME(pks=list(offering_ids))}


def offering_of(*, store_id: UUID, product_id: UUID) -> OfferingCard | None:
    """The product's offering in the store. One query."""
    row = (
        Offering.objects.filter(store_id=store_id, product_id=product_id)
        .select_related("product__concept")
        .first()
    )
    return _offering(row) if row else None


def product_card(product_id: UUID) -> ProductCard:
    """The product. One query. Raises: NotFound("product.unknown")."""
    row = Product.objects.filter(pk=product_id).select_related("concept").first()
    if row is None:
        raise NotFound("product.unknown")
    return _product(row)


def product_of_seller(organisation_id: UUID, text: str) -> ProductMatch:
    """Which product of the seller an external id, a name or a concept's name means.

    What is unknown is tried again without the digits at its end: ``coffee01`` is taken as coffee
    when that is exactly one product. Otherwise the candidates are those that fit, or else all.
    """
    products = _products_with_names(organisation_id)
    for reading in dict.fromkeys((text, without_trailing_digits(text))):
        found = _meant(reading, products)
        if len(found) == 1:
            return ProductMatch(found[0], found)
        if found:
            return ProductMatch(None, found, is_ambiguous=True)
    return ProductMatch(None, tuple(card for card, _ in products))


_NAMES_MARK = " UNION ALL ".join(
    "SELECT count(*) || ':' || coalesce(sum(hashtextextended(ctid::text || xmin::text, 0)), 0)"  # noqa: S608  constants
    f" FROM {table}"
    for table in (
        "commerce_concept",
        "commerce_concept_alias",
        "commerce_product",
        "commerce_product_alias",
    )
)


def names_mark() -> str:
    """A text that is another one as soon as ``lexicon_products`` would be. One query.

    A row is known by its place and by the transaction that wrote it last.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NAMES_MARK)
        return " ".join(mark for (mark,) in cursor.fetchall())


def lexicon_products() -> tuple[LexiconProduct, ...]:
    """Names of all concepts and of all active products, for reading messages. Four queries."""
    kinds = Concept.objects.prefetch_related("aliases").order_by("key")
    entries = [
        LexiconProduct(
            concept_key=row.key,
            name_tr=row.name_tr,
            name_en=row.name_en,
            aliases=tuple(sorted(alias.text for alias in row.aliases.all())),
            category=row.category,
        )
        for row in kinds
    ]
    goods = Product.objects.filter(is_active=True).select_related("concept")
    entries.extend(
        LexiconProduct(
            concept_key=row.concept_id,
            name_tr=row.name_tr,
            name_en=row.name_en,
            aliases=tuple(sorted(alias.text for alias in row.aliases.all())),
            category=row.concept.category,
        )
        for row in goods.prefetch_related("aliases").order_by("folded", "id")
    )
    return tuple(entries)


def restricted_words(text: str) -> tuple[str, ...]:
    """Keys of restricted concepts that are named by some words of ``text``. One query."""
    words = name_key(text).split()
    parts = {
        " ".join(words[start:end])
        for start in range(len(words))
        for end in range(start + 1, len(words) + 1)
    }
    found = Concept.objects.filter(is_restricted=True, aliases__folded__in=parts)
    return tuple(sorted(set(found.values_list("key", flat=True))))


def _sellable() -> QuerySet[Offering]:
    return Offering.objects.filter(
        is_active=True,
        product__is_active=True,
        product__is_restricted=False,
        product__concept__is_restricted=False,
        store__state=StoreState.ACTIVE,
        store__organisation__state=VERIFIED,
    ).select_related("product__concept")


_BELOW = PreparedValues(
    lambda: Concept.objects.filter(parent_id__isnull=False).values_list("key", "parent_id")
)


def _children() -> dict[str, list[str]]:
    """Concepts by the one above them; most have none above them and are not read."""
    children: dict[str, list[str]] = {}
    for key, parent in _BELOW():
        children.setdefault(str(parent), []).append(key)
    return children


def _with_descendants(key: str, children: dict[str, list[str]]) -> frozenset[str]:
    found: set[str] = set()
    waiting = [key]
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            waiting.extend(children.get(current, ()))
    return frozenset(found)


def _products_with_names(organisation_id: UUID) -> list[tuple[ProductCard, frozenset[str]]]:
    rows = (
        Product.objects.filter(organisation_id=organisation_id, is_active=True)
        .select_related("concept")
        .prefetch_related("aliases")
        .order_by("folded", "id")
    )
    return [
        (
            _product(row),
            frozenset(
                {row.folded, name_key(row.name_en)} | {alias.folded for alias in row.aliases.all()}
            ),
        )
        for row in rows
    ]


def _meant(
    text: str, products: list[tuple[ProductCard, frozenset[str]]]
) -> tuple[ProductCard, ...]:
    """The products of a seller that ``text`` fits best: by id, else by name, else by concept."""
    if by_id := tuple(card for card, _ in products if text and card.external_id == text.strip()):
        return by_id
    key = name_key(text)
    if by_name := tuple(card for card, names in products if key and key in names):
        return by_name
    concept = concept_for(text)
    if concept is None:
        return ()
    kinds = kinds_of(concept.key)
    exact = tuple(card for card, _ in products if card.concept_key == concept.key)
    return exact or tuple(card for card, _ in products if card.concept_key in kinds)


def _concept(row: Concept) -> ConceptCard:
    return ConceptCard(
        key=row.key,
        name_tr=row.name_tr,
        name_en=row.name_en,
        parent_key=row.parent_id,
        is_restricted=row.is_restricted,
        category=row.category,
    )


def _product(row: Product) -> ProductCard:
    return ProductCard(
        id=row.pk,
        organisation_id=row.organisation_id,
        name_tr=row.name_tr,
        name_en=row.name_en,
        concept_key=row.concept_id,
        external_id=row.external_id,
        is_restricted=row.is_restricted,
        is_active=row.is_active,
        drawing=drawing_of(row.concept_id, row.concept.category),
    )


def _offering(row: Offering) -> OfferingCard:
    return OfferingCard(
        id=row.pk, store_id=row.store_id, product=_product(row.product), is_active=row.is_active
    )

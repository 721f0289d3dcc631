"""Tables of concepts, products and offerings."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from commerce.catalog.domain import NAME_CAP
from iceshop.kernel.ids import new_id


class Concept(models.Model):
    """A kind of thing people wish for, under its name in both languages."""

    key = models.SlugField(primary_key=True, max_length=80)
    name_tr = models.CharField(max_length=NAME_CAP)
    name_en = models.CharField(max_length=NAME_CAP)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    is_restricted = models.BooleanField(default=False)
    category = models.CharField(max_length=40, blank=True)

    class Meta:
        db_table = "commerce_concept"
        constraints = [
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("key")),
                name="concept_not_own_parent",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class ConceptAlias(models.Model):
    """A spelling of a concept; ``folded`` names one concept only."""

    concept = models.ForeignKey(Concept, models.CASCADE, related_name="aliases")
    text = models.CharField(max_length=NAME_CAP)
    folded = models.CharField(max_length=NAME_CAP)

    class Meta:
        db_table = "commerce_concept_alias"
        constraints = [
            models.UniqueConstraint(fields=("folded",), name="concept_alias_folded"),
            models.CheckConstraint(condition=~Q(folded=""), name="concept_alias_not_empty"),
        ]

    def __str__(self) -> str:
        return self.text


class Product(models.Model):
    """What a seller calls one of its goods; ``folded`` is the key of its Turkish name."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(
        "accounts.SellerOrganisation", models.PROTECT, related_name="+"
    )
    name_tr = models.CharField(max_length=NAME_CAP)
    name_en = models.CharField(max_length=NAME_CAP, blank=True)
    folded = models.CharField(max_length=NAME_CAP)
    concept = models.ForeignKey(Concept, models.PROTECT, related_name="products")
    external_id = models.CharField(max_length=80, blank=True)
    is_restricted = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "commerce_product"
        constraints = [
            models.UniqueConstraint(fields=("organisation", "folded"), name="product_name_once"),
            models.UniqueConstraint(
                fields=("organisation", "external_id"),
                condition=~Q(external_id=""),
                name="product_external_id",
            ),
            models.CheckConstraint(condition=~Q(folded=""), name="product_name"),
        ]

    def __str__(self) -> str:
        return self.name_tr


class ProductAlias(models.Model):
    """Another name that people use for a product."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="aliases")
    text = models.CharField(max_length=NAME_CAP)
    folded = models.CharField(max_length=NAME_CAP)
    language = models.CharField(max_length=2, blank=True)

    class Meta:
        db_table = "commerce_product_alias"
        constraints = [
            models.UniqueConstraint(fields=("product", "folded"), name="product_alias_once"),
            models.CheckConstraint(condition=~Q(folded=""), name="product_alias_not_empty"),
            models.CheckConstraint(
                condition=Q(language__in=("", "tr", "en")), name="product_alias_language"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Offering(models.Model):
    """A product in a store: what has a price, a stock and terms."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    store = models.ForeignKey("commerce.Store", models.PROTECT, related_name="+")
    product = models.ForeignKey(Product, models.PROTECT, related_name="offerings")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "commerce_offering"
        constraints = [
            models.UniqueConstraint(fields=("store", "product"), name="offering_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)

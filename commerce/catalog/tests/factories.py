"""Concepts, products and offerings for tests."""

import factory

from accounts.identity.tests.factories import NOON
from accounts.orgs.tests.factories import SellerOrganisationFactory
from commerce.catalog.models import Concept, ConceptAlias, Offering, Product, ProductAlias
from commerce.places.tests.factories import StoreFactory


class ConceptFactory(factory.django.DjangoModelFactory[Concept]):
    class Meta:
        model = Concept
        django_get_or_create = ("key",)

    key = "croissant"
    name_tr = "kruvasan"
    name_en = "croissant"
    category = "bakery"


class ConceptAliasFactory(factory.django.DjangoModelFactory[ConceptAlias]):
    class Meta:
        model = ConceptAlias

    concept = factory.SubFactory(ConceptFactory)
    text = factory.SelfAttribute("folded")
    folded = factory.Sequence(lambda n: f"kruasan {n}")


class ProductFactory(factory.django.DjangoModelFactory[Product]):
    class Meta:
        model = Product

    organisation = factory.SubFactory(SellerOrganisationFactory)
    name_tr = "Tereyağlı kruvasan"
    name_en = "Butter croissant"
    folded = factory.Sequence(lambda n: f"tereyagli kruvasan {n}")
    concept = factory.SubFactory(ConceptFactory)
    created_at = NOON


class ProductAliasFactory(factory.django.DjangoModelFactory[ProductAlias]):
    class Meta:
        model = ProductAlias

    product = factory.SubFactory(ProductFactory)
    text = "ay çöreği"
    folded = "ay coregi"


class OfferingFactory(factory.django.DjangoModelFactory[Offering]):
    """The product belongs to the store's organisation."""

    class Meta:
        model = Offering

    store = factory.SubFactory(StoreFactory)
    product = factory.SubFactory(
        ProductFactory, organisation=factory.SelfAttribute("..store.organisation")
    )
    created_at = NOON

"""Stores and places for tests."""

import factory

from accounts.identity.tests.factories import NOON
from accounts.orgs.tests.factories import SellerOrganisationFactory
from commerce.places.models import Neighbourhood, NeighbourhoodAlias, Store, StoreHours


class StoreFactory(factory.django.DjangoModelFactory[Store]):
    class Meta:
        model = Store

    organisation = factory.SubFactory(SellerOrganisationFactory)
    name = factory.Sequence(lambda n: f"Moda Fırını {n}")
    neighbourhood = "Caferağa"
    latitude = 40.9868
    longitude = 29.0258
    timezone = "Europe/Istanbul"
    people_per_five_minutes = 8
    created_at = NOON


class StoreHoursFactory(factory.django.DjangoModelFactory[StoreHours]):
    class Meta:
        model = StoreHours

    store = factory.SubFactory(StoreFactory)
    weekday = 1
    opens_minute = 540
    closes_minute = 1080


class NeighbourhoodFactory(factory.django.DjangoModelFactory[Neighbourhood]):
    class Meta:
        model = Neighbourhood

    key = factory.Sequence(lambda n: f"place-{n}")
    name = "Caferağa"
    kind = "neighbourhood"
    latitude = 40.9868
    longitude = 29.0258


class NeighbourhoodAliasFactory(factory.django.DjangoModelFactory[NeighbourhoodAlias]):
    class Meta:
        model = NeighbourhoodAlias

    neighbourhood = factory.SubFactory(NeighbourhoodFactory)
    folded = factory.Sequence(lambda n: f"place {n}")

"""Persons for tests."""

from datetime import UTC, datetime

import factory

from accounts.identity.models import Person, PersonIdentifier

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


class PersonFactory(factory.django.DjangoModelFactory[Person]):
    class Meta:
        model = Person

    display_name = factory.Sequence(lambda n: f"Ayşe {n}")
    language = "tr"
    created_at = NOON


class PersonIdentifierFactory(factory.django.DjangoModelFactory[PersonIdentifier]):
    class Meta:
        model = PersonIdentifier

    person = factory.SubFactory(PersonFactory)
    kind = "phone"
    value = factory.Sequence(lambda n: f"90532{n:07d}")
    created_at = NOON

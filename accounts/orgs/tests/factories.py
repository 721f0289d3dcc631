"""Sellers and memberships for tests."""

import factory

from accounts.credentials.tests.factories import StaffUserFactory
from accounts.identity.tests.factories import NOON
from accounts.orgs.models import Membership, SellerOrganisation


class SellerOrganisationFactory(factory.django.DjangoModelFactory[SellerOrganisation]):
    class Meta:
        model = SellerOrganisation

    name = factory.Sequence(lambda n: f"Moda Fırını {n}")
    state = "verified"
    created_at = NOON


class MembershipFactory(factory.django.DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    organisation = factory.SubFactory(SellerOrganisationFactory)
    staff_user = factory.SubFactory(StaffUserFactory)
    role = "owner"
    created_at = NOON

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from accounts.credentials.tests.factories import StaffUserFactory
from accounts.identity.tests.factories import NOON, PersonFactory
from accounts.orgs import queries, services
from accounts.orgs.domain import MemberRole, OrganisationState
from accounts.orgs.models import Membership, SellerOrganisation
from accounts.orgs.tests.factories import MembershipFactory, SellerOrganisationFactory
from iceshop.infra.audit.models import AuditFact
from iceshop.infra.db import operation, violated_constraint
from iceshop.kernel.actors import SYSTEM
from iceshop.kernel.errors import Conflict, Invalid, NotFound

pytestmark = pytest.mark.django_db


def add(name: str = "Moda Fırını", external_id: str = "") -> queries.OrganisationCard:
    return operation(services.add_organisation)(
        name=name, state=OrganisationState.PENDING, external_id=external_id, by=SYSTEM, now=NOON
    )


def test_organisation_is_added_and_found_by_its_external_id() -> None:
    card = add(external_id="S55")
    assert (card.name, card.state) == ("Moda Fırını", OrganisationState.PENDING)
    assert queries.organisation_by_external_id("S55") == card
    assert queries.organisation_by_external_id("") is None
    assert list(AuditFact.objects.values_list("action", flat=True)) == ["organisation.added"]


def test_external_id_is_one_organisations_but_many_have_none() -> None:
    add(external_id="S55")
    with pytest.raises(Conflict, match=r"organisation\.external_id_taken"):
        add(external_id="S55")
    add()
    add()
    assert SellerOrganisation.objects.count() == 3


def test_organisation_without_a_name_is_refused() -> None:
    with pytest.raises(Invalid, match=r"organisation\.name_missing"):
        add(name=" \u200b ")


def test_state_changes_once_with_a_fact() -> None:
    card = add()
    for _ in range(2):
        services.set_organisation_state(
            organisation_id=card.id, state=OrganisationState.VERIFIED, by=SYSTEM, now=NOON
        )
    assert queries.organisation_card(card.id).state is OrganisationState.VERIFIED
    fact = AuditFact.objects.get(action="organisation.state_changed")
    assert fact.facts == {"state": ["pending", "verified"]}


def test_unknown_organisation_is_not_found() -> None:
    with pytest.raises(NotFound, match=r"organisation\.unknown"):
        services.set_organisation_state(
            organisation_id=UUID(int=1), state=OrganisationState.VERIFIED, by=SYSTEM, now=NOON
        )
    with pytest.raises(NotFound, match=r"organisation\.unknown"):
        queries.organisation_card(UUID(int=1))


def join(organisation_id: UUID, **member: Any) -> None:
    operation(services.add_member)(
        organisation_id=organisation_id, role=MemberRole.OWNER, by=SYSTEM, now=NOON, **member
    )


def test_member_is_added_as_account_and_person() -> None:
    card, user, person = add(), StaffUserFactory.create(), PersonFactory.create()
    join(card.id, staff_user_id=user.pk, person_id=person.pk)
    (by_user,) = queries.organisations_of_user(user.pk)
    assert by_user == queries.MemberCard(card, MemberRole.OWNER, user.pk, person.pk)
    assert queries.organisations_of_person(person.pk) == (by_user,)
    assert queries.role_of_user(user_id=user.pk, organisation_id=card.id) is MemberRole.OWNER
    assert queries.role_of_person(person_id=person.pk, organisation_id=UUID(int=1)) is None


def test_member_twice_or_nobody_is_refused() -> None:
    card, user = add(), StaffUserFactory.create()
    join(card.id, staff_user_id=user.pk)
    with pytest.raises(Conflict, match=r"member\.already"):
        join(card.id, staff_user_id=user.pk)
    with pytest.raises(Invalid, match=r"member\.nobody"):
        join(card.id)


def test_asks_go_to_deciding_persons_with_the_owner_first() -> None:
    card = add()
    members = {
        role: MembershipFactory.create(
            organisation_id=card.id, role=role, staff_user=None, person=PersonFactory.create()
        )
        for role in ("manager", "owner", "staff")
    }
    MembershipFactory.create(
        organisation_id=card.id, is_active=False, person=PersonFactory.create()
    )
    MembershipFactory.create(organisation_id=card.id)
    expected = (members["owner"].person_id, members["manager"].person_id)
    assert queries.people_of(card.id) == expected
    assert queries.people_of(UUID(int=1)) == ()


def test_ended_membership_gives_nothing_and_stays_as_history() -> None:
    membership = MembershipFactory.create()
    for _ in range(2):
        services.end_membership(membership_id=membership.pk, by=SYSTEM, now=NOON)
    assert membership.staff_user_id is not None
    assert queries.organisations_of_user(membership.staff_user_id) == ()
    assert Membership.objects.count() == 1
    assert AuditFact.objects.filter(action="member.ended").count() == 1


@pytest.mark.parametrize(
    ("factory", "columns", "constraint"),
    [
        (SellerOrganisationFactory, {"state": "gone"}, "seller_organisation_state"),
        (SellerOrganisationFactory, {"name": ""}, "seller_organisation_name"),
        (MembershipFactory, {"staff_user": None}, "membership_somebody"),
        (MembershipFactory, {"role": "boss"}, "membership_role"),
    ],
)
def test_wrong_row_is_refused(factory: Any, columns: dict[str, Any], constraint: str) -> None:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        factory(**columns)
    assert violated_constraint(caught.value) == constraint


def test_person_joins_an_organisation_once() -> None:
    person = PersonFactory.create()
    first = MembershipFactory.create(person=person)
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        MembershipFactory.create(organisation=first.organisation, person=person)
    assert violated_constraint(caught.value) == "membership_person_once"


def test_account_joins_an_organisation_once() -> None:
    first = MembershipFactory.create()
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        MembershipFactory.create(organisation=first.organisation, staff_user=first.staff_user)
    assert violated_constraint(caught.value) == "membership_staff_user_once"


def test_partners_name_of_an_organisation_is_its_own() -> None:
    SellerOrganisationFactory.create(external_id="seller-7")
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        SellerOrganisationFactory.create(external_id="seller-7")
    assert violated_constraint(caught.value) == "seller_organisation_external_id"

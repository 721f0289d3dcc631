"""Requests to be erased: once, promised, and refused where a seller would be left alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.identity.models import Person, PersonIdentifier
from accounts.identity.tests.factories import NOON, PersonFactory, PersonIdentifierFactory
from accounts.orgs.models import Membership
from accounts.orgs.tests.factories import MembershipFactory
from accounts.privacy import queries, services
from accounts.privacy.models import ErasureRequest
from iceshop.infra.audit.models import AuditFact
from iceshop.infra.db import run_operation, violated_constraint
from iceshop.kernel.actors import SYSTEM
from iceshop.kernel.errors import Conflict

pytestmark = pytest.mark.django_db


def test_request_promises_a_day_and_is_kept_once() -> None:
    person = PersonFactory.create()

    first = run_operation(services.request_erasure, person_id=person.pk, now=NOON)
    second = run_operation(
        services.request_erasure, person_id=person.pk, now=NOON + timedelta(days=1)
    )

    assert first == second == NOON + timedelta(days=30)
    assert queries.open_requests() == (person.pk,)


def test_second_open_request_is_refused_by_its_constraint() -> None:
    person = PersonFactory.create()
    run_operation(services.request_erasure, person_id=person.pk, now=NOON)

    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        ErasureRequest.objects.create(person=person, asked_at=NOON, due_at=NOON)

    assert violated_constraint(caught.value) == "erasure_request_open_once"


def test_erased_person_has_no_name_and_no_address_and_twice_changes_nothing() -> None:
    identifier = PersonIdentifierFactory.create()
    person = identifier.person

    assert services.erase_person(person_id=person.pk, by=SYSTEM, now=NOON) == 2
    later = NOON + timedelta(hours=1)
    assert services.erase_person(person_id=person.pk, by=SYSTEM, now=later) == 0

    after = Person.objects.get(pk=person.pk)
    assert (after.display_name, after.language, after.erased_at) == ("", "", NOON)
    assert not PersonIdentifier.objects.filter(person=person).exists()
    assert queries.open_requests() == ()
    assert AuditFact.objects.filter(action="person.erased").count() == 1


def test_last_one_who_decides_for_a_seller_is_not_erased() -> None:
    member = MembershipFactory.create(person=PersonFactory.create(), role="owner")
    assert member.person_id is not None
    run_operation(services.request_erasure, person_id=member.person_id, now=NOON)

    with pytest.raises(Conflict) as refusal:
        services.erase_person(person_id=member.person_id, by=SYSTEM, now=NOON)
    assert refusal.value.code == "erasure.sells"
    assert services.erase_due(now=NOON) == 0

    MembershipFactory.create(
        organisation=member.organisation, person=PersonFactory.create(), role="manager"
    )
    assert services.erase_due(now=NOON) == 1
    assert not Membership.objects.get(pk=member.pk).is_active

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.identity.tests.factories import NOON, PersonFactory, PersonIdentifierFactory
from iceshop.infra.db import violated_constraint

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("factory", "columns", "constraint"),
    [
        (PersonFactory, {"language": "de"}, "person_language"),
        (PersonIdentifierFactory, {"kind": "mail"}, "person_identifier_kind"),
        (PersonIdentifierFactory, {"value": ""}, "person_identifier_value"),
        (PersonIdentifierFactory, {"value": "905320000001"}, "person_identifier_one_owner"),
    ],
)
def test_wrong_row_is_refused(factory: Any, columns: dict[str, Any], constraint: str) -> None:
    PersonIdentifierFactory.create(value="905320000001")
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        factory(**columns)
    assert violated_constraint(caught.value) == constraint


def test_replaced_identifier_may_be_somebody_elses() -> None:
    old = PersonIdentifierFactory.create(replaced_at=NOON)
    assert PersonIdentifierFactory.create(value=old.value).person_id != old.person_id

"""Statements that are built once: new values each time, rows as the ORM makes them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.db.models import F

from accounts.orgs.models import Membership
from commerce.catalog.models import Concept
from iceshop.infra.outbox.models import OutboxMessage, OutboxState
from iceshop.infra.prepared import (
    Prepared,
    PreparedUpdate,
    PreparedValues,
    given,
    given_list,
    insert_many,
    insert_one,
)
from whatsapp.webhook.models import WebhookDelivery
from windows.tests.stories import new_shop

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)


def row(key: str, **columns: Any) -> OutboxMessage:
    wanted: dict[str, Any] = {"topic": "t", "payload": {"n": 1}, "planned_at": NOON}
    wanted |= {"not_before": NOON, "dedupe_key": key} | columns
    return OutboxMessage(**wanted)


def test_same_statement_answers_for_other_values() -> None:
    for key, lane in (("a", "left"), ("b", "right"), ("c", "left")):
        row(key, lane=lane).save()
    question = Prepared(
        lambda: OutboxMessage.objects.filter(lane=given("lane"), state=OutboxState.DUE).order_by(
            "dedupe_key"
        )
    )

    assert [found.dedupe_key for found in question(lane="left")] == ["a", "c"]
    assert [found.dedupe_key for found in question(lane="right")] == ["b"]
    first = question.first(lane="left")
    assert first is not None
    assert (first.payload, first.planned_at) == ({"n": 1}, NOON)
    assert question.first(lane="nowhere") is None


def test_rows_are_those_of_the_orm_and_can_be_saved() -> None:
    row("a").save()
    (found,) = Prepared(lambda: OutboxMessage.objects.filter(dedupe_key=given("key")))(key="a")

    assert found == OutboxMessage.objects.get()
    found.priority = 1
    found.save(update_fields=["priority"])
    assert OutboxMessage.objects.get().priority == 1


def test_related_rows_come_with_the_statement(django_assert_num_queries: Any) -> None:
    shop = new_shop()
    question = Prepared(
        lambda: Membership.objects.filter(person_id=given("person_id")).select_related(
            "organisation"
        )
    )

    with django_assert_num_queries(1):
        (member,) = question(person_id=shop.seller_id)
        assert member.organisation.pk == shop.organisation_id


def test_list_is_given_as_one_value() -> None:
    kept = [row(key) for key in "abc"]
    for one in kept:
        one.save()
    question = Prepared(lambda: OutboxMessage.objects.filter(pk__in=given_list("pks", "uuid")))

    assert {one.dedupe_key for one in question(pks=[kept[0].pk, kept[2].pk])} == {"a", "c"}
    assert question(pks=[]) == []


def test_values_come_as_columns() -> None:
    row("a", priority=3).save()
    row("b", priority=7).save()
    question = PreparedValues(
        lambda: OutboxMessage.objects.filter(priority__gt=given("above")).values_list(
            "dedupe_key", "priority"
        )
    )

    assert question(above=5) == [("b", 7)]
    assert len(question(above=1)) == 2


def test_update_writes_given_values_and_expressions_and_counts_rows() -> None:
    row("a", lane="left").save()
    row("b", lane="right").save()
    update = PreparedUpdate(
        lambda: OutboxMessage.objects.filter(lane=given("lane")),
        not_before=given("at"),
        attempts=F("attempts") + 1,
    )
    later = NOON + timedelta(hours=1)

    assert update(lane="left", at=later) == 1
    assert update(lane="left", at=later) == 1
    assert update(lane="nowhere", at=later) == 0
    found = OutboxMessage.objects.order_by("dedupe_key").values_list("not_before", "attempts")
    assert list(found) == [(later, 2), (NOON, 0)]


def test_value_that_is_not_named_is_a_mistake() -> None:
    question = Prepared(lambda: OutboxMessage.objects.filter(lane=given("lane")))

    with pytest.raises(KeyError, match="lane"):
        question()


def test_inserted_row_is_the_saved_one() -> None:
    made = insert_one(row("a"))

    assert made == OutboxMessage.objects.get()
    assert not made._state.adding
    with pytest.raises(IntegrityError, match="outbox_once"):
        insert_one(row("a"))


def test_key_that_the_database_makes_is_in_the_inserted_row() -> None:
    delivery = WebhookDelivery(body=b"{}", body_sha256="0" * 64, item_count=0, received_at=NOON)

    assert insert_one(delivery).pk == WebhookDelivery.objects.get().pk


def test_inserted_row_takes_defaults_and_empty_relations() -> None:
    insert_one(Concept(key="tea", name_tr="çay", name_en="tea"))

    assert Concept.objects.get(key="tea").parent_id is None


def test_written_values_take_the_form_of_their_columns() -> None:
    row("a").save()
    update = PreparedUpdate(
        lambda: OutboxMessage.objects.filter(dedupe_key=given("key")),
        payload=given("payload"),
        code=given("code"),
    )

    assert update(key="a", payload={"n": [2, "ü"]}, code=OutboxState.DUE) == 1
    found = OutboxMessage.objects.get()
    assert (found.payload, found.code) == ({"n": [2, "ü"]}, "due")


def test_many_rows_go_in_by_one_statement(django_assert_num_queries: Any) -> None:
    assert insert_many([]) == 0
    with django_assert_num_queries(1):
        assert insert_many([row(key) for key in "abc"]) == 3
    assert insert_many([row("c"), row("d")], ending="ON CONFLICT DO NOTHING") == 1
    assert OutboxMessage.objects.count() == 4

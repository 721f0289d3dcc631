"""A person takes a conversation over, and gives it back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client

from accounts.identity.tests.factories import PersonFactory, PersonIdentifierFactory
from iceshop.infra import clock
from iceshop.infra.audit.models import AuditFact
from iceshop.kernel.actors import Actor
from iceshop.kernel.errors import NotFound
from iceshop.kernel.ids import new_id
from whatsapp.conversation.models import ConversationLine, Lane
from whatsapp.conversation.services import give_back, take_over
from whatsapp.messaging.models import SendingStop

pytestmark = pytest.mark.django_db
NOON = datetime(2025, 11, 19, 10, 0, tzinfo=UTC)
NUR = Actor.staff(7)


def lane(**columns: object) -> Lane:
    return Lane.objects.create(person=PersonFactory.create(), **columns)


def test_person_answers_for_two_hours() -> None:
    row = lane()

    until = take_over(person_id=row.pk, by=NUR, now=NOON, reason="refund")

    row.refresh_from_db()
    assert row.taken_over_until == until == NOON + timedelta(hours=2)
    fact = AuditFact.objects.get(action="conversation.taken_over")
    assert (fact.object_key, fact.reason, fact.actor_key) == (str(row.pk), "refund", "7")


def test_conversation_is_given_back_once() -> None:
    row = lane(taken_over_until=NOON, handed_over_reason="complaint", is_complaint=True)

    for _ in range(2):
        give_back(person_id=row.pk, by=NUR, now=NOON)

    row.refresh_from_db()
    assert (row.taken_over_until, row.handed_over_reason, row.is_complaint) == (None, "", False)
    assert AuditFact.objects.filter(action="conversation.given_back").count() == 1


@pytest.mark.parametrize("service", [take_over, give_back])
def test_unknown_conversation_is_refused(service: object) -> None:
    with pytest.raises(NotFound, match=r"conversation\.unknown"):
        service(person_id=UUID(str(new_id())), by=NUR, now=NOON)  # type: ignore[operator]  # either


def test_admin_hands_over_and_back(admin_client: Client) -> None:
    row = lane()
    chosen = {"_selected_action": [str(row.pk)], "reason": "refund"}

    with clock.use(lambda: NOON):
        admin_client.post("/admin/whatsapp/lane/", {"action": "take_over", **chosen})
        row.refresh_from_db()
        assert row.taken_over_until == NOON + timedelta(hours=2)
        admin_client.post("/admin/whatsapp/lane/", {"action": "give_back", **chosen})

    row.refresh_from_db()
    assert row.taken_over_until is None
    assert AuditFact.objects.get(action="conversation.taken_over").reason == "refund"


def test_admin_lifts_a_stop(admin_client: Client) -> None:
    SendingStop.objects.create(scope="all", code=190, since=NOON)

    admin_client.post(
        "/admin/whatsapp/sendingstop/", {"action": "lift", "_selected_action": ["all"]}
    )

    assert not SendingStop.objects.exists()
    assert AuditFact.objects.get(action="sending.resumed").object_key == "all"


def test_lists_show_no_words_and_no_whole_number(admin_client: Client) -> None:
    person = PersonFactory.create()
    PersonIdentifierFactory.create(person=person, value="905324180760")
    ConversationLine.objects.create(
        person=person, is_inbound=True, kind="text", text="gizli söz", at=NOON
    )

    lines = admin_client.get("/admin/whatsapp/conversationline/?q=905324180760")
    numbers = admin_client.get("/admin/accounts/personidentifier/").content.decode()

    assert lines.context["cl"].result_count == 1
    assert "gizli söz" not in lines.content.decode()
    assert "…0760" in numbers
    assert "905324180760" not in numbers

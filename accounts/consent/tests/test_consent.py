from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.consent import services
from accounts.consent.domain import MarketingState
from accounts.consent.models import ConsentEvent, ConsentState
from accounts.consent.queries import NEVER_ASKED, ConsentCard, consent_of, consents_of
from accounts.identity.models import Person
from accounts.identity.tests.factories import NOON, PersonFactory
from iceshop.infra.db import operation, violated_constraint

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(hours=1)
GRANTED = ConsentCard(MarketingState.GRANTED, opted_out=False, asked=True)


def answer(person: Person, *, is_granted: bool, key: str) -> None:
    operation(services.record_marketing)(
        person_id=person.pk,
        is_granted=is_granted,
        wording="consent.first",
        language="tr",
        source_key=key,
        now=NOON,
    )


def stop(person: Person, key: str = "stop") -> None:
    operation(services.opt_out)(
        person_id=person.pk, wording="stop.word", language="tr", source_key=key, now=LATER
    )


def come_back(person: Person) -> None:
    operation(services.opt_in)(
        person_id=person.pk, wording="start.word", language="tr", source_key="start", now=LATER
    )


def test_person_who_was_never_asked_is_unknown() -> None:
    person = PersonFactory.create()
    assert consent_of(person.pk) == NEVER_ASKED
    assert not NEVER_ASKED.allows_marketing


def test_yes_is_recorded_with_its_evidence() -> None:
    person = PersonFactory.create()
    answer(person, is_granted=True, key="wamid.1:0")
    assert consent_of(person.pk) == GRANTED
    assert GRANTED.allows_marketing
    event = ConsentEvent.objects.get()
    assert (event.change, event.wording, event.language, event.channel, event.at) == (
        "granted",
        "consent.first",
        "tr",
        "whatsapp",
        NOON,
    )


def test_no_is_recorded() -> None:
    person = PersonFactory.create()
    answer(person, is_granted=False, key="wamid.1:0")
    card = consent_of(person.pk)
    assert card == ConsentCard(MarketingState.DECLINED, opted_out=False, asked=True)
    assert not card.allows_marketing


def test_same_source_again_changes_nothing() -> None:
    person = PersonFactory.create()
    answer(person, is_granted=True, key="wamid.1:0")
    answer(person, is_granted=False, key="wamid.2:0")
    answer(person, is_granted=True, key="wamid.1:0")
    assert consent_of(person.pk).marketing is MarketingState.DECLINED
    assert ConsentEvent.objects.count() == 2


def test_stop_outweighs_a_yes_until_the_person_returns() -> None:
    person = PersonFactory.create()
    answer(person, is_granted=True, key="wamid.1:0")
    stop(person)
    stopped = consent_of(person.pk)
    assert (stopped.opted_out, stopped.allows_marketing) == (True, False)
    come_back(person)
    assert consent_of(person.pk) == GRANTED


def test_yes_after_a_stop_ends_it() -> None:
    person = PersonFactory.create()
    stop(person)
    answer(person, is_granted=True, key="wamid.9:0")
    assert consent_of(person.pk) == GRANTED


def test_question_is_remembered_as_put_once() -> None:
    person = PersonFactory.create()
    operation(services.note_asked)(person_id=person.pk, now=NOON)
    operation(services.note_asked)(person_id=person.pk, now=LATER)
    assert ConsentState.objects.get().asked_at == NOON
    assert consent_of(person.pk) == ConsentCard(MarketingState.UNKNOWN, opted_out=False, asked=True)


def test_consents_of_many_take_one_query(django_assert_num_queries: Any) -> None:
    asked, unasked = PersonFactory.create(), PersonFactory.create()
    answer(asked, is_granted=True, key="wamid.1:0")
    with django_assert_num_queries(1):
        found = consents_of([asked.pk, unasked.pk])
    assert found == {asked.pk: GRANTED, unasked.pk: NEVER_ASKED}


def test_event_is_never_changed() -> None:
    answer(PersonFactory.create(), is_granted=True, key="wamid.1:0")
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        ConsentEvent.objects.update(change="declined")
    assert violated_constraint(caught.value) == "consent_event_append_only"


def test_event_is_never_deleted() -> None:
    answer(PersonFactory.create(), is_granted=True, key="wamid.1:0")
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        ConsentEvent.objects.all().delete()
    assert violated_constraint(caught.value) == "consent_event_append_only"


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"change": "maybe"}, "consent_event_change"),
        ({"purpose": "profit"}, "consent_event_purpose"),
        ({"source_key": "wamid.1:0"}, "consent_event_source_key"),
    ],
)
def test_wrong_event_is_refused(columns: dict[str, str], constraint: str) -> None:
    person = PersonFactory.create()
    answer(person, is_granted=True, key="wamid.1:0")
    row = {"person": person, "change": "granted", "source_key": "k", "at": NOON} | columns
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        ConsentEvent.objects.create(**row)
    assert violated_constraint(caught.value) == constraint


def test_wrong_state_is_refused() -> None:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        ConsentState.objects.create(person=PersonFactory.create(), marketing="perhaps")
    assert violated_constraint(caught.value) == "consent_state_marketing"

"""The consents as the national register takes them."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command

from accounts.consent import services as consent
from accounts.identity.models import Person
from accounts.identity.tests.factories import PersonFactory, PersonIdentifierFactory
from accounts.orgs.tests.factories import MembershipFactory
from accounts.privacy.queries import register_entries
from iceshop.infra.db import run_operation

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)


def _person(phone: str) -> Person:
    person = PersonFactory.create()
    PersonIdentifierFactory.create(person=person, kind="phone", value=phone)
    return person


def _say(person: Person, what: str, hours: int = 0, **more: Any) -> None:
    evidence = {
        "person_id": person.pk,
        "wording": "consent.ask.1",
        "language": "tr",
        "source_key": f"{person.pk}:{what}:{hours}",
        "now": NOON + timedelta(hours=hours),
        **more,
    }
    if what in ("yes", "no"):
        run_operation(consent.record_marketing, is_granted=what == "yes", **evidence)
    else:
        run_operation(consent.opt_out if what == "stop" else consent.opt_in, **evidence)


def test_yes_is_an_approval_with_source_and_turkish_time() -> None:
    _say(_person("905551234567"), "yes")

    (entry,) = register_entries()

    assert entry.as_row() == {
        "recipient": "+905551234567",
        "type": "MESAJ",
        "status": "ONAY",
        "source": "HS_EORTAM",
        "consentDate": "2026-11-18 12:30:00",
        "recipientType": "BIREYSEL",
    }


def test_stop_is_a_refusal_with_the_channel_it_came_by() -> None:
    person = _person("905551234567")
    _say(person, "yes")
    _say(person, "stop", 2, channel="sms")

    (entry,) = register_entries()

    assert (entry.status, entry.source) == ("RET", "HS_MESAJ")
    assert entry.consentDate == "2026-11-18 14:30:00"


def test_coming_back_is_an_approval_again() -> None:
    person = _person("905551234567")
    for hours, what in enumerate(("yes", "stop", "start")):
        _say(person, what, hours)

    (entry,) = register_entries()
    assert entry.status == "ONAY"


@pytest.mark.parametrize("words", [("no",), ("stop",), ("stop", "start")])
def test_who_never_said_yes_is_not_told_of(words: tuple[str, ...]) -> None:
    person = _person("905551234567")
    for hours, what in enumerate(words):
        _say(person, what, hours)

    assert register_entries() == ()


def test_person_without_a_number_is_left_out_and_a_seller_is_a_merchant() -> None:
    _say(PersonFactory.create(), "yes")
    seller = _person("905551234568")
    MembershipFactory.create(person=seller)
    _say(seller, "yes")

    (entry,) = register_entries()
    assert (entry.recipient, entry.recipientType) == ("+905551234568", "TACIR")


def test_calls_are_a_consent_of_their_own() -> None:
    person = _person("905551234567")
    run_operation(
        consent.allow_calls,
        person_id=person.pk,
        is_granted=True,
        wording="calls.ask.1",
        language="tr",
        source_key="call:1",
        channel="voice",
        now=NOON,
    )

    (entry,) = register_entries()
    assert (entry.type, entry.status, entry.source) == ("ARAMA", "ONAY", "HS_CAGRI_MERKEZI")


def test_command_writes_both_forms_and_only_since_a_day() -> None:
    _say(_person("905551234567"), "yes")
    _say(_person("905551234568"), "yes", 24)
    as_json, as_csv = io.StringIO(), io.StringIO()

    call_command("iys", stdout=as_json)
    call_command("iys", format="csv", since=date(2026, 11, 19), stdout=as_csv)

    assert [row["recipient"] for row in json.loads(as_json.getvalue())] == [
        "+905551234567",
        "+905551234568",
    ]
    (row,) = csv.DictReader(io.StringIO(as_csv.getvalue()))
    assert row["recipient"] == "+905551234568"
    assert list(row) == ["recipient", "type", "status", "source", "consentDate", "recipientType"]

"""The test interface, as scripts use it."""

from __future__ import annotations

import base64
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from whatsapp.simulator.tests.conftest import (
    AYSE,
    Inbox,
    Platform,
    StandingClock,
    buttons_to,
    text_to,
)
from whatsapp.simulator.tests.test_phones import OGG, TEMPLATE, TEMPLATE_MESSAGE, drain


def post(client: Client, path: str, body: Any) -> Any:
    return client.post(f"/sim/api/{path}", data=body, content_type="application/json")


def messages(client: Client, address: str, after: int = 0) -> list[dict[str, Any]]:
    answer = client.get(f"/sim/api/people/{address}/messages?after={after}").json()
    found: list[dict[str, Any]] = answer["messages"]
    return found


@pytest.mark.django_db
def test_config_says_what_a_client_needs(client: Client, settings: Any) -> None:
    config = client.get("/sim/api/config").json()
    assert config == {
        "graph_url": f"{settings.PUBLIC_URL}/sim/graph",
        "phone_number_id": "210987654321098",
        "waba_id": "301122334455667",
        "access_token": "simulator",
        "app_secret": "iceshop-test-app-secret",
        "verify_token": "iceshop-test-verify-token",
        "webhook_url": f"{settings.PUBLIC_URL}/webhooks/whatsapp",
    }


def test_writing_makes_a_person_and_a_message(
    db: None, client: Client, ticking: StandingClock
) -> None:
    made = post(
        client, f"people/{AYSE}/messages", {"text": "hello", "name": "Jane", "language": "en"}
    )
    assert made.status_code == 201
    assert made.json()["n"] == 1
    assert made.json()["id"].startswith("wamid.")
    (person,) = client.get("/sim/api/people").json()["people"]
    assert person == {
        "phone": AYSE,
        "user_id": person["user_id"],
        "name": "Jane",
        "role": "buyer",
        "store": "",
        "language": "en",
    }
    (message,) = messages(client, person["user_id"])
    assert message | {"id": "", "code": None} == {
        "n": 1,
        "id": "",
        "direction": "in",
        "kind": "text",
        "text": "hello",
        "buttons": [],
        "links": [],
        "status": "sent",
        "code": None,
        "at": "2026-11-20T10:30:00Z",
    }


def test_after_is_exclusive_and_numbers_run_without_gaps(
    ayse: str, platform: Platform, client: Client
) -> None:
    platform.send(text_to(AYSE, "bir https://ice.example/w/1"))
    post(client, f"people/+{AYSE}/messages", {"location": {"latitude": 41, "longitude": 29}})
    post(client, f"people/{AYSE}/messages", {"audio": base64.b64encode(OGG).decode()})
    found = messages(client, AYSE)
    assert [row["n"] for row in found] == [1, 2, 3, 4]
    assert [row["kind"] for row in found] == ["text", "text", "location", "audio"]
    assert [row["direction"] for row in found] == ["in", "out", "in", "in"]
    assert found[1]["links"] == ["https://ice.example/w/1"]
    assert [row["n"] for row in messages(client, AYSE, after=2)] == [3, 4]
    assert messages(client, AYSE, after=4) == []


def test_template_is_shown_filled_in_with_payloads_as_ids(
    ayse: str, platform: Platform, client: Client
) -> None:
    platform.make_template(TEMPLATE)
    platform.send(TEMPLATE_MESSAGE)
    shown = messages(client, AYSE)[-1]
    assert shown["kind"] == "template"
    assert shown["text"] == "Bugün 16 kişi gelmek istiyor. Uygun mu?"
    assert shown["buttons"] == [{"id": "ask.accept:1", "title": "Kabul"}]


def test_button_that_was_shown_is_taken_and_another_is_422(
    ayse: str, platform: Platform, client: Client
) -> None:
    platform.send(buttons_to(AYSE, "consent.accept:1"))
    assert (
        post(client, f"people/{AYSE}/messages", {"button": "consent.accept:1"}).status_code == 201
    )
    refused = post(client, f"people/{AYSE}/messages", {"button": "consent.accept:2"})
    assert refused.status_code == 422
    assert refused["Content-Type"] == "application/problem+json"
    assert refused.json()["code"] == "sim.button_unknown"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": ""},
        {"text": 1},
        {"text": "x" * 4097},
        {"text": "a", "button": "b"},
        {"text": "a", "language": "fr"},
        {"location": {"latitude": 91, "longitude": 0}},
        {"location": {"latitude": 1}},
        {"audio": "!"},
        {"audio": base64.b64encode(b"RIFF").decode()},
        [],
    ],
)
def test_message_that_cannot_be_sent_is_422(db: None, client: Client, body: Any) -> None:
    assert post(client, f"people/{AYSE}/messages", body).status_code == 422
    assert client.get("/sim/api/people").json() == {"people": []}


def test_unknown_person_is_404(db: None, client: Client) -> None:
    assert client.get(f"/sim/api/people/{AYSE}/messages").status_code == 404
    assert post(client, "people/kim/messages", {"text": "x"}).status_code == 404


def test_deliveries_hold_the_exact_text_that_was_posted(
    db: None, client: Client, ticking: StandingClock, inbox: Inbox
) -> None:
    post(client, f"people/{AYSE}/messages", {"text": "şeker"})
    assert client.get("/sim/api/deliveries").json() == {"deliveries": []}
    inbox.answers = [503]
    drain(ticking, inbox)
    drain(ticking, inbox, seconds=2)
    first, second = client.get("/sim/api/deliveries").json()["deliveries"]
    assert (first["status"], second["status"]) == (503, 200)
    assert first["body"].encode() == second["body"].encode() == inbox.taken[0][0]
    assert second["headers"] == inbox.taken[1][1]
    assert second["ms"] >= 0
    rest = client.get(f"/sim/api/deliveries?after={first['n']}").json()["deliveries"]
    assert [row["n"] for row in rest] == [second["n"]]


def test_faults_are_ordered_listed_and_cleared(
    db: None, client: Client, ticking: StandingClock
) -> None:
    made = post(client, "faults", {"kind": "error", "count": 2, "code": 131049, "phone": AYSE})
    assert made.status_code == 201
    assert made.json()["left"] == 2
    (listed,) = client.get("/sim/api/faults").json()["faults"]
    assert listed == {
        "id": made.json()["id"],
        "kind": "error",
        "left": 2,
        "code": 131049,
        "seconds": 2.0,
        "phone": AYSE,
    }
    assert client.delete("/sim/api/faults").status_code == 204
    assert client.get("/sim/api/faults").json() == {"faults": []}


@pytest.mark.parametrize(
    "body",
    [{}, {"kind": "rain"}, {"kind": "error", "count": 0}, {"kind": "slow", "seconds": "2"}],
)
def test_fault_that_makes_no_sense_is_422(db: None, client: Client, body: Any) -> None:
    assert post(client, "faults", body).status_code == 422


def test_clock_goes_forward_and_faster_but_never_back(own_clock: None, client: Client) -> None:
    before = datetime.fromisoformat(client.get("/sim/api/clock").json()["now"])
    ahead = post(client, "clock", {"advance_seconds": 600}).json()
    assert (datetime.fromisoformat(ahead["now"]) - before).total_seconds() >= 600
    assert ahead["rate"] == 1
    assert post(client, "clock", {"rate": 60}).json()["rate"] == 60
    for wrong in ({"advance_seconds": -1}, {"rate": 2}, {"rate": "10"}, {"advance": 1}, {}):
        assert post(client, "clock", wrong).status_code == 422
    after = datetime.fromisoformat(client.get("/sim/api/clock").json()["now"])
    assert after > datetime.fromisoformat(ahead["now"])

"""Faults that tests order."""

from __future__ import annotations

from typing import Any

import pytest

from whatsapp.simulator import queries, services
from whatsapp.simulator.domain.faults import parse_fault
from whatsapp.simulator.domain.inbound import Written
from whatsapp.simulator.tests.conftest import AYSE, Inbox, Platform, StandingClock, text_to
from whatsapp.simulator.tests.test_phones import drain, statuses_of, value_of, write

MEHMET = "905550000102"


def order(given: dict[str, Any], ticking: StandingClock) -> None:
    services.order_fault(order=parse_fault(given), now=ticking.now)


def out_texts() -> list[str]:
    found = queries.messages(user_id="TR.10000000000000000101")
    return [message.text for message in found if message.direction == "out"]


@pytest.mark.parametrize("code", [190, 4, 130429, 131016, 131056, 999_999])
def test_error_that_refuses_leaves_nothing_behind(
    ayse: str, platform: Platform, ticking: StandingClock, code: int
) -> None:
    order({"kind": "error", "code": code}, ticking)
    refused = platform.send(text_to(AYSE, "bir"))
    assert refused.status_code >= 400
    assert refused.json()["error"]["code"] == code
    assert platform.send(text_to(AYSE, "iki")).status_code == 200
    assert out_texts() == ["iki"]


@pytest.mark.parametrize("code", [131026, 131049, 131050, 132015])
def test_error_that_is_reported_later_fails_an_accepted_message(
    ayse: str, platform: Platform, ticking: StandingClock, inbox: Inbox, code: int
) -> None:
    order({"kind": "error", "code": code, "phone": AYSE}, ticking)
    assert platform.send(text_to(AYSE)).status_code == 200
    (failed,) = drain(ticking, inbox, seconds=5)
    assert value_of(failed)["statuses"][0]["errors"][0]["code"] == code


def test_fault_for_one_person_spares_the_others(
    ayse: str, platform: Platform, ticking: StandingClock
) -> None:
    order({"kind": "error", "code": 131000, "phone": MEHMET}, ticking)
    assert platform.send(text_to(AYSE)).status_code == 200
    assert platform.send(text_to(MEHMET)).status_code == 500
    assert queries.faults() == ()


def test_fault_for_a_phone_meets_a_message_to_the_user_id(
    ayse: str, platform: Platform, ticking: StandingClock
) -> None:
    order({"kind": "error", "code": 131000, "phone": AYSE}, ticking)
    body = {"recipient": "TR.10000000000000000101", "type": "text", "text": {"body": "x"}}
    assert platform.send(body).status_code == 500


def test_lost_answer_is_empty_but_the_message_arrives(
    ayse: str, platform: Platform, ticking: StandingClock, inbox: Inbox
) -> None:
    order({"kind": "lose_answer"}, ticking)
    lost = platform.send(text_to(AYSE, "bir") | {"biz_opaque_callback_data": "out_1"})
    assert (lost.status_code, lost.content) == (504, b"")
    bodies = drain(ticking, inbox, seconds=5)
    assert statuses_of(bodies) == ["sent", "delivered", "read"]
    assert value_of(bodies[0])["statuses"][0]["biz_opaque_callback_data"] == "out_1"
    assert out_texts() == ["bir"]


def test_slow_platform_says_how_long_it_waits(ayse: str, ticking: StandingClock) -> None:
    order({"kind": "slow", "seconds": 3}, ticking)
    body = {"messaging_product": "whatsapp"} | text_to(AYSE)
    assert services.answer_send(body=body, now=ticking.now).wait_seconds == 3
    assert services.answer_send(body=body, now=ticking.now).wait_seconds == 0


def test_duplicate_posts_the_same_body_twice(
    db: None, ticking: StandingClock, inbox: Inbox
) -> None:
    order({"kind": "duplicate"}, ticking)
    write(Written(text="bir"), ticking)
    drain(ticking, inbox)
    first, second = inbox.taken
    assert first == second
    write(Written(text="iki"), ticking)
    drain(ticking, inbox)
    assert len(inbox.taken) == 3


def test_reorder_lets_the_next_message_go_first(
    db: None, ticking: StandingClock, inbox: Inbox
) -> None:
    order({"kind": "reorder"}, ticking)
    write(Written(text="bir"), ticking)
    assert drain(ticking, inbox) == []
    ticking.forward(1)
    write(Written(text="iki"), ticking)
    messages = [value_of(body)["messages"][0] for body in drain(ticking, inbox, seconds=0.1)]
    assert [message["text"]["body"] for message in messages] == ["iki", "bir"]
    assert int(messages[1]["timestamp"]) < int(messages[0]["timestamp"])


def test_reorder_holds_a_single_message_back_only_for_its_seconds(
    db: None, ticking: StandingClock, inbox: Inbox
) -> None:
    order({"kind": "reorder", "seconds": 3}, ticking)
    write(Written(text="bir"), ticking)
    assert drain(ticking, inbox, seconds=2) == []
    assert len(drain(ticking, inbox, seconds=1)) == 1


def test_reorder_reverses_statuses_while_it_lasts(
    ayse: str, platform: Platform, ticking: StandingClock, inbox: Inbox
) -> None:
    order({"kind": "reorder"}, ticking)
    platform.send(text_to(AYSE))
    assert statuses_of(drain(ticking, inbox, seconds=5)) == ["read", "delivered", "sent"]
    assert queries.messages(user_id="TR.10000000000000000101")[-1].status == "read"

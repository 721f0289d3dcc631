"""Reports of several messages in one post."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from whatsapp.gateway.signature import HEADER, Verdict, check
from whatsapp.simulator import connection, queries, services
from whatsapp.simulator.domain.inbound import Written
from whatsapp.simulator.tests.conftest import AYSE, Inbox, Platform, StandingClock, text_to

SENT = ["sent", "delivered", "read"]


def post(ticking: StandingClock, inbox: Inbox, seconds: float) -> int:
    """Let time pass and post once, up to five reports together; how many posts that took."""
    return services.drain_deliveries(
        now=ticking.forward(seconds), post=inbox, parallel=1, reports_a_post=5
    )


def told(inbox: Inbox) -> list[list[tuple[str, str]]]:
    """For each post, key and status of each report in it."""
    found = []
    for body, _ in inbox.taken:
        changes: list[dict[str, Any]] = json.loads(body)["entry"][0]["changes"]
        statuses = [one for change in changes for one in change["value"].get("statuses", [])]
        found.append([(one["biz_opaque_callback_data"], one["status"]) for one in statuses])
    return found


def statuses() -> set[str]:
    found = queries.messages(user_id="TR.10000000000000000101")
    return {message.status for message in found if message.direction == "out"}


def send(platform: Platform, *keys: str) -> None:
    for key in keys:
        body = text_to(AYSE, key) | {"biz_opaque_callback_data": key}
        assert platform.send(body).status_code == 200


def test_reports_are_joined_in_their_order_and_signed(
    ayse: str, platform: Platform, ticking: StandingClock, inbox: Inbox
) -> None:
    send(platform, "a", "b")
    assert post(ticking, inbox, seconds=5) == 2
    reports = [[(key, status) for status in SENT for key in "ab"][at : at + 5] for at in (0, 5)]
    assert told(inbox) == reports
    assert statuses() == {"read"}
    for body, headers in inbox.taken:
        assert check(body, headers[HEADER], [connection.app_secret()]) is Verdict.VALID
    shown = [posting.body for posting in queries.postings()][-2:]
    assert shown == [body.decode() for body, _ in inbox.taken]


def test_joined_reports_that_are_not_taken_come_again(
    ayse: str, platform: Platform, ticking: StandingClock, inbox: Inbox
) -> None:
    send(platform, "a")
    inbox.answers = [503]
    assert post(ticking, inbox, seconds=5) == 1
    assert post(ticking, inbox, seconds=0) == 0
    assert post(ticking, inbox, seconds=120) == 1
    assert told(inbox) == [[("a", status) for status in SENT]] * 2
    assert post(ticking, inbox, seconds=timedelta(days=1).total_seconds()) == 0


def test_what_a_person_wrote_keeps_its_place_among_reports(
    ayse: str, platform: Platform, ticking: StandingClock, inbox: Inbox
) -> None:
    send(platform, "a")
    services.write_as_person(address=AYSE, written=Written(text="x"), now=ticking.forward(1))
    assert post(ticking, inbox, seconds=5) == 3
    assert told(inbox) == [[("a", "sent"), ("a", "delivered")], [], [("a", "read")]]

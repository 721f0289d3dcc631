"""People write, the business answers, the webhook hears of both."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import timedelta
from typing import Any

import pytest

from iceshop.kernel.errors import Invalid, NotFound
from iceshop.kernel.geo import Point
from whatsapp.simulator import queries, services
from whatsapp.simulator.domain.inbound import Written
from whatsapp.simulator.tests.conftest import (
    AYSE,
    Inbox,
    Platform,
    StandingClock,
    buttons_to,
    text_to,
)
from whatsapp.simulator.tests.shapes import sample_shape, shape

OGG = b"OggS" + bytes(60)
LOCATION_REQUEST = {
    "to": AYSE,
    "type": "interactive",
    "interactive": {
        "type": "location_request_message",
        "body": {"text": "Neredesiniz?"},
        "action": {"name": "send_location"},
    },
}
LIST = {
    "to": AYSE,
    "type": "interactive",
    "interactive": {
        "type": "list",
        "body": {"text": "Hangi semt?"},
        "action": {
            "button": "Seçin",
            "sections": [{"rows": [{"id": "d:1", "title": "Kadıköy", "description": "Moda"}]}],
        },
    },
}
TEMPLATE = {
    "name": "seller_ask",
    "language": "tr",
    "category": "UTILITY",
    "components": [
        {"type": "BODY", "text": "Bugün {{1}} kişi gelmek istiyor. Uygun mu?"},
        {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Kabul"}]},
    ],
}
TEMPLATE_MESSAGE = {
    "to": AYSE,
    "type": "template",
    "template": {
        "name": "seller_ask",
        "language": {"code": "tr"},
        "components": [
            {"type": "body", "parameters": [{"type": "text", "text": "16"}]},
            {
                "type": "button",
                "sub_type": "quick_reply",
                "index": "0",
                "parameters": [{"type": "payload", "payload": "ask.accept:1"}],
            },
        ],
    },
}


def drain(ticking: StandingClock, inbox: Inbox, seconds: float = 0) -> list[dict[str, Any]]:
    """Let time pass, post what is due, and return the bodies posted."""
    before = len(inbox.taken)
    now = ticking.forward(seconds)
    while services.drain_deliveries(now=now, post=inbox, parallel=1):
        pass
    return [json.loads(body) for body, _ in inbox.taken[before:]]


def value_of(body: dict[str, Any]) -> dict[str, Any]:
    value: dict[str, Any] = body["entry"][0]["changes"][0]["value"]
    return value


def statuses_of(bodies: list[dict[str, Any]]) -> list[str]:
    return [item["status"] for body in bodies for item in value_of(body).get("statuses", [])]


def write(written: Written, ticking: StandingClock) -> services.WrittenRef:
    return services.write_as_person(address=AYSE, written=written, now=ticking.now)


def test_text_of_a_new_person_has_the_shape_of_the_sample(
    db: None, ticking: StandingClock, inbox: Inbox
) -> None:
    ref = write(Written(text="bir saat içinde Kadıköy'de kahve", name="Ayşe Yılmaz"), ticking)
    (body,) = drain(ticking, inbox)
    assert shape(body) == sample_shape("message_text_tr")
    (message,) = value_of(body)["messages"]
    assert (message["id"], message["timestamp"]) == (ref.wamid, "1795170600")
    assert message["text"]["body"] == "bir saat içinde Kadıköy'de kahve"
    (person,) = queries.people()
    assert (person.phone, person.name, person.role, person.language) == (
        AYSE,
        "Ayşe Yılmaz",
        "buyer",
        "tr",
    )
    assert person.user_id.startswith("TR.")
    assert len(person.user_id) == 23


def test_person_known_by_user_id_alone_hides_the_phone(
    db: None, ticking: StandingClock, inbox: Inbox
) -> None:
    services.write_as_person(
        address="TR.10000000000000000103", written=Written(text="Selam"), now=ticking.now
    )
    (body,) = drain(ticking, inbox)
    (message,) = value_of(body)["messages"]
    assert message["from_user_id"] == "TR.10000000000000000103"
    assert "from" not in message
    assert "wa_id" not in value_of(body)["contacts"][0]


def test_address_that_is_none_is_not_found(db: None, ticking: StandingClock) -> None:
    with pytest.raises(NotFound, match=r"sim\.person"):
        services.write_as_person(address="kim", written=Written(text="x"), now=ticking.now)


def test_body_is_escaped_and_its_signature_is_over_the_exact_bytes(
    db: None, ticking: StandingClock, inbox: Inbox, settings: Any
) -> None:
    write(Written(text="Şişli 1/2 🙂", name="Ayşe"), ticking)
    drain(ticking, inbox)
    ((body, headers),) = inbox.taken
    assert body.isascii()
    assert b"\\u015ei\\u015fli 1\\/2 \\ud83d\\ude42" in body
    secret = settings.WHATSAPP["APP_SECRETS"][0].encode()
    digest = hmac.new(secret, body, hashlib.sha256).hexdigest()
    assert headers["X-Hub-Signature-256"] == f"sha256={digest}"


@pytest.mark.parametrize("text", ["a\0b", "\ud83d yarım"])
def test_text_that_no_database_keeps_still_reaches_the_webhook(
    db: None, ticking: StandingClock, inbox: Inbox, text: str
) -> None:
    write(Written(text=text), ticking)
    (body,) = drain(ticking, inbox)
    assert value_of(body)["messages"][0]["text"]["body"] == text


def test_pressed_button_is_posted_as_a_phone_does_also_twice(
    ayse: str, platform: Platform, ticking: StandingClock, inbox: Inbox
) -> None:
    shown = platform.send(buttons_to(AYSE, "consent.accept:1", "consent.decline:1")).json()
    drain(ticking, inbox, seconds=5)
    for _ in range(2):
        write(Written(button="consent.accept:1"), ticking)
    first, second = drain(ticking, inbox, seconds=1)
    assert shape(first) == sample_shape("message_interactive_button_reply")
    (message,) = value_of(first)["messages"]
    assert message["interactive"]["button_reply"] == {
        "id": "consent.accept:1",
        "title": "Seçenek 0",
    }
    assert message["context"]["id"] == shown["messages"][0]["id"]
    assert value_of(second)["messages"][0]["id"] != message["id"]


def test_button_never_shown_to_this_person_is_invalid(
    ayse: str, platform: Platform, ticking: StandingClock
) -> None:
    platform.send(buttons_to("905550000102", "invite.accept:1"))
    before = len(queries.messages(user_id="TR.10000000000000000101"))
    with pytest.raises(Invalid, match=r"sim\.button_unknown"):
        write(Written(button="invite.accept:1"), ticking)
    assert len(queries.messages(user_id="TR.10000000000000000101")) == before


def test_chosen_row_and_quick_reply_have_the_shapes_of_the_samples(
    ayse: str, platform: Platform, ticking: StandingClock, inbox: Inbox
) -> None:
    platform.make_template(TEMPLATE)
    assert platform.send(LIST).status_code == 200
    assert platform.send(TEMPLATE_MESSAGE).status_code == 200
    drain(ticking, inbox, seconds=5)
    write(Written(button="d:1"), ticking)
    write(Written(button="ask.accept:1"), ticking)
    row, quick = drain(ticking, inbox, seconds=1)
    assert shape(row) == sample_shape("message_interactive_list_reply")
    assert shape(quick) == sample_shape("message_button_template_quick_reply")
    assert value_of(quick)["messages"][0]["button"] == {"payload": "ask.accept:1", "text": "Kabul"}


def test_pin_answers_the_request_before_it(
    ayse: str, platform: Platform, ticking: StandingClock, inbox: Inbox
) -> None:
    platform.send(LOCATION_REQUEST)
    drain(ticking, inbox, seconds=5)
    write(Written(place=Point(40.990311, 29.027469)), ticking)
    (body,) = drain(ticking, inbox)
    assert shape(body) == sample_shape("message_location_pin")


def test_voice_note_has_the_shape_of_the_sample(
    db: None, ticking: StandingClock, inbox: Inbox
) -> None:
    write(Written(audio=OGG, name="Ayşe"), ticking)
    (body,) = drain(ticking, inbox)
    assert shape(body) == sample_shape("message_audio_voice_note")


def test_statuses_come_in_order_with_both_names_and_the_opaque_text(
    ayse: str, platform: Platform, ticking: StandingClock, inbox: Inbox
) -> None:
    platform.send(text_to(AYSE) | {"biz_opaque_callback_data": "out_1"})
    sent = drain(ticking, inbox)
    assert statuses_of(sent) == ["sent"]
    assert shape(sent[0]) == sample_shape("status_sent_marketing")
    later = drain(ticking, inbox, seconds=1) + drain(ticking, inbox, seconds=2)
    assert statuses_of(later) == ["delivered", "read"]
    (item,) = value_of(later[1])["statuses"]
    assert item["biz_opaque_callback_data"] == "out_1"
    assert item["recipient_id"] == AYSE
    assert item["recipient_user_id"] == "TR.10000000000000000101"
    pricing = value_of(later[0])["statuses"][0]["pricing"]
    assert pricing["category"] == "service"
    assert queries.messages(user_id="TR.10000000000000000101")[-1].status == "read"


def test_free_form_message_outside_the_window_is_accepted_and_fails(
    ayse: str, platform: Platform, ticking: StandingClock, inbox: Inbox
) -> None:
    ticking.now += timedelta(hours=24)
    assert platform.send(text_to(AYSE)).status_code == 200
    (failed,) = drain(ticking, inbox)
    assert shape(failed) == sample_shape("status_failed_131047_outside_window")
    assert value_of(failed)["statuses"][0]["errors"][0]["code"] == 131047
    message = queries.messages(user_id="TR.10000000000000000101")[-1]
    assert (message.status, message.code) == ("failed", 131047)


def test_free_form_message_just_inside_the_window_is_delivered(
    ayse: str, platform: Platform, ticking: StandingClock, inbox: Inbox
) -> None:
    ticking.now += timedelta(hours=24) - timedelta(seconds=1)
    platform.send(text_to(AYSE))
    assert statuses_of(drain(ticking, inbox, seconds=5)) == ["sent", "delivered", "read"]


def test_template_reaches_a_person_who_never_wrote(
    platform: Platform, ticking: StandingClock, inbox: Inbox
) -> None:
    platform.make_template(TEMPLATE)
    platform.send(TEMPLATE_MESSAGE)
    bodies = drain(ticking, inbox, seconds=5)
    assert shape(bodies[0]) == sample_shape("template_status_approved")
    assert statuses_of(bodies[1:]) == ["sent", "delivered", "read"]
    assert value_of(bodies[1])["statuses"][0]["pricing"]["category"] == "utility"


def test_message_to_a_user_id_names_it_in_a_failure(
    ayse: str, platform: Platform, ticking: StandingClock, inbox: Inbox
) -> None:
    ticking.now += timedelta(days=2)
    answer = platform.send(
        {"recipient": "TR.10000000000000000101", "type": "text", "text": {"body": "x"}}
    )
    assert answer.json()["contacts"] == [
        {"input": "TR.10000000000000000101", "user_id": "TR.10000000000000000101"}
    ]
    (failed,) = drain(ticking, inbox)
    assert value_of(failed)["statuses"][0]["recipient_user_id"] == "TR.10000000000000000101"


def test_the_46th_message_at_once_to_a_person_is_refused_and_six_seconds_later_one_is_allowed(
    ayse: str, platform: Platform, ticking: StandingClock
) -> None:
    for _ in range(45):
        assert platform.send(text_to(AYSE)).status_code == 200
    refused = platform.send(text_to(AYSE))
    assert (refused.status_code, refused.json()["error"]["code"]) == (429, 131056)
    assert platform.send(text_to("905550000102")).status_code == 200
    ticking.forward(6)
    assert platform.send(text_to(AYSE)).status_code == 200
    assert platform.send(text_to(AYSE)).json()["error"]["code"] == 131056


def test_webhook_that_is_not_taken_is_tried_again_before_what_follows(
    db: None, ticking: StandingClock, inbox: Inbox
) -> None:
    first = write(Written(text="bir"), ticking)
    write(Written(text="iki"), ticking)
    inbox.answers = [500, 0]
    refused = drain(ticking, inbox)
    assert [value_of(body)["messages"][0]["id"] for body in refused] == [first.wamid]
    assert drain(ticking, inbox, seconds=1) == []
    again = drain(ticking, inbox, seconds=1)
    assert [value_of(body)["messages"][0]["id"] for body in again] == [first.wamid]
    texts = [
        value_of(body)["messages"][0]["text"]["body"] for body in drain(ticking, inbox, seconds=4)
    ]
    assert texts == ["bir", "iki"]
    assert [posting.http_status for posting in queries.postings()] == [500, 0, 200, 200]


def test_webhook_is_given_up_after_seven_days(
    db: None, ticking: StandingClock, inbox: Inbox
) -> None:
    write(Written(text="bir"), ticking)
    inbox.answers = [500, 500]
    drain(ticking, inbox)
    drain(ticking, inbox, seconds=7 * 86_400 + 1)
    assert drain(ticking, inbox, seconds=3600) == []
    assert len(queries.postings()) == 2


def test_people_are_posted_for_apart_and_each_in_order(
    db: None, ticking: StandingClock, inbox: Inbox
) -> None:
    phones = [f"90555000{n:04}" for n in range(5)]
    for text in ("1", "2", "3"):
        for phone in phones:
            services.write_as_person(address=phone, written=Written(text=text), now=ticking.now)
    while services.drain_deliveries(now=ticking.now, post=inbox, parallel=4):
        pass
    heard: dict[str, list[str]] = {}
    for body, _ in inbox.taken:
        message = value_of(json.loads(body))["messages"][0]
        heard.setdefault(message["from"], []).append(message["text"]["body"])
    assert heard == {phone: ["1", "2", "3"] for phone in phones}


def test_read_mark_shows_on_the_phone(
    ayse: str, platform: Platform, ticking: StandingClock
) -> None:
    (message,) = queries.messages(user_id="TR.10000000000000000101")
    assert message.status == "delivered"
    answer = platform.send(
        {"status": "read", "message_id": message.wamid, "typing_indicator": {"type": "text"}}
    )
    assert answer.json() == {"success": True}
    (message,) = queries.messages(user_id="TR.10000000000000000101")
    assert message.status == "read"

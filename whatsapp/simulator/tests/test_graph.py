"""The Cloud API's edges: token, ids, media, templates."""

from __future__ import annotations

import base64
import hashlib
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from whatsapp.simulator import services
from whatsapp.simulator.domain.inbound import Written
from whatsapp.simulator.tests.conftest import AYSE, Inbox, Platform, StandingClock, text_to
from whatsapp.simulator.tests.test_domain import DEFINITION
from whatsapp.simulator.tests.test_phones import OGG, drain, value_of

NUMBER = "210987654321098"
ACCOUNT = "301122334455667"


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "x"}])
def test_request_without_the_token_is_refused(platform: Platform, headers: dict[str, str]) -> None:
    refused = platform.call("get", NUMBER, headers=headers)
    assert refused.status_code == 401
    error = refused.json()["error"]
    assert (error["code"], error["type"]) == (190, "OAuthException")


@pytest.mark.parametrize("version", ["v19.0/", "v25.0/", ""])
def test_any_version_is_answered(platform: Platform, client: Client, version: str) -> None:
    answer = client.get(
        f"/sim/graph/{version}{NUMBER}", headers={"Authorization": "Bearer simulator"}
    )
    assert answer.json()["display_phone_number"] == "908500000100"


def test_unknown_number_is_code_100_subcode_33(platform: Platform) -> None:
    refused = platform.call("post", "999/messages", data={}, content_type="application/json")
    error = refused.json()["error"]
    assert (refused.status_code, error["code"], error["error_subcode"]) == (400, 100, 33)


@pytest.mark.parametrize("raw", [b"", b"[]", b"{", b'{"a": NaN}', b"\xff"])
def test_body_that_is_no_json_object_is_refused(platform: Platform, raw: bytes) -> None:
    refused = platform.call("post", f"{NUMBER}/messages", data=raw, content_type="application/json")
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, 100)


def test_accepted_message_is_answered_as_the_platform_does(platform: Platform) -> None:
    answer = platform.send(text_to("+905550000101")).json()
    assert answer["messaging_product"] == "whatsapp"
    assert answer["contacts"] == [{"input": "+905550000101", "wa_id": AYSE}]
    assert answer["messages"][0]["id"].startswith("wamid.")
    assert answer["messages"][0]["message_status"] == "accepted"


def test_message_to_our_own_number_is_refused(platform: Platform) -> None:
    assert platform.send(text_to("908500000100")).json()["error"]["code"] == 131021


def test_message_to_an_unknown_user_id_is_refused(platform: Platform) -> None:
    body = {"recipient": "TR.999", "type": "text", "text": {"body": "x"}}
    assert platform.send(body).json()["error"]["code"] == 131026


def test_voice_note_is_fetched_in_two_steps(
    platform: Platform, ticking: StandingClock, inbox: Inbox
) -> None:
    services.write_as_person(address=AYSE, written=Written(audio=OGG), now=ticking.now)
    (body,) = drain(ticking, inbox)
    audio = value_of(body)["messages"][0]["audio"]
    card = platform.call("get", f"{audio['id']}?phone_number_id={NUMBER}").json()
    assert card["file_size"] == len(OGG)
    assert card["sha256"] == hashlib.sha256(OGG).hexdigest()
    assert base64.b64decode(audio["sha256"]).hex() == card["sha256"]
    assert fetch(platform, card["url"]).content == OGG
    assert fetch(platform, audio["url"])["Content-Type"] == "audio/ogg; codecs=opus"
    assert fetch(platform, card["url"], headers={}).status_code == 401
    assert fetch(platform, card["url"].replace("hash=", "hash=0")).status_code == 404
    ticking.forward(300)
    assert fetch(platform, card["url"]).status_code == 404
    ticking.now += timedelta(days=7)
    assert platform.call("get", audio["id"]).status_code == 400


def fetch(platform: Platform, url: str, **options: Any) -> Any:
    parts = urlsplit(url)
    assert parts.path.startswith("/sim/graph/")
    options.setdefault("headers", {"Authorization": "Bearer simulator"})
    return platform.client.get(f"{parts.path}?{parts.query}", **options)


def test_uploaded_file_can_be_sent_and_deleted(ayse: str, platform: Platform) -> None:
    file = SimpleUploadedFile("note.ogg", OGG, content_type="audio/ogg")
    form = {"messaging_product": "whatsapp", "type": "audio/ogg", "file": file}
    media_id = platform.call("post", f"{NUMBER}/media", data=form).json()["id"]
    message = {"to": AYSE, "type": "audio", "audio": {"id": media_id}}
    assert platform.send(message).status_code == 200
    assert platform.call("get", media_id).json()["mime_type"] == "audio/ogg"
    assert platform.call("delete", media_id).json() == {"success": True}
    assert platform.send(message).json()["error"]["code"] == 131009


def test_template_is_created_listed_by_pages_and_deleted(platform: Platform) -> None:
    made = platform.make_template(DEFINITION).json()
    assert (made["status"], made["category"]) == ("APPROVED", "UTILITY")
    twice = platform.make_template(DEFINITION).json()["error"]
    assert (twice["code"], twice["error_subcode"]) == (100, 2388024)
    platform.make_template(DEFINITION | {"language": "en"})
    page = platform.call("get", f"{ACCOUNT}/message_templates?limit=1").json()
    assert [item["language"] for item in page["data"]] == ["tr"]
    assert page["data"][0]["id"] == made["id"]
    assert page["data"][0]["components"] == DEFINITION["components"]
    after = page["paging"]["cursors"]["after"]
    rest = platform.call("get", f"{ACCOUNT}/message_templates?limit=1&after={after}").json()
    assert [item["language"] for item in rest["data"]] == ["en"]
    assert "next" not in rest["paging"]
    platform.call("delete", f"{ACCOUNT}/message_templates?name=last_call")
    assert platform.call("get", f"{ACCOUNT}/message_templates").json() == {"data": []}


@pytest.mark.parametrize(
    "path", ["/sim/graph/v25.0/1/messages", "/sim/api/people", "/sim/api/config"]
)
def test_without_the_setting_nothing_exists(
    db: None, client: Client, settings: Any, path: str
) -> None:
    settings.SIMULATOR_ENABLED = False
    assert client.get(path).status_code == 404
